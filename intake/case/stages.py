"""The stages of a case and the ways between them (domain 6.6)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from intake.form.vocabularies import Term, vocabulary


class Stage(StrEnum):
    """Where a case stands; the codes of the vocabulary `stage`."""

    RECEIVED = "received"
    SCREENING = "screening"
    CONTACTING = "contacting"
    CONSENT_PENDING = "consent_pending"
    ASSESSMENT = "assessment"
    DECISION = "decision"
    ACTIVE = "active"
    MONITORING = "monitoring"
    ON_HOLD = "on_hold"
    CLOSED = "closed"
    ERASED = "erased"


ENDED: Final = ("closed", "erased")
OPEN_STAGES: Final = tuple(stage.value for stage in Stage if stage.value not in ENDED)
_ANY: Final = "any"


@dataclass(frozen=True)
class Transition:
    """A way from a stage (or `any` but erased) to another; `people` must decide on it.

    The words of its condition are the term `code` of the vocabulary `transition`. `outcomes`
    are the codes of `outcome` that it may end with.
    """

    code: str
    source: str
    target: str
    people: int
    outcomes: tuple[str, ...] = ()

    def leads(self, source: str, target: str) -> bool:
        """Whether this is a way from `source` to `target`."""
        return self.starts(source) and self.target == target

    def starts(self, source: str) -> bool:
        """Whether a case on stage `source` may go this way at all."""
        begins = self.source == source or (self.source == _ANY and source != Stage.ERASED)
        return begins and source != self.target


def _transition(term: Term) -> Transition:
    known = term.attributes
    outcomes = tuple(known.get("outcomes", ()))
    return Transition(term.code, known["from"], known["to"], known["people"], outcomes)


TRANSITIONS: Final = tuple(map(_transition, vocabulary("transition").terms))
BY_CODE: Final = {way.code: way for way in TRANSITIONS}


def ways(source: str, target: str) -> tuple[Transition, ...]:
    """Every way between two stages; withdrawal makes a second one to `closed`."""
    return tuple(way for way in TRANSITIONS if way.leads(source, target))


def ways_from(source: str) -> tuple[Transition, ...]:
    """Every way that starts on this stage."""
    return tuple(way for way in TRANSITIONS if way.starts(source))
