"""The request that our views receive."""

from collaborators.models import User
from cre.core.access.http import ScopedRequest


class PersonRequest(ScopedRequest):
    """A request of somebody who is logged in, with what they hold."""

    user: User
