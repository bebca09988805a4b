"""What log lines hold, whoever writes them: JSON on one line, a place and a kind, and no value of anybody."""

import ast
import io
import logging
import re
import runpy
from pathlib import Path

import pytest
import structlog
from celery import shared_task
from django.conf import settings
from django.db import IntegrityError
from gunicorn.config import Config

from cre.core.outbox.workers import SystemTask, TaskFailed
from cre.core.security_events import SecurityEvent, security_event
from cre.logs import for_machines, for_people, line_format, logging_config
from tests.log_lines import lines, log
from tests.source import ROOT, calls, modules, name_of

__all__ = ["log"]
CANARY = "canary-of-the-village"
ADDRESS = "203.0.113.77"
FORGED = f'{CANARY}\n{{"event": "forged"}}'


# --- The form of a line --------------------------------------------------------------------------------
def test_a_line_says_when_what_where_and_in_which_request(log):
    with structlog.contextvars.bound_contextvars(request="0a1b", view="start"):
        logging.getLogger("cre.probe").warning("Queue %s is long.", 7)

    (line,) = lines(log)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "Queue 7 is long.",
        "level": "warning",
        "logger": "cre.probe",
        "request": "0a1b",
        "view": "start",
    }


def test_a_security_event_is_named_after_the_list_and_carries_codes(log):
    security_event(SecurityEvent.ACCESS_REFUSED, person=7, kind="old form")

    (line,) = lines(log)
    assert (line["event"], line["logger"], line["level"]) == ("authz_fail", "security", "info")
    assert (line["person"], line["kind"]) == (7, "old form")


@pytest.mark.promise("P08")
@pytest.mark.parametrize("fact", [FORGED, f"me@{CANARY}.example", {"story": CANARY}, [CANARY], CANARY * 5])
def test_what_is_no_code_is_cut_out_of_a_security_event(log, fact):
    security_event(SecurityEvent.ACCESS_REFUSED, fact=fact)

    assert lines(log)[0]["fact"] == "…"
    assert CANARY not in log.getvalue()


@pytest.mark.parametrize("renderer", [for_machines, for_people])
def test_nobody_writes_a_second_line_into_the_log(renderer):
    record = logging.makeLogRecord({"name": "cre.probe", "msg": "Read %s.", "args": (f"a\r\nb\u2028{FORGED}",)})

    assert len(line_format(renderer()).format(record).splitlines()) == 1


# --- What others write ---------------------------------------------------------------------------------
@pytest.mark.promise("P08")
@pytest.mark.promise("P22")
def test_of_other_programs_only_the_fixed_part_is_written(log):
    foreign = logging.getLogger("django.probe")
    foreign.warning("Not found: %s", f"/{CANARY}", extra={"request": CANARY, "status_code": 404})
    foreign.error(f"put together: {CANARY}")
    foreign.info({"story": CANARY})
    logging.getLogger("py.warnings").warning(CANARY)

    assert CANARY not in log.getvalue()
    assert lines(log)[0]["event"].startswith("Not found: %s (test_logging.")


@pytest.mark.promise("P22")
@pytest.mark.parametrize("name", ["cre.probe", "django.request", "celery.app.trace", "gunicorn.error"])
def test_of_an_exception_its_kind_and_place_are_written(log, name):
    try:
        raise IntegrityError(f"row holds {CANARY}")
    except IntegrityError:
        logging.getLogger(name).exception("failed with %s", CANARY, stack_info=True)

    (line,) = lines(log)
    assert line["event"].startswith("IntegrityError at /")
    assert "test_logging.py:" in line["event"]
    assert CANARY not in log.getvalue()


def test_every_message_of_ours_is_a_fixed_sentence():
    """A sentence that is put together from values would carry them into the log."""
    found = []
    for path, tree in modules().items():
        for call in calls(tree):
            owner, _, method = name_of(call.func).rpartition(".")
            if (
                path.startswith("cre/local/")
                or owner not in {"log", "logger"}
                or method in {"getLogger", "isEnabledFor"}
            ):
                continue
            is_fixed = call.args and isinstance(call.args[0], ast.Constant)
            if not is_fixed and path != "cre/core/security_events.py":
                found.append(f"{path}:{call.lineno}")
            if any(name_of(part) in {"error", "exc", "exception"} for part in call.args[1:]):
                found.append(f"{path}:{call.lineno} writes an exception")

    assert found == []


# --- The programs that serve ---------------------------------------------------------------------------
@pytest.fixture
def gunicorn():
    """Gunicorn's own log, as its configuration file sets it up, and what it writes."""
    cfg = Config()
    for name, value in runpy.run_path(str(ROOT / "cre/deploy/gunicorn.conf.py")).items():
        if name in cfg.settings:
            cfg.set(name, value)
    logger = cfg.logger_class(cfg)
    logger.error_log.setLevel(logging.DEBUG)
    handler = next(found for found in logger.error_log.handlers if getattr(found, "_gunicorn", False))
    handler.setStream(io.StringIO())
    yield logger, handler.stream
    logger.error_log.removeHandler(handler)


@pytest.mark.promise("P01")
@pytest.mark.promise("P22")
def test_the_web_server_writes_no_address_path_or_value(gunicorn):
    logger, written = gunicorn
    logger.warning(f"Invalid request from ip={ADDRESS}: {CANARY}")  # noqa: G004 - as gunicorn writes it
    try:
        raise ValueError(CANARY)
    except ValueError:
        logger.exception("Error handling request %s", f"/community/?{CANARY}")
    logger.access(None, None, {"REMOTE_ADDR": ADDRESS}, None)

    events = [line["event"] for line in lines(written)]
    assert [re.split("[ :]", event)[0] for event in events] == ["glogging.warning", "ValueError"]
    assert CANARY not in written.getvalue()
    assert ADDRESS not in written.getvalue()


def test_no_log_of_who_asked_for_what_is_kept():
    conf = runpy.run_path(str(ROOT / "cre/deploy/gunicorn.conf.py"))

    assert conf["accesslog"] is None
    assert "output file" not in Path(ROOT / "cre/deploy/Caddyfile").read_text()
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []


@shared_task(base=SystemTask, name="tests.failing_task")
def failing_task():
    raise ValueError(f"could not send {CANARY} to {ADDRESS}")


@pytest.mark.promise("P08")
@pytest.mark.promise("P22")
@pytest.mark.django_db
def test_a_task_that_fails_leaves_its_kind_and_place(log):
    result = failing_task.apply()

    assert isinstance(result.result, TaskFailed)
    assert CANARY not in log.getvalue()
    assert any("ValueError" in line["event"] for line in lines(log))


def test_a_demonstration_writes_for_people_and_all_else_for_machines():
    def renderer(**kind):
        return logging_config(level="INFO", **kind)["formatters"]["line"]["renderer"]

    assert isinstance(renderer(readable=True), structlog.dev.ConsoleRenderer)
    assert isinstance(renderer(readable=False), structlog.processors.JSONRenderer)
