"""All addresses. A leading language (`/ar/…`) is taken off by `cre.language` before these are asked."""

from django.conf import settings
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import include, path

from cre import health, portals

urlpatterns = [
    path("", include("cre.public_urls")),
    path("home/", portals.home, name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("community/", include("collaborations.urls.community")),
    path("ally/", include("collaborations.urls.ally")),
    path("desk/", include("collaborations.urls.desk")),
    path("secretariat/", include("collaborations.urls.secretariat")),
    path("accounts/", include("allauth.urls")),
]
handler400 = "cre.errors.bad_request"
handler403 = "cre.errors.permission_denied"
handler404 = "cre.errors.page_not_found"
handler500 = "cre.errors.server_error"
if settings.DEBUG:
    urlpatterns += staticfiles_urlpatterns()
