"""Opened sheets that a process keeps between two pages: boxed again, many together.

Nearly all that a queue reads it read a moment ago, and to open thousands of boxes takes far
longer than to open a few that hold as much. What is kept opens under the newest secret of the
ring alone, which comes with a member and goes with her answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Final, NewType
from uuid import UUID

from intake.vault import RingKey, Sealed, UnsealError, box_many_facets, open_many_facets

Version = NewType("Version", bytes)
"""Names one version of a case; its sheet never changes."""


KeptSheet = tuple[bytes, bytes]
"""A sheet, and what was reckoned of it when somebody last looked."""
MOST: Final = 6_250
"""Sheets that a part keeps: a hundred thousand in all, about 40 MB."""
_BETWEEN: Final = b"\0"


def version_of(case: UUID | str, version: int) -> Version:
    """The name of this version of the case with this id, which may be hexadecimal."""
    return Version(f"{case if isinstance(case, str) else case.hex} {version}".encode())


class KeptSheets:
    """By part, which is any division of the cases, the sheets that were opened last."""

    def __init__(self) -> None:
        self._parts: dict[str, Sealed] = {}
        self._erased = 0

    def know_of(self, erased: int) -> None:
        """Forget everything once another case was erased: nothing of it may remain."""
        if erased != self._erased:
            self._parts.clear()
            self._erased = erased

    def opened(self, part: str, ring: RingKey) -> dict[Version, KeptSheet]:
        """What is kept of this part; nothing of what another secret of the ring boxed."""
        box = self._parts.get(part)
        if box is None:
            return {}
        try:
            pieces = open_many_facets(box, ring, part=part).split(_BETWEEN)
        except UnsealError:
            return {}
        kept = zip(pieces[1::3], pieces[2::3], strict=True)
        return dict(zip(map(Version, pieces[::3]), kept, strict=True))

    def keep(
        self, part: str, sheets: Mapping[Version, KeptSheet], ring: RingKey, *, erased: int
    ) -> None:
        """Keep these instead of what was kept of this part; of too many, the first.

        Not where another case was erased since they were read: somebody else knows of it.
        """
        if erased != self._erased:
            return
        some = islice(sheets.items(), MOST)
        pieces = [piece for version, sheet in some for piece in (version, *sheet)]
        self._parts[part] = box_many_facets(ring, _BETWEEN.join(pieces), part=part)
