"""All addresses. A leading language (`/ar/…`) is taken off by `cre.language` before these are asked."""

from django.conf import settings
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import include, path

from collaborators.views.invitations import invitation
from cre import health, portals
from cre.admin.system import site

urlpatterns = [
    path("", include("cre.public_urls")),
    path("home/", portals.home, name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("community/", include("collaborations.urls.community")),
    path("ally/", include("collaborations.urls.ally")),
    path("desk/", include("collaborations.urls.desk")),
    path("committee/", include("collaborations.urls.committee")),
    path("secretariat/", include("collaborations.urls.secretariat")),
    path("accounts/invitation/<uuid:uuid>/<slug:secret>/", invitation, name="invitation"),
    path("accounts/2fa/", include("collaborators.factors.urls")),
    path("accounts/", include("collaborators.urls")),
    path(settings.ADMIN_PATH, site.urls),
]
handler400 = "cre.errors.bad_request"
handler403 = "cre.errors.permission_denied"
handler404 = "cre.errors.page_not_found"
handler500 = "cre.errors.server_error"
if settings.DEBUG:
    urlpatterns += staticfiles_urlpatterns()
