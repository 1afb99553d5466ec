"""Every kind of step that can be written down about a case."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from intake.case.kinds.contact import CONTACT_KINDS
from intake.case.kinds.decisions import DECISION_KINDS
from intake.case.kinds.help import HELP_KINDS, TRACKS
from intake.case.kinds.kind import Kind
from intake.case.kinds.legal import LEGAL_KINDS
from intake.case.kinds.moving import MOVING_KINDS, moved, page_of
from intake.case.kinds.outgoing import OUTGOING_KINDS
from intake.case.kinds.requests import REQUEST_KINDS
from intake.case.kinds.striking import striking
from intake.case.kinds.wishes import WISH_KINDS

__all__ = ["KINDS", "TRACKS", "Kind", "moved", "page_of"]

_ALL: Final = (
    *CONTACT_KINDS,
    *HELP_KINDS,
    *LEGAL_KINDS,
    *REQUEST_KINDS,
    *DECISION_KINDS,
    *OUTGOING_KINDS,
    *WISH_KINDS,
    *MOVING_KINDS,
)
KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {kind.code: kind for kind in (*_ALL, striking(_ALL))}
)
