"""What is to be done about a case: a step or a move, checked alike whoever decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias
from uuid import UUID

from intake import consent
from intake.case import OPEN_STAGES, Stage, guards
from intake.case.kinds import KINDS, moving, page_of
from intake.case.stages import BY_CODE, Transition
from intake.casework.case_file import CaseFile
from intake.casework.codec import encode
from intake.casework.errors import Conflict, GateClosed, Lacking, NotAllowed, NotYet
from intake.casework.reader import Reader
from intake.casework.splitting.other_case import other_case
from intake.casework.work import leading, permissions
from intake.casework.work.links import ASK_TRAINED, demand_links, ended_by
from intake.casework.work.rules_of_contact import contact_rules
from intake.casework.work.situations import asked
from intake.casework.work.step_documents import is_for_trained
from intake.form.answers import Answers
from intake.form.steps import Step
from intake.triage import Level

Action: TypeAlias = Literal["move", "step"]
MOVE: Final = "move"
STEP: Final = "step"
_SEXUAL: Final = "sexual"
_GOING_ON: Final = frozenset(OPEN_STAGES) - {Stage.RECEIVED}


@dataclass(frozen=True)
class Deed:
    """A step of the kind `code`, or a move by the way `code`, with what was answered."""

    action: Action
    code: str
    answers: Answers = field(default_factory=Answers, repr=False)
    about: UUID | None = None
    replaces: UUID | None = None

    @property
    def people(self) -> int:
        """How many must decide it, whatever stands by then."""
        if self.action == MOVE:
            return BY_CODE[self.code].people
        return KINDS[self.code].people(self.answers)

    @property
    def page(self) -> Step:
        """What is asked for it."""
        return page_of(BY_CODE[self.code]) if self.action == MOVE else KINDS[self.code].page

    def to_json(self) -> dict[str, Any]:
        links = {"about": self.about, "replaces": self.replaces}
        return {
            "action": self.action,
            "code": self.code,
            "answers": self.answers.to_json(),
            **{name: id_.hex for name, id_ in links.items() if id_},
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Deed:
        about, replaces = (
            UUID(document[name]) if name in document else None for name in ("about", "replaces")
        )
        answers = Answers.from_json(document["answers"])
        return cls(document["action"], document["code"], answers, about, replaces)

    @property
    def words(self) -> str:
        """The same text for the same deed."""
        return encode(self.to_json()).decode()


def asked_for(deed: Deed) -> Deed:
    """The deed with answers to what its page asks, and to nothing else."""
    names = {question.name for question in deed.page.questions}
    values = {name: value for name, value in deed.answers.values.items() if name in names}
    return Deed(deed.action, deed.code, Answers(values), deed.about, deed.replaces)


def people(file: CaseFile, deed: Deed) -> int:
    """How many must decide it now: what two decided is ended by two only."""
    ended = ended_by(file, deed) if deed.action == STEP else None
    return 2 if ended and ended.is_by_two else deed.people


def demand(file: CaseFile, deed: Deed) -> None:
    """Nothing where the deed may be done now.

    Raises `NotAllowed`, `Lacking`, `NotYet`, `GateClosed`, `Conflict`.
    """
    if is_for_trained(deed.answers) and not file.reader.is_trained:
        raise NotAllowed
    if deed.action == MOVE:
        _demand_way(file, BY_CODE[deed.code], deed.answers)
    else:
        _demand_step(file, deed)


def gate(file: CaseFile, act: str) -> tuple[str, ...]:
    """What keeps this act from leaving the coalition now, as far as this reader may know."""
    found = consent.missing(act, asked(file.kept, file.record, now=file.now), file.now)
    return told_to(file.reader, found)


def told_to(reader: Reader, missing: tuple[str, ...]) -> tuple[str, ...]:
    """What is missing, without what only a trained handler may learn (E11)."""
    if reader.is_trained:
        return missing
    return tuple(ASK_TRAINED if code == _SEXUAL else code for code in missing)


def _demand_way(file: CaseFile, way: Transition, answers: Answers) -> None:
    case = file.situation(contact_rules=contact_rules(file))
    if missing := guards.missing(way, case, answers):
        raise NotYet(missing)
    if answers[moving.OUTCOME] == moving.DUPLICATE and not _goes_on(file, answers):
        raise NotYet(("same_as",))


def _goes_on(file: CaseFile, answers: Answers) -> bool:
    """Whether this is another case, read and not closed, as far as the reader may know.

    So no report is closed for one that nobody works on, nor two for each other.
    """
    named = answers[moving.SAME_AS] or ""
    row = other_case(file.reader, file.session, named, than=file.row.id)
    return row is not None and row.stage in _GOING_ON


def _demand_step(file: CaseFile, deed: Deed) -> None:
    kind = KINDS[deed.code]
    if kind.automatic:
        raise NotAllowed
    if lacking := kind.lacking(deed.answers):
        raise Lacking(tuple(question.name for question in lacking))
    demand_links(file, deed)
    if (act := kind.outgoing(deed.answers)) and (missing := gate(file, act)):
        raise GateClosed(missing)
    if besides := _BESIDES.get(deed.code):
        besides(file, deed)


def _demand_lead(file: CaseFile, deed: Deed) -> None:
    leading.demand(file, deed.answers)


def _demand_new(file: CaseFile, deed: Deed) -> None:
    """What was taken back since the day that is said would not hold, whatever was kept."""
    if deed.replaces is None and permissions.is_ended_already(file, deed.answers):
        raise NotYet(("taken_back",))


def _demand_danger(file: CaseFile, _deed: Deed) -> None:
    """Domain 4: missing, or life at risk and nobody to be asked."""
    case = file.situation()
    conditions = {"danger": case.is_in_danger, "cannot_ask": case.cannot_be_asked}
    if missing := tuple(code for code, holds in conditions.items() if not holds):
        raise NotYet(missing)


def _demand_lower(file: CaseFile, deed: Deed) -> None:
    to = str(deed.answers.values["lower_to"])
    if Level.of(to) >= Level.of(file.row.level):
        raise Conflict


_BESIDES: Final[Mapping[str, Callable[[CaseFile, Deed], None]]] = {
    "track": _demand_lead,
    "consent_recorded": _demand_new,
    "vital_interest": _demand_danger,
    "lowering": _demand_lower,
}
"""What must hold besides for some kinds of step."""
