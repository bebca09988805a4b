"""What rules a collaborator out, whatever its score: each cause with the condition that must hold."""

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower, StrIndex
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from collaborations.matching.wanted import Wanted
from collaborators.states import Vetting
from cre.core.vocabularies import AccessLevel


class Cause(models.TextChoices):
    """Why somebody is not suggested, as a sentence."""

    NOT_APPROVED = (
        "not_approved",
        _("It is not approved now: its vetting is open, or it is suspended or retired."),
    )
    LEVEL = "level", _("Its access level is for public information only.")
    AREAS = "areas", _("It works in none of the strategy areas of the brief.")
    LANGUAGES = "languages", _("It shares no language with the brief.")
    COUNTRY_REFUSED = "country_refused", _("It does not work in this country, by its own choice.")
    FULL = "full", _("It works on as many requests as it can at the same time.")
    NO_HOURS = "no_hours", _("It has no hours this month.")
    AWAY = "away", _("It is away until {away_until}.")
    INTRODUCED = "introduced", _("It is already suggested, asked or introduced for this request.")
    CONFLICT = "conflict", _("It said that it has a conflict of interest in this request.")
    REFUSED = "refused", _("The community said no to it for this request.")
    NOT_TO_CONTACT = "not_to_contact", _("The community asked us not to contact it.")
    KNOWN = "known", _("The community works with it already.")


def conditions(wanted: Wanted) -> dict[Cause, Q]:
    """What must hold for a collaborator to be suggested; each that does not is a cause."""
    must = {
        Cause.NOT_APPROVED: Q(facets__is_active=True, status=Vetting.APPROVED),
        Cause.LEVEL: Q(access_level__gte=AccessLevel.BRIEFS, facets__access_level__gte=AccessLevel.BRIEFS),
        Cause.FULL: Q(facets__parallel_now__lt=F("facets__parallel_limit")),
        Cause.NO_HOURS: Q(facets__hours_a_month__isnull=True) | Q(facets__hours_a_month__gt=0),
        Cause.AWAY: Q(facets__away_until__isnull=True) | Q(facets__away_until__lte=wanted.today),
    }
    if wanted.areas:
        must[Cause.AREAS] = Q(facets__areas__overlap=list(wanted.areas))
    if wanted.languages:
        must[Cause.LANGUAGES] = Q(facets__languages__overlap=wanted.tongues)
    if wanted.country:
        must[Cause.COUNTRY_REFUSED] = ~Q(facets__refused_countries__contains=[wanted.country])
    return must | _of_this_request(wanted)


def _of_this_request(wanted: Wanted) -> dict[Cause, Q]:
    """What was said before by the ally or by the community about this very request."""
    said = {
        Cause.INTRODUCED: wanted.introduced,
        Cause.CONFLICT: wanted.in_conflict,
        Cause.REFUSED: wanted.refused,
        Cause.KNOWN: wanted.known,
    }
    must = {cause: ~Q(pk__in=ids) for cause, ids in said.items() if ids}
    if wanted.not_to_contact:
        must[Cause.NOT_TO_CONTACT] = Q(Exact(StrIndex(Value(wanted.not_to_contact), _NAME_WORDS), Value(0)))
    return must


# The display name as `bare_words` writes it.
_NAME_WORDS = Concat(
    Value(" "),
    Func(Lower("display_name"), Value(r"\W+"), Value(" "), Value("g"), function="regexp_replace"),
    Value(" "),
    output_field=models.TextField(),
)
