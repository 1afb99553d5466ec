"""Tags: words of the team's own that stand on cases; a case names their ids alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.case_file import opened
from intake.casework.codec import instant, moment
from intake.casework.errors import CaseworkError, Conflict
from intake.casework.reader import Reader
from intake.casework.team import papers
from intake.casework.team.papers import Paper
from intake.roles import Permission

KIND: Final = "tag"
MOST: Final = 8
"""Tags on one case: facts stay below the size to which all are padded."""


class NameTaken(CaseworkError):  # noqa: N818 - reads as what is the matter
    """Another tag is called so already."""


class TooManyTags(CaseworkError):  # noqa: N818
    """More than a case can carry."""


@dataclass(frozen=True)
class Tag:
    """A tag of the team; `key` is what cases and addresses name it by."""

    id: UUID
    revision: int
    by: str
    at: datetime
    name: str = field(repr=False)

    @property
    def key(self) -> str:
        return self.id.hex


def tags(reader: Reader) -> tuple[Tag, ...]:
    """Every tag of the team, by name."""
    reader.demand(Permission.READ_QUEUE)
    with reader.service.reading() as session:
        found = _tags(reader, session)
    return tuple(sorted(found, key=lambda tag: tag.name.casefold()))


def names(reader: Reader) -> Mapping[str, str]:
    """What each tag is called, by its key."""
    return {tag.key: tag.name for tag in tags(reader)}


def keep_tag(reader: Reader, id_: UUID, name: str, *, seen: int, now: datetime) -> None:
    """Keep a tag, or give it another name; `seen` is `papers.NEW` for a new one.

    Raises `NameTaken`, `Conflict`, `ValueError` for no name.
    """
    reader.demand(Permission.KEEP_TEAM)
    name = " ".join(name.split())
    if not name:
        raise ValueError("A tag has a name.")
    content = {"name": name, "by": reader.handle, "at": instant(now)}
    with reader.service.writing() as session:
        known = _tags(reader, session)
        if any((tag.id, tag.name) == (id_, name) for tag in known):
            return
        if any(tag.name.casefold() == name.casefold() and tag.id != id_ for tag in known):
            raise NameTaken
        if papers.keep_shared(reader, session, KIND, id_, content, seen=seen):
            log.append(session, reader.service, "tag_kept", by=reader.member, now=now)


def remove_tag(reader: Reader, id_: UUID, *, seen: int, now: datetime) -> None:
    """Take a tag away from the team and so from every case; `Conflict` when it was renamed."""
    reader.demand(Permission.KEEP_TEAM)
    with reader.service.writing() as session:
        if papers.take_out(session, KIND, id_, seen=seen):
            log.append(session, reader.service, "tag_removed", by=reader.member, now=now)


def put_tags(
    reader: Reader, ref: str, keys: Collection[str], *, version: int, now: datetime
) -> None:
    """Let the case carry just these tags; keys that are no tag's are left aside.

    Raises `TooManyTags`, `Conflict`.
    """
    reader.demand(Permission.OPEN_CASE)
    with opened(reader, ref, "tags_changed", now=now) as file:
        chosen = _known(reader, file.session, keys)
        if chosen == file.kept.tags:
            file.act = None
            return
        if file.row.version != version:
            raise Conflict
        if len(chosen) > MOST:
            raise TooManyTags
        file.keep(replace(file.kept, tags=chosen))


def add_tag(reader: Reader, ref: str, key: str, *, now: datetime) -> None:
    """Let the case carry one tag more; nothing where it does already.

    Raises `TooManyTags`.
    """
    reader.demand(Permission.OPEN_CASE)
    with opened(reader, ref, "tags_changed", now=now) as file:
        carried = file.kept.tags
        chosen = _known(reader, file.session, {*carried, key})
        if key in carried or chosen == carried:
            file.act = None
            return
        if len(chosen) > MOST:
            raise TooManyTags
        file.keep(replace(file.kept, tags=chosen))


def take_tag_off(reader: Reader, ref: str, key: str, *, now: datetime) -> None:
    """Let the case carry this tag no longer; nothing where it does not."""
    reader.demand(Permission.OPEN_CASE)
    with opened(reader, ref, "tags_changed", now=now) as file:
        carried = file.kept.tags
        if key not in carried:
            file.act = None
            return
        file.keep(replace(file.kept, tags=tuple(tag for tag in carried if tag != key)))


def _known(reader: Reader, session: Session, keys: Collection[str]) -> tuple[str, ...]:
    """Those that are tags, in an order that does not tell which came first."""
    return tuple(sorted({tag.key for tag in _tags(reader, session)}.intersection(keys)))


def _tags(reader: Reader, session: Session) -> list[Tag]:
    return [_tag(paper) for paper in papers.shared(reader, session, KIND)]


def _tag(paper: Paper) -> Tag:
    told = paper.content
    return Tag(paper.id, paper.revision, told["by"], moment(told["at"]), told["name"])
