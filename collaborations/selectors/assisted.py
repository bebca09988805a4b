"""What a facilitator wrote down for a community: drafts to go on with, and by whose word it is there."""

from django.db.models import Exists, QuerySet

from collaborations.models import Consent, SupportRequest
from collaborations.states import RequestStatus
from collaborators.models import Region
from cre.core.access import Scope
from cre.core.vocabularies import ConsentForm


def assisted_drafts(scope: Scope) -> QuerySet[SupportRequest]:
    """The drafts that were written down in the person's regions, the newest first."""
    drafts = SupportRequest.objects.visible_to(scope).filter(status=RequestStatus.DRAFT, is_assisted=True)
    return drafts.filter(region_id__in=scope.ids("facilitate", Region)).order_by("-created_at", "-id")


def words_given_by(request: SupportRequest, scope: Scope) -> Consent | None:
    """The yes, given by voice, by which the words of an assisted request are here.

    Its `is_confirmed` says whether the community has said since, by itself, that we keep them.
    """
    if not request.is_assisted:
        return None
    kept = Consent.objects.visible_to(scope).filter(request=request, about=Consent.About.KEEP, is_given=True)
    own = kept.filter(form=ConsentForm.PORTAL)
    return kept.exclude(form=ConsentForm.PORTAL).annotate(is_confirmed=Exists(own.order_by())).first()
