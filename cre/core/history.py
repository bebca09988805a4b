"""History that goes to the same database, under the name of the acting person, with the seals kept."""

from typing import Any

from simple_history.models import HistoricalRecords

from cre.core.access import acting_person


def acting_user(instance: Any, **_: Any) -> Any:
    """Who made this change, for the history row."""
    return acting_person()


class Records(HistoricalRecords):
    """What every model with a history declares: `history = Records()`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            get_user=acting_user,
            use_base_model_db=True,
            user_db_constraint=False,
            **options,
        )
