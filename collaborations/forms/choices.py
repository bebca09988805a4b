"""Choices that are known only when a form is made: for this reader, about this request."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst

from collaborations.models.introductions import DisclosedField

# Somebody's own words keep their direction inside a label of the reader's language.
ISOLATE, END = "\u2068", "\u2069"
Choices = Iterable[tuple[Any, Any]]


def set_choices(form: forms.BaseForm, **choices: Choices | QuerySet[Any]) -> None:
    """Set what each of these fields offers: rows of a query, or pairs of code and label.

    Raises TypeError where the field cannot offer it.
    """
    for name, offered in choices.items():
        field = form.fields[name]
        if isinstance(field, forms.ModelChoiceField) and isinstance(offered, QuerySet):
            field.queryset = offered
        elif isinstance(field, forms.ChoiceField) and not isinstance(offered, QuerySet):
            field.choices = list(offered)
        else:
            raise TypeError(f"{type(field).__name__} {name} cannot offer {type(offered).__name__}")


def sharing_choices(values: dict[str, str]) -> list[tuple[str, str]]:
    """What a community may share with an ally, each with its own words, which keep their direction in the label."""
    return [
        (code, f"{capfirst(str(DisclosedField(code).label))}: {ISOLATE}{value}{END}") for code, value in values.items()
    ]
