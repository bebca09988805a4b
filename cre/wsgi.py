"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cre.settings")
application = get_wsgi_application()

from cre.checks import refuse_unsafe_start  # noqa: E402 - the line above loads the models that this needs

refuse_unsafe_start()
