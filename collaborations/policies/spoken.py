"""What the region's facilitator may write down as the community's own act; what protects waits for no thaw."""

from collaborations.models import Collaboration, Consent, Introduction, SupportRequest
from collaborations.policies.acts import UNDER_WAY, can_facilitate
from collaborations.states import IntroductionStatus, RequestStatus
from collaborators.freezing import unless_frozen
from collaborators.policies import holds_on_region
from cre.core.access import current_scope
from cre.core.states import can_move

DIRECTORY_OPEN = (RequestStatus.ACCEPTED, RequestStatus.BRIEF_READY, *UNDER_WAY)
STILL_PENDING = (IntroductionStatus.OFFERED, IntroductionStatus.WILLING, IntroductionStatus.CHOSEN)


def can_end(work: Collaboration) -> bool:
    return work.is_open and holds_on_region(current_scope(), work.region_id, "facilitate")


@unless_frozen
def can_rest(work: Collaboration) -> bool:
    """To pause and to go on."""
    return can_end(work)


def can_take_back(consent: Consent) -> bool:
    """Any yes about a request that still stands; that we keep the request ends with the request."""
    is_theirs = consent.request is not None and can_facilitate(consent.request)
    is_standing = consent.is_given and not hasattr(consent, "withdrawal")
    return is_theirs and is_standing and consent.about != Consent.About.KEEP


def can_withdraw(request: SupportRequest) -> bool:
    """A draft was never sent: there is nothing to take back by voice."""
    is_sent = request.status != RequestStatus.DRAFT
    return is_sent and can_facilitate(request) and can_move(request, RequestStatus.WITHDRAWN)


@unless_frozen
def can_refuse(introduction: Introduction) -> bool:
    return introduction.status in STILL_PENDING and can_facilitate(introduction.request)


@unless_frozen
def can_ask_second_look(request: SupportRequest) -> bool:
    return request.status == RequestStatus.DECLINED and can_facilitate(request)


@unless_frozen
def can_wish(request: SupportRequest) -> bool:
    """While the directory is open for the community itself."""
    return request.status in DIRECTORY_OPEN and request.closed_at is None and can_facilitate(request)
