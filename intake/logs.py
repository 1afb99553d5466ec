"""Logs of a closed set of facts: what happened and where in the code, never a value.

Nothing that somebody typed, no address, no user agent and no error's own words can pass: every
field is known, and each value is a number or has the shape of a name in our code.
"""

import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from datetime import UTC, datetime
from enum import StrEnum
from traceback import walk_tb
from types import TracebackType
from typing import Any, Final, Literal, TextIO

import structlog
from typing_extensions import override

Level = Literal["info", "warning", "error"]
Fields = MutableMapping[str, Any]

NEWEST_FRAMES: Final = 8
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,63}")
PLACE: Final = re.compile(r"[A-Za-z0-9_.<>]{1,96}:[0-9]{1,6}")


class Event(StrEnum):
    """Everything that a line can tell."""

    SERVING = "serving"
    STOPPING = "stopping"
    PROCESS_STARTED = "process_started"
    PROCESS_ENDED = "process_ended"
    PROCESS_HUNG = "process_hung"
    REQUEST_REFUSED = "request_refused"
    REQUEST_FAILED = "request_failed"
    TASK_FAILED = "task_failed"
    MAIL_FAILED = "mail_failed"
    STORAGE_LOW = "storage_low"
    STORAGE_BUSY = "storage_busy"
    DATABASE_UPGRADED = "database_upgraded"
    PINS_DIFFER = "pins_differ"
    AUDIT_BROKEN = "audit_broken"
    CRASHED = "crashed"
    LIBRARY = "library"  # a library said something; `at` tells which line of it


# What libraries say is known by how it begins in their code; their values are dropped.
KNOWN: Final = (
    ("Listening at: ", Event.SERVING),
    ("Booting worker ", Event.PROCESS_STARTED),
    ("Worker exiting ", Event.PROCESS_ENDED),
    ("WORKER TIMEOUT ", Event.PROCESS_HUNG),
    ("Shutting down: ", Event.STOPPING),
    ("Error handling request", Event.REQUEST_FAILED),
    ("Exception on ", Event.REQUEST_FAILED),
)


def record(  # noqa: PLR0913 - these are all the fields there are
    event: Event,
    *,
    level: Level = "info",
    endpoint: str | None = None,
    kind: str | None = None,
    status: int | None = None,
    count: int | None = None,
    error: BaseException | None = None,
) -> None:
    """Write one line; `endpoint` and `kind` are names in our code, never something typed."""
    fields = {"endpoint": endpoint, "kind": kind, "status": status, "count": count}
    told = {name: value for name, value in fields.items() if value is not None}
    getattr(_OURS, level)(event, exc_info=error, **told)


def configure(stream: TextIO | None = None) -> None:
    """Send all lines of this process, and what it dies of, to `stream` (standard error)."""
    handler = _Handler(stream)
    handler.addFilter(_is_worth_a_line)
    handler.setFormatter(_FORMATTER)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _crashed
    threading.excepthook = lambda args: record(
        Event.CRASHED, level="error", error=args.exc_value
    )
    sys.unraisablehook = lambda args: record(Event.CRASHED, level="error", error=args.exc_value)


class _Handler(logging.StreamHandler[TextIO]):
    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Stay silent: the standard way prints the values that could not be written."""


def _crashed(
    kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        record(Event.CRASHED, level="error", error=error)


def _is_worth_a_line(line: logging.LogRecord) -> bool:
    is_ours = line.name == _LOGGER.name
    return is_ours or line.levelno >= logging.WARNING or _known(line.msg) is not Event.LIBRARY


def _known(said: object) -> Event:
    known = (event for beginning, event in KNOWN if str(said).startswith(beginning))
    return next(known, Event.LIBRARY)


def _by_a_library(_logger: object, level: str, fields: Fields) -> Fields:
    source = fields["_record"]
    fields["at"] = [f"{source.name}.{source.module}:{source.lineno}"]
    fields["event"] = _known(fields["event"])
    fields["level"] = level
    return fields


def _without_words(_logger: object, _level: str, fields: Fields) -> Fields:
    """The error's type and its way through the code; its own words may hold a secret."""
    error = fields.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        frames = [
            f"{frame.f_globals.get('__name__', '')}:{line}"
            for frame, line in walk_tb(error.__traceback__)
        ]
        fields["error"] = type(error).__name__
        fields["at"] = frames[-NEWEST_FRAMES:]
    return fields


def _only_known(_logger: object, _level: str, fields: Fields) -> Fields:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")
    allowed = {name: value for name, value in fields.items() if _may_pass(name, value)}
    return {"time": now, **allowed}


def _may_pass(name: str, value: object) -> bool:
    match name:
        case "event":
            return isinstance(value, Event)
        case "level" | "endpoint" | "kind" | "error":
            return isinstance(value, str) and NAME.fullmatch(value) is not None
        case "status" | "count":
            return isinstance(value, int)
        case "at":
            return isinstance(value, list) and all(map(PLACE.fullmatch, value))
        case _:
            return False


_FORMATTER: Final = structlog.stdlib.ProcessorFormatter(
    foreign_pre_chain=[_by_a_library],
    processors=[_without_words, _only_known, structlog.processors.JSONRenderer()],
    use_get_message=False,
)
_LOGGER: Final = logging.getLogger("intake")
_OURS: Final = structlog.wrap_logger(
    _LOGGER,
    processors=[
        structlog.stdlib.add_log_level,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    wrapper_class=structlog.stdlib.BoundLogger,
)
