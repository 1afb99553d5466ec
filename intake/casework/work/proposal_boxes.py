"""The box of a proposal: what every coordinator may read, and in it a second one with the rest.

The second holds the words under the key of `work`, or under that of `intimate` where they are
for trained handlers alone: from outside both look the same (E11).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, Final

from intake.casework.codec import decode, encode
from intake.store.tables import ProposalRow
from intake.vault import (
    CaseKeys,
    Key,
    Sealed,
    Slot,
    UnsealError,
    box_proposal,
    open_proposal,
)

_MORE: Final = "more"
_HIDES: Final = "hides"


def is_hiding(content: Mapping[str, Any]) -> bool:
    """Whether its second box is for trained handlers alone."""
    return bool(content.get(_HIDES))


def second_of(content: Mapping[str, Any]) -> Sealed | None:
    """The second box, closed; None in what has none."""
    return Sealed(b64decode(content[_MORE])) if _MORE in content else None


def with_second(content: Mapping[str, Any], second: Sealed, *, hides: bool) -> dict[str, Any]:
    """The content of the first box with the second in it."""
    return {**content, _HIDES: hides, _MORE: b64encode(second).decode()}


def opened(row: ProposalRow, keys: CaseKeys) -> dict[str, Any] | None:
    """What the first box holds; None where it was changed, or is under another key."""
    try:
        return decode(_open(keys[Slot.WORK], row, row.box, row.action))
    except UnsealError:
        return None


def boxed(row: ProposalRow, keys: CaseKeys, content: Mapping[str, Any]) -> Sealed:
    """The first box."""
    return _box(keys[Slot.WORK], row, content, row.action)


def opened_second(
    row: ProposalRow, keys: CaseKeys, second: Sealed, *, hides: bool
) -> dict[str, Any] | None:
    """What the second box holds; None for who lacks its key. `UnsealError` if changed."""
    slot = _slot(hides=hides)
    return decode(_open(keys[slot], row, second, _words_of(row))) if slot in keys else None


def boxed_second(
    row: ProposalRow, keys: CaseKeys, content: Mapping[str, Any], *, hides: bool
) -> Sealed:
    """The second box."""
    return _box(keys[_slot(hides=hides)], row, content, _words_of(row))


def box_anew(row: ProposalRow, before: CaseKeys, after: CaseKeys) -> None:
    """Put both boxes under fresh keys; what does not open stays."""
    if (content := opened(row, before)) is None:
        return
    second, hides = second_of(content), is_hiding(content)
    if second and (told := opened_second(row, before, second, hides=hides)):
        fresh = boxed_second(row, after, told, hides=hides)
        content = with_second(content, fresh, hides=hides)
    row.box = boxed(row, after, content)


def _slot(*, hides: bool) -> Slot:
    return Slot.INTIMATE if hides else Slot.WORK


def _words_of(row: ProposalRow) -> str:
    return f"{row.action} words"


def _open(key: Key, row: ProposalRow, box: Sealed, action: str) -> bytes:
    return open_proposal(key, box, id=row.id, case=row.case_id, action=action, by=row.by)


def _box(key: Key, row: ProposalRow, content: Mapping[str, Any], action: str) -> Sealed:
    case = row.case_id
    return box_proposal(key, encode(content), id=row.id, case=case, action=action, by=row.by)
