"""Row security equality: for every person in random worlds, policy = database = expectation."""

import os
from collections import defaultdict
from random import Random

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collaborations.models import BriefVersion, Disclosure, InternalNote, Introduction
from cre.core.access import acting_as, current_scope
from cre.core.access.sight import _policies
from cre.core.outbox.models import Notice
from tests.conftest import as_owner
from tests.row_security.deciding import fill_with_decisions
from tests.row_security.expectation import EXPECTED, GUARDED_ONLY, Eyes
from tests.row_security.files import fill_with_files
from tests.row_security.freezing import fill_with_freezes
from tests.row_security.interpreting import fill_with_tasks
from tests.row_security.keeping import fill_with_kept
from tests.row_security.machines import fill_with_machines
from tests.row_security.requests import fill_with_requests
from tests.row_security.roles import fill_with_roles
from tests.row_security.world import PEOPLE, World, fill_with_papers, fill_with_people

pytestmark = pytest.mark.django_db
PROOF = os.environ.get("PROOF") == "1"
ALL = EXPECTED | GUARDED_ONLY
HISTORIES = [model for model in apps.get_models() if hasattr(model, "instance_type")]
# Of these rows the database shows the system account more than its policy does: it removes what is old.
MORE_FOR_THE_SYSTEM = {Notice}


def worlds(examples):
    """How many worlds a test looks at; a proof looks at many more, new ones each time, and finds the smallest."""
    return settings(
        max_examples=examples * 25 if PROOF else examples,
        derandomize=not PROOF,
        deadline=None,
        database=None,
        phases=list(Phase) if PROOF else [Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def table_ids(*models_and_columns):
    """Every id that the database shows the acting person, by model, in one statement."""
    parts = [
        f"SELECT {place}, {column}::text FROM {model._meta.db_table}"
        for place, (model, column) in enumerate(models_and_columns)
    ]
    found = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        for place, pk in cursor.fetchall():
            found[models_and_columns[place][0]].add(pk)
    return found


def ids(rows):
    return {str(row.pk) for row in rows}


def all_eyes(world):
    """Everybody who could look; some twice, the second time with a written reason, which opens more to only one."""
    yield from (Eyes(world, name) for name in world.people)
    for name in ("coordinator", "steward", "facilitator", "system"):
        yield Eyes(world, name, reason="she asked me to call")


def by_policy(scope, models):
    """Every id that `visible_to` gives, by model."""
    return {
        model: set(map(str, model._default_manager.visible_to(scope).values_list("pk", flat=True)))
        for model in models
        if model in EXPECTED
    }


def differences(world, eyes, models=ALL):
    """Where the walls show this person something else than expected, as sentences.

    The policy is asked twice: as the owner, for whom it stands alone, and behind row security, where a parent
    that is out of sight must not hide a row.
    """
    with acting_as(eyes.person, reason=eyes.reason):
        scope, both = current_scope(), by_policy(current_scope(), models)
        table = table_ids(*((model, model._meta.pk.column) for model in models))
    with as_owner():
        alone = by_policy(scope, models)
    for model, sees in models.items():
        expected = ids(row for row in world.all(model) if sees(eyes, row))
        is_more = eyes.is_system and model in MORE_FOR_THE_SYSTEM
        answers = {
            "the policy": (alone.get(model, expected), expected),
            "the policy behind row security": (both.get(model, expected), expected),
            "row security": (table[model], ids(world.all(model)) if is_more else expected),
        }
        for wall, (shown, right) in answers.items():
            if shown != right:
                yield f"{eyes.name}: {wall} shows {sorted(shown)} of {model.__name__}, expected {sorted(right)}"


def leaks_of_history(world, eyes):
    """Histories that show this person a row whose living one they may not see."""
    with acting_as(eyes.person, reason=eyes.reason):
        shown = table_ids(*((model, "id") for model in HISTORIES))
    for model in HISTORIES:
        sees = ALL[model.instance_type]
        expected = ids(row for row in world.all(model.instance_type) if sees(eyes, row))
        if not shown[model] <= expected:
            yield f"{eyes.name}: {model.__name__} shows {shown[model] - expected} too"


def in_a_world(chance, look, kind=World):
    """Fill the database, look around, and take everything back."""
    with transaction.atomic():
        world = kind(chance)
        with as_owner():
            fill_with_people(world)
            fill_with_freezes(world)
            fill_with_requests(world)
            fill_with_papers(world)
            fill_with_roles(world)
            fill_with_kept(world)
            fill_with_files(world)
            fill_with_machines(world)
            fill_with_decisions(world)
            fill_with_tasks(world)
        found = look(world)
        transaction.set_rollback(True)
    return found


def test_every_model_with_a_policy_has_an_expectation():
    assert set(_policies) == set(EXPECTED)


def test_every_history_belongs_to_a_model_with_an_expectation():
    assert {model.instance_type for model in HISTORIES} <= set(ALL)


@pytest.mark.promise("P09")
@pytest.mark.promise("P10")
@worlds(10)
@given(st.randoms(use_true_random=False))
def test_policy_and_database_show_everybody_exactly_what_is_expected(chance):
    def look(world):
        return [line for eyes in all_eyes(world) for line in differences(world, eyes)]

    assert in_a_world(chance, look) == []


@pytest.mark.promise("P10")
@worlds(6)
@given(st.randoms(use_true_random=False))
def test_history_shows_nobody_a_row_whose_living_one_they_may_not_see(chance):
    def look(world):
        return [line for eyes in all_eyes(world) for line in leaks_of_history(world, eyes)]

    assert in_a_world(chance, look) == []


@pytest.mark.promise("P12")
@worlds(8)
@given(st.randoms(use_true_random=False))
def test_an_ally_reads_only_approved_briefs_and_what_was_disclosed_to_it(chance):
    def look(world):
        wrong: list[models.Model] = []
        introductions = {row.pk: row for row in world.all(Introduction)}
        for name in ("ally", "colleague of the ally", "former ally", "other ally"):
            eyes = Eyes(world, name)
            with acting_as(eyes.person):
                wrong.extend(BriefVersion.objects.exclude(status="approved"))
                shared = Disclosure.objects.all()
                wrong.extend(row for row in shared if not eyes.joined(introductions[row.introduction_id]))
                wrong.extend(InternalNote.objects.all())
        return wrong

    assert in_a_world(chance, look) == []


def test_the_worlds_hold_everybody_and_everything():
    """So that the tests above do not agree about nothing."""

    def look(world):
        return {model for model, rows in world.rows.items() if rows}

    seen = set().union(*(in_a_world(Random(number), look) for number in range(6)))
    assert set(ALL) <= seen
    assert len(PEOPLE) > 20
