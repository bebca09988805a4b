"""Taking uploads in: in memory and bounded, never plain on a disk; one that is too big does not spoil the rest."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse

from cre.core.uploads.kinds import Fault

MEGABYTE = 1024 * 1024


class Refused(InMemoryUploadedFile):
    """A file of which nothing was kept; `fault` says why."""

    def __init__(self, fault: Fault, name: str, size: int, charset: str | None) -> None:
        super().__init__(BytesIO(), None, name, "", size, charset)
        self.fault = fault


class InMemory(FileUploadHandler):
    """Keeps each file in memory up to its cap, and all files of one request up to theirs.

    What is more runs by without being kept, so that the fields behind it are still read. Plain content so never lies
    on a disk: Django's own handler would write what is bigger than 2.5 MB into a temporary file.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.room = settings.UPLOAD_MB_AT_ONCE * MEGABYTE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()
        self.fault: Fault | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        held = self.kept.tell()
        if self.fault is None and held + len(raw_data) > settings.UPLOAD_MB_EACH * MEGABYTE:
            self.drop(Fault.BIG)
        elif self.fault is None and held + len(raw_data) > self.room:
            self.drop(Fault.CROWDED)
        elif self.fault is None:
            self.kept.write(raw_data)

    def drop(self, fault: Fault) -> None:
        """Keep nothing of the file that comes in."""
        self.fault, self.kept = fault, BytesIO()

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        name = self.file_name or ""
        if self.fault is not None:
            return Refused(self.fault, name, file_size, self.charset)
        self.room -= file_size
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, name, self.content_type or "", file_size, self.charset, self.content_type_extra
        )


class ReceiveMiddleware:
    """Takes the whole body in before anybody acts: on a slow line that lasts longer than an actor is valid."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.content_type == "multipart/form-data":
            _ = request.POST
        return self.get_response(request)
