"""The rows of files that leave the exchange."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from collaborators.selectors.ledger import LedgerLine


def ledger_head() -> list[str]:
    """The columns of a copy of the ledger, in the reader's language."""
    return [
        _("When (UTC)"), _("Who"), _("Relation"), _("Did"), _("What"), _("Parts"), _("Request"), _("Region"),
        _("Reason"),
    ]  # fmt: skip


def ledger_rows(lines: list[LedgerLine]) -> Iterator[list[str]]:
    """One row for each entry, as the page shows it."""
    for line in lines:
        yield [
            line.at.strftime("%Y-%m-%d %H:%M:%S"), line.who, line.relation, line.what_kind, line.record or line.page,
            ", ".join(line.fields), line.about, line.region, line.reason,
        ]  # fmt: skip
