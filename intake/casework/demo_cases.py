"""Sixteen example cases with invented details, one for each worked case of domain 6.4."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any, Final

from intake.form import aftermath, events
from intake.form.answers import Answers
from intake.form.dates import CivilDate
from intake.form.questions import Question
from intake.triage.levels import Level
from intake.triage.moments import ZONE

_MOMENTS: Final[Mapping[str, tuple[Question[Any], Question[Any]]]] = {
    "detained": (events.DETAINED_ON, events.DETAINED_TIME),
    "act": (events.ACT_DATE_TO, events.ACT_TIME_TO),
}
_DAYS: Final[Mapping[str, Question[Any]]] = {
    question.name: question
    for question in (
        events.DETAINED_ON,
        events.RELEASED_ON,
        events.ACT_DATE_TO,
        aftermath.DIED_ON,
        aftermath.COMPLAINT_FILED_ON,
    )
}


@dataclass(frozen=True)
class DemoCase:
    """A report as somebody sent it, and what triage finds in it now."""

    key: str
    language: str
    route: str
    channel: str
    received_at: datetime
    answers: Answers = field(repr=False)
    level: Level
    points: int
    factors: tuple[str, ...]


def demo_cases(now: datetime) -> tuple[DemoCase, ...]:
    """The sixteen, in the order of domain 6.4; their events lie before `now` (UTC)."""
    return tuple(_case(row, now) for row in _rows())


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    text = (files("intake.casework") / "data" / "demo.toml").read_text("utf-8")
    return tuple(loads(text)["case"])


def _case(row: Mapping[str, Any], now: datetime) -> DemoCase:
    return DemoCase(
        key=row["key"],
        language=row["language"],
        route=row["route"],
        channel=row["channel"],
        received_at=now - timedelta(minutes=row["minutes_ago"]),
        answers=_answers(row, now),
        level=Level.of(row["level"]),
        points=row["points"],
        factors=tuple(row["factors"]),
    )


def _answers(row: Mapping[str, Any], now: datetime) -> Answers:
    answers = Answers.from_json(row["answers"])
    for name, hours in row.get("moments", {}).items():
        day, time = _MOMENTS[name]
        moment = (now - timedelta(hours=hours)).astimezone(ZONE)
        answers = answers.having(day, CivilDate(moment.date()))
        answers = answers.having(time, moment.time().replace(second=0, microsecond=0))
    for name, days in row.get("days", {}).items():
        moment = (now - timedelta(days=days)).astimezone(ZONE)
        answers = answers.having(_DAYS[name], CivilDate(moment.date()))
    return answers
