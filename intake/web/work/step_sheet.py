"""The form of one kind of step on its page, and what stands around it."""

from dataclasses import dataclass, field
from typing import Final

from intake.case.kinds import Kind
from intake.case.kinds.kind import never
from intake.case.kinds.striking import STRUCK
from intake.case.steps import CaseStep
from intake.casework import Overview, Work
from intake.form.answers import Answers
from intake.form.steps import Step
from intake.form.vocabularies import VOCABULARIES
from intake.web.said import Said
from intake.web.work import shown, step_forms, words
from intake.web.work.step_forms import AnswersForm, step_of
from intake.web.work.words import Missing

LOWEST: Final = VOCABULARIES["urgency"].codes[-1]


@dataclass
class Sheet:
    """The form of one kind of step, and what stands around it."""

    view: Overview
    work: Work
    kind: Kind
    form: AnswersForm
    missing: list[Missing] = field(default_factory=list)
    """What keeps it from being kept as it was sent."""
    notice: str = ""
    is_conflict: bool = False

    @property
    def ref(self) -> str:
        return self.view.row.ref

    @property
    def page(self) -> Step:
        """What this reader may be asked."""
        return step_forms.page_for(self.kind.code)

    @property
    def corrected(self) -> CaseStep | None:
        """The step that this one corrects."""
        return step_named(self.work, self.form.replaces.data)

    @property
    def struck(self) -> CaseStep | None:
        """The step that this one strikes out."""
        is_struck = self.kind.code == STRUCK
        return step_named(self.work, self.form.about.data) if is_struck else None

    @property
    def is_by_two(self) -> bool:
        """Whether a second coordinator decides it, whatever is answered."""
        ended = self.struck or self.corrected
        if self.kind.code == "assent":
            ended = ended or self.work.record.last("assent")
        return self.kind.people(Answers()) > 1 or (ended is not None and ended.is_by_two)

    @property
    def is_lowest(self) -> bool:
        """Whether there is no lower level to ask for."""
        return self.kind.code == "lowering" and self.view.row.level == LOWEST

    @property
    def may_be_by_two(self) -> bool:
        return self.kind.by_two is not never

    @property
    def candidates(self) -> list[tuple[str, str]]:
        """The steps that this one may follow, newest first, and how each is called."""
        if self.kind.code == STRUCK:
            return []
        found = (s for s in self.work.record.of(*self.kind.about) if self._may_follow(s))
        return [(str(s.id), shown.name_of(self.work, s.id)) for s in found][::-1]

    def _may_follow(self, step: CaseStep) -> bool:
        return step.id not in self.work.hidden and str(step.id) != self.form.replaces.data

    @property
    def gates(self) -> list[tuple[str, list[Missing]]]:
        """The acts of this kind that cannot go out yet, with what is missing."""
        acts = (act for act in self._acts if self.work.gates.get(act) and self._is_meant(act))
        return [
            (act, words.missing_lines(self.ref, self.work.gates[act], "gate")) for act in acts
        ]

    def in_words(self, answers: Answers) -> tuple[Said, ...]:
        """Answers to the questions of this page."""
        return shown.answered(self.page, answers, self.work.handles)

    def _is_meant(self, act: str) -> bool:
        """False where another kind of help is chosen than the one that passes a gate."""
        chosen = self.form["track"].data if self.kind.code == "track" else None
        return chosen is None or chosen == act

    @property
    def _acts(self) -> tuple[str, ...]:
        act = self.kind.act
        if act is None:
            return ()
        return (act,) if isinstance(act, str) else tuple(term.code for term in act.terms)


def newest(work: Work, step: CaseStep | None) -> CaseStep | None:
    """What stands by now in the place of a step."""
    after = {one.replaces: one for one in work.steps if one.replaces}
    while step is not None and step.id in after:
        step = after[step.id]
    return step


def step_named(work: Work, id_: str | None) -> CaseStep | None:
    """The step that this id names, replaced or not."""
    wanted = step_of(id_)
    return next((step for step in work.steps if step.id == wanted), None)
