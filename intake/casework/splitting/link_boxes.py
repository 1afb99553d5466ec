"""Links as they lie in each of the two cases, sealed under the key of its notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode, instant, moment
from intake.store import links
from intake.store.tables import LinkRow
from intake.vault import CaseKeys, Sealed, Slot, UnsealError, box_link, open_link

SPLIT: Final = "split"
SIMILAR: Final = "similar"
MERGED: Final = "merged"
FIRST: Final = "first"
SPLIT_OFF: Final = "split_off"
"""What a case is in a split: the one that was reported, or the one that was made of it."""
GOES_ON: Final = "goes_on"
MERGED_IN: Final = "merged_in"
"""What a case is in a merging: the one that goes on, or the one that was closed for it."""
_SIDES: Final = {FIRST: SPLIT_OFF, GOES_ON: MERGED_IN}
_OTHER_SIDE: Final = {"": "", **_SIDES, **{there: here for here, there in _SIDES.items()}}


@dataclass(frozen=True)
class Ended:
    """Who took a link back, when and why."""

    by: UUID
    at: datetime
    why: str = field(repr=False)


@dataclass(frozen=True)
class Came:
    """When both cases of a merging had come, as each stood by then."""

    merged: datetime
    going_on: datetime


@dataclass(frozen=True)
class Link:
    """That two cases belong together, as one of them knows it.

    `twin` is the row in the other case. `side` says which of the two `case` is, where they are
    not alike. In a split `persons` are ids of those whom the case that was split off is about,
    where the report lists them; `is_same` where it is about the same person.
    """

    id: UUID
    case: UUID
    other: UUID
    kind: str
    twin: UUID
    by: UUID
    at: datetime
    why: str = field(repr=False)
    side: str = ""
    persons: tuple[str, ...] = ()
    is_same: bool = False
    came: Came | None = None
    ended: Ended | None = None

    @property
    def stands(self) -> bool:
        return self.ended is None

    def seen_from_other(self) -> Link:
        """The same link as the other case knows it."""
        return replace(
            self,
            id=self.twin,
            twin=self.id,
            case=self.other,
            other=self.case,
            side=_OTHER_SIDE[self.side],
        )


def put(session: Session, keys: CaseKeys, link: Link) -> None:
    """Keep a link in the case of these keys."""
    row = LinkRow(link.id, link.case, link.other, link.kind, Sealed(b""))
    row.box = _boxed(row, keys, link)
    session.add(row)
    session.flush()


def end(session: Session, keys: CaseKeys, link: Link, ended: Ended) -> None:
    """Keep with a link of this case that it holds no longer."""
    row = session.get_one(LinkRow, link.id)
    row.box = _boxed(row, keys, replace(link, ended=ended))
    session.flush()


def of_case(session: Session, keys: CaseKeys) -> tuple[Link, ...]:
    """The links of a case as far as they open, the newest first."""
    found = [link for row in links.of_case(session, keys.case) for link in _opened(row, keys)]
    return tuple(sorted(found, key=lambda link: (link.at, link.id), reverse=True))


def is_damaged(session: Session, keys: CaseKeys) -> bool:
    """Whether a link of this case was changed behind the program's back."""
    rows = links.of_case(session, keys.case) if Slot.WORK in keys else ()
    return any(not list(_opened(row, keys)) for row in rows)


def box_anew(session: Session, before: CaseKeys, after: CaseKeys) -> None:
    """Put the links of a case under its fresh keys; what does not open stays."""
    for row in links.of_case(session, before.case):
        for link in _opened(row, before):
            row.box = _boxed(row, after, link)


def _opened(row: LinkRow, keys: CaseKeys) -> Iterator[Link]:
    if Slot.WORK not in keys:
        return
    try:
        told = decode(open_link(keys[Slot.WORK], row.box, **_place(row)))
    except UnsealError:
        return
    yield Link(
        row.id,
        row.case_id,
        row.other_id,
        row.kind,
        UUID(told["twin"]),
        UUID(told["by"]),
        moment(told["at"]),
        told["why"],
        told["side"],
        tuple(told["persons"]),
        told["is_same"],
        _came(told.get("came")),
        _ended(told["ended"]),
    )


def _came(told: Mapping[str, str] | None) -> Came | None:
    return Came(moment(told["merged"]), moment(told["going_on"])) if told else None


def _ended(told: Mapping[str, str] | None) -> Ended | None:
    return Ended(UUID(told["by"]), moment(told["at"]), told["why"]) if told else None


def _boxed(row: LinkRow, keys: CaseKeys, link: Link) -> Sealed:
    ended, came = link.ended, link.came
    told = {
        "twin": link.twin.hex,
        **_said(link),
        "side": link.side,
        "persons": list(link.persons),
        "is_same": link.is_same,
        "came": came and {"merged": instant(came.merged), "going_on": instant(came.going_on)},
        "ended": _said(ended) if ended else None,
    }
    return box_link(keys[Slot.WORK], encode(told), **_place(row))


def _said(one: Link | Ended) -> dict[str, str]:
    return {"by": one.by.hex, "at": instant(one.at), "why": one.why}


def _place(row: LinkRow) -> dict[str, Any]:
    return {"id": row.id, "case": row.case_id, "other": row.other_id, "kind": row.kind}
