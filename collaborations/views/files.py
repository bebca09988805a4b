"""Giving a file to whoever may open it, at every portal that shows the files of a request."""

from django.http import HttpResponse

from collaborations.actions import open_file
from collaborations.models import RequestFile
from collaborators.models import User
from cre.core.uploads.answering import answer_with


def give(file: RequestFile, column: str, *, to: User) -> HttpResponse:
    """The original ("stored") or its copy ("clean_stored"), once it is on record that it was opened."""
    open_file(file, column=column, by=to)
    return answer_with(file.open_file(column), kind=file.kind, name=file.neutral_name)
