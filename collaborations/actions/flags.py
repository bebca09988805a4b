"""Noting what was odd about how a request arrived."""

from collections.abc import Collection

from django.db import connection
from django.utils.translation import gettext_lazy as _

from collaborations.models import SupportRequest
from collaborations.models.safety import Oddity
from collaborators.models import User
from collaborators.policies import can_act_for
from cre.core.access import require
from cre.core.actions import action


@action
def flag_request(request: SupportRequest, oddities: Collection[Oddity], *, by: User) -> None:
    """Tell the desk's safety check what was odd; whoever sends is not told, and nothing is refused."""
    require(can_act_for(request.community_id), _("We look only at what the community itself sends."))
    if oddities:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cre_flag_request(%s, %s)", [request.pk, sorted(oddities)])
