"""Marks beside the stage: what all who work on a case should see at once (domain 6.6)."""

from collections.abc import Callable, Mapping
from typing import Final

from intake.case.situation import Situation
from intake.form.vocabularies import vocabulary

_UNNAMED: Final = frozenset({"", "other", "unidentified", "unknown"})
_SERVICE: Final = {
    term.code: term.attributes.get("service", term.code) for term in vocabulary("agency").terms
}
"""The service that an agency belongs to: a police station and its department are one."""


def _conflict(case: Situation) -> bool:
    """The service complained of investigates (domain 2.3; S2, Taraz)."""
    body = case.record.legal.investigating
    accused = {_SERVICE.get(code) for code in case.agencies}
    return body not in _UNNAMED and _SERVICE.get(body) in accused


FLAGS: Final[Mapping[str, Callable[[Situation], bool]]] = {
    "custody": lambda case: case.in_custody,
    "minor": lambda case: case.is_minor,
    "reprisal": lambda case: case.has_reprisals,
    "sexual": lambda case: case.is_sexual,
    "needs_interpreter": lambda case: case.needs_interpreter or "interpreter" in case.needs,
    "conflict_of_interest": _conflict,
    "cluster": lambda case: case.is_cluster,
}
"""Codes of `flag` in the order they are shown; `sexual` is for trained handlers alone (E11)."""


def flags(case: Situation) -> tuple[str, ...]:
    """The flags that apply to the case."""
    return tuple(code for code, applies in FLAGS.items() if applies(case))
