"""Working with an ally: who it is, what it knows, what is said, and the end. And every consent."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collaborations.actions import (
    confirm_contact,
    end_collaboration,
    withdraw_consent,
    write_in_collaboration,
)
from collaborations.forms.community import EndForm, MessageForm
from collaborations.forms.words import VersionForm
from collaborations.models import (
    Collaboration,
    CollaborationMessage,
    Consent,
    Disclosure,
    FileDisclosure,
    Introduction,
    Participant,
    TimelineEntry,
)
from collaborations.models.introductions import DisclosedField
from collaborations.policies import acts, deciding
from collaborations.policies.sight import COMMUNITY_AUDIENCES
from collaborations.selectors.community import (
    as_read,
    as_step,
    has_met,
    name_of,
    own_collaborations,
    own_consents,
)
from collaborations.selectors.files import file_word, shared_copies, shared_things
from collaborations.selectors.outputs import own_outputs, standing_of
from collaborations.selectors.spoken import own_spoken
from collaborations.selectors.threads import Turn, page_of
from collaborations.states import CollaborationStatus
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.vault import load_keys
from cre.core.vocabularies import EndReason

MOST_CONSENTS, MOST_OUTPUTS = 50, 20
# What ends when a consent is taken back.
STOPS = {
    Consent.About.BRIEF: gettext_lazy("No ally reads this brief any more, and offers that carry it end."),
    Consent.About.OFFERS: gettext_lazy("This ally is asked no more, and no longer reads the brief."),
    Consent.About.DISCLOSE: gettext_lazy("This ally sees nothing of what you shared with it, from this moment."),
    Consent.About.INTERPRET: gettext_lazy("The interpreter can no longer read this text, from this moment."),
}
NO_FILE = gettext_lazy("This ally can no longer open this file, from this moment.")


@door("community")
def collaboration(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show the work with an ally."""
    work = get_object_or_404(own_collaborations(request.scope), uuid=uuid)
    return show_work(request, work, MessageForm())


