"""The request that our views receive."""

from django.http import HttpRequest

from collaborators.models import User
from cre.core.access import Scope


class PersonRequest(HttpRequest):
    """A request of somebody who is logged in, with what they hold."""

    user: User
    scope: Scope
