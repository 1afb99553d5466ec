"""The files of a case for who may read it: safe copies, and the original by a deliberate act.

Which files open is decided by the keys that open the documents in which their manifests lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from intake.casework import additions
from intake.casework.case_file import opened
from intake.casework.cases import Section, demand_opened, sections_of
from intake.casework.errors import CaseworkError
from intake.casework.files import pieces
from intake.casework.given import narrow_to_given
from intake.casework.reader import Reader
from intake.cleaning import KINDS, Cleaned, cleaned
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.files import attached
from intake.form.manifest import Manifest
from intake.roles import Permission

LOOKED_AT: Final = "read_file"
TAKEN_OUT: Final = "read_original"
_INTIMATE_ACTS: Final = {
    LOOKED_AT: "read_intimate_file",
    TAKEN_OUT: "read_intimate_original",
}
"""Private pictures have a log of reading of their own (E12)."""


class NoSuchFile(CaseworkError):  # noqa: N818
    """There is no such file, or this member may not know of it."""


@dataclass(frozen=True)
class CasePaper:
    """One file of a case with what was said of it, and when it came."""

    manifest: Manifest = field(repr=False)
    is_intimate: bool
    at: datetime | None
    told: Answers = field(repr=False)


def papers(reader: Reader, ref: str, *, now: datetime) -> tuple[CasePaper, ...]:
    """The files that her keys open, oldest first; it leaves a line as the report does."""
    with opened(reader, ref, "read_report", now=now) as file:
        demand_opened(file)
        additions.merge(file, shown=additions.IN_REPORT)
        return tuple(papers_in(sections_of(file)))


def papers_in(sections: Iterable[Section]) -> Iterator[CasePaper]:
    """The files of what was opened of a report."""
    for section in sections:
        for one in attached(Answers.from_json(section.answers or {})):
            is_intimate = one.question.compartment is Compartment.INTIMATE
            yield CasePaper(one.manifest, is_intimate, section.at, one.item.answers)


def safe_copy(
    reader: Reader,
    ref: str,
    id_: UUID,
    *,
    needs: Permission = Permission.OPEN_CASE,
    now: datetime,
) -> Cleaned:
    """A copy made anew without what does not belong to the picture or page.

    Who needs no more than `READ_GRANTED` opens what was given to her. Raises `NoSuchFile`,
    `pieces.DamagedFile` and `cleaning.NotCleaned`.
    """
    paper = _known(reader, ref, id_, LOOKED_AT, needs=needs, now=now)
    content = pieces.content(reader.service, paper.manifest)
    return cleaned(content, KINDS[paper.manifest.kind])


def original(
    reader: Reader,
    ref: str,
    id_: UUID,
    *,
    needs: Permission = Permission.OPEN_CASE,
    now: datetime,
) -> tuple[CasePaper, Iterator[bytes]]:
    """The file as it was sent, in parts; `pieces.DamagedFile` while it is read.

    `needs` is as for `safe_copy`; raises `NoSuchFile`.
    """
    paper = _known(reader, ref, id_, TAKEN_OUT, needs=needs, now=now)
    return paper, pieces.content(reader.service, paper.manifest)


def _known(
    reader: Reader, ref: str, id_: UUID, act: str, *, needs: Permission, now: datetime
) -> CasePaper:
    """The file of this id, with its line in the log; nothing long is done meanwhile."""
    detail = {"file": id_.hex}
    with opened(reader, ref, act, detail=detail, needs=needs, now=now) as file:
        demand_opened(file)
        if needs is Permission.READ_GRANTED:
            narrow_to_given(file)
        for paper in papers_in(sections_of(file)):
            if paper.manifest.id == id_:
                file.act = _INTIMATE_ACTS[act] if paper.is_intimate else act
                return paper
        raise NoSuchFile
