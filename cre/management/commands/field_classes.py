"""Writes how confidential each field is as a table for readers, from what the models say of themselves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models

from cre.core.classes import class_of
from cre.core.vault.sealed import sealed_fields

FILE = Path(settings.BASE_DIR) / "docs" / "field-classes.md"
HEAD = """# How confidential each field is

Written by `manage.py field_classes` from the models; do not edit. **public** may stand on a page that anybody reads;
**internal** stays with those who may see the row; **confidential** is what a community told us; **identity** says who
or where somebody is. Sealed fields are stored encrypted. A history has the classes of the model it remembers.
"""


class Command(BaseCommand):
    help = "Write docs/field-classes.md, or with --check say whether it is up to date."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail where the file is old")

    def handle(self, *args: Any, **options: Any) -> None:
        text = table()
        if not options["check"]:
            FILE.write_text(text, encoding="utf-8")
        elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
            raise CommandError("docs/field-classes.md is old. Run: manage.py field_classes")


def table() -> str:
    """The whole file, one section for each model."""
    shown = [model for model in apps.get_models() if not hasattr(model, "instance_type")]
    return HEAD + "".join(section(model) for model in sorted(shown, key=lambda model: model._meta.label))


def section(model: type[models.Model]) -> str:
    """The fields of one model, each with its class and whether it is sealed."""
    lines = [f"\n## {model._meta.label}\n", "| Field | Class | Stored |", "| --- | --- | --- |"]
    return "\n".join([*lines, *rows(model)]) + "\n"


def rows(model: type[models.Model]) -> Iterator[str]:
    sealed = {field.name for field in sealed_fields(model)}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        stored = "sealed" if field.name in sealed else "plain"
        yield f"| {field.name} | {class_of(model, field.name)} | {stored} |"
