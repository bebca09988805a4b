"""What the secretariat reads about people and the roster: who is on it, who holds what, who read what."""

from collaborators.selectors.deliveries import Deliveries, deliveries
from collaborators.selectors.ledger import RECORDS, LedgerLine, ledger_page, who_of
from collaborators.selectors.people import (
    ON_REGIONS,
    ROLES,
    PersonLine,
    RoleLine,
    people_page,
    person_with,
    roles_to_give,
    roles_to_offer,
    words_of,
)
from collaborators.selectors.roster import page_of_entries, roster_page, speakers_of

__all__ = [
    "ON_REGIONS",
    "RECORDS",
    "ROLES",
    "Deliveries",
    "LedgerLine",
    "PersonLine",
    "RoleLine",
    "deliveries",
    "ledger_page",
    "page_of_entries",
    "people_page",
    "person_with",
    "roles_to_give",
    "roles_to_offer",
    "roster_page",
    "speakers_of",
    "who_of",
    "words_of",
]
