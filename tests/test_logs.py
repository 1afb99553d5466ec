import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from intake import logs
from intake.logs import Event

SECRET = "Айгүл from cell 14, 10.20.30.40, Mozilla/5.0"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator["Lines"]:
    root = logging.getLogger()
    before = root.handlers, root.level
    for hook in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, hook, getattr(sys, hook))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield Lines()
    logging.captureWarnings(capture=False)
    root.handlers, root.level = before


class Lines:
    """What was logged since; it refuses to hand out a line that holds the secret."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        logs.configure(self.stream)

    def only(self) -> dict[str, Any]:
        text = self.stream.getvalue()
        for word in ("Айгүл", json.dumps("Айгүл")[1:-1], "cell", "10.20", "Mozilla"):
            assert word not in text
        (line,) = text.splitlines()
        told: dict[str, Any] = json.loads(line)
        return told


def fail() -> None:
    raise ValueError(SECRET)


def test_a_line_tells_what_happened_and_to_the_minute_when(lines: Lines) -> None:
    logs.record(Event.MAIL_FAILED, level="warning", kind="permanent", count=3)
    line = lines.only()
    assert line.pop("time")[-4:-3] == ":"
    assert line == {"event": "mail_failed", "level": "warning", "kind": "permanent", "count": 3}


def test_an_error_is_told_by_its_type_and_its_way(lines: Lines) -> None:
    try:
        fail()
    except ValueError as error:
        logs.record(Event.TASK_FAILED, level="error", error=error)
    line = lines.only()
    assert line["error"] == "ValueError"
    assert [place.rpartition(":")[0] for place in line["at"]] == [__name__, __name__]


def test_only_the_newest_part_of_a_long_way_is_told(lines: Lines) -> None:
    def deeper(left: int) -> None:
        if left == 0:
            fail()
        deeper(left - 1)

    try:
        deeper(30)
    except ValueError as error:
        logs.record(Event.TASK_FAILED, error=error)
    assert len(lines.only()["at"]) == 8


@pytest.mark.parametrize("name", ["endpoint", "kind"])
def test_a_name_that_is_no_name_is_dropped(lines: Lines, name: str) -> None:
    logs.record(Event.REQUEST_FAILED, **{name: SECRET})  # type: ignore[arg-type]
    assert name not in lines.only()


@pytest.mark.parametrize(
    ("logger", "message", "values", "event"),
    [
        ("gunicorn.error", f"Invalid request from ip={SECRET}", (), "library"),
        ("gunicorn.error", "Error handling request %s %s", ("GET", SECRET), "request_failed"),
        ("gunicorn.access", '%s "%s" "%s"', (SECRET, SECRET, SECRET), "library"),
        ("sqlalchemy.engine", "[parameters: %r]", (SECRET,), "library"),
        ("flask.app", f"Exception on /{SECRET} [GET]", (), "request_failed"),
        ("werkzeug", f"{SECRET} - - GET /", (), "library"),
        ("alembic.runtime", "%(text)s", ({"text": SECRET},), "library"),
        (f"named.{SECRET}", "x", (), "library"),
    ],
)
def test_a_library_s_line_carries_none_of_its_values(
    lines: Lines, logger: str, message: str, values: tuple[object, ...], event: str
) -> None:
    logging.getLogger(logger).error(message, *values)
    line = lines.only()
    assert (line["event"], line["level"]) == (event, "error")


def test_what_a_library_says_by_the_way_is_dropped(lines: Lines) -> None:
    logging.getLogger("alembic.runtime").info("Context impl %s", SECRET)
    assert lines.stream.getvalue() == ""


def test_a_library_s_error_is_told_without_its_words(lines: Lines) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("flask.app").exception("Exception on %s [%s]", SECRET, "GET")
    line = lines.only()
    assert (line["event"], line["error"]) == ("request_failed", "ValueError")


def test_an_object_as_message_is_not_printed(lines: Lines) -> None:
    logging.getLogger("some").error({"event": SECRET, "kind": SECRET})
    assert lines.only()["event"] == "library"


def test_values_that_do_not_fit_their_sentence_are_not_printed(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(lines.stream)  # once more, because pytest listens too and is less patient
    logging.getLogger("some").error("%d", SECRET)
    assert lines.only()["event"] == "library"
    assert capsys.readouterr().err == ""


def test_a_value_that_cannot_be_printed_is_not_printed_elsewhere(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    lines.stream.close()
    logging.getLogger("some").error("%s", SECRET)
    assert capsys.readouterr().err == ""


def test_extra_fields_do_not_pass(lines: Lines) -> None:
    logging.getLogger("some").error("x", extra={"kind": "smuggled", "answer": SECRET})
    assert lines.only().keys() == {"time", "event", "level", "at"}


def test_a_warning_is_told_without_its_words(lines: Lines) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning(SECRET, UserWarning, SECRET, 1)
    assert lines.only()["event"] == "library"


def test_a_thread_that_dies_is_told_without_its_last_words(lines: Lines) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    line = lines.only()
    assert (line["event"], line["error"]) == ("crashed", "ValueError")


def test_a_process_that_somebody_stops_with_the_keyboard_says_nothing() -> None:
    code = "from intake import logs; logs.configure(); raise KeyboardInterrupt"
    stopped = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert stopped.stderr == ""


def test_a_process_that_dies_says_nothing_else() -> None:
    code = f"from intake import logs; logs.configure(); raise ValueError({SECRET!r})"
    dead = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert dead.returncode == 1
    assert json.loads(dead.stderr) | {"time": ""} == {
        "time": "",
        "event": "crashed",
        "level": "error",
        "error": "ValueError",
        "at": ["__main__:1"],
    }
