"""Keeping with a case that several reports came on its place: found by looking at sheets."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from intake.casework.case_file import CaseFile, opened
from intake.casework.errors import UnknownCase
from intake.casework.finding.places import number_on_place, on_places
from intake.casework.reader import Reader
from intake.roles import Permission
from intake.store import cases
from intake.triage import PATTERN

FOUND: Final = "pattern_found"
"""The line in the log of a case with which others came on the same place."""


def reports_on_its_place(reader: Reader, case: UUID, *, now: datetime) -> int:
    """How many reports of the last 30 days are on the place of this one; 0 where none is told.

    Asked before the case is opened for writing, since a writer keeps others waiting.
    """
    with reader.service.reading() as session:
        return number_on_place(reader, session, case, now=now)


def keep(file: CaseFile, number: int) -> None:
    """Keep with the facts how many it were; what was found once stays found."""
    if number > file.facts.pattern_count:
        file.change_facts(pattern_count=number)


def go_on(reader: Reader, *, now: datetime, at_most: int) -> int:
    """Keep it with earlier reports to which later ones came; how many it were."""
    if not reader.may(Permission.READ_QUEUE):
        return 0
    with reader.service.reading() as session:
        found = on_places(reader, session, now=now)
        new = {
            id_: one.number
            for id_, one in found.items()
            if one.number >= PATTERN and not one.is_known
        }
        rows = cases.rows(session, list(new)[:at_most])
        numbers = {row.ref: new[row.id] for row in rows}
    return sum(_kept(reader, ref, number, now) for ref, number in numbers.items())


def _kept(reader: Reader, ref: str, number: int, now: datetime) -> bool:
    try:
        with opened(reader, ref, FOUND, now=now) as file:
            keep(file, number)
            file.act = FOUND if file.is_changed else None
            return file.is_changed
    except UnknownCase:  # somebody changed a row: doctor says which
        return False
