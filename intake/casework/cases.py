"""What a coordinator does with one case: open, read, take, raise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from intake.case.stages import BY_CODE
from intake.casework import additions, patterns
from intake.casework.case_documents import Document
from intake.casework.case_file import CaseFile, opened
from intake.casework.case_rows import found_or_nobody
from intake.casework.codec import instant, moment
from intake.casework.errors import Conflict, NotOpened
from intake.casework.reader import Reader
from intake.casework.team import hand_overs
from intake.casework.work.doing import Doers, go
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.vocabularies import vocabulary
from intake.roles import Permission
from intake.store.people import MemberRow
from intake.triage import Level, Raise


@dataclass(frozen=True)
class Section:
    """One document of the report; `answers` is None where her keys do not open it.

    `passed` and `skipped` are slugs of the form's steps, as far as this document names them.
    `consents` are what was given, each as `Consent.to_json` writes it. `older` are the names
    of answers about ways to reach somebody that hold no longer: a later page `replaces` them.
    `by` is the handle of the lawyer who added it, where one did.
    """

    compartment: str
    kind: str
    at: datetime | None
    author: str | None
    answers: Mapping[str, object] | None = field(repr=False)
    language: str = ""
    passed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    consents: tuple[Mapping[str, str | None], ...] = field(default=(), repr=False)
    is_for_trained: bool = False
    replaces: tuple[str, ...] = ()
    older: frozenset[str] = frozenset()
    by: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it was written only so that each addition leaves the same rows."""
        is_told = bool(self.answers or self.consents)
        return self.kind == "correction" and self.answers is not None and not is_told


@dataclass(frozen=True)
class Report:
    """The report by compartment, and what was changed behind the program's back."""

    sections: tuple[Section, ...] = field(repr=False)
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """Who holds the case now, and whether it was this request that took it."""

    won: bool
    holder: str


def open_case(reader: Reader, ref: str, *, now: datetime) -> None:
    """Open the report: received → screening the first time; a repeated click leaves no line."""
    on_place = _reports_on_its_place(reader, ref, now)
    with opened(reader, ref, "opened", now=now) as file:
        additions.merge(file)
        patterns.keep(file, on_place)
        if file.row.stage == "received":
            go(file, BY_CODE["received_to_screening"], Answers(), Doers(reader.member))
        if not file.is_changed:
            file.act = None


def _reports_on_its_place(reader: Reader, ref: str, now: datetime) -> int:
    """Counted when somebody opens it first."""
    reader.demand(Permission.OPEN_CASE)
    with reader.service.reading() as session:
        row = found_or_nobody(session, ref)
    if row.stage != "received":
        return 0
    return patterns.reports_on_its_place(reader, row.id, now=now)


def read_report(reader: Reader, ref: str, *, now: datetime) -> Report:
    """Every compartment that her keys open; `NotAllowed` before the case was opened."""
    with opened(reader, ref, "read_report", now=now) as file:
        demand_opened(file)
        differences = file.differences
        additions.merge(file, shown=additions.IN_REPORT)
        return Report(sections_of(file), differences)


def sections_of(file: CaseFile) -> tuple[Section, ...]:
    """The report by compartment, as far as the keys of this reader open it."""
    sections = [_section(document) for document in file.documents("report", "correction")]
    told = [section for section in sections if not section.is_empty]
    return tuple(sorted(_with_older(told), key=_order))


def _with_older(sections: Sequence[Section]) -> list[Section]:
    return [replace(one, older=frozenset(_replaced(one, sections))) for one in sections]


def _replaced(section: Section, all_sections: Sequence[Section]) -> Iterator[str]:
    """The names in `section` that a later one tells anew."""
    for other in all_sections:
        if section.at and other.at and other.at > section.at:
            yield from set(other.replaces) & set(section.answers or {})


def raise_urgency(
    reader: Reader, ref: str, level: str, reason: str, *, version: int, now: datetime
) -> None:
    """Make the case more urgent than the rules say; a reason is kept with it.

    Raises `Conflict` when the case was changed meanwhile, `ValueError` when it is no rise.
    """
    reader.demand(Permission.RAISE_URGENCY)
    detail = {"level": level}
    with opened(reader, ref, "urgency_raised", detail=detail, now=now) as file:
        _demand_version(file, version)
        if level not in vocabulary("urgency") or Level.of(level) <= Level.of(file.row.level):
            raise ValueError("Only a higher level is a rise.")
        file.change_facts(raised=Raise(Level.of(level), reader.handle, now))
        content = {"text": reason, "by": reader.handle, "raised_to": level}
        file.add_document(Compartment.WORK, "note", content)


def take(reader: Reader, ref: str, *, now: datetime) -> Taken:
    """Hold the case, unless somebody does already."""
    reader.demand(Permission.TAKE_CASE)
    with opened(reader, ref, "taken", now=now) as file:
        holder = file.row.holder
        if holder is None:
            hand_overs.close(file.session, file.keys, by=reader.member)  # of an earlier holder
            file.row.holder = reader.member
            file.is_changed = True
            return Taken(won=True, holder=reader.handle)
        file.act = None
        handle = file.session.get_one(MemberRow, holder).handle
        return Taken(won=holder == reader.member, holder=handle)


def demand_opened(file: CaseFile) -> None:
    """`NotOpened` before somebody has opened the report."""
    if file.row.stage == "received":
        raise NotOpened


def _demand_version(file: CaseFile, version: int) -> None:
    if file.row.version != version:
        raise Conflict


def _section(document: Document) -> Section:
    if document.content is None:
        return Section(document.compartment, document.kind, None, None, None)
    content = document.content
    return Section(
        document.compartment,
        document.kind,
        moment(content["at"]),
        content["author"],
        content["answers"],
        content.get("language", ""),
        tuple(content.get("passed", ())),
        tuple(content.get("skipped", ())),
        tuple(content.get("consents", ())),
        bool(content.get("trained_only")),
        tuple(content.get("replaces", ())),
        by=str(content.get("by", "")),
    )


def _order(section: Section) -> tuple[bool, int, str]:
    compartments = list(Compartment)
    when = instant(section.at) if section.at else ""
    return (
        section.kind != "report",
        compartments.index(Compartment(section.compartment)),
        when,
    )
