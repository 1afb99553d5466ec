"""The files of a case for who may read it: safe copies, and the original by a deliberate act.

Which files open is decided by the keys that open the documents in which their manifests lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from intake.casework import additions
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened, sections_of
from intake.casework.errors import CaseworkError, StorageBusy
from intake.casework.reader import Reader
from intake.casework.service import Service
from intake.cleaning import KINDS, Cleaned, cleaned
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.files import EVERY
from intake.form.manifest import Manifest
from intake.form.questions import Attached
from intake.store.blob_errors import BlobError, NoPieceError
from intake.vault import Key, UnsealError, open_file

LOOKED_AT: Final = "read_file"
TAKEN_OUT: Final = "read_original"
_INTIMATE_ACTS: Final = {
    LOOKED_AT: "read_intimate_file",
    TAKEN_OUT: "read_intimate_original",
}
"""Private pictures have a log of reading of their own (E12)."""


class NoSuchFile(CaseworkError):  # noqa: N818
    """There is no such file, or this member may not know of it."""


class DamagedFile(CaseworkError):  # noqa: N818
    """What is stored of the file is not what was sent."""


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
        return tuple(_papers(file))


def safe_copy(reader: Reader, ref: str, id_: UUID, *, now: datetime) -> Cleaned:
    """A copy made anew without what does not belong to the picture or page.

    Raises `NoSuchFile`, `DamagedFile` and `cleaning.NotCleaned`.
    """
    paper = _known(reader, ref, id_, LOOKED_AT, now=now)
    return cleaned(_content(reader.service, paper.manifest), KINDS[paper.manifest.kind])


def original(
    reader: Reader, ref: str, id_: UUID, *, now: datetime
) -> tuple[CasePaper, Iterator[bytes]]:
    """The file as it was sent, in parts; `NoSuchFile`, and `DamagedFile` while it is read."""
    paper = _known(reader, ref, id_, TAKEN_OUT, now=now)
    return paper, _content(reader.service, paper.manifest)


def _known(reader: Reader, ref: str, id_: UUID, act: str, *, now: datetime) -> CasePaper:
    """The file of this id, with its line in the log; nothing long is done meanwhile."""
    with opened(reader, ref, act, detail={"file": id_.hex}, now=now) as file:
        demand_opened(file)
        for paper in _papers(file):
            if paper.manifest.id == id_:
                file.act = _INTIMATE_ACTS[act] if paper.is_intimate else act
                return paper
        raise NoSuchFile


def _papers(file: CaseFile) -> Iterator[CasePaper]:
    for section in sections_of(file):
        answers = Answers.from_json(section.answers or {})
        for things in EVERY:
            for item in answers.of(things):
                for question in things.questions:
                    if isinstance(question, Attached) and (found := item.answers[question]):
                        is_intimate = question.compartment is Compartment.INTIMATE
                        yield CasePaper(found, is_intimate, section.at, item.answers)


def _content(service: Service, manifest: Manifest) -> Iterator[bytes]:
    pieces = partial(service.blobs.get, manifest.id)
    try:
        yield from open_file(
            Key(manifest.key), pieces, file=manifest.id, length=manifest.length
        )
    except (UnsealError, NoPieceError):
        raise DamagedFile from None
    except BlobError:
        raise StorageBusy from None
