"""The access ledger and its chain: insert-only for everybody, each person sees and writes only their own entries."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.utils import timezone

from cre.core.access.guards import RowGuard

KINDS = [
    ("read", "read"),
    ("export", "exported"),
    ("download", "downloaded"),
    ("refused", "was refused"),
    ("acted", "acted"),
]
PEOPLE = settings.AUTH_USER_MODEL.lower().replace(".", "_")
SYSTEM = """
CREATE FUNCTION cre_is_system() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people WHERE id = cre_actor() AND is_system)
$$;
""".replace("FROM people", f"FROM {PEOPLE}")
# The rights of the application role are taken away by the guard; the trigger also stops the owner's hand.
INSERT_ONLY = """
CREATE FUNCTION cre_insert_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'cre: % takes no %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER cre_insert_only BEFORE UPDATE OR DELETE ON core_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION cre_insert_only();
CREATE TRIGGER cre_insert_only BEFORE UPDATE OR DELETE ON core_ledgerlink
    FOR EACH ROW EXECUTE FUNCTION cre_insert_only();
"""
NOT_INSERT_ONLY = """
DROP TRIGGER cre_insert_only ON core_ledgerlink;
DROP TRIGGER cre_insert_only ON core_ledgerentry;
DROP FUNCTION cre_insert_only();
"""
OWN = "person_id = (select cre_actor())"


class Migration(migrations.Migration):
    dependencies = [("core", "0002_vault"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.UUIDField(default=uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=timezone.now)),
                ("person_id", models.BigIntegerField()),
                ("role", models.CharField(blank=True, max_length=60)),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("object_label", models.CharField(blank=True, max_length=100)),
                ("object_uuid", models.UUIDField(null=True)),
                ("community_id", models.BigIntegerField(null=True)),
                ("request_uuid", models.UUIDField(null=True)),
                ("region_id", models.BigIntegerField(null=True)),
                ("fields", ArrayField(models.CharField(max_length=60), default=list)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("view", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at", "id"], name="ledger_at"),
                    models.Index(fields=["person_id", "at"], name="ledger_person"),
                    models.Index(fields=["community_id", "at"], name="ledger_community"),
                    models.Index(fields=["region_id", "at"], name="ledger_region"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerLink",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.UUIDField(unique=True)),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(SYSTEM, "DROP FUNCTION cre_is_system()"),
        RowGuard("core_ledgerentry", f"{OWN} OR (select cre_is_system())", insert=OWN, append_only=True),
        RowGuard("core_ledgerlink", "(select cre_is_system())", append_only=True),
        migrations.RunSQL(INSERT_ONLY, NOT_INSERT_ONLY),
    ]
