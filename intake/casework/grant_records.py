"""What the case itself remembers of its readers: whom it was given, by whom, and how far.

Records are documents of kind `grant` under the key of `work`. That a part on sexual violence
was given stands beside them under the key of `intimate`, so that only trained handlers read it
(E11); whoever holds that key writes it beside every record, whether or not it says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from intake.casework.case_file import CaseFile
from intake.casework.codec import moment
from intake.form.compartments import Compartment
from intake.vault import Key, Slot

KIND: Final = "grant"
GIVEN: Final = frozenset({"offered", "narrowed"})
"""Acts after which somebody has something."""
_RESTRICTED, _LIFTED = "restricted", "lifted"


@dataclass(frozen=True)
class GrantRecord:
    """The newest that was done about one member; `parts` she may open, as far as one reads.

    `revision` is that of her wrap, `offer` the id of what she was told, and `answer_key` opens
    what she answered. `beyond_wish`: she does not fit what the person wished, who agreed.
    """

    number: int
    act: str
    member: UUID
    parts: frozenset[Slot]
    by: UUID
    at: datetime
    revision: int
    offer: UUID
    note: str = field(default="", repr=False)
    answer_key: Key = field(default_factory=Key.random, repr=False)
    beyond_wish: bool = False

    @property
    def is_given(self) -> bool:
        return self.act in GIVEN


@dataclass(frozen=True)
class Restriction:
    """The case is kept for `named`; `case_slots` is what the ring `case` opened before."""

    named: tuple[UUID, ...]
    case_slots: frozenset[Slot]
    by: UUID
    at: datetime
    reason: str = field(repr=False)


@dataclass(frozen=True)
class Records:
    """How things stand: the newest record of each member, and whether the case is kept."""

    grants: Mapping[UUID, GrantRecord]
    restriction: Restriction | None
    last: int


def records(file: CaseFile) -> Records:
    """What the records of the case say; nothing of them for who does not hold `work`."""
    told = {document.id: document.content for document in file.documents(KIND)}
    contents = {id_: content for id_, content in told.items() if content is not None}
    intimate = {UUID(c["about"]) for c in contents.values() if c.get("is_intimate")}
    acts = sorted(
        (pair for pair in contents.items() if "number" in pair[1]),
        key=lambda pair: int(pair[1]["number"]),
    )
    grants: dict[UUID, GrantRecord] = {}
    restriction: Restriction | None = None
    for id_, content in acts:
        if content["act"] in {_RESTRICTED, _LIFTED}:
            restriction = _restriction(content)
        else:
            record = _grant(content, is_intimate=id_ in intimate)
            grants[record.member] = record
    return Records(grants, restriction, int(acts[-1][1]["number"]) if acts else 0)


def write_grant(file: CaseFile, act: str, record: GrantRecord) -> None:
    """Record that `act` was done about a member."""
    content = {
        "act": act,
        "member": record.member.hex,
        "parts": _codes(record.parts - {Slot.INTIMATE}),
        "revision": record.revision,
        "offer": record.offer.hex,
        "note": record.note,
        "answer_key": record.answer_key.raw.hex(),
        "beyond_wish": record.beyond_wish,
    }
    _write(file, content, is_intimate=Slot.INTIMATE in record.parts)


def write_restriction(
    file: CaseFile, named: Collection[UUID], case_slots: Collection[Slot], reason: str
) -> None:
    """Record that the case is kept for `named` from now on."""
    content = {
        "act": _RESTRICTED,
        "named": [member.hex for member in named],
        "case_slots": _codes(case_slots),
        "note": reason,
    }
    _write(file, content, is_intimate=False)


def write_lifting(file: CaseFile) -> None:
    """Record that every coordinator may open the case again."""
    _write(file, {"act": _LIFTED}, is_intimate=False)


def _write(file: CaseFile, content: Mapping[str, object], *, is_intimate: bool) -> None:
    file.session.flush()
    id_, number = uuid4(), records(file).last + 1
    numbered = {"number": number, **content}
    file.add_document(Compartment.WORK, KIND, numbered, id_=id_)
    if Slot.INTIMATE in file.keys:
        beside = {"about": id_.hex, "is_intimate": is_intimate}
        file.add_document(Compartment.WORK, KIND, beside, slot=Slot.INTIMATE)
    file.session.flush()


def _codes(slots: Collection[Slot]) -> list[str]:
    return sorted(slot.value for slot in slots)


def _grant(content: Mapping[str, Any], *, is_intimate: bool) -> GrantRecord:
    parts = frozenset(map(Slot, content["parts"]))
    return GrantRecord(
        number=int(content["number"]),
        act=content["act"],
        member=UUID(content["member"]),
        parts=parts | {Slot.INTIMATE} if is_intimate else parts,
        by=UUID(content["author"]),
        at=moment(content["at"]),
        revision=int(content["revision"]),
        offer=UUID(content["offer"]),
        note=content["note"],
        answer_key=Key(bytes.fromhex(content["answer_key"])),
        beyond_wish=content.get("beyond_wish", False),  # older records do not say it
    )


def _restriction(content: Mapping[str, Any]) -> Restriction | None:
    if content["act"] == _LIFTED:
        return None
    return Restriction(
        named=tuple(map(UUID, content["named"])),
        case_slots=frozenset(map(Slot, content["case_slots"])),
        by=UUID(content["author"]),
        at=moment(content["at"]),
        reason=content["note"],
    )
