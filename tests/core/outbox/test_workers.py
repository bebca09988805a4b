"""Tasks: nobody starts one in the name of somebody else, and no value leaves one."""

import json
import time

import pytest
from celery import shared_task
from django.db import transaction
from redis import Redis

from cre.core.access import NoActor, acting_as, current_actor
from cre.core.access.actor import signed
from cre.core.outbox import workers
from cre.core.outbox.workers import HEADER, SystemTask, TaskFailed, app, signed_header
from tests.conftest import as_owner

pytestmark = pytest.mark.django_db
ran: list[int] = []


@shared_task
def note(step: int) -> None:
    """Write down who runs this."""
    ran.append(current_actor().user_id)


@shared_task
def note_proof(step: int) -> None:
    ran.append(int(current_actor().is_proven))


@shared_task(base=SystemTask)
def note_as_system() -> None:
    ran.append(current_actor().user_id)


@shared_task
def fail(step: int) -> None:
    raise ValueError("The secret name of the community")


@pytest.fixture(autouse=True)
def nothing_ran():
    app.finalize()
    ran.clear()


def arrives(task, *args, header, task_id="1"):
    """What a worker does with a task that comes from the queue with this header."""
    return task.apply(args, task_id=task_id, headers={HEADER: header} if header else {}, throw=True)


def header_of(person, *args, task=note, task_id="1"):
    return signed_header(person.pk, task.name, task_id, args, {})


def test_a_task_runs_as_the_person_who_asked_for_it(member):
    arrives(note, 7, header=header_of(member, 7))

    assert ran == [member.pk]


@pytest.mark.promise("P18")
@pytest.mark.parametrize("proven", [True, False])
def test_a_task_is_as_proven_as_whoever_asked_for_it(proven, member):
    arrives(note_proof, 7, header=signed_header(member.pk, note_proof.name, "1", [7], {}, proven=proven))
    with acting_as(member, proven=proven):
        note_proof(7)

    assert ran == [proven, proven]


@pytest.mark.promise("P18")
def test_a_proof_cannot_be_added_to_a_task(member):
    user_id, _, expiry, given = header_of(member, 7).split("|")

    with pytest.raises(TaskFailed, match="ForgedActor"):
        arrives(note, 7, header=f"{user_id}|p|{expiry}|{given}")


@pytest.mark.parametrize(
    "forge",
    [
        lambda _: "",
        lambda _: "nonsense",
        lambda header: "2" + header,
        lambda header: header.replace("|", "|9", 1),
        lambda header: header[:-1] + ("0" if header[-1] != "0" else "1"),
        lambda header: header.rpartition("|")[0],
        lambda header: header + "é",
    ],
)
def test_a_forged_or_missing_header_is_refused(forge, member):
    with pytest.raises(TaskFailed, match="ForgedActor"):
        arrives(note, 7, header=forge(header_of(member, 7)))

    assert ran == []


def test_a_header_opens_no_other_task_arguments_or_run(member):
    header = header_of(member, 7)

    for other in (
        lambda: arrives(fail, 7, header=header),
        lambda: arrives(note, 8, header=header),
        lambda: arrives(note, 7, header=header, task_id="2"),
    ):
        with pytest.raises(TaskFailed, match="ForgedActor"):
            other()

    assert ran == []


def test_an_old_header_is_refused(member, monkeypatch):
    header = header_of(member, 7)
    now = time.time()
    monkeypatch.setattr(workers.time, "time", lambda: now + 901)

    with pytest.raises(TaskFailed, match="ForgedActor"):
        arrives(note, 7, header=header)


def test_a_disabled_person_has_no_task_run(member):
    header = header_of(member, 7)
    with as_owner():
        member.is_active = False
        member.save()

    with pytest.raises(TaskFailed, match="ForgedActor"):
        arrives(note, 7, header=header)


def test_the_actor_of_the_database_is_no_header_and_a_header_no_actor(member):
    with transaction.atomic(), acting_as(member) as actor:
        token = signed(actor)

    with pytest.raises(TaskFailed, match="ForgedActor"):
        arrives(note, 7, header=token)
    with pytest.raises(TaskFailed, match="ForgedActor"):
        arrives(note, 7, header="|".join(token.split("|")[i] for i in (0, 1, 3)))


def test_a_system_task_runs_as_the_system_account(django_user_model):
    arrives(note_as_system, header="")

    assert ran == [django_user_model.objects.get(is_system=True).pk]


def test_a_task_of_a_person_cannot_be_queued_by_nobody():
    with pytest.raises(NoActor):
        note.delay(7)


def test_a_task_that_fails_tells_only_what_kind_of_error_and_where(member, caplog):
    with pytest.raises(TaskFailed) as failure:
        arrives(fail, 7, header=header_of(member, 7, task=fail))

    assert str(failure.value) == "ValueError"
    assert "ValueError at fail, line" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.promise("P08")
def test_a_queued_task_carries_its_signed_actor_and_no_text_of_its_arguments(member, settings):
    with transaction.atomic(), acting_as(member):
        note.apply_async((4711,), queue="test-outbox", retry=False)

    with Redis.from_url(settings.REDIS_URL) as redis:
        [queued] = redis.lrange("test-outbox", 0, -1)
        redis.delete("test-outbox")
    headers = json.loads(queued)["headers"]
    assert headers[HEADER].startswith(f"{member.pk}|")
    assert "4711" not in json.dumps(headers)
