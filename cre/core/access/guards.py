"""The second wall: row security, written by hand in migrations through one operation."""

from pathlib import Path

from django.db import migrations

APP, OWNER = "cre_app", "cre_owner"


def guard_sql(table: str, see: str, insert: str | None, change: str | None, *, append_only: bool) -> list[str]:
    """The statements that guard one table: what the application role may see, add and change."""
    add, alter = insert or see, change or see
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_owner ON {table} TO {OWNER} USING (true) WITH CHECK (true)",
        f"CREATE POLICY {table}_see ON {table} FOR SELECT TO {APP} USING ({see})",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT TO {APP} WITH CHECK ({add})",
    ]
    if append_only:
        return [*statements, f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP}"]
    return [
        *statements,
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE TO {APP} USING ({alter}) WITH CHECK ({alter})",
        f"CREATE POLICY {table}_remove ON {table} FOR DELETE TO {APP} USING ({alter})",
    ]


class RowGuard(migrations.RunSQL):
    """Row security for one table.

    `see`, `insert` and `change` are SQL conditions over its columns; `insert` and `change` are `see`
    unless given. `append_only` takes UPDATE and DELETE from the application role (history, ledgers).
    Conditions use only scalar calls in a sub-select, `(select cre_held_region('facilitate'))`, which
    PostgreSQL works out once per statement: a function per row costs a hundred times more.
    """

    def __init__(
        self,
        table: str,
        see: str,
        insert: str | None = None,
        change: str | None = None,
        *,
        append_only: bool = False,
    ) -> None:
        names = ["owner", "see", "add"] + ([] if append_only else ["change", "remove"])
        super().__init__(
            sql=[*guard_sql(table, see, insert, change, append_only=append_only)],
            reverse_sql=[
                *(f"DROP POLICY IF EXISTS {table}_{name} ON {table}" for name in names),
                f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
                *([f"GRANT UPDATE, DELETE ON {table} TO {APP}"] if append_only else []),
            ],
        )


class HiddenRows(migrations.RunSQL):
    """Keep rows out of sight of the application role, whatever the guard of their table shows.

    `unless` is an SQL condition over the columns of `table`, as for `RowGuard`: only rows for which it holds
    are seen, added and changed.
    """

    def __init__(self, table: str, *, unless: str) -> None:
        super().__init__(
            f"CREATE POLICY {table}_hidden ON {table} AS RESTRICTIVE FOR ALL TO {APP} USING ({unless})",
            f"DROP POLICY IF EXISTS {table}_hidden ON {table}",
        )


def run_sql_file(migration: str, *, undo: str) -> migrations.RunSQL:
    """The operation that runs the .sql file beside a migration (`__file__`), and how to take it back."""
    return migrations.RunSQL(Path(migration).with_suffix(".sql").read_text(encoding="utf-8"), undo)
