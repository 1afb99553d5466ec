"""The documents of a case: each revision opened as far as keys go, and made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from intake.casework.codec import decode, encode
from intake.form.compartments import Compartment
from intake.store.tables import DocumentRow
from intake.vault import CaseKeys, NotForYou, Slot, UnsealError, box_document, open_document

# What was told later is for trained handlers alone where it must be, and looks no different;
# so is what a grant says of the part on sexual violence.
_SLOTS: Final[Mapping[str, tuple[Slot, ...]]] = {
    Compartment.ACCOUNT.value: (Slot.ACCOUNT, Slot.INTIMATE),
    Compartment.WORK.value: (Slot.WORK, Slot.INTIMATE),
}


@dataclass(frozen=True)
class Document:
    """One revision of a document, opened; `content` is None for who may not read it."""

    id: UUID
    revision: int
    compartment: str
    kind: str
    content: Mapping[str, Any] | None = field(repr=False)


def opened_document(row: DocumentRow, keys: CaseKeys) -> Document:
    """What the row holds. What was changed opens with no key; the case's state names it."""
    found = opened_box(row, keys)
    content = decode(found[1]) if found else None
    return Document(row.id, row.revision, row.compartment, row.kind, content)


def opened_box(row: DocumentRow, keys: CaseKeys) -> tuple[Slot, bytes] | None:
    """The bytes of the document, and under whose key they lie; None where no key opens it."""
    for slot in _SLOTS.get(row.compartment) or (Slot(row.compartment),):
        try:
            return slot, open_document(
                keys[slot],
                row.box,
                case=row.case_id,
                compartment=row.compartment,
                id=row.id,
                revision=row.revision,
            )
        except (NotForYou, UnsealError):
            continue
    return None


def boxed_anew(row: DocumentRow, before: CaseKeys, after: CaseKeys) -> None:
    """Put a document under the newer key of its slot; what does not open stays as it is."""
    if (found := opened_box(row, before)) is None:
        return
    slot, content = found
    row.box = box_document(
        after[slot],
        content,
        case=row.case_id,
        compartment=row.compartment,
        id=row.id,
        revision=row.revision,
    )


def new_document(
    keys: CaseKeys,
    slot: Slot,
    compartment: Compartment,
    kind: str,
    content: Mapping[str, object],
    *,
    id_: UUID,
) -> DocumentRow:
    """The first revision of a document, under the key of `slot`.

    The row is the same under either key, so that nothing shows which was taken.
    """
    return DocumentRow(
        id=id_,
        revision=1,
        case_id=keys.case,
        compartment=compartment,
        kind=kind,
        box=box_document(
            keys[slot],
            encode(content),
            case=keys.case,
            compartment=compartment,
            id=id_,
            revision=1,
        ),
    )
