"""Reading the brief, and deciding about exactly these words."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collaborations.actions import approve_brief, send_back_brief
from collaborations.forms.community import WishesForm
from collaborations.forms.words import VersionForm
from collaborations.models import BriefVersion
from collaborations.policies import acts
from collaborations.selectors.ally import labels
from collaborations.selectors.brief_changes import Changes, changes_since
from collaborations.selectors.community import own_briefs, said
from collaborations.states import BriefStatus
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.vault import load_keys
from cre.core.vocabularies import StrategyArea, country_name, language_name


@door("community")
def brief(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show a version of the brief, and take the community's yes or its wishes."""
    found = get_object_or_404(own_briefs(request.scope).select_related("request__region"), uuid=uuid)
    is_back = request.POST.get("decision") == "back"
    form = (WishesForm if is_back else VersionForm)(request.POST or None, initial={"version": found.version})
    if not form.is_valid():
        return show_brief(request, found, form)
    if found.status == BriefStatus.PROPOSED:
        decide(request, found, form)
    else:
        messages.info(request, _("This version has been decided already."))
    return redirect("community:request", found.request.uuid)


def others_than(request: PersonRequest, found: BriefVersion) -> list[BriefVersion]:
    """The other versions that the community was shown, newest first."""
    return list(own_briefs(request.scope).filter(request_id=found.request_id).exclude(pk=found.pk)[:5])


def changes_of(request: PersonRequest, found: BriefVersion) -> Changes | None:
    """What is different from the version that the community answered last, if it answered one before."""
    earlier = own_briefs(request.scope).filter(request_id=found.request_id, number__lt=found.number)
    since = earlier.exclude(decided_at=None).select_related("request__region").first()
    if since is None:
        return None
    load_keys([since, found])
    return changes_since(since, found, (shown_beside(since), shown_beside(found)))


def shown_beside(found: BriefVersion) -> list[str]:
    """What allies see of a version beside its text, in words."""
    locale = get_language() or "en"
    if found.shown_country:
        place = _("your country: %(country)s") % {"country": country_name(found.shown_country, locale)}
    else:
        place = _("your region only: %(region)s") % {"region": found.request.region}
    spoken = ", ".join(language_name(tag, locale) for tag in found.languages)
    return [place, *labels(StrategyArea, found.areas), _("languages: %(languages)s") % {"languages": spoken}]


def decide(request: PersonRequest, found: BriefVersion, form: Form) -> None:
    """Say yes, or send the version back with wishes."""
    version = form.cleaned_data["version"]
    if isinstance(form, WishesForm):
        send_back_brief(found, version=version, wishes=form.cleaned_data["wishes"], by=request.user)
        messages.success(request, _("The regional desk writes another version. Nobody else reads this one."))
    else:
        approve_brief(found, version=version, by=request.user)
        messages.success(request, _("You approved the brief. The desk now looks for allies and suggests them to you."))


def show_brief(request: PersonRequest, found: BriefVersion, form: Form) -> HttpResponse:
    """The page of a version; the two answers are two forms, and only the one that was sent shows errors."""
    wishes = form if isinstance(form, WishesForm) else WishesForm(initial={"version": found.version}, auto_id="back_%s")
    context = {
        "brief": found,
        "status": said(found),
        "form": form,
        "wishes": wishes,
        "beside": shown_beside(found),
        "changes": changes_of(request, found),
        "others": [(other, said(other)) for other in others_than(request, found)],
        "can_decide": acts.can_decide_brief(found),
        "is_waiting": found.status == BriefStatus.PROPOSED,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/brief.html", context, status=status)
