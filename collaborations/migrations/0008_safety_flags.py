"""What was odd about how a request arrived: staff see it at the safety check, and only the database writes it."""

import django.db.models.deletion
from django.db import migrations, models

from cre.core.access.guards import RowGuard

TABLE = "collaborations_safetyflag"
SENT = "(r.received_at IS NOT NULL OR r.is_assisted)"
STAFF = f"""EXISTS (SELECT 1 FROM collaborations_supportrequest r WHERE r.id = {TABLE}.request_id AND {SENT} AND (
    r.region_id = ANY ((select cre_held_region('facilitate'))::bigint[])
    OR r.region_id = ANY ((select cre_held_region('guard'))::bigint[])
    OR (select cre_holds('coordinate'))))"""
# Whoever sends may not read what is noted about the sending, so a plain INSERT could not say whether it was there.
FUNCTION = """
CREATE FUNCTION cre_flag_request(about bigint, noticed text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM collaborations_supportrequest r WHERE r.id = about
        AND r.community_id = ANY (cre_held_community('represent') || cre_held_community('support'))
    ) THEN
        RAISE EXCEPTION 'cre: only what oneself sends can be noticed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO collaborations_safetyflag (request_id, oddity, noticed_at)
    SELECT about, oddity, now() FROM unnest(noticed) oddity
    ON CONFLICT (request_id, oddity) DO NOTHING;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0007_retention")]
    operations = [
        migrations.CreateModel(
            name="SafetyFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "oddity",
                    models.CharField(
                        choices=[
                            ("quick", "It came faster than a person usually writes, or not through our page."),
                            ("trap", "A field was filled in that people do not see."),
                            ("many", "Much was sent in a short time."),
                            ("unchecked", "How much was sent in this time could not be checked."),
                        ],
                        max_length=12,
                    ),
                ),
                ("noticed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="collaborations.supportrequest",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="safetyflag",
            constraint=models.UniqueConstraint(fields=("request", "oddity"), name="one_flag_of_a_kind"),
        ),
        RowGuard(TABLE, STAFF, insert="false", append_only=True),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION cre_flag_request(bigint, text[])"),
    ]
