"""What happens when the ledger turns out not to be whole: it is written down, logged, and people are told."""

import logging

from cre.core.ledger.models import LedgerAlarm
from cre.core.ledger.verify import Verdict
from cre.core.outbox import emit
from cre.core.outbox.topics import Topic, kind_named
from cre.core.security_events import SecurityEvent, security_event

# Declared in the notices of the app that knows who looks after the ledger.
TOPIC = "ledger-broken"
MOST_FINDINGS = 20
log = logging.getLogger(__name__)


def raise_alarm(verdict: Verdict) -> LedgerAlarm:
    """Keep what was found, as the system account, and tell those who look after the ledger.

    Raises LookupError when no app declares whom to tell.
    """
    first = [str(finding) for finding in verdict.findings[:MOST_FINDINGS]]
    alarm = LedgerAlarm(damages=len(verdict.findings), findings=first)
    LedgerAlarm.objects.bulk_create([alarm])
    log.error("The access ledger is not whole: %s damages.", alarm.damages)
    security_event(SecurityEvent.LEDGER_BROKEN, damages=alarm.damages)
    emit(kind_named(TOPIC, Topic), alarm)
    return alarm
