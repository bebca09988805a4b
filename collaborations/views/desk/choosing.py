"""An ally that a community chose by voice: written down, and asked again by a second person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from collaborations.actions import answer_choice, choose_ally
from collaborations.actions.choosing import ANOTHER, CHOSEN_NO_MORE
from collaborations.forms.desk.allies import CallBackForm, ChoiceVoiceForm
from collaborations.models import Consent, Introduction, SupportRequest
from collaborations.models.introductions import DisclosedField
from collaborations.policies.second import can_record_choice, can_say_second, is_by_voice
from collaborations.selectors.community import shareable
from collaborations.selectors.second import choice_to_second
from collaborations.states import IntroductionStatus
from collaborations.views.desk.deciding import done_already
from collaborations.views.desk.labels import line
from collaborations.views.desk.pages import of_desk_or_404, posted, status_of
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.access import require
from cre.core.vault import load_keys


@door("desk")
def choice_voice(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write down that a community chose a willing ally, and what that ally may know."""
    found: Introduction = of_desk_or_404(Introduction, request, uuid)
    about = found.request
    if request.method == "POST" and found.status in (IntroductionStatus.CHOSEN, IntroductionStatus.ACCEPTED):
        return done_already(request, about.uuid)
    require(can_record_choice(found), CHOSEN_NO_MORE)
    values = shareable(with_words(request, about))
    form = ChoiceVoiceForm(posted(request), row=found, language=about.language, values=values)
    if form.is_valid():
        fields = form.cleaned_data["fields_shared"]
        chosen = choose_ally(found, version=found.version, fields=fields, voice=form.voice, by=request.user)
        messages.success(request, said_of(chosen))
        return redirect("desk:request-allies", about.uuid)
    context = {"form": form, "about": about, "line": line(about), "name": found.collaborator.display_name}
    return render(request, "desk/choice_voice.html", context, status=status_of(form))


def with_words(request: PersonRequest, about: SupportRequest) -> SupportRequest:
    """The request with the records that hold what can be shared."""
    rows = SupportRequest.objects.visible_to(request.scope).select_related("story", "risk", "community__identity")
    row = rows.get(pk=about.pk)
    load_keys([row.story, row.risk, row.community.identity])
    return row


def said_of(chosen: Introduction) -> str:
    """What follows from a choice that was written down."""
    if chosen.status == IntroductionStatus.ACCEPTED:
        return _("They know of each other now. Somebody else calls the community back within three days.")
    return _("The community's decision is written down. Before the ally learns anything, somebody else calls back.")


@door("desk")
def call_back(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Ask the community again what it chose by voice, as another person than the one who wrote it down."""
    found: Introduction = of_desk_or_404(Introduction, request, uuid)
    about = found.request
    choice = choice_to_second(found, request.scope)
    if choice is None or not is_by_voice(choice):
        messages.info(request, _("This choice has been decided."))
        return redirect("desk:request-allies", about.uuid)
    require(can_say_second(request.user, choice), ANOTHER)
    form = CallBackForm(posted(request), row=found)
    if form.is_valid():
        is_yes = form.cleaned_data["decision"] == CallBackForm.YES
        answer_choice(found, version=found.version, is_yes=is_yes, by=request.user)
        said = _("Written down. Thank you for calling.") if is_yes else _("Nothing is shared with this ally.")
        messages.success(request, said)
        return redirect("desk:request-allies", about.uuid)
    load_keys([choice])
    context = {"form": form, "about": about, "line": line(about), "choice": as_said(choice), "introduction": found}
    return render(request, "desk/call_back.html", context, status=status_of(form))


def as_said(choice: Consent) -> dict[str, Any]:
    """What was written down, for whoever calls."""
    return {
        "fields": [DisclosedField(field).label for field in choice.fields if field in DisclosedField.values],
        "how": choice.get_form_display(),
        "said_by": choice.said_by,
        "read_back": choice.read_back,
        "language": choice.language,
        "at": choice.given_at,
    }
