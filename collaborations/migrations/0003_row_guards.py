"""The second wall for requests and what follows: `collaborations.policies.sight`, said again in SQL."""

from django.db import migrations

from cre.core.access.guards import RowGuard

COORDINATES = "(select cre_holds('coordinate'))"


def own(row: str) -> str:
    """The community's own people and whoever has its mandate."""
    return f"""({row}.community_id = ANY ((select cre_held_community('represent'))::bigint[])
        OR {row}.community_id = ANY ((select cre_held_community('support'))::bigint[]))"""


def region(row: str, codename: str) -> str:
    """The people who hold `codename` on the row's region."""
    return f"{row}.region_id = ANY ((select cre_held_region('{codename}'))::bigint[])"


def of_request(table: str, *branches: str) -> str:
    """A branch that holds for the row's request `r`."""
    return f"""EXISTS (SELECT 1 FROM collaborations_supportrequest r
        WHERE r.id = {table}.request_id AND ({" OR ".join(branches)}))"""


def of_introduction(table: str, *branches: str) -> str:
    """A branch that holds for the request `r` of the row's introduction."""
    return f"""EXISTS (SELECT 1 FROM collaborations_introduction i
        JOIN collaborations_supportrequest r ON r.id = i.request_id
        WHERE i.id = {table}.introduction_id AND ({" OR ".join(branches)}))"""


def of_collaboration(table: str, *branches: str) -> str:
    """A branch that holds for the row's collaboration `c`."""
    return f"""EXISTS (SELECT 1 FROM collaborations_collaboration c
        WHERE c.id = {table}.collaboration_id AND ({" OR ".join(branches)}))"""


def listed(column: str, function: str) -> str:
    """A branch for ids that the person sees one by one."""
    return f"{column} = ANY ((select {function}())::bigint[])"


SPEAKS_FOR = "((select cre_held_collaborator('speak_for'))::bigint[])"
# Sending is the consent that staff read a request; what the desk writes down is theirs from the start.
SENT = "(r.received_at IS NOT NULL OR r.is_assisted)"
OWN = own("r")
FACILITATED = f"({region('r', 'facilitate')} AND {SENT})"
GUARDED = f"({region('r', 'guard')} AND {SENT})"
COORDINATED = f"({COORDINATES} AND {SENT})"


def request_guard(table: str) -> str:
    return f"""{own(table)} OR (select cre_holds('operate'))
        OR (({region(table, "facilitate")} OR {region(table, "guard")} OR {COORDINATES})
            AND ({table}.received_at IS NOT NULL OR {table}.is_assisted))"""


def story_guard(table: str) -> str:
    return of_request(table, OWN, FACILITATED, COORDINATED)


def risk_guard(table: str) -> str:
    return of_request(table, OWN, FACILITATED, GUARDED, COORDINATED)


def brief_guard(table: str) -> str:
    return f"{risk_guard(table)} OR {listed(f'{table}.id', 'cre_offered_briefs')}"


def introduction_guard(table: str) -> str:
    return f"""{story_guard(table)}
        OR ({table}.collaborator_id = ANY {SPEAKS_FOR} AND {table}.offered_at IS NOT NULL)"""


def collaboration_guard(table: str) -> str:
    return f"""{own(table)} OR {region(table, "facilitate")} OR (select cre_holds('coordinate', 'operate'))
        OR {listed(f"{table}.id", "cre_joined_collaborations")}"""


def table(name: str) -> str:
    return f"collaborations_{name}"


STAFF_ONLY = of_request(table("safetycheck"), FACILITATED, GUARDED, COORDINATED)
NOTE = of_request(table("internalnote"), FACILITATED, COORDINATED)
TIMELINE = f"""({of_request(table("timelineentry"), OWN)} AND audience IN ('community', 'all'))
    OR {of_request(table("timelineentry"), FACILITATED, GUARDED, COORDINATED)}
    OR ({listed("collaboration_id", "cre_joined_collaborations")} AND audience = 'all')"""
CONSENT = f"{own(table('consent'))} OR {of_request(table('consent'), FACILITATED)} OR {COORDINATES}"
PARTICIPANT = f"""{of_introduction(table("participant"), OWN, FACILITATED, COORDINATED)}
    OR EXISTS (SELECT 1 FROM collaborations_introduction i WHERE i.id = {table("participant")}.introduction_id
               AND i.collaborator_id = ANY {SPEAKS_FOR} AND i.offered_at IS NOT NULL)"""
# What is disclosed is written and taken back on the community's side, never by the ally who reads it.
DISCLOSES = of_introduction(table("disclosure"), OWN, FACILITATED)
DISCLOSURE = f"{DISCLOSES} OR {listed('introduction_id', 'cre_joined_introductions')}"
THREAD = f"""{of_collaboration(table("collaborationmessage"), own("c"), region("c", "facilitate"))} OR {COORDINATES}
    OR {listed("collaboration_id", "cre_joined_collaborations")}"""


def story_tables() -> list[RowGuard]:
    """The sealed parts of a request, with their history where they have one."""
    guards = [
        RowGuard(table("requeststory"), story_guard(table("requeststory"))),
        RowGuard(table("requestrisk"), risk_guard(table("requestrisk"))),
        RowGuard(table("secondlook"), story_guard(table("secondlook"))),
        RowGuard(table("referral"), story_guard(table("referral"))),
    ]
    guards += [
        RowGuard(table(name), guard(table(name)), append_only=True)
        for name, guard in (
            ("historicalrequeststory", story_guard),
            ("historicalrequestrisk", risk_guard),
            ("requestmessage", story_guard),
        )
    ]
    return guards


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0002_functions"), ("collaborators", "0004_row_guards")]
    operations = [
        RowGuard(table("supportrequest"), request_guard(table("supportrequest"))),
        RowGuard(
            table("historicalsupportrequest"), request_guard(table("historicalsupportrequest")), append_only=True
        ),
        *story_tables(),
        RowGuard(table("safetycheck"), STAFF_ONLY, append_only=True),
        RowGuard(table("internalnote"), NOTE, append_only=True),
        RowGuard(table("timelineentry"), TIMELINE, append_only=True),
        RowGuard(table("briefversion"), brief_guard(table("briefversion")), insert=risk_guard(table("briefversion")),
                 change=story_guard(table("briefversion"))),
        RowGuard(table("historicalbriefversion"), story_guard(table("historicalbriefversion")), append_only=True),
        RowGuard(table("introduction"), introduction_guard(table("introduction")),
                 insert=story_guard(table("introduction"))),
        RowGuard(table("historicalintroduction"), introduction_guard(table("historicalintroduction")),
                 append_only=True),
        RowGuard(table("match"), story_guard(table("match"))),
        RowGuard(table("participant"), PARTICIPANT),
        RowGuard(table("consent"), CONSENT, append_only=True),
        RowGuard(table("disclosure"), DISCLOSURE, insert=DISCLOSES, change=DISCLOSES),
        RowGuard(table("collaboration"), collaboration_guard(table("collaboration"))),
        RowGuard(table("historicalcollaboration"), collaboration_guard(table("historicalcollaboration")),
                 append_only=True),
        RowGuard(table("collaborationmessage"), THREAD, append_only=True),
    ]  # fmt: skip
