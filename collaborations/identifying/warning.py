"""What the scan is told, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Tell(models.TextChoices):
    """A kind of thing that gives a community away, with the sentence that says what to do."""

    RECEIPT_CODE = (
        "receipt-code",
        _("This looks like a receipt code. It opens everything: take it out at once."),
    )
    CHOSEN_NAME = (
        "chosen-name",
        _("This is the name the community wants us to use, or a part of it. Leave it out."),
    )
    CONTACT = "contact", _("This is how we reach the community. Take it out.")
    PERSON = (
        "person",
        _("The community named this person or group in confidence. Say “a leader”, “a neighbour”."),
    )
    PHONE = "phone", _("This looks like a phone number. Take it out; contacts are shared later, one by one.")
    EMAIL = "email", _("This looks like an e-mail address or an account. Take it out.")
    LINK = "link", _("A link can name the place or the people. Take it out.")
    ADDRESS = "address", _("This looks like an address. Say only what kind of place it is.")
    COORDINATES = "coordinates", _("These look like coordinates. Take them out.")
    PROJECT = "project", _("This names the project, the company or who pays. Say what kind of project it is.")
    PLACE = (
        "place",
        _("This is in the area that the community gave us. Say only the region or the kind of land."),
    )
    STORY_NAME = (
        "story-name",
        _("The community wrote this as a name in its own words. Say it without the name."),
    )
    PEOPLE_COUNT = (
        "people-count",
        _("An exact number of people is easy to find again. Say “about 300”, “some families”."),
    )
    DATE = "date", _("An exact day can be looked up. Say the season, the month or the year.")
    COUNTRY = "country", _("The brief shows only the region, and this names the country. Say the region.")
    COUNTRY_AT_RISK = (
        "country-at-risk",
        _("The risk is high: show only the region, in the text and beside it."),
    )
    COMBINATION = (
        "combination",
        _("Each of these may be harmless; together they say who it is. Take one of them out."),
    )


@dataclass(frozen=True)
class BriefWarning:
    """One kind of thing that identifies, with the words in which it was found."""

    code: Tell
    found: tuple[str, ...]

    @property
    def excerpt(self) -> str:
        return " · ".join(self.found)

    @property
    def sentence(self) -> Promise | str:
        return self.code.label


@dataclass(frozen=True)
class Known:
    """What the exchange knows about a community, as plain strings; what is not known stays empty.

    story: everything it wrote in its own words, joined by line breaks. people: whom it named in
    confidence. project: project, company and financier as it named them. register: the names of
    public projects, their companies and their ids. sector, financier: the facets of the brief.
    country, shown_country: ISO codes; shown_country is empty where only the region is shown.
    """

    chosen_name: str = ""
    contact: str = ""
    people: str = ""
    wider_area: str = ""
    story: str = ""
    project: str = ""
    register: Sequence[str] = ()
    sector: str = ""
    financier: str = ""
    country: str = ""
    shown_country: str = ""
    is_high_risk: bool = False
