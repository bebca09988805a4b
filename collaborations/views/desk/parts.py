"""The parts of a request's pages, each in the shape that its template component takes."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaborations.events import Event
from collaborations.matching import Reason
from collaborations.models import (
    BriefVersion,
    Consent,
    InternalNote,
    Introduction,
    Participant,
    RequestMessage,
    RequestRisk,
    RequestStory,
    SafetyCheck,
    SupportRequest,
    TimelineEntry,
)
from collaborations.models.collaboration import CollaborationMessage
from collaborations.models.introductions import DisclosedField
from collaborations.models.requests import RiskLevel
from collaborations.models.talk import Side
from collaborations.policies import acts
from collaborations.policies.second import can_record_choice
from collaborations.selectors.desk_request import Past, Standing
from collaborations.states import BriefStatus, IntroductionStatus
from collaborations.views.desk.labels import RISK, tongue
from collaborations.views.desk.pages import Sentence
from collaborators.models import CommunityIdentity, User
from cre.core.vault import Sealed
from cre.core.vocabularies import AccessLevel, Group, HelpKind, Impact, StrategyArea

Row = dict[str, Any]
Message = RequestMessage | CollaborationMessage | InternalNote
# The fields in the order of the page, under words for staff; the models' own speak to the community.
STORY = {
    "need": _("What they need"),
    "what_happens": _("What is happening"),
    "wider_area": _("The wider area"),
    "groups": _("Groups they belong to"),
    "impacts": _("Harm"),
    "project": _("Project, company or financier"),
    "good_result": _("What a good result would be"),
    "must_not_happen": _("What must not happen"),
    "past_steps": _("What they have tried"),
    "deadlines": _("Dates that matter"),
    "partners": _("Who already helps"),
}
NAME = {"chosen_name": _("The name they want us to use")}
REACHED_BY = {
    "handle": _("Number, address or name there"),
    "safe_hours": _("When it is safe"),
    "not_to_mention": _("What we must not mention"),
    "languages": _("Languages they speak or read"),
}
DANGERS = {
    "threats": _("Threats so far"),
    "most_exposed": _("Who is most exposed"),
    "protection": _("What protects them now"),
    "not_to_contact": _("Whom we must not contact"),
    "not_to_see": _("Who here should not see this"),
}
# Texts that may hold codes instead of words of somebody's own.
CODED: dict[str, type[TextChoices]] = {"groups": Group, "impacts": Impact}
BRIEF_KINDS = {
    BriefStatus.DRAFT: "attention",
    BriefStatus.PROPOSED: "attention",
    BriefStatus.APPROVED: "good",
    BriefStatus.SENT_BACK: "attention",
}
ALLY_KINDS = {
    IntroductionStatus.WILLING: "good",
    IntroductionStatus.ACCEPTED: "good",
    IntroductionStatus.CHOSEN: "attention",
    IntroductionStatus.UNANSWERED: "attention",
}


def named(row: Sealed, names: Mapping[str, Sentence], language: str = "") -> list[Row]:
    """The fields of a row that hold something, in the language of their writer."""
    values = ((name, getattr(row, name)) for name in names)
    return [
        {
            "label": names[name],
            "value": spoken(value, CODED[name]) if name in CODED else value,
            "lang": language,
        }
        for name, value in values
        if value
    ]


def labels(codes: Iterable[str], vocabulary: type[TextChoices]) -> list[str]:
    """The words of these codes; what is no code stays as it was written."""
    known = dict(vocabulary.choices)
    return [str(known.get(code, code)) for code in codes]


def spoken(text: str, vocabulary: type[TextChoices]) -> str:
    """A list of codes as words; a text of somebody's own stays as it is."""
    codes = [part.strip() for part in text.split(",")]
    return "; ".join(labels(codes, vocabulary)) if set(codes) <= set(vocabulary.values) else text


def contact(identity: CommunityIdentity | None) -> list[Row]:
    """Who they are and how they are reached, where this person may know."""
    if identity is None:
        return []
    channel = {"label": _("Channel"), "value": identity.get_channel_display()}
    return [*named(identity, NAME), channel, *named(identity, REACHED_BY)]


def story(about: SupportRequest, found: RequestStory | None) -> list[Row]:
    """What they need and what happens, in their words."""
    if found is None:
        return []
    rows: list[Row] = [
        {"label": _("Who asks"), "value": found.get_who_asks_display()},
        {"label": _("Kind of help"), "lines": labels(about.kinds_of_help, HelpKind)},
        {"label": _("Strategy areas"), "lines": labels(about.areas, StrategyArea)},
        {"label": _("The project is"), "value": found.get_stage_display()},
    ]
    return [row for row in rows if row.get("value") or row.get("lines")] + named(found, STORY, about.language)


