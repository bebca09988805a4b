"""Files of the community: send several at once, see what was taken out, share a copy, remove one."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collaborations.actions import add_file, open_file, remove_file, share_file, tell_of_files
from collaborations.forms.files import FilesForm, ShareForm
from collaborations.models import RequestFile, SupportRequest
from collaborations.policies import acts
from collaborations.selectors.community import own_requests
from collaborations.selectors.files import allies_for, as_listed, copies_of, files_of, own_files
from collaborations.states import RequestStatus
from collaborations.views.community.working import as_shared_file
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.uploads import NotTaken, Refused, shown_name
from cre.core.uploads.answering import answer_with


@door("community")
def files(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """List the files of a request or a draft, and take more in; what is not taken is said with its reason."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if not form.is_valid():
        return show_files(request, row, form)
    refused = take_in(request, row, form.cleaned_data["uploads"], form.cleaned_data["once"])
    if refused:
        return show_files(request, row, FilesForm(initial={"once": uuid4()}), refused)
    messages.success(request, _("Your files are here, sealed."))
    return redirect("community:files", uuid)


def take_in(
    request: PersonRequest, row: SupportRequest, given: list["UploadedFile[Any]"], once: UUID
) -> list[dict[str, str | Promise]]:
    """Add each file by itself; returns those that are not taken, each with its reason."""
    refused: list[dict[str, str | Promise]] = []
    for number, file in enumerate(given):
        try:
            if isinstance(file, Refused):
                raise NotTaken(file.fault)
            add_file(row, name=file.name or "", data=file.read(), once=uuid5(once, str(number)), by=request.user)
        except NotTaken as reason:
            refused.append({"name": shown_name(file.name or ""), "why": reason.sentence})
    if len(refused) < len(given):
        tell_of_files(row, by=request.user)
    return refused


def show_files(
    request: PersonRequest, row: SupportRequest, form: FilesForm, refused: list[dict[str, str | Promise]] | None = None
) -> HttpResponse:
    """The page of files, with the form as it is. Names stand in no message: those are kept with the session."""
    is_draft = row.status == RequestStatus.DRAFT
    context = {
        "row": row,
        "form": form,
        "refused": refused,
        "files": [as_listed(file) for file in files_of(request.scope, row)],
        "can_add": acts.can_add_file(row),
        "is_draft": is_draft,
        "back": reverse(f"community:{'ask-more' if is_draft else 'request'}", args=[row.uuid]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound or refused else HTTPStatus.OK
    return render(request, "community/files.html", context, status=status)


@door("community")
def file(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Show one file: what was taken out of its copy, who can open that, and share it with one more ally."""
    found = get_object_or_404(own_files(request.scope), uuid=uuid)
    allies = allies_for(request.scope, found)
    form = ShareForm(request.POST if request.method == "POST" else None, allies=allies)
    if form.is_valid():
        share_file(found, form.cleaned_data["ally"], by=request.user)
        messages.success(request, _("This ally can open the copy now."))
        return redirect("community:file", uuid)
    context = {
        "row": found.request,
        "file": as_listed(found),
        "form": form,
        "disclosures": [as_shared_file(row) for row in copies_of(request.scope, found)],
        "can_share": any(acts.can_share_file(found, introduction) for introduction in allies),
        "can_remove": acts.can_remove_file(found),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/file.html", context, status=status)


@require_safe
@door("community")
def file_open(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Give the community its own file back."""
    return sent(request, get_object_or_404(own_files(request.scope), uuid=uuid), is_copy=False)


@require_safe
@door("community")
def file_copy(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Give the community the copy without hidden details, to look at what an ally would get."""
    return sent(request, get_object_or_404(own_files(request.scope).exclude(clean_stored=""), uuid=uuid), is_copy=True)


def sent(request: PersonRequest, found: RequestFile, *, is_copy: bool) -> HttpResponse:
    """The file itself, once it is on record that it was opened."""
    open_file(found, is_copy=is_copy, by=request.user)
    column = "clean_stored" if is_copy else "stored"
    return answer_with(found.open_file(column), kind=found.kind, name=found.neutral_name)


@door("community")
def file_remove(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Destroy a file, after a page that says what that ends."""
    found = get_object_or_404(own_files(request.scope), uuid=uuid)
    if request.method == "POST":
        remove_file(found, by=request.user)
        messages.success(request, _("The file is destroyed, and with it every copy."))
        return redirect("community:files", found.request.uuid)
    context = {"file": as_listed(found), "can_remove": acts.can_remove_file(found)}
    return render(request, "community/file_remove.html", context)
