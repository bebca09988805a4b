"""Who reads the ledger besides the person of an entry, and what the secretariat may know of the deliveries."""

from django.db import migrations

# The guard of core shows people their own entries; this adds what containers show, which core does not know.
SIGHT = """
CREATE POLICY core_ledgerentry_sight ON core_ledgerentry FOR SELECT TO cre_app USING (
    (select cre_holds('coordinate', 'steward'))
    OR community_id = ANY ((select cre_held_community('represent'))::bigint[])
    OR region_id = ANY ((select cre_held_region('facilitate'))::bigint[])
    OR region_id = ANY ((select cre_held_region('guard'))::bigint[])
);

-- How many messages wait to be delivered, since when the oldest is due, and how many were given up: numbers only.
CREATE FUNCTION cre_outbox_state(OUT waiting bigint, OUT oldest timestamptz, OUT dead bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM cre_refuse(cre_holds('coordinate', 'steward'), 'look at the deliveries');
    SELECT count(*) FILTER (WHERE NOT m.dead), min(m.due_at) FILTER (WHERE NOT m.dead), count(*) FILTER (WHERE m.dead)
    INTO waiting, oldest, dead
    FROM core_outboxmessage m WHERE m.done_at IS NULL AND (m.dead OR m.due_at <= now());
END $$;
"""
UNDO = """
DROP FUNCTION cre_outbox_state();
DROP POLICY core_ledgerentry_sight ON core_ledgerentry;
"""


class Migration(migrations.Migration):
    dependencies = [("collaborators", "0004_row_guards"), ("core", "0004_outbox")]
    operations = [migrations.RunSQL(SIGHT, UNDO)]
