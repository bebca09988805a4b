"""A site of lists only, open to stewards alone; each page that is read goes to the ledger."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import gettext_lazy as _

from collaborators.views.fresh import prove_first
from cre.core import ledger
from cre.core.access import current_scope

Shown = TypeVar("Shown", bound=Callable[..., HttpResponseBase])
Pages = list[URLResolver | URLPattern]
if TYPE_CHECKING:
    # Only the stubs know of a type argument.
    ListOfModel = admin.ModelAdmin[Model]
else:
    ListOfModel = admin.ModelAdmin


class StewardSite(admin.AdminSite):
    """Django's admin without a login, an account or a form of its own.

    Somebody without the role, and a steward who has not proved the second factor, hold nothing in either wall.
    """

    site_header = site_title = _("System")
    index_title = _("What the platform knows about itself")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        return current_scope().holds("steward")

    def admin_view(self, view: Shown, cacheable: bool = False) -> Shown:
        """Lead a stranger to our login, and say nothing to others about what lies here."""

        @login_required
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            question = prove_first(request, by_factor=True) if current_scope().needs_proof else None
            if question is not None:
                return question
            if not self.has_permission(request):
                raise Http404
            return view(request, *args, **kwargs)

        return cast(Shown, enter)

    def get_urls(self) -> Pages:
        """The overview, one page for each app, and one list for each model."""
        apps = "|".join(sorted({model._meta.app_label for model in self._registry}))
        pages: Pages = [
            path("", self.admin_view(self.index), name="index"),
            re_path(rf"^(?P<app_label>{apps})/$", self.admin_view(self.app_index), name="app_list"),
        ]
        return pages + [
            path(
                f"{model._meta.app_label}/{model._meta.model_name}/",
                self.admin_view(shown.changelist_view),
                name=f"{model._meta.app_label}_{model._meta.model_name}_changelist",
            )
            for model, shown in self._registry.items()
        ]

    @property
    def urls(self) -> tuple[Pages, str, str]:
        return self.get_urls(), "admin", self.name


class SystemList(ListOfModel):
    """A list that nobody changes here, of fields that are neither confidential nor say who somebody is."""

    actions = None
    list_display_links = None
    list_per_page = 100
    # Those below that stand for no field of the model's own name, and which fields they show.
    shows: dict[str, tuple[str, ...]] = {}

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> tuple[()]:
        return ()

    def fields_shown(self) -> list[str]:
        """The fields of the model that this list shows, searches or filters by."""
        named = [*self.list_display, *self.list_filter, *self.search_fields]
        return sorted({field for name in map(str, named) for field in self.shows.get(name, (name,))})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        ledger.record(ledger.Kind.READ, self.model._meta.label, fields=self.fields_shown())
        return super().changelist_view(request, extra_context)


site = StewardSite(name="admin")
