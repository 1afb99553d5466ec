"""How many cases each view holds, all counted in one reading of the sheets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from intake.casework.finding.opening import Opened
from intake.casework.finding.sieve import Eye, Sieve, seen
from intake.casework.finding.wish import ME, NOBODY, Wish
from intake.store.cases import UNREAD
from intake.store.finding import PlainCase


def counted(opened: Iterable[Opened], eye: Eye, asked: Sequence[Wish]) -> list[int]:
    """How many of these cases, which are all that are open, each wish would find."""
    sieves = [(wish, Sieve(wish, eye)) for wish in asked]
    counts = [0] * len(sieves)
    for case, sheet in opened:
        if sheet is None:
            continue
        one = seen(case, sheet, eye)
        for place, (wish, sieve) in enumerate(sieves):
            if _is_in(wish, case, eye) and sieve.may_pass(case, sheet):
                counts[place] += sieve.passes(one)
    return counts


def member_of(code: str, me: UUID) -> UUID | None:
    """Whom a code of `holder` means; None for nobody."""
    if code == NOBODY:
        return None
    return me if code == ME else UUID(hex=code)


def _is_in(wish: Wish, case: PlainCase, eye: Eye) -> bool:
    """Whether plain columns let the case stand there."""
    stages, holders = wish.codes("stage"), wish.codes("holder")
    if stages and case.stage not in stages:
        return False
    if holders and case.holder_id not in {member_of(code, eye.member) for code in holders}:
        return False
    return _BY_VIEW[wish.view](case, eye)


def _any(_case: PlainCase, _eye: Eye) -> bool:
    return True


_BY_VIEW: Final[Mapping[str, Callable[[PlainCase, Eye], bool]]] = {
    "triage": lambda case, _eye: case.stage in UNREAD,
    "mine": lambda case, eye: case.holder_id == eye.member,
    "unassigned": lambda case, _eye: case.holder is None,
    "leading": _any,
    "late": _any,
    "today": _any,
    "week": _any,
    "custody": _any,
    "waiting": _any,
    "on_hold": lambda case, _eye: case.stage == "on_hold",
    "snoozed": _any,
}
OF_OPEN: Final = frozenset(_BY_VIEW)
"""Views of open cases, without those that a machine seems to have sent."""
