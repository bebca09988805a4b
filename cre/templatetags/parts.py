"""What the shared parts need: moments told as people tell them, codes in groups, where an error leads."""

from datetime import date, datetime, timedelta

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.timesince import timesince, timeuntil

from cre.core.languages import named_day

register = template.Library()
# Widgets of several inputs, numbered from 0.
GROUPS = {"radioselect", "checkboxselectmultiple", "splitdatetime"}


@register.filter
def is_past(moment: datetime) -> bool:
    """Whether the moment lies behind us."""
    return moment < timezone.now()


@register.filter
def is_just_now(moment: datetime) -> bool:
    """Whether the moment is less than a minute ago, for which "0 minutes" would be a poor word."""
    return timezone.now() - moment < timedelta(minutes=1)


@register.filter
def since(moment: datetime) -> str:
    """How long ago, in one unit: "3 days"."""
    return timesince(moment, depth=1)


@register.filter
def until(moment: datetime) -> str:
    """How far ahead, in one unit: "3 days"."""
    return timeuntil(moment, depth=1)


@register.filter
def named(day: date) -> str:
    """A day with its name, without the year: "Thursday 3 December"."""
    return named_day(day)


@register.filter
def in_groups(code: str, size: int = 4) -> str:
    """A receipt code as it is read aloud: groups of four with a blank between."""
    bare = "".join(code.split())
    return " ".join(bare[start : start + size] for start in range(0, len(bare), size))


@register.filter
def first_input(field: BoundField) -> str:
    """The id of the input that an error leads to: of a group, its first choice."""
    if field.widget_type in GROUPS:
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)
