"""Sixteen example cases with invented details, one for each worked case of domain 6.4."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any, Final

from intake.casework.demo_report import DemoReport, with_gates
from intake.form import events
from intake.form.answers import Answers, Item
from intake.form.dates import CivilDate
from intake.form.moments import ZONE
from intake.form.questionnaire import BY_NAME, REPEATED
from intake.form.questions import Question
from intake.triage.levels import Level

_MOMENTS: Final[Mapping[str, tuple[Question[Any], Question[Any]]]] = {
    "detained": (events.DETAINED_ON, events.DETAINED_TIME),
    "act": (events.ACT_DATE_TO, events.ACT_TIME_TO),
}


@dataclass(frozen=True)
class DemoCase(DemoReport):
    """A report of the demo, and what triage finds in it now."""

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
    told = _moments(row, _told(row, now), now)
    for name, item in _things(row, now):
        told = told.with_item(REPEATED[name], item)
    return DemoCase(
        key=row["key"],
        language=row["language"],
        route=row["route"],
        channel=row["channel"],
        received_at=now - timedelta(minutes=row["minutes_ago"]),
        answers=with_gates(told),
        level=Level.of(row["level"]),
        points=row["points"],
        factors=tuple(row["factors"]),
    )


def _things(row: Mapping[str, Any], now: datetime) -> Iterator[tuple[str, Item]]:
    """The things that repeat, with the name of their kind."""
    for name in REPEATED:
        for thing in row.get(name, ()):
            yield name, Item(thing["id"], _told(thing, now))


def _told(row: Mapping[str, Any], now: datetime) -> Answers:
    """The answers of a case or of a thing, with days counted from now."""
    answers = Answers.from_json(row["answers"])
    for name, days in row.get("days", {}).items():
        day = (now - timedelta(days=days)).astimezone(ZONE).date()
        answers = answers.having(BY_NAME[name], CivilDate(day))
    return answers


def _moments(row: Mapping[str, Any], answers: Answers, now: datetime) -> Answers:
    for name, hours in row.get("moments", {}).items():
        day, time = _MOMENTS[name]
        moment = (now - timedelta(hours=hours)).astimezone(ZONE)
        answers = answers.having(day, CivilDate(moment.date()))
        answers = answers.having(time, moment.time().replace(second=0, microsecond=0))
    return answers
