"""Opening who a community is without a relation to it: with a written reason, and never unseen by its desk."""

from django.utils.translation import gettext_lazy as _

from collaborations import notices
from collaborations.models import SupportRequest
from collaborators.models import User
from collaborators.policies import can_coordinate
from cre.core.access import current_scope, locked, require
from cre.core.actions import action
from cre.core.ledger.reasons import is_sentence
from cre.core.outbox import emit


@action
def open_identity(request: SupportRequest, *, by: User) -> None:
    """Let the coordinator, who acts under a written reason, see who asks; the facilitators of the region are told."""
    request = locked(request)
    require(can_coordinate(), _("The region's people see this on the request itself."))
    require(is_sentence(current_scope().reason), _("Please write a sentence that says what you need it for."))
    emit(notices.IDENTITY_OPENED, request, region=request.region_id)
