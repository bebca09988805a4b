"""The second wall for people, communities and the roster: `collaborators.policies`, said again in SQL."""

from django.db import migrations

from cre.core.access.guards import RowGuard

STAFF_OF_A_REGION = "(select cardinality(cre_held_region('facilitate')) + cardinality(cre_held_region('guard')) > 0)"
FACILITATES_SOMEWHERE = "(select cardinality(cre_held_region('facilitate')) > 0)"
OWN = """({id} = ANY ((select cre_held_community('represent'))::bigint[])
    OR {id} = ANY ((select cre_held_community('support'))::bigint[]))"""
GUARDED = "{id} = ANY ((select cre_guarded_communities())::bigint[])"
FACILITATED = "{region} = ANY ((select cre_held_region('facilitate'))::bigint[])"

# Communities are made by cre_begin_intake() and moved by cre_move_community(), never by a plain INSERT.
COMMUNITY = f"""{OWN.format(id="id")} OR {GUARDED.format(id="id")} OR (select cre_holds('operate'))
    OR (({FACILITATED.format(region="region_id")} OR (select cre_holds('coordinate')))
        AND reached_at IS NOT NULL)"""
IDENTITY = f"""{OWN.format(id="community_id")} OR {GUARDED.format(id="community_id")}
    OR EXISTS (SELECT 1 FROM collaborators_community c
               WHERE c.id = community_id AND c.reached_at IS NOT NULL
                 AND ({FACILITATED.format(region="c.region_id")}
                      OR (select cre_reasoned() AND cre_holds('coordinate'))))"""
SPEAKS_FOR = "{id} = ANY ((select cre_held_collaborator('speak_for'))::bigint[])"
COLLABORATOR = f"""(select cre_holds('coordinate', 'operate')) OR {STAFF_OF_A_REGION}
    OR {SPEAKS_FOR.format(id="id")} OR id = ANY ((select cre_offered_collaborators())::bigint[])"""
KEEPS_ROSTER = f"(select cre_holds('coordinate')) OR {FACILITATES_SOMEWHERE}"
CHANGES_COLLABORATOR = f"{KEEPS_ROSTER} OR {SPEAKS_FOR.format(id='id')}"
PRIVATE = f"{KEEPS_ROSTER} OR {SPEAKS_FOR.format(id='collaborator_id')}"

# Grants are written by cre_join_…() and cre_leave_…() only.
GRANT = "user_id = (select cre_actor()) OR (select cre_holds('coordinate', 'steward'))"


# A code is looked up before anybody acts; a hash without its pepper opens nothing. But nobody changes another's.
OWN_CODE = "user_id = (select cre_actor())"


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0003_functions")]
    operations = [
        RowGuard("collaborators_community", COMMUNITY, insert="false"),
        RowGuard("collaborators_historicalcommunity", COMMUNITY, append_only=True),
        RowGuard("collaborators_communityidentity", IDENTITY),
        RowGuard("collaborators_historicalcommunityidentity", IDENTITY, append_only=True),
        RowGuard("collaborators_collaborator", COLLABORATOR, insert=KEEPS_ROSTER, change=CHANGES_COLLABORATOR),
        RowGuard("collaborators_historicalcollaborator", CHANGES_COLLABORATOR, append_only=True),
        RowGuard("collaborators_collaboratorprivate", PRIVATE),
        RowGuard("collaborators_historicalcollaboratorprivate", PRIVATE, append_only=True),
        RowGuard("collaborators_levelraise", KEEPS_ROSTER),
        RowGuard("collaborators_historicallevelraise", KEEPS_ROSTER, append_only=True),
        RowGuard("collaborators_receiptcredential", "true", insert=OWN_CODE, change=OWN_CODE),
        *(
            RowGuard(f"collaborators_{table}grant", GRANT, insert="false", append_only=True)
            for container in ("region", "platform", "collaborator", "community")
            for table in (container, f"historical{container}")
        ),
    ]
