"""How a form was filled in: a field that only programs see, and the moment when the page was shown."""

import time
from typing import Any

from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import gettext_lazy as _

from collaborations.models.safety import Oddity
from cre.core.security_events import SecurityEvent, security_event

# Nobody reads and answers a page in less.
LEAST_SECONDS = 4


class ArrivalForm(forms.Form):
    """What travels with a form to see whether a person filled it in; it never makes the form invalid."""

    website = forms.CharField(required=False, label=_("Leave this empty"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.opened_at = self.moment(str(self.data.get("channel_asked", "")))

    @property
    def mark(self) -> str:
        """The signed moment when the page was first shown; it stays when the page is shown again."""
        return mark_of(int(time.time()) if self.opened_at is None else self.opened_at)

    @property
    def oddities(self) -> set[Oddity]:
        """What was odd about the filled-in form."""
        found = {Oddity.TRAP} if self.data.get("website") else set()
        if self.opened_at is None or time.time() - self.opened_at < LEAST_SECONDS:
            found.add(Oddity.QUICK)
        return found

    def moment(self, mark: str) -> int | None:
        """The moment in a mark of ours, or nothing."""
        try:
            moment = base36_to_int(mark.partition("-")[0])
        except ValueError:
            moment = -1
        if moment >= 0 and constant_time_compare(mark, mark_of(moment)):
            return moment
        if mark:
            security_event(SecurityEvent.INPUT_REFUSED, kind="form mark")
        return None


def mark_of(moment: int) -> str:
    """A moment that only we can have written; short, so that the page stays light."""
    return f"{int_to_base36(moment)}-{salted_hmac('form opened', str(moment)).hexdigest()[:8]}"
