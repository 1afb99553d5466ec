"""What a specialist is told before she accepts a case, and what she answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework.codec import decode, encode, instant, moment
from intake.casework.reader import Reader
from intake.casework.roster import Entry
from intake.store.tables import ProposalRow
from intake.triage import Facts
from intake.vault import (
    Key,
    Slot,
    UnsealError,
    box_answer,
    open_answer,
    open_offer,
    seal_offer,
)

OFFER: Final = "offer"
ANSWER: Final = "answer"


@dataclass(frozen=True)
class Offer:
    """A case offered: who asks, with what note, which parts; nothing of the case itself.

    `language`, `route` and `is_about_child` say how its report is to be shown once accepted.
    """

    id: UUID
    case: UUID
    by: str
    at: datetime
    parts: tuple[Slot, ...]
    note: str = field(repr=False)
    language: str = field(default="", repr=False)
    route: str = field(default="", repr=False)
    is_about_child: bool = field(default=False, repr=False)
    answer_key: Key = field(default_factory=Key.random, repr=False)

    def facts(self, hour: datetime) -> Facts:
        """As much of the facts as its page needs; the rest is not hers."""
        return Facts(received_at=hour, language=self.language, route=self.route)


@dataclass(frozen=True)
class Answer:
    """What a specialist said to an offer."""

    accepted: bool
    at: datetime
    note: str = field(repr=False)


def put(session: Session, offer: Offer, entry: Entry, by: UUID) -> None:
    """Keep the offer for this member; one that she had for the same grant is replaced."""
    content = {
        "by": offer.by,
        "at": instant(offer.at),
        "parts": [part.value for part in offer.parts],
        "note": offer.note,
        "language": offer.language,
        "route": offer.route,
        "is_about_child": offer.is_about_child,
        "answer_key": offer.answer_key.raw.hex(),
    }
    box = seal_offer(
        entry.key, encode(content), id=offer.id, case=offer.case, member=entry.member
    )
    if before := session.get(ProposalRow, offer.id):
        session.delete(before)
        session.flush()
    session.add(ProposalRow(id=offer.id, case_id=offer.case, action=OFFER, by=by, box=box))


def accept(session: Session, offer: UUID, member: UUID) -> None:
    """From now on the grant behind this offer opens for its member."""
    session.flush()
    session.get_one(ProposalRow, offer).decided_by = member


def opened_offer(reader: Reader, row: ProposalRow) -> Offer | None:
    """The offer as its specialist reads it; None for a changed one, or for keys she lost."""
    identity, member = reader.secret.seed.identity, reader.member
    try:
        sealed = open_offer(identity, row.box, id=row.id, case=row.case_id, member=member)
    except UnsealError:
        return None
    return _offer(row, decode(sealed))


def _offer(row: ProposalRow, content: Mapping[str, Any]) -> Offer:
    return Offer(
        id=row.id,
        case=row.case_id,
        by=content["by"],
        at=moment(content["at"]),
        parts=tuple(map(Slot, content["parts"])),
        note=content["note"],
        language=content["language"],
        route=content["route"],
        is_about_child=content["is_about_child"],
        answer_key=Key(bytes.fromhex(content["answer_key"])),
    )


def keep_answer(session: Session, offer: Offer, answer: Answer, by: UUID) -> None:
    """Keep what she answered for whoever holds the records of the case."""
    content = {"accepted": answer.accepted, "at": instant(answer.at), "note": answer.note}
    id_ = _answer_id(offer.answer_key)
    box = box_answer(offer.answer_key, encode(content), id=id_, case=offer.case)
    session.add(ProposalRow(id=id_, case_id=offer.case, action=ANSWER, by=by, box=box))


def answer_to(session: Session, case: UUID, answer_key: Key) -> Answer | None:
    """What was answered to the offer with this key; None as long as nothing was."""
    id_ = _answer_id(answer_key)
    if (row := session.get(ProposalRow, id_)) is None:
        return None
    try:
        content = decode(open_answer(answer_key, row.box, id=id_, case=case))
    except UnsealError:
        return None
    return Answer(content["accepted"], moment(content["at"]), content["note"])


def _answer_id(answer_key: Key) -> UUID:
    return UUID(bytes=answer_key.derive("answer id").raw[:16], version=4)
