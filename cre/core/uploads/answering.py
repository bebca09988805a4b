"""Answering with a file: as an attachment under a neutral name, in pieces, with nothing that a browser could run."""

from collections.abc import Iterator
from itertools import chain
from typing import cast

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from cre.core.uploads.kinds import FileKind
from cre.core.vault import Shredded

NOTHING_RUNS = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def answer_with(pieces: Iterator[bytes], *, kind: str, name: str) -> HttpResponse:
    """The answer to somebody who opens a file; sounds are played by the page that names them, all else is saved.

    Raises Http404 when the file is gone, for good or from the storage.
    """
    try:
        first = next(pieces, b"")
    except (FileNotFoundError, Shredded):
        raise Http404 from None
    response = StreamingHttpResponse(chain([first], pieces), content_type=FileKind(kind).media_type)
    # A view answers with a page or with this; only the types of Django tell them apart.
    return as_attachment(cast(HttpResponse, response), name)


def as_attachment(response: HttpResponse, name: str) -> HttpResponse:
    """The same answer as a file to save under this name, in which nothing runs."""
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    return response
