"""A filing as it is kept: sealed to the member who writes it, with the key to what it tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.codec import instant, moment
from intake.casework.errors import UnknownCase
from intake.casework.reader import Reader
from intake.casework.team import papers
from intake.casework.team.papers import Paper
from intake.form.draft import Draft
from intake.vault import Key

KIND: Final = "filing"


@dataclass(frozen=True)
class SentFile:
    """A file that went with the report: its name, length in bytes and SHA-256 in hex."""

    name: str = field(repr=False)
    length: int
    sha256: str = field(repr=False)


@dataclass(frozen=True)
class Told:
    """What the member may still know of what she sent; the report itself opens for her no more.

    `parts` are slugs of sections, `papers` codes of `authority_doc`, `authority_until` the last
    day of her paper as it was said; `next` is what the next client's report would begin with.
    """

    parts: tuple[str, ...] = ()
    files: tuple[SentFile, ...] = ()
    papers: tuple[str, ...] = ()
    authority_until: str = ""
    language: str = ""
    next: Draft = field(default_factory=Draft, repr=False)


@dataclass(frozen=True)
class Followed:
    """The case in which she follows the conversation, by the key of that."""

    case: UUID
    ref: str
    mail_key: Key = field(repr=False)
    since: datetime
    read_until: datetime


@dataclass(frozen=True)
class Filing:
    """One filing; `once` is empty when its code was handed over, or never was hers.

    `name` is what the member calls it. With `is_recorded` it is what a coordinator recorded:
    nobody follows that, the case opens at the desk.
    """

    id: UUID
    revision: int
    at: datetime
    name: str = field(repr=False)
    is_recorded: bool = False
    once: str = field(default="", repr=False)
    told: Told | None = field(default=None, repr=False)
    followed: Followed | None = field(default=None, repr=False)

    @property
    def is_sent(self) -> bool:
        return self.followed is not None

    def to_json(self) -> dict[str, object]:
        return {
            "at": instant(self.at),
            "name": self.name,
            "recorded": self.is_recorded,
            "once": self.once,
            "told": _told_json(self.told) if self.told else None,
            "followed": _followed_json(self.followed) if self.followed else None,
        }


def filings(reader: Reader, session: Session) -> Iterator[Filing]:
    """Every filing of the reader that opens, in no order."""
    for paper in papers.own(reader, session, KIND):
        yield _filing(paper)


def filing(reader: Reader, session: Session, id_: UUID) -> Filing:
    """One filing of the reader; `UnknownCase` for every other id."""
    paper = papers.own_paper(reader, session, KIND, id_)
    if paper is None:
        raise UnknownCase
    return _filing(paper)


def is_kept(reader: Reader, session: Session, id_: UUID) -> bool:
    """Whether there is such a filing of the reader."""
    return papers.own_paper(reader, session, KIND, id_) is not None


def keep(reader: Reader, session: Session, changed: Filing) -> bool:
    """Keep a filing in the place of its revision; as `papers.keep_own`."""
    seen = changed.revision
    return papers.keep_own(reader, session, KIND, changed.id, changed.to_json(), seen=seen)


def _filing(paper: Paper) -> Filing:
    content = paper.content
    told, followed = content["told"], content["followed"]
    return Filing(
        paper.id,
        paper.revision,
        moment(content["at"]),
        content["name"],
        content["recorded"],
        content["once"],
        _told(told) if told else None,
        _followed(followed) if followed else None,
    )


def _told_json(told: Told) -> dict[str, object]:
    return {
        "parts": list(told.parts),
        "files": [[file.name, file.length, file.sha256] for file in told.files],
        "papers": list(told.papers),
        "authority_until": told.authority_until,
        "language": told.language,
        "next": told.next.to_json(),
    }


def _told(content: Mapping[str, Any]) -> Told:
    return Told(
        tuple(content["parts"]),
        tuple(SentFile(*file) for file in content["files"]),
        tuple(content["papers"]),
        content["authority_until"],
        content["language"],
        Draft.from_json(content["next"]),
    )


def _followed_json(followed: Followed) -> dict[str, object]:
    return {
        "case": followed.case.hex,
        "ref": followed.ref,
        "mail_key": followed.mail_key.raw.hex(),
        "since": instant(followed.since),
        "read_until": instant(followed.read_until),
    }


def _followed(content: Mapping[str, Any]) -> Followed:
    return Followed(
        UUID(content["case"]),
        content["ref"],
        Key(bytes.fromhex(content["mail_key"])),
        moment(content["since"]),
        moment(content["read_until"]),
    )
