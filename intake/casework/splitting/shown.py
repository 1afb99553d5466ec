"""The cases that belong to one, as far as its reader may open them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.case_file import opened
from intake.casework.case_rows import find, is_open_to, keys_of
from intake.casework.cases import demand_opened
from intake.casework.errors import UnknownCase
from intake.casework.reader import Reader
from intake.casework.splitting import link_boxes
from intake.casework.splitting.link_boxes import MERGED, SIMILAR, Link
from intake.roles import Permission
from intake.store import documents, links, members
from intake.store.tables import CaseRow
from intake.vault import CaseKeys, NotForYou, UnsealError


@dataclass(frozen=True)
class LinkShown:
    """A case that belongs to another, by whom that was said, when and why.

    `side` is what the case in hand is: in a split the `first`, or what was `split_off`, in a
    merging what `goes_on`, or what was `merged_in`. `why` and `ended_why` are empty in lists:
    reading them is a line in the log. `has_news` where whoever wrote there wrote again.
    """

    id: UUID
    kind: str
    side: str
    ref: str
    number: str | None
    stage: str
    level: str
    has_news: bool
    by: str
    at: datetime
    ended_by: str = ""
    ended_at: datetime | None = None
    why: str = field(default="", repr=False)
    ended_why: str = field(default="", repr=False)

    @property
    def stands(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True)
class Links:
    """The links of a case with their words, the newest first."""

    links: tuple[LinkShown, ...]
    version: int
    differences: tuple[str, ...]


def linked(reader: Reader, ref: str) -> tuple[LinkShown, ...]:
    """The cases that belong to this one, without the words why; it opens nothing else.

    What is merged is not named once more as a case of the same event.
    """
    reader.demand(Permission.OPEN_CASE)
    with reader.service.reading() as session:
        row = find(session, ref)
        try:
            keys = keys_of(reader, session, row, boxes=False)
        except (NotForYou, UnsealError):
            raise UnknownCase from None
        found = tuple(_shown(reader, session, keys, with_words=False))
    merged = {one.ref for one in found if one.kind == MERGED and one.stands}
    return tuple(one for one in found if one.kind != SIMILAR or one.ref not in merged)


def links_of(reader: Reader, ref: str, *, now: datetime) -> Links:
    """The same with the words; `NotOpened` before somebody opened the report."""
    with opened(reader, ref, "read_links", now=now) as file:
        demand_opened(file)
        found = tuple(_shown(reader, file.session, file.keys, with_words=True))
        return Links(found, file.row.version, file.differences)


def _shown(
    reader: Reader, session: Session, keys: CaseKeys, *, with_words: bool
) -> Iterator[LinkShown]:
    known = link_boxes.of_case(session, keys)
    if not known:
        return
    cases = links.cases(session, (link.other for link in known))
    handles = members.handles(session)
    for link in known:
        other = cases.get(link.other)
        if other is not None and is_open_to(reader, session, other):
            has_news = documents.is_with_news(session, other.id)
            yield _one(link, other, handles, has_news=has_news, with_words=with_words)


def _one(
    link: Link,
    other: CaseRow,
    handles: Mapping[UUID, str],
    *,
    has_news: bool,
    with_words: bool,
) -> LinkShown:
    ended = link.ended
    return LinkShown(
        id=link.id,
        kind=link.kind,
        side=link.side,
        ref=other.ref,
        number=other.number,
        stage=other.stage,
        level=other.level,
        has_news=has_news,
        by=handles.get(link.by, "?"),
        at=link.at,
        ended_by=handles.get(ended.by, "?") if ended else "",
        ended_at=ended.at if ended else None,
        why=link.why if with_words else "",
        ended_why=ended.why if ended and with_words else "",
    )
