"""All addresses, and one act of weight at the desk to try the question itself."""

from django.http import HttpResponse
from django.urls import include, path

from collaborators.http import PersonRequest
from collaborators.views.doors import door
from collaborators.views.fresh import fresh


@door("desk")
@fresh
def weigh(request: PersonRequest) -> HttpResponse:
    """Say who did it, and with what."""
    return HttpResponse(f"{request.user.email}: {request.POST.get('words', '')} {sorted(request.POST)}")


urlpatterns = [path("weigh/", weigh), path("", include("cre.urls"))]
handler403 = "cre.errors.permission_denied"
handler404 = "cre.errors.page_not_found"
