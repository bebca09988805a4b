"""Files of the community: send several at once, see what was taken out, share a copy, remove one."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collaborations.actions import add_files, remove_file, share_file
from collaborations.forms.files import FilesForm, ShareForm
from collaborations.models import SupportRequest
from collaborations.policies import acts
from collaborations.selectors.community import own_requests
from collaborations.selectors.files import allies_for, as_listed, copies_of, files_of, own_files
from collaborations.states import RequestStatus
from collaborations.views.community.working import as_shared_file
from collaborations.views.files import give
from collaborators.http import PersonRequest
from collaborators.views.doors import door
from cre.core.uploads import Fault, NotTaken, Refused


@door("community")
def files(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """List the files of a request or a draft, and take more in; what is not taken is said with its reason."""
    row = get_object_or_404(own_requests(request.scope), uuid=uuid)
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if not form.is_valid():
        return show_files(request, row, form)
    given = [as_given(file) for file in form.cleaned_data["uploads"]]
    refused = add_files(row, given, once=form.cleaned_data["once"], by=request.user)
    if refused:
        return show_files(request, row, FilesForm(initial={"once": uuid4()}), refused)
    messages.success(request, _("Your files are here, sealed."))
    return redirect("community:files", uuid)


def as_given(file: "UploadedFile[Any]") -> tuple[str, bytes | Fault]:
    """The sender's name for a file, and what came of it."""
    return file.name or "", file.fault if isinstance(file, Refused) else file.read()


def show_files(
    request: PersonRequest, row: SupportRequest, form: FilesForm, refused: list[tuple[str, NotTaken]] | None = None
) -> HttpResponse:
    """The page of files, with the form as it is. Names stand in no message: those are kept with the session."""
    is_draft = row.status == RequestStatus.DRAFT
    context = {
        "row": row,
        "form": form,
        "refused": [{"name": name, "why": reason.sentence} for name, reason in refused or ()],
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
    return give(get_object_or_404(own_files(request.scope), uuid=uuid), "stored", to=request.user)


@require_safe
@door("community")
def file_copy(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Give the community the copy without hidden details, to look at what an ally would get."""
    found = own_files(request.scope).exclude(clean_stored="")
    return give(get_object_or_404(found, uuid=uuid), "clean_stored", to=request.user)


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
