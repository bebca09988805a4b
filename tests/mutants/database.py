"""Which places in the database keep somebody out: row policies, checks of definer functions, triggers, rights."""

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import connection

from tests.conftest import as_owner
from tests.mutants.conditions import Condition, conditions
from tests.mutants.mutant import Mutant, Wall

# With MUTANTS=all the conditions of every function are taken apart, also where they only say which row is meant.
THOROUGH = os.environ.get("MUTANTS") == "all"
# Which row is meant, not whether somebody may: a column equal to another, to an argument, or to a fixed name.
WHICH_ROW = re.compile(
    r"^\(*[\w.]+ = ([\w.]+|\$\d)\)*$|^\(*[\w.]*(app_label|\bmodel)\)*(::text)? = |'represent'::text$"
)
OTHER_TABLE = re.compile(r"(?:FROM|JOIN) \(*(\w+_\w+)")
CHECK = re.compile(r"PERFORM\s+cre_refuse\s*\(|RAISE EXCEPTION", re.IGNORECASE)
CALLED = re.compile(r"\bcre_\w+(?=\()")
# Where a function serves more tables than this, their names say little of who would notice.
FEW = 4
# A function that a policy asks calls others, and these others again; nowhere further than that.
STEPS_BETWEEN_FUNCTIONS = 4
Rows = list[tuple[Any, ...]]


