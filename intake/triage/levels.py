"""The four levels of urgency and their hours."""

from enum import IntEnum
from typing import Any, Final

from intake.form.vocabularies import vocabulary


class Level(IntEnum):
    """How urgent a case is; the greater, the more urgent."""

    U4 = 1
    U3 = 2
    U2 = 3
    U1 = 4

    @property
    def code(self) -> str:
        """The code in the vocabulary `urgency`, `u1` to `u4`."""
        return _CODES[self]

    @property
    def hours(self) -> int:
        """Hours until a coordinator must have acted first."""
        return int(_ROWS[self]["hours"])

    @property
    def points(self) -> int:
        """Points from which on a case is on this level (domain 6.2)."""
        return int(_ROWS[self]["points"])

    @classmethod
    def of(cls, code: str) -> "Level":
        """The level with this code; raises `KeyError` for any other text."""
        return cls[code.upper()]


_CODES: Final = {level: level.name.lower() for level in Level}
_ROWS: Final[dict[Level, dict[str, Any]]] = {
    Level.of(term.code): dict(term.attributes) for term in vocabulary("urgency").terms
}
