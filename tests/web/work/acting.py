"""What coordinators do on the pages of steps, moves and decisions, and what they then see."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from intake.casework import Reader, Service
from intake.form.answers import Stored
from tests.casework.work.answering import STEPS, write
from tests.people import Sent, send_and_open, sister_report
from tests.visitor import Visited, Visitor

CONSENTS: dict[str, Stored] = {
    "consent": ("refer_internal", "state_complaint", "store"),
    "consent_giver": "victim",
    "victim_knowledge": "agreed",
    "reporter_role": "victim",
}
COMPLAINT = {
    "complaint_body": "prosecutor",
    "complaint_by": "coalition",
    "complaint_on": "18.11.2026",
    "complaint_words": "He was beaten, and nobody examined him.",
}
WHY = "He is free, at home and well."


@contextmanager
def full_disk(service: Service) -> Iterator[None]:
    """Let nothing new be stored, as SQLite words it."""

    def fail(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("INSERT"):
            raise OperationalError("", {}, Exception("database or disk is full"))

    event.listen(service.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(service.engine, "before_cursor_execute", fail)


def tab(ref: str) -> str:
    return f"/desk/cases/{ref}/steps"


def fill(visitor: Visitor, address: str, **fields: str | list[str]) -> Visited:
    """Open the form at this address, fill it in and send it."""
    return visitor.send(visitor.get(address), fields)


def fields_of(kind: str) -> dict[str, str | list[str]]:
    """The answers of `STEPS` as somebody types them."""
    return {name: _typed(value) for name, value in STEPS[kind].items()}


def _typed(value: Stored) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else str(value)


def case(reader: Reader, **told: Stored) -> Sent:
    """A report that `reader` has opened."""
    return send_and_open(reader, sister_report(told=told))


def allowed_case(reader: Reader) -> Sent:
    """A report of the person, who allows a complaint, with a safety plan."""
    sent = case(reader, **CONSENTS)
    write(reader, sent.ref, "safety_plan")
    return sent


def texts(visited: Visited) -> list[str]:
    """What stands in the large fields of a page."""
    return ["".join(e.words).lstrip("\r\n") for e in visited.page.all("textarea")]


def section(visited: Visited, heading: str) -> str:
    """The words of the part of a page that this heading names."""
    named = next(e for e in visited.page.all("h2") if e.text == heading)
    return next(e.text for e in named.ancestors if e.tag == "section")


def told(visited: Visited) -> str:
    """What a page raises an alarm about."""
    return " ".join(e.text for e in visited.page.elements if e.get("role") == "alert")