def risk(about: SupportRequest, found: RequestRisk | None) -> list[Row]:
    """The dangers, in their words."""
    return [] if found is None else named(found, DANGERS, about.language)


def check(row: SafetyCheck) -> Row:
    """A judgement of the danger."""
    return {
        "level": RISK[RiskLevel(row.level)],
        "is_safe": row.channel_is_safe,
        "notes": row.notes,
        "at": row.checked_at,
    }


def thread(messages: Iterable[Message], user: User) -> list[Row]:
    """Messages or notes, oldest first."""
    return [
        {
            "who": str(row.author) if isinstance(row, InternalNote) else Side(row.side).label,
            "at": row.written_at if isinstance(row, InternalNote) else row.sent_at,
            "text": row.text,
            "lang": "" if isinstance(row, InternalNote) else row.language,
            "is_mine": row.author_id == user.pk,
            "is_note": isinstance(row, InternalNote),
        }
        for row in messages
    ]


def brief_rows(briefs: Iterable[BriefVersion]) -> list[Row]:
    """The versions of a brief, newest first; their words stand on their own pages."""
    return [
        {
            "uuid": brief.uuid,
            "number": brief.number,
            "language": tongue(brief.language),
            "status": BriefStatus(brief.status).label,
            "kind": BRIEF_KINDS.get(BriefStatus(brief.status), ""),
            "created_at": brief.created_at,
            "decided_at": brief.decided_at,
        }
        for brief in briefs
    ]


def reason_rows(reasons: Iterable[Reason]) -> list[Row]:
    """The reasons of a suggestion."""
    return [
        {
            "component": reason.component.label,
            "verdict": reason.verdict,
            "words": reason.text,
            "points": reason.points,
            "of": reason.of,
        }
        for reason in reasons
    ]


def ally_cards(standing: Standing, people: dict[int, list[Participant]], to_call: Collection[int]) -> list[Row]:
    """Each ally of a request with its answer, its reasons and the acts that its state leaves open.

    to_call: the introductions about which this person can call the community back.
    """
    return [ally_card(row, standing, people[row.pk], to_call) for row in standing.introductions]


def ally_card(row: Introduction, standing: Standing, people: list[Participant], to_call: Collection[int]) -> Row:
    """One ally."""
    is_chosen = row.status == IntroductionStatus.CHOSEN
    can_act = is_chosen and acts.can_give_up_choice(row)
    match = getattr(row, "match", None)
    return {
        "row": row,
        "name": row.collaborator.display_name,
        "level": AccessLevel(row.collaborator.access_level).label,
        "status": IntroductionStatus(row.status).label,
        "kind": ALLY_KINDS.get(IntroductionStatus(row.status), ""),
        "answer": row.answer,
        "people": [", ".join(filter(None, (person.name, person.role))) for person in people],
        "score": match.score if match else None,
        "reasons": reason_rows(Reason.from_json(stored) for stored in match.reasons) if match else [],
        "work": getattr(row, "collaboration", None),
        "is_raised": row.collaborator_id in standing.raised,
        "choice_url": reverse("desk:choice-voice", args=[row.uuid]) if can_record_choice(row) else "",
        "call_url": reverse("desk:call-back", args=[row.uuid]) if row.pk in to_call else "",
        "level_url": reverse("desk:level-ask", args=[row.uuid]) if can_act else "",
        "give_up_url": reverse("desk:choice-give-up", args=[row.uuid]) if can_act else "",
    }


def past_parts(past: Past) -> Row:
    """The timeline and the records behind it."""
    return {
        "steps": [step(entry) for entry in past.timeline],
        "earlier": past.timeline[0].pk if past.has_earlier else None,
        "checks": [check(row) | {"who": str(row.checked_by)} for row in past.checks],
        "consents": [consent(row) for row in past.consents],
        "referrals": past.referrals,
        "second_looks": past.second_looks,
    }


def step(entry: TimelineEntry) -> Row:
    """An entry of the timeline; its words are written to the community."""
    return {"text": Event(entry.event).label, "at": entry.happened_at, "who": Side(entry.side).label}


def consent(row: Consent) -> Row:
    """A yes of the community, for whom and how it was given."""
    withdrawal = getattr(row, "withdrawal", None)
    for_whom = row.introduction.collaborator.display_name if row.introduction else ""
    return {
        "label": row.get_about_display(),
        "for_whom": for_whom,
        "fields": labels(row.fields, DisclosedField),
        "how": row.get_form_display(),
        "said_by": row.said_by,
        "at": row.given_at,
        "withdrawn_at": withdrawal.given_at if withdrawal else None,
    }
