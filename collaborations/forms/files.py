"""Sending files, several at once; and with which ally a file is shared."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from collaborations.models import Introduction
from cre.core.uploads import ACCEPTED


class SeveralFiles(forms.FileInput):
    """An input for several files, of the kinds that we take; phones send photos as JPEG when they are asked so."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ACCEPTED})


class FilesField(forms.FileField):
    """All files that came; each is looked at by itself later, so that one that is not taken spoils no other."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        files: Sequence[UploadedFile[Any]] = [file for file in data or [] if file]
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


class FilesForm(forms.Form):
    """Files to add; `once` is made with the page, so that a second click does not add them twice."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    uploads = FilesField(
        label=_("Choose files on your phone or computer"),
        help_text=_("Photos, voice messages, PDF, text or table documents. You can choose several at once."),
        error_messages={"required": _("Choose at least one file.")},
    )


class ShareForm(forms.Form):
    """Which ally may open the copy of a file."""

    ally: Any = forms.ModelChoiceField(
        label=_("Which ally may open it?"),
        help_text=_("It gets the copy without hidden details, never the original. You can take it back later."),
        queryset=Introduction.objects.none(),
        to_field_name="uuid",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an ally.")},
    )

    def __init__(self, *args: Any, allies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["ally"]
        field.queryset = allies
        field.label_from_instance = lambda introduction: introduction.collaborator.display_name
