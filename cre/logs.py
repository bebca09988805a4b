"""What a log line may say: what happened, where in the program, in which request; never with which values.

Every line is one JSON object. Whatever program wrote it, it passes `WithoutValues`: our own messages are written
to hold ids and codes only, of others only the fixed part is kept, and of an exception its type and its place.
"""

import logging
import logging.config
import re
import secrets
import sys
import threading
from collections.abc import Callable, MutableMapping
from types import TracebackType
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, Processor

logger = logging.getLogger(__name__)
# Our own loggers, whose messages are reviewed; a test reads all of them.
OUR_OWN = ("cre", "collaborators", "collaborations", "grants", "learning", "security")
# What a fact of a security event looks like: an id, a code, a word or two of a fixed list.
CODE = re.compile(r"[\w.: -]{0,64}")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")


class WithoutValues(logging.Filter):
    """Takes out of a record whatever may quote a person.

    The message of an exception may quote what somebody typed (a failed constraint shows the row), the request
    that Django attaches holds the whole form, and the messages of other programs hold addresses and paths.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if not getattr(record, "has_no_values", False):
            if record.exc_info and record.exc_info[0] is not None:
                record.msg, record.args = f"{record.exc_info[0].__name__} at {place_of(record.exc_info[2])}", ()
            elif record.name.partition(".")[0] not in OUR_OWN:
                record.msg, record.args = fixed_part(record), ()
        record.exc_info = record.exc_text = record.stack_info = None
        # Another handler with this filter may get the same record.
        record.has_no_values = True
        return True


def fixed_part(record: logging.LogRecord) -> str:
    """What the code of another program says in every case: its sentence before the values were put in.

    A sentence that was put together before it reached the log cannot be told from one with values: its place is
    named instead.
    """
    place = f"{record.module}.{record.funcName}:{record.lineno}"
    return f"{record.msg} ({place})" if record.args and isinstance(record.msg, str) else place


def place_of(trace: TracebackType | None) -> str:
    """Where in the code an error arose."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown place"


def only_codes(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Keep of the facts of a security event what can be an id or a code; anything else becomes dots."""
    return {name: fact if is_code(fact) else "…" for name, fact in event.items()}


def is_code(fact: Any) -> bool:
    return fact is None or isinstance(fact, int) or (isinstance(fact, str) and CODE.fullmatch(fact) is not None)


def on_one_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Nobody writes a second line into the log: control characters of a message become blanks."""
    event["event"] = CONTROL.sub(" ", str(event["event"]))
    return event


# The last steps of every line; those of structlog's own come through the standard library too.
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    on_one_line,
]


def line_format(renderer: Processor) -> logging.Formatter:
    """The formatter of a log handler."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )


def for_machines() -> Processor:
    return structlog.processors.JSONRenderer()


def for_people() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=False)


def logging_config(*, level: str, readable: bool, shows_crashes: bool = False) -> dict[str, Any]:
    """How everything logs, for `set_up`: `readable` for people instead of machines.

    `shows_crashes` leaves it to Python to print the traceback of a program that ends, with all its values.
    """
    quiet = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "shows_crashes": shows_crashes,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": line_format, "renderer": for_people() if readable else for_machines()}},
        "filters": {"quiet": {"()": WithoutValues}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]}},
        "root": {"handlers": ["console"], "level": level},
        # Django would mail errors with all their values, and write addresses of its own server's visitors.
        "loggers": {"django": quiet, "django.server": quiet | {"level": "WARNING"}},
    }


def set_up(config: MutableMapping[str, Any]) -> None:
    """What LOGGING_CONFIG names: our own events take the same way as everybody's lines."""
    structlog.configure(
        processors=[only_codes, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    logging.config.dictConfig(dict(config))
    logging.captureWarnings(True)
    # A line that cannot be written would be printed with its values instead.
    logging.raiseExceptions = False
    if not config["shows_crashes"]:
        sys.excepthook = note_crash
        threading.excepthook = note_crash_of_thread
        sys.unraisablehook = note_crash_of_thread


def note_crash(kind: type[BaseException], crash: BaseException, trace: TracebackType | None) -> None:
    """Log that a program ends, or a part of it, because of something that nobody caught."""
    logger.critical("Nobody caught this.", exc_info=(kind, crash, trace))


def note_crash_of_thread(crash: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
    """The same for a thread, and for what goes wrong while Python tidies up."""
    logger.critical("Nobody caught this.", exc_info=crash.exc_value or True)


class RequestLogMiddleware:
    """Gives every request a random id, so that its lines are found together; nothing else of it is noted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with structlog.contextvars.bound_contextvars(request=secrets.token_hex(8), view=""):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Note which page it is, by its name: an address may hold a secret."""
        match = request.resolver_match
        structlog.contextvars.bind_contextvars(view=match.view_name if match else "")
