"""Briefs, consents and allies, as a community takes them along; an ally's people stay out of it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from collaborations.models import (
    BriefVersion,
    Collaboration,
    Consent,
    Disclosure,
    FileDisclosure,
    Introduction,
    Wish,
)
from collaborations.models.introductions import DisclosedField
from collaborations.portable.requests import name_of
from collaborations.selectors.ally import labels
from collaborations.selectors.community import as_read, has_met, own_briefs, said
from collaborations.selectors.community import name_of as ally_of
from collaborations.selectors.files import file_word, shared_things
from collaborators.models import Collaborator, Community
from cre.core.access import Scope
from cre.core.portable import Fact, Record, answered, fact, told
from cre.core.vault import load_keys
from cre.core.vocabularies import StrategyArea


def briefs(scope: Scope, community: Community) -> Iterator[Record]:
    """Each version that was shown to the community."""
    found = own_briefs(scope).filter(request__community=community).select_related("request")
    rows: list[BriefVersion] = list(found.order_by("request_id", "number"))
    load_keys(rows)
    for row in rows:
        yield Record(
            name_of(row.request),
            answered(
                fact("number", _("version"), row.number),
                fact("status", _("status"), row.status, said(row)),
                *told(row, lang=row.language),
                fact("areas", _("ways to work together"), row.areas, labels(StrategyArea, row.areas)),
                fact("decided_at", _("decided"), row.decided_at),
            ),
        )


def consents(scope: Scope, community: Community) -> Iterator[Record]:
    """Each yes and each withdrawal, as it was given."""
    found = Consent.objects.visible_to(scope).filter(community=community)
    found = found.select_related("introduction__collaborator", "request", "withdrawal", "second")
    rows = list(found.order_by("given_at", "pk"))
    load_keys(rows)
    for row in rows:
        yield Record(row.get_about_display(), consent_facts(row))


def consent_facts(row: Consent) -> list[Fact]:
    ally = with_whom(row.introduction) if row.introduction else ""
    second = getattr(row, "second", None)
    return answered(
        fact("is_given", _("your yes"), row.is_given),
        fact("with_whom", _("for whom"), ally),
        fact("fields", _("for what"), row.fields, shared_things(row.fields)),
        fact("form", row._meta.get_field("form").verbose_name, row.form, row.get_form_display()),
        *told(row, lang=row.language),
        fact("given_at", _("when"), row.given_at),
        fact("until", _("until"), row.until),
        fact("second_yes", _("a second person agreed"), second.is_yes if second else None),
        fact("second_at", _("the second person answered"), second.said_at if second else None),
    )


def with_whom(introduction: Introduction) -> str:
    """The ally under the name that the community may know."""
    return ally_of(introduction.collaborator, is_known=has_met(introduction))


def wishes(scope: Scope, community: Community) -> Iterator[Record]:
    """Whom the community asked for by name, and whom it knew already."""
    found = Wish.objects.visible_to(scope).filter(request__community=community).select_related("request")
    rows = list(found.order_by("said_at", "pk"))
    listed = Collaborator.objects.visible_to(scope).in_bulk({row.collaborator_id for row in rows})
    load_keys(rows)
    for row in rows:
        ally = listed.get(row.collaborator_id)
        yield Record(
            ally_of(ally) if ally else _("An ally that is not listed any more"),
            [
                fact("request", _("for"), str(row.request.uuid), name_of(row.request)),
                fact("kind", _("what you said"), row.kind, row.get_kind_display()),
                *told(row, lang=row.request.language),
                fact("said_at", _("when"), row.said_at),
            ],
        )


def works(scope: Scope, community: Community) -> Iterator[Record]:
    """The allies that were suggested or met, and the work with each."""
    found = Introduction.objects.visible_to(scope).filter(community=community).select_related("collaborator", "request")
    rows = list(found.order_by("proposed_at", "pk"))
    joint = Collaboration.objects.visible_to(scope).filter(introduction__in=rows)
    work_of = {work.introduction_id: work for work in joint}
    load_keys([*rows, *work_of.values()])
    for row in rows:
        work = work_of.get(row.pk)
        yield Record(with_whom(row), [*introduction_facts(row), *(work_facts(work) if work else ())])


def introduction_facts(row: Introduction) -> list[Fact]:
    return answered(
        fact("request", _("for"), str(row.request.uuid), name_of(row.request)),
        fact("status", _("status"), row.status, said(row)),
        *told(row),
        fact("proposed_at", _("suggested"), row.proposed_at),
        fact("answered_at", _("answered"), row.answered_at),
        fact("introduction_ended_at", _("ended"), row.ended_at),
    )


def work_facts(work: Collaboration) -> list[Fact]:
    return answered(
        fact("work_status", _("work together"), work.status, work.get_status_display()),
        fact("began_at", _("begun"), work.began_at),
        fact("check_in_on", work._meta.get_field("check_in_on").verbose_name, work.check_in_on),
        *told(work, lang=""),
        fact("work_ended_at", _("work ended"), work.ended_at),
    )


def shared(scope: Scope, community: Community) -> Iterator[Record]:
    """What each ally can read now, and which copies of files it can open."""
    found = Disclosure.objects.visible_to(scope).filter(community=community)
    rows = list(found.select_related("introduction__collaborator").order_by("introduction_id", "pk"))
    load_keys(rows)
    for row in rows:
        label = DisclosedField(row.field).label
        value = fact(row.field, label, row.value, as_read(row.field, row.value))
        yield Record(with_whom(row.introduction), [value, fact("disclosed_at", _("since"), row.disclosed_at)])
    copies = FileDisclosure.objects.visible_to(scope).filter(community=community)
    for copy in copies.select_related("introduction__collaborator").order_by("introduction_id", "number"):
        named = fact("file", _("a copy of"), copy.number, file_word(f"{Consent.FILE}{copy.number}"))
        yield Record(with_whom(copy.introduction), [named, fact("disclosed_at", _("since"), copy.disclosed_at)])
