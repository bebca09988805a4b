"""The tables of the keys database, and the function that tells whether an object still has rows."""

from uuid import uuid4

from django.db import migrations, models

# Only whether rows exist, for a uuid that nobody guesses; as the owner, because a row that the asking
# person may not see still needs its key.
ROWS = """
CREATE FUNCTION cre_objects_with_rows(looked_in text, object_uuids uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT DISTINCT key_object FROM %I WHERE key_object = ANY ($1)', looked_in)
        USING object_uuids;
END $$;
REVOKE ALL ON FUNCTION cre_objects_with_rows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cre_objects_with_rows TO cre_app;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_actor")]
    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.UUIDField(default=uuid4, editable=False, primary_key=True, serialize=False)),
                ("object_uuid", models.UUIDField()),
                ("purpose", models.CharField(max_length=40)),
                ("wrapped", models.BinaryField()),
                ("master_version", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["object_uuid", "purpose"], name="datakey_object")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("destroyed_at__isnull", True)),
                        fields=("object_uuid", "purpose"),
                        name="one_live_key_per_object_and_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("destroyed_at__isnull", True), ("wrapped", b""), _connector="OR"),
                        name="destroyed_keys_are_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("object_uuid", models.UUIDField()),
                ("purpose", models.CharField(max_length=40)),
                ("destroyed_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_uuid", "purpose"), name="one_tombstone_per_object_and_purpose"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(ROWS, "DROP FUNCTION cre_objects_with_rows"),
    ]
