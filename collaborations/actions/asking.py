"""A community asks: a draft, its answers, the sending, and taking it back."""

from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.actions.consents import give_consent, stop_sharing
from collaborations.actions.spoken import Voice, write_spoken
from collaborations.actions.timeline import tell
from collaborations.clocks import answer_due
from collaborations.events import Event
from collaborations.models import Consent, RequestRisk, RequestStory, SpokenDecision, SupportRequest
from collaborations.models.talk import Side
from collaborations.policies import acts, spoken
from collaborations.selectors.answers import is_answered
from collaborations.states import RequestStatus
from collaborators.actions import come_forward
from collaborators.models import Community, Country, User
from collaborators.policies import can_act_for
from cre.core.access import forget_scope, locked, require
from cre.core.actions import action
from cre.core.outbox import emit
from cre.core.states import change, move
from cre.core.vault import blind_index
from cre.core.vocabularies import Danger

STORY = {
    "who_asks",
    "stage",
    "need",
    "what_happens",
    "wider_area",
    "groups",
    "impacts",
    "project",
    "good_result",
    "must_not_happen",
    "past_steps",
    "deadlines",
    "partners",
}
RISK = {"threats", "most_exposed", "protection", "not_to_contact", "not_to_see"}
PLAIN = {"danger", "language", "areas", "kinds_of_help"}


@action
def start_request(
    community: Community, *, danger: str, language: str, is_assisted: bool = False, by: User
) -> SupportRequest:
    """Begin a draft for a community; its answers come with `change_draft`."""
    require(
        acts.can_start(community),
        _("Only the community, or somebody who writes for it, can start a request."),
    )
    request = SupportRequest.objects.create(
        community=community,
        region_id=community.region_id,
        danger=danger,
        language=language,
        is_assisted=is_assisted,
    )
    RequestStory.sealed_under(request.uuid, request=request)
    RequestRisk.sealed_under(request.uuid, request=request)
    return request


@action
def change_draft(
    request: SupportRequest, *, version: int, by: User, country: str | None = None, **answers: Any
) -> SupportRequest:
    """Save answers of a draft: any of `PLAIN`, `STORY`, `RISK`, and the country, which decides the region."""
    request = locked(request, version=version)
    require(acts.can_edit(request), _("This request has been sent already."))
    write_answers(request, answers)
    if country is not None and country != request.country:
        change(request, country=country)
        follow_country(request)
    return request


def write_answers(request: SupportRequest, answers: dict[str, Any]) -> None:
    """Write these answers where they belong. Raises TypeError for a name that is no answer."""
    if unknown := answers.keys() - PLAIN - STORY - RISK:
        raise TypeError(f"No such answers: {sorted(unknown)}")
    if story := {name: answers[name] for name in answers.keys() & STORY}:
        if "project" in story:
            named = story["project"]
            story["project_index"] = blind_index("project", named) if named else None
        change(request.story, **story)
    if risk := {name: answers[name] for name in answers.keys() & RISK}:
        change(request.risk, **risk)
    change(request, **{name: answers[name] for name in answers.keys() & PLAIN})


def follow_country(request: SupportRequest) -> None:
    """Put a draft into the region that looks after its country; without a country it waits to be placed."""
    found = Country.objects.filter(code=request.country).first()
    if found and found.region_id != request.region_id:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cre_place_request(%s, %s)", [request.pk, found.region_id])
        request.refresh_from_db()


@action
def send_request(request: SupportRequest, *, version: int, by: User) -> SupportRequest:
    """Send a draft. Sending is the consent that we keep it and that the regional desk reads it.

    Whoever wrote it down for the community sends it by the yes that it gave by voice, which is on record already.
    """
    request = locked(request, "story", "community", "region", version=version)
    require(acts.can_send(request), _("This request has been sent already."))
    says_what_it_needs = request.kinds_of_help or is_answered(request, "need")
    require(bool(says_what_it_needs), _("Please say what you need, in a word or two."))
    come_forward(request.community, by=by)
    now = timezone.now()
    due = answer_due(request.region, request.danger, now)
    is_own_act = acts.is_community(request)
    if is_own_act:
        give_consent(request, Consent.About.KEEP, by=by)
    move(request, RequestStatus.RECEIVED, received_at=now, due_at=due)
    tell(request, Event.SENT, Side.COMMUNITY, due_on=due.date())
    if not is_own_act:
        tell(request, Event.RECORDED_BY_VOICE, Side.DESK)
    topic = notices.REQUEST_URGENT if request.danger == Danger.NOW else notices.REQUEST_SENT
    emit(topic, request, region=request.region_id)
    return request


@action
def refuse_keeping(request: SupportRequest, *, version: int, by: User) -> SupportRequest:
    """The community does not want us to keep its words: they go for good, and it asks only to talk.

    Returns the request without words that takes the draft's place; its clock runs like any other.
    """
    request = locked(request, version=version)
    require(acts.can_edit(request), _("This request has been sent already."))
    come_forward(request.community, by=by)
    talk = ask_to_talk(
        request.community, danger=request.danger, language=request.language, country=request.country, by=by
    )
    forget_draft(request)
    return talk


def ask_to_talk(community: Community, *, danger: str, language: str, country: str, by: User) -> SupportRequest:
    """A request without words: the desk talks with the community before anything else is kept."""
    # Staff begin only what they write down; as nothing is written down here, it goes as every other talk does.
    talk = start_request(community, danger=danger, language=language, is_assisted=not can_act_for(community.pk), by=by)
    now = timezone.now()
    due = answer_due(talk.region, talk.danger, now)
    move(talk, RequestStatus.RECEIVED, country=country, received_at=now, due_at=due, is_assisted=False)
    tell(talk, Event.TALK_FIRST, Side.COMMUNITY, due_on=due.date())
    emit(notices.REQUEST_URGENT if talk.danger == Danger.NOW else notices.ONLY_TALK, talk, region=talk.region_id)
    return talk


def forget_draft(request: SupportRequest) -> None:
    """Close a draft that was never sent; its words are deleted for good, those in its history too."""
    change(request.story, **(dict.fromkeys(STORY, "") | {"project_index": None}))
    change(request.risk, **dict.fromkeys(RISK, ""))
    request.files.all().delete()
    emit(notices.DESTROY_FILES, request)
    move(request, RequestStatus.WITHDRAWN, closed_at=timezone.now(), areas=[], kinds_of_help=[])
    emit(notices.FORGET_WORDS, request)


@action
def withdraw_request(request: SupportRequest, *, version: int, voice: Voice | None = None, by: User) -> SupportRequest:
    """Take a request back, at any time and without a reason; everything shared ends in the same moment."""
    request = locked(request, version=version)
    may_withdraw = spoken.can_withdraw(request) if voice else acts.can_withdraw(request)
    require(may_withdraw, _("Only the community takes its request back."))
    write_spoken(request, SpokenDecision.What.WITHDRAW, voice=voice, by=by)
    if request.status == RequestStatus.DRAFT:
        forget_draft(request)
        return request
    stop_sharing(request)
    move(request, RequestStatus.WITHDRAWN, closed_at=timezone.now())
    tell(request, Event.WITHDRAWN, Side.COMMUNITY)
    emit(notices.WITHDRAWN, request, region=request.region_id)
    forget_scope()
    return request
