"""The form renderer that FORM_RENDERER names."""

from django.forms.renderers import TemplatesSetting


class PlainRenderer(TemplatesSetting):
    """Forms and fields from `templates/components/`, widgets from `templates/django/forms/widgets/`."""

    form_template_name = "components/fields.html"
    formset_template_name = "components/formset.html"
    field_template_name = "components/field.html"
