"""Who may ask for allies by name, let the work rest, and ask a community before something is published."""

from collaborations.models import Collaboration, SupportRequest
from collaborations.policies.acts import takes_part
from collaborators.freezing import unless_frozen
from collaborators.policies import can_act_for
from cre.core.access import current_scope


def can_wish(request: SupportRequest) -> bool:
    """Whether the directory is open for this request: the same list shows the community its entries."""
    return request.pk in current_scope().listed("directory_requests")


@unless_frozen
def can_put_forward(collaboration: Collaboration) -> bool:
    """A named participant of the ally, while the work goes on."""
    return collaboration.is_open and not collaboration.is_resting and takes_part(collaboration)


@unless_frozen
def can_pause(collaboration: Collaboration) -> bool:
    """The community alone, who also says when the work goes on."""
    return collaboration.is_open and can_act_for(collaboration.community_id)
