"""When something is promised for: hours when there is danger, working days of the region otherwise."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from collaborators.models import Region
from cre.core.vocabularies import Danger

# How long the next step may take once a person has answered, in days.
NEXT_STEP_DAYS = 14
OFFER_DAYS = 7
CHECK_IN_DAYS = 30
REFERRAL_DAYS = 14
OUTPUT_DAYS = 7
# Until when a choice by voice is asked again where somebody is in danger now (product 3).
CALL_BACK_WITHIN = timedelta(hours=72)


def after_working_days(start: datetime, days: int, weekend: str) -> datetime:
    """The same time of day, `days` working days later; `weekend` lists the days off, Monday is 0."""
    off = {int(day) for day in weekend.split(",") if day.strip()}
    moment = start
    while days > 0:
        moment += timedelta(days=1)
        days -= moment.astimezone(UTC).weekday() not in off
    return moment


def answer_due(region: Region, danger: str, received_at: datetime) -> datetime:
    """By when a human answers a request that arrives now."""
    if danger == Danger.NOW:
        return received_at + timedelta(hours=region.urgent_hours)
    return after_working_days(received_at, region.answer_days, region.weekend)


def next_step_due(now: datetime) -> datetime:
    """By when the desk takes the next step of a request that it has answered."""
    return now + timedelta(days=NEXT_STEP_DAYS)


def output_due(appears_on: date, now: datetime) -> datetime:
    """By when a community is asked to answer about a text: within a week, and before it would appear."""
    begins = timezone.make_aware(datetime.combine(appears_on, time()))
    return min(now + timedelta(days=OUTPUT_DAYS), begins)