def asked(sql: str) -> Rows:
    """The answer of the database to its owner."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def run(sql: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def altered(do: str, undo: str) -> Iterator[None]:
    """Run with one statement carried out, and take it back."""
    run(do)
    try:
        yield
    finally:
        run(undo)


def is_a_check(condition: Condition, sql: str) -> bool:
    text = condition.text(sql)
    return bool(text) and text not in {"true", "false", "(true)"} and not WHICH_ROW.search(text)


def policy_mutants() -> Iterator[Mutant]:
    """Each row policy of the application role, dropped and opened; of each `see`, every condition left out."""
    policies = asked(
        "SELECT tablename, policyname, permissive, cmd, qual, with_check FROM pg_policies "
        "WHERE 'cre_app' = ANY (roles) ORDER BY cmd <> 'SELECT', tablename LIKE '%historical%', tablename, policyname"
    )
    sees = {table: using for table, name, _, _, using, _ in policies if name.endswith("_see")}
    known: set[str] = set()
    for table, name, way, command, using, check in policies:
        words, wall = words_of(table), Wall.SIGHT if command in ("SELECT", "ALL") else Wall.WRITING
        # What is hidden is hidden once more where the rule for seeing asks another table.
        asked_rule = sees[table] if name.endswith("_hidden") else using or check
        asks = tuple(sorted({found for found in OTHER_TABLE.findall(asked_rule) if found != table}))
        back = f"ALTER POLICY {name} ON {table} {clauses(using, check)}"
        make = f"CREATE POLICY {name} ON {table} AS {way} FOR {command} TO cre_app {clauses(using, check)}"
        drop = f"DROP POLICY {name} ON {table}"
        rule = using or check
        # What allows nobody anything allows as much when it is gone.
        if rule != "false":
            yield Mutant(f"policy {name}: dropped", partial(altered, drop, make), words, wall, (table,), asks=asks)
        if rule == "true":
            continue
        opened = f"ALTER POLICY {name} ON {table} {clauses(using and 'true', check and 'true')}"
        yield Mutant(f"policy {name}: opened", partial(altered, opened, back), words, wall, (table,), asks=asks)
        # A rule that another table or act has in the same words is taken apart once.
        words_of_rule = rule.replace(table, "")
        if words_of_rule in known:
            continue
        known.add(words_of_rule)
        for condition in conditions(rule):
            if is_a_check(condition, rule):
                less = condition.without(rule)
                do = f"ALTER POLICY {name} ON {table} {clauses(using and less, check and less)}"
                what = f"policy {name}: without `{condition.text(rule)}`"
                yield Mutant(what, partial(altered, do, back), words, wall, (table,), asks=asks)


@contextmanager
def see_policies_open(tables: tuple[str, ...]) -> Iterator[None]:
    """Run while everybody sees every row of these tables, whatever their own rules are."""
    names = [f"{table}_{what}" for table in tables for what in ("see", "hidden")]
    rules = asked(
        f"SELECT tablename, policyname, qual FROM pg_policies WHERE policyname = ANY (ARRAY[{quoted(names)}])"
    )
    with ExitStack() as stack:
        for table, name, rule in rules:
            do, undo = (f"ALTER POLICY {name} ON {table} USING ({what})" for what in ("true", rule))
            stack.enter_context(altered(do, undo))
        yield


@contextmanager
def locks_of_writing_open(tables: tuple[str, ...]) -> Iterator[None]:
    """Let triggers and rights keep nobody from writing these tables; it ends with the transaction."""
    for table in tables:
        run(f"ALTER TABLE {table} DISABLE TRIGGER USER; GRANT INSERT, UPDATE, DELETE ON {table} TO cre_app")
    yield


def quoted(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def clauses(using: str | None, check: str | None) -> str:
    parts = [f"USING ({using})"] if using else []
    return " ".join([*parts, *([f"WITH CHECK ({check})"] if check else [])])


def function_mutants() -> Iterator[Mutant]:
    """Each refusal in a function of ours left out, and each condition of those that row policies ask."""
    functions = asked(
        "SELECT p.proname, pg_get_functiondef(p.oid), "
        "p.provolatile = 's' AND format_type(p.prorettype, NULL) IN ('boolean', 'bigint[]') "
        "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'public' AND p.proname LIKE 'cre\\_%' AND p.prokind = 'f' ORDER BY p.proname, p.oid"
    )
    asking = tables_by_function()
    for name, definition, is_asked in functions:
        head, body, tail = parts_of(definition)
        for what, changed in changes_of(body, with_conditions=is_asked or THOROUGH):
            do = f"{head}{changed}{tail}"
            tables = tuple(sorted(asking[name]))
            wall = Wall.SIGHT if is_asked and tables else Wall.NONE
            words = (name, *chain.from_iterable(map(words_of, tables if len(tables) <= FEW else ())))
            yield Mutant(f"function {name}: {what}", partial(altered, do, definition), words, wall, tables)


@cache
def words_of(table: str) -> tuple[str, ...]:
    """By which names tests would know a table: its own, and that of its model."""
    return table, *(model.__name__ for model in apps.get_models() if model._meta.db_table == table)


def tables_by_function() -> dict[str, set[str]]:
    """For each function the tables whose policies for reading, or whose triggers, ask it; also through another."""
    found, callers = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for table, rule in asked("SELECT tablename, qual FROM pg_policies WHERE cmd = 'SELECT' AND qual IS NOT NULL"):
        for function in set(CALLED.findall(rule)):
            found[function].add(table)
    for table, function in asked(
        "SELECT c.relname, p.proname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
    ):
        found[function].add(table)
    for caller, body in asked("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'cre\\_%'"):
        for function in set(CALLED.findall(body)) - {caller}:
            callers[function].add(caller)
    names = list(callers)
    for _ in range(STEPS_BETWEEN_FUNCTIONS):
        for function in names:
            found[function] |= {table for caller in callers[function] for table in found[caller]}
    return found


def parts_of(definition: str) -> tuple[str, str, str]:
    """What stands before the body of a function, the body, and what stands after it."""
    start = re.search(r"AS (\$\w*\$)", definition)
    if start is None:
        return definition, "", ""
    end = definition.rindex(start[1])
    return definition[: start.end()], definition[start.end() : end], definition[end:]


def changes_of(body: str, *, with_conditions: bool) -> Iterator[tuple[str, str]]:
    """The body without one of its refusals, and without one of its conditions."""
    for number, refusal in enumerate(CHECK.finditer(body), start=1):
        end = statement_end(body, refusal.start())
        yield f"refusal {number} left out", f"{body[: refusal.start()]}NULL{body[end:]}"
    for condition in conditions(body) if with_conditions else ():
        if is_a_check(condition, body):
            yield f"without `{condition.text(body)}`", condition.without(body)


def statement_end(body: str, start: int) -> int:
    """Where the statement ends that begins there: the next semicolon outside texts."""
    for token in re.compile(r"'(?:[^']|'')*'|;").finditer(body, start):
        if token.group() == ";":
            return token.start()
    return len(body)


def trigger_mutants() -> Iterator[Mutant]:
    """Each trigger of ours, switched off."""
    triggers = asked(
        "SELECT t.tgname, c.relname, p.proname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND p.proname LIKE 'cre\\_%' ORDER BY 2, 1"
    )
    for name, table, function in triggers:
        do, undo = (f"ALTER TABLE {table} {word} TRIGGER {name}" for word in ("DISABLE", "ENABLE"))
        words = (name, function, *words_of(table))
        yield Mutant(f"trigger {name} on {table}: off", partial(altered, do, undo), words)


def right_mutants() -> Iterator[Mutant]:
    """Each right that was taken from the application role, given back."""
    for table, right in asked(
        "SELECT c.relname, r FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) r "
        "WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT c.relrowsecurity "
        "AND NOT has_table_privilege('cre_app', c.oid, r) ORDER BY 1, 2"
    ):
        give, take = f"GRANT {right} ON {table} TO cre_app", f"REVOKE {right} ON {table} FROM cre_app"
        words = words_of(table)
        yield Mutant(f"right {right} on {table}: given", partial(altered, give, take), words)
    for name, arguments in asked(
        "SELECT p.proname, pg_get_function_identity_arguments(p.oid) FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' "
        "AND p.proname LIKE 'cre\\_%' AND NOT has_function_privilege('cre_app', p.oid, 'EXECUTE') ORDER BY 1"
    ):
        give, take = (
            f"{verb} EXECUTE ON FUNCTION {name}({arguments}) {way} cre_app"
            for verb, way in (("GRANT", "TO"), ("REVOKE", "FROM"))
        )
        yield Mutant(f"right to call {name}: given", partial(altered, give, take), (name,))


def database_mutants() -> Iterator[Mutant]:
    """Every mutant of the database, as it stands after all migrations."""
    yield from policy_mutants()
    yield from function_mutants()
    yield from trigger_mutants()
    yield from right_mutants()
