"""The ways of a case to another stage, with what must be done before each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import url_for

from intake.case import ENDED
from intake.case.guards import Way
from intake.web.staff_pages import label
from intake.web.work import words
from intake.web.work.words import Missing

AT_ANY_TIME: Final = (words.WITHDRAWAL, words.ERASING)


@dataclass(frozen=True)
class WayLine:
    """One way to another stage, with what must be done before."""

    code: str
    title: str
    condition: str
    people: int
    missing: list[Missing]
    address: str
    closes: bool = False

    @property
    def is_open(self) -> bool:
        return not self.missing


def way_lines(ref: str, ways: Iterable[Way]) -> list[WayLine]:
    """The ways from here, those that are open first, and of both those that close it last."""
    lines = [way_line(ref, way) for way in ways]
    return sorted(lines, key=lambda line: (not line.is_open, line.closes))


def way_line(ref: str, way: Way) -> WayLine:
    """One way in words."""
    is_opening = way.code == words.OPENING
    return WayLine(
        way.code,
        words.way_title(way.code),
        label("transition", way.code),
        way.people,
        words.missing_lines(ref, way.missing, "missing"),
        url_for("cases.overview", ref=ref)
        if is_opening
        else url_for("moving.ask", ref=ref, way=way.code),
        way.target in ENDED,
    )
