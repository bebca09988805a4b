"""Many plain requests at once, put in behind the walls: lists need rows, not stories."""

from typing import Any

from django.db import connection

from collaborators.models import Community, Region
from tests.conftest import as_owner


def fill(number: int, community: Community, region: Region, **columns: Any) -> None:
    """Put `number` received requests of one community into a region, due one minute after the other."""
    values = {
        "status": "'received'",
        "danger": "'no'",
        "country": "'KE'",
        "due_at": "now() + n * interval '1 minute'",
        "closed_at": "NULL",
        "first_answered_at": "NULL",
    } | columns
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO collaborations_supportrequest (uuid, version, community_id, region_id, risk_level, language, "
            f"areas, kinds_of_help, is_assisted, decline_reason, created_at, received_at, {', '.join(values)}) "
            "SELECT gen_random_uuid(), 1, %s, %s, '', 'en', '{}', '{}', false, '', now() - n * interval '1 minute', "
            f"now(), {', '.join(values.values())} FROM generate_series(1, %s) AS n",
            [community.pk, region.pk, number],
        )
        cursor.execute("ANALYZE collaborations_supportrequest")