def show_work(request: PersonRequest, work: Collaboration, form: MessageForm) -> HttpResponse:
    """The page of a collaboration, with the message form as it is."""
    scope = request.scope
    shared = list(
        Disclosure.objects.visible_to(scope).filter(introduction=work.introduction_id).select_related("consent")
    )
    people = list(Participant.objects.visible_to(scope).filter(introduction=work.introduction_id, left_at=None))
    load_keys([work, *shared, *people])
    steps = TimelineEntry.objects.visible_to(scope).filter(collaboration=work, audience__in=COMMUNITY_AUDIENCES)
    context = {
        "work": work,
        "ally": work.introduction.collaborator,
        "people": people,
        "disclosures": [as_disclosure(row, work) for row in shared]
        + [as_shared_file(row) for row in shared_copies(scope, [work.introduction_id])],
        "timeline": [as_step(step) for step in steps],
        "thread": page_of(messages_in(request, work), Turn.read(request.GET), reader=request.user),
        "outputs": [(row, standing_of(row)) for row in own_outputs(scope).filter(collaboration=work)[:MOST_OUTPUTS]],
        "form": form,
        "begin": VersionForm(initial={"version": work.version}),
        "can_write": acts.can_write_in(work),
        "can_pause": deciding.can_pause(work),
        "can_end": acts.can_end_collaboration(work),
        "is_starting": work.status == CollaborationStatus.STARTING and work.is_open,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/collaboration.html", context, status=status)


def messages_in(request: PersonRequest, work: Collaboration) -> Any:
    """The thread of a collaboration; its community is at hand, for the ledger."""
    return (
        CollaborationMessage.objects.visible_to(request.scope)
        .filter(collaboration=work)
        .select_related("collaboration")
    )


def as_disclosure(row: Disclosure, work: Collaboration) -> dict[str, Any]:
    """What is shared, and the way to take it back."""
    return {
        "label": capfirst(str(DisclosedField(row.field).label)),
        "with_whom": work.introduction.collaborator.display_name,
        "value": as_read(row.field, row.value),
        "at": row.disclosed_at,
        "url": reverse("community:consent-withdraw", args=[row.consent.uuid]),
    }


def as_shared_file(row: FileDisclosure) -> dict[str, Any]:
    """A file that the ally can open, and the way to take it back."""
    return {
        "label": capfirst(file_word(f"{Consent.FILE}{row.number}")),
        "with_whom": row.introduction.collaborator.display_name,
        "at": row.disclosed_at,
        "url": reverse("community:consent-withdraw", args=[row.consent.uuid]),
    }


@door("community")
def collaboration_message(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Write to the ally and the regional desk."""
    work = get_object_or_404(own_collaborations(request.scope), uuid=uuid)
    if request.method != "POST":
        return redirect("community:collaboration", uuid)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show_work(request, work, form)
    write_in_collaboration(work, language=work.request.language, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your ally and the regional desk can read it now."))
    return redirect("community:collaboration", uuid)


@door("community")
def collaboration_spoken(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Note that the two have spoken."""
    work = get_object_or_404(own_collaborations(request.scope), uuid=uuid)
    form = VersionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        if work.status == CollaborationStatus.STARTING:
            confirm_contact(work, version=form.cleaned_data["version"], by=request.user)
            messages.success(request, _("Good. From now on you count as working together."))
        else:
            messages.info(request, _("This has been said already."))
    return redirect("community:collaboration", uuid)


@door("community")
def collaboration_end(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """End the work with an ally; no reason is needed."""
    work = get_object_or_404(own_collaborations(request.scope), uuid=uuid)
    if not work.is_open:
        messages.info(request, _("This work together has ended."))
        return redirect("community:collaboration", uuid)
    form = EndForm(request.POST or None, initial={"version": work.version})
    if form.is_valid():
        end_collaboration(
            work,
            version=form.cleaned_data["version"],
            reason=EndReason(form.cleaned_data["reason"] or EndReason.NOT_SAID),
            words=form.cleaned_data["words"],
            by=request.user,
        )
        messages.success(request, _("The work together has ended. The ally sees nothing of you any more."))
        return redirect("community:home")
    context = {
        "form": form,
        "work": work,
        "ally": work.introduction.collaborator,
        "can_end": acts.can_end_collaboration(work),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/collaboration_end.html", context, status=status)


# --- Consents ------------------------------------------------------------------------------------------
@door("community")
def consents(request: PersonRequest) -> HttpResponse:
    """Show every yes of the community, for whom, when, and whether it still stands; and what it decided by voice."""
    found = own_consents(request.scope).order_by("-given_at", "-id")[:MOST_CONSENTS]
    spoken, has_older = own_spoken(request.scope)
    context = {
        "consents": [as_given(consent) for consent in found],
        "spoken": [(row, ally_in(row.introduction)) for row in spoken],
        "has_older": has_older,
    }
    return render(request, "community/consents.html", context)


def as_given(consent: Consent) -> dict[str, Any]:
    """A consent in words; what is sealed in it stays closed."""
    withdrawal = getattr(consent, "withdrawal", None)
    return {
        "label": consent.get_about_display(),
        "with_whom": ally_in(consent.introduction),
        "fields": shared_things(consent.fields),
        "form": consent.get_form_display(),
        "at": consent.given_at,
        "second": getattr(consent, "second", None),
        "withdrawn_at": withdrawal.given_at if withdrawal else None,
        "url": way_back(consent),
    }


def ally_in(introduction: Introduction | None) -> str:
    """The ally under the name that the community may know; nothing where it is about none."""
    return name_of(introduction.collaborator, is_known=has_met(introduction)) if introduction else ""


def what_stops(consent: Consent) -> str | Promise:
    """What ends when a consent is taken back."""
    if any(code.startswith(Consent.FILE) for code in consent.fields):
        return NO_FILE
    return STOPS[Consent.About(consent.about)]


def way_back(consent: Consent) -> str:
    """Where a consent is taken back: that we keep a request ends with the request."""
    if consent.about == Consent.About.KEEP:
        return reverse("community:withdraw", args=[consent.request.uuid]) if consent.request else ""
    return reverse("community:consent-withdraw", args=[consent.uuid])


@door("community")
def consent_withdraw(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Take a yes back, after a page that says what stops."""
    consent = get_object_or_404(own_consents(request.scope), uuid=uuid)
    if consent.about == Consent.About.KEEP and consent.request:
        return redirect("community:withdraw", consent.request.uuid)
    if hasattr(consent, "withdrawal"):
        messages.info(request, _("You have taken this back already."))
        return redirect("community:consents")
    if request.method == "POST":
        withdraw_consent(consent, by=request.user)
        messages.success(request, _("Taken back. It has stopped already."))
        return redirect("community:consents")
    context = {"consent": as_given(consent), "stops": what_stops(consent),
               "can_withdraw": acts.can_withdraw_consent(consent)}  # fmt: skip
    return render(request, "community/consent_withdraw.html", context)
