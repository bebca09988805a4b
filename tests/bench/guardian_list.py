"""Prints how long one list takes with our policy and row security, and with guardian, in milliseconds.

The person sees 5 of 100,000 requests. The connection is the superuser's, who becomes the application
role for our list, and the owner, whom no row security slows down, for guardian's.
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.contrib.auth.models import Permission
from django.db import connection, transaction
from guardian.shortcuts import get_objects_for_user

from collaborations.models import SupportRequest
from collaborators.models import User
from cre.core.access import acting_as, current_scope

ROUNDS = 15


def grant(codename: str) -> None:
    """Give the member guardian permissions on five requests, and a facilitator on a third of them."""
    permission = Permission.objects.get(codename=codename, content_type__app_label="collaborations")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM guardian_userobjectpermission")
        cursor.execute(
            """INSERT INTO guardian_userobjectpermission (permission_id, user_id, content_type_id, object_pk)
            SELECT %s, u.id, %s, r.id::varchar FROM collaborations_supportrequest r JOIN collaborators_user u
            ON (u.email = 'member@bench.example' AND r.community_id = 3)
            OR (u.email = 'facilitator@bench.example' AND r.region_id = (
                SELECT id FROM collaborators_region WHERE code = 'africa'))""",
            [permission.pk, permission.content_type_id],
        )
        cursor.execute("ANALYZE guardian_userobjectpermission")


def first_page(rows: Any) -> tuple[int, int]:
    """What a list does: a page of 50 in order, and the count."""
    page = rows.order_by("-created_at", "-id")[:50]
    return len(page), rows.order_by()[:1001].count()


def with_guardian(member: User) -> tuple[int, int]:
    return first_page(get_objects_for_user(member, "collaborations.view_supportrequest", SupportRequest))


def with_policy(member: User) -> tuple[int, int]:
    with transaction.atomic(), acting_as(member):
        return first_page(SupportRequest.objects.visible_to(current_scope()))


def timed(role: str, ask: Callable[[User], tuple[int, int]], member: User) -> float:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    began = time.perf_counter()
    answer = ask(member)
    took = (time.perf_counter() - began) * 1000
    if answer != (5, 5):
        raise RuntimeError(f"{ask.__name__} showed {answer}")
    return took


def main() -> None:
    """Measure both in turn and print the medians."""
    grant("view_supportrequest")
    member = User.objects.get(email="member@bench.example")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(timed("cre_owner", with_guardian, member))
        ours.append(timed("cre_app", with_policy, member))
    print(json.dumps({"ours": statistics.median(ours), "guardian": statistics.median(theirs)}))


main()
