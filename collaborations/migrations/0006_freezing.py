"""What a freeze hides and stops."""

from importlib import import_module

from django.db import migrations, models

from cre.core.access.guards import run_sql_file

before = import_module("collaborations.migrations.0003_row_guards")

UNDO = """
DROP TRIGGER cre_go_on ON collaborators_freeze;
DROP TRIGGER cre_stand_still ON collaborations_collaborationmessage;
DROP TRIGGER cre_stand_still ON collaborations_consent;
DROP TRIGGER cre_stand_still ON collaborations_collaboration;
DROP TRIGGER cre_stand_still ON collaborations_disclosure;
DROP TRIGGER cre_stand_still ON collaborations_introduction;
DROP FUNCTION cre_go_on, cre_stands_still, cre_list_warnings, cre_stand_still_in_work, cre_stand_still;
CREATE OR REPLACE FUNCTION cre_regions_of_community(held bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(c.region_id), '{}') FROM collaborators_community c
    WHERE c.id = held AND c.reached_at IS NOT NULL
$$;
CREATE OR REPLACE FUNCTION cre_offered_briefs() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT i.brief_id), '{}') FROM collaborations_introduction i
    JOIN collaborations_briefversion b ON b.id = i.brief_id
    WHERE i.collaborator_id = ANY (cre_held_collaborator('speak_for')) AND i.offered_at IS NOT NULL
      AND i.status IN ('offered', 'willing', 'chosen', 'accepted') AND b.status = 'approved'
$$;

CREATE OR REPLACE FUNCTION cre_joined_introductions() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(i.id), '{}') FROM collaborations_introduction i
    JOIN collaborations_participant p ON p.introduction_id = i.id
    WHERE p.user_id = cre_actor() AND p.left_at IS NULL AND i.status = 'accepted'
      AND i.collaborator_id = ANY (cre_held_collaborator('speak_for'))
$$;

CREATE OR REPLACE FUNCTION cre_joined_collaborations() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(c.id), '{}') FROM collaborations_collaboration c
    JOIN collaborations_participant p ON p.introduction_id = c.introduction_id
    JOIN collaborations_introduction i ON i.id = c.introduction_id
    WHERE p.user_id = cre_actor() AND p.left_at IS NULL
      AND i.collaborator_id = ANY (cre_held_collaborator('speak_for'))
$$;

CREATE OR REPLACE FUNCTION cre_guarded_communities() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT r.community_id), '{}') FROM collaborations_supportrequest r
    WHERE r.region_id = ANY (cre_held_region('guard')) AND r.closed_at IS NULL AND r.status <> 'draft'
      AND (r.danger = 'now' OR r.risk_level IN ('high', 'critical'))
$$;
"""
INTRODUCTION, HISTORY = "collaborations_introduction", "collaborations_historicalintroduction"


def introduction_guard(table: str) -> str:
    """As before, but an ally sees no introduction of a frozen community."""
    return f"""{before.story_guard(table)}
        OR ({table}.collaborator_id = ANY {before.SPEAKS_FOR} AND {table}.offered_at IS NOT NULL
            AND {table}.community_id <> ALL ((select cre_frozen_communities())::bigint[]))"""


def policies(guards: dict[str, str]) -> str:
    """The statements that give these tables another condition for who sees and changes their rows."""
    here, history = guards[INTRODUCTION], guards[HISTORY]
    statements = [
        f"ALTER POLICY {INTRODUCTION}_see ON {INTRODUCTION} USING ({here})",
        f"ALTER POLICY {INTRODUCTION}_change ON {INTRODUCTION} USING ({here}) WITH CHECK ({here})",
        f"ALTER POLICY {INTRODUCTION}_remove ON {INTRODUCTION} USING ({here})",
        f"ALTER POLICY {HISTORY}_see ON {HISTORY} USING ({history})",
        f"ALTER POLICY {HISTORY}_add ON {HISTORY} WITH CHECK ({history})",
    ]
    return ";\n".join(statements)


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0005_handover"), ("collaborators", "0011_freezing")]
    operations = [
        migrations.AlterField(
            model_name="timelineentry",
            name="event",
            field=models.CharField(
                choices=[
                    ("sent", "Your request reached us."),
                    ("talk_first", "You asked to talk first. We keep only how to reach you."),
                    ("placed", "We found the right region for your request."),
                    ("safety_checked", "We talked about safety first."),
                    ("message", "There is a new message."),
                    ("accepted", "We take your request on."),
                    ("declined", "We cannot take this on. The reason and other places to ask are in the message."),
                    ("second_look", "You asked for a second look. Another person will answer."),
                    ("reopened", "After a second look, we go on."),
                    ("decline_stands", "After a second look, the answer stays the same."),
                    ("parked", "Your request waits for now."),
                    ("resumed", "We go on with your request."),
                    ("withdrawn", "You took your request back."),
                    ("brief_proposed", "A brief is ready for you to read. Nobody else sees it before you say yes."),
                    ("brief_approved", "You approved the brief."),
                    ("brief_sent_back", "You sent the brief back with your wishes."),
                    ("allies_proposed", "We suggest allies. We ask them only if you allow it."),
                    ("offers_allowed", "You allowed us to ask allies."),
                    ("ally_willing", "An ally would like to support you."),
                    ("ally_not_now", "An ally cannot help this time."),
                    ("ally_chosen", "You chose an ally."),
                    ("introduced", "You and the ally know of each other now."),
                    ("collaboration_begun", "You work together now."),
                    ("consent_withdrawn", "Something is no longer shared with an ally."),
                    ("collaboration_ended", "The work together has ended."),
                    ("frozen", "Everything about you was stopped, for your safety."),
                    ("thawed", "After a talk, everything goes on. All dates moved by as long as it stood still."),
                    ("recorded_by_voice", "Your decision, given by voice, was written down."),
                ],
                max_length=30,
            ),
        ),
        run_sql_file(__file__, undo=UNDO),
        migrations.RunSQL(
            policies({table: introduction_guard(table) for table in (INTRODUCTION, HISTORY)}),
            policies({table: before.introduction_guard(table) for table in (INTRODUCTION, HISTORY)}),
        ),
    ]
