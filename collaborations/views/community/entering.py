"""Coming in and coming back: the start page, the receipt code, notices."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collaborations.forms.asking import TailForm
from collaborations.selectors.community import own_collaborations, own_requests, standing, waiting_for
from collaborations.selectors.retention import kept_lines, own_community
from collaborations.states import RequestStatus
from collaborators.actions import confirm_code, replace_code
from collaborators.codes import ReceiptCode, digits_in, hash_secret, is_secret
from collaborators.forms.entering import CodeForm
from collaborators.http import PersonRequest
from collaborators.models import Community, User
from collaborators.selectors.freezing import has_borrowed_code
from collaborators.views.doors import CODE, NOT_KNOWN, OPENS, come_in, door
from cre.core.access import current_scope
from cre.core.outbox import notices_for, read_all_notices, read_notice

MOST_REQUESTS, MOST_NOTICES = 20, 8
# Where the session keeps the hash of a new code's last group, until the person has typed it once.
TAIL = "code_tail"


def home(request: HttpRequest) -> HttpResponse:
    """Show how to come in, or where the community's requests stand and what waits for it."""
    if not OPENS["community"](current_scope()):
        return render(request, "community/welcome.html")
    scope = current_scope()
    waiting = waiting_for(scope)
    decides = {item.request_id for item in waiting}
    rows = list(own_requests(scope).order_by("-created_at", "-id")[:MOST_REQUESTS])
    kept = kept_lines(scope)
    community = own_community(scope)
    context = {
        "drafts": [(row, kept.get(row.uuid)) for row in rows if row.status == RequestStatus.DRAFT],
        "requests": [
            (row, standing(row, waits=row.pk in decides), kept.get(row.uuid))
            for row in rows
            if row.status != RequestStatus.DRAFT
        ],
        "kept": kept.get(community.uuid) if community else "",
        "works": list(own_collaborations(scope).filter(ended_at=None)[:MOST_REQUESTS]),
        "waiting": waiting,
        "has_people": bool(scope.ids("represent", Community)),
        "notices": notices_for(scope, limit=MOST_NOTICES, unread_only=True),
    }
    return render(request, "community/home.html", context)


def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt code. A wrong one, an unknown one and a closed one are answered alike."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        found = authenticate(request, receipt_code=form.cleaned_data["code"])
        if found is not None:
            with come_in(request, found, CODE):
                return first_own_code(request, found) or redirect(way_back(request))
        form.add_error("code", NOT_KNOWN)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "community/enter.html", {"form": form}, status=status)


def first_own_code(request: HttpRequest, user: User) -> HttpResponse | None:
    """Another code, where somebody else has seen the one that opened the door; None for everybody else."""
    if not has_borrowed_code(user):
        return None
    messages.info(request, _("Somebody else has seen the code that you came with. This new one only you know."))
    return show_code(request, replace_code(by=user), resolve_url(way_back(request)))


def way_back(request: HttpRequest) -> str:
    """The page that somebody wanted before they were asked who they are, if it is one of ours."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # A word without a slash would be taken for the name of a page.
    return wanted if is_ours and wanted.startswith("/") else "community:home"


def show_code(request: HttpRequest, code: ReceiptCode, go_on: str) -> HttpResponse:
    """Show a new code, this once; of its last group the session keeps a hash to compare."""
    request.session[TAIL] = hash_secret(code.groups[-1])
    return render(request, "community/code.html", {"code": code.digits, "go_on": go_on})


@door("community")
def code_new(request: PersonRequest) -> HttpResponse:
    """Give the person a new code, after a page that says that the old one dies."""
    if request.method != "POST":
        return render(request, "community/code_new.html")
    return show_code(request, replace_code(by=request.user), resolve_url(way_back(request)))


@require_POST
@door("community")
def code_check(request: PersonRequest) -> HttpResponse:
    """Compare the last group that was typed with the code that was shown."""
    form = TailForm(request.POST)
    stored = request.session.get(TAIL)
    if form.is_valid() and stored is not None:
        if is_secret(digits_in(form.cleaned_data["tail"]), stored):
            confirm_code(by=request.user)
            del request.session[TAIL]
            messages.success(request, _("These digits are right. Keep your note where nobody else looks."))
            return redirect("community:home")
        form.add_error("tail", _("These are not the last four digits. Look at your note, or get a new code."))
    if stored is None:
        return redirect("community:home")
    return render(request, "community/code_check.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@door("community")
def notice(request: PersonRequest, uuid: UUID) -> HttpResponse:
    """Follow a notice to what it is about; from then on it is read."""
    return redirect(read_notice(uuid, by=request.user))


@require_POST
@door("community")
def notices_read(request: PersonRequest) -> HttpResponse:
    """Put all notices aside."""
    read_all_notices(by=request.user)
    return redirect("community:home")
