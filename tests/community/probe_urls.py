"""All addresses, and one page behind the ally's door to try the door itself."""

from django.http import HttpResponse
from django.urls import include, path

from collaborators.http import PersonRequest
from collaborators.views.doors import door


@door("ally")
def probe(request: PersonRequest) -> HttpResponse:
    """Say who came in, and with what."""
    return HttpResponse(f"{request.user.email}: {request.POST.get('words', '')} {sorted(request.POST)}")


urlpatterns = [path("probe/", probe), path("", include("cre.urls"))]
handler403 = "cre.errors.permission_denied"
handler404 = "cre.errors.page_not_found"
