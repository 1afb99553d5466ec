"""Whom a report tells of; nobody splits what she may not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import Section, demand_opened, sections_of
from intake.casework.errors import CaseworkError
from intake.casework.reader import Reader
from intake.casework.splitting import link_boxes
from intake.casework.splitting.concerns import PARTS, SEXUAL
from intake.casework.splitting.link_boxes import FIRST
from intake.casework.splitting.telling import Choice, whole
from intake.form import repeating
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.roles import Permission


class NeedsTrainedReader(CaseworkError):  # noqa: N818 - reads as what is the matter
    """The words are for trained handlers: nobody splits what she may not read."""


class NobodyChosen(CaseworkError):  # noqa: N818
    """Nobody was chosen, or somebody whom the report does not name, or too much at once."""


@dataclass(frozen=True)
class Person:
    """Somebody whom the report names beside the first person, as it told it."""

    id: str
    answers: Answers = field(repr=False)
    has_own_case: bool


@dataclass(frozen=True)
class Splitting:
    """What a coordinator chooses from; `parts` are codes of `split_part` that were told."""

    persons: tuple[Person, ...]
    parts: tuple[str, ...]
    version: int
    may_read: bool
    differences: tuple[str, ...]


def splitting(reader: Reader, ref: str, *, now: datetime) -> Splitting:
    """Whom the report names; reading the names is a line in the log."""
    reader.demand(Permission.MOVE_CASE)
    with opened(reader, ref, "read_split", now=now) as file:
        demand_opened(file)
        found = file.differences
        if not may_read(file):
            return Splitting((), (), file.row.version, may_read=False, differences=found)
        answers, gone = answers_of(file), _with_own_case(file)
        things = answers.of(repeating.PERSONS)
        persons = tuple(Person(it.id, it.answers, it.id in gone) for it in things)
        parts = tuple(_told_parts(answers, is_trained=reader.is_trained))
        return Splitting(persons, parts, file.row.version, may_read=True, differences=found)


def demand(file: CaseFile, choice: Choice) -> None:
    """Nothing where the choice can be made; `NeedsTrainedReader`, `NobodyChosen`."""
    if not may_read(file):
        raise NeedsTrainedReader
    answers = answers_of(file)
    known = {it.id for it in answers.of(repeating.PERSONS)} - _with_own_case(file)
    told = set(_told_parts(answers, is_trained=file.reader.is_trained))
    is_known = known.issuperset(choice.persons) and told.issuperset(choice.parts)
    if not choice.is_one or not is_known:
        raise NobodyChosen


def may_read(file: CaseFile) -> bool:
    """Whether all that goes along opens; where words are for the trained, she is one."""
    if file.facts.needs_trained_reader and not file.reader.is_trained:
        return False
    is_open = (
        section.answers is not None
        for section in sections_of(file)
        if file.reader.is_trained or section.compartment != Compartment.INTIMATE
    )
    return all(is_open)


def answers_of(file: CaseFile) -> Answers:
    """All that was told, the first report before what came later."""
    told = sorted(sections_of(file), key=_order)
    return whole(Answers.from_json(_in_force(section)) for section in told)


def _order(section: Section) -> tuple[bool, float]:
    return section.kind != "report", section.at.timestamp() if section.at else 0.0


def _in_force(section: Section) -> dict[str, object]:
    """Answers without ways to reach somebody that hold no longer."""
    told = section.answers or {}
    return {name: value for name, value in told.items() if name not in section.older}


def _with_own_case(file: CaseFile) -> set[str]:
    """The ids of those for whom a case was split off, and the link holds."""
    links = link_boxes.of_case(file.session, file.keys)
    return {one for link in links if link.side == FIRST and link.stands for one in link.persons}


def _told_parts(answers: Answers, *, is_trained: bool) -> Iterator[str]:
    told = answers.values.keys() | answers.items.keys()
    for part, names in PARTS.items():
        if told & names and (is_trained or part != SEXUAL):
            yield part
