"""What waits to be deleted is out of sight of everyone but its community: who it is, and how it was spoken with.

The row of the community itself stays, so that staff see that a deletion waits, and until when.
"""

from django.db.models import Q

from collaborators.models import CodeHandover, CommunityIdentity
from cre.core.access import Scope, hides, id_list

# The communities that are hidden whole from the acting person: never their own, and none from the clock.
id_list("hidden_communities")


@hides(CommunityIdentity, CodeHandover)
def of_hidden_community(scope: Scope) -> Q | None:
    """What belongs to a community that is hidden from the person."""
    hidden = scope.listed("hidden_communities")
    return Q(community_id__in=hidden) if hidden else None
