"""What a kind of step is: a page of questions, and what writing it down means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from intake.form.answers import Answers
from intake.form.questions import AnyQuestion, Choice, Condition
from intake.form.steps import Group, Step


def never(_answers: Answers) -> bool:
    """No answers ask for it."""
    return False


def always(_answers: Answers) -> bool:
    """Whatever was answered."""
    return True


def nothing(_answers: Answers) -> tuple[AnyQuestion, ...]:
    """No answers ask for more."""
    return ()


@dataclass(frozen=True)
class Kind:
    """A kind of step, declared once: its form, its check, its view and its place are read here.

    `needed` are the questions without whose answers it says nothing, `then_needed` those that
    its answers ask for besides. `track` is where it belongs. `act` is the outgoing act it
    stands for, or the question that names that act, for the answers for which it `goes_out`.
    `about` are the kinds of step that it may follow. For the answers of `by_two` a second
    member must decide it. The program itself writes the `automatic` ones.
    """

    code: str
    title: str
    button: str
    page: Step
    needed: tuple[AnyQuestion, ...] = ()
    then_needed: Callable[[Answers], tuple[AnyQuestion, ...]] = nothing
    track: str | None = None
    act: str | Choice | None = None
    goes_out: Condition = always
    about: tuple[str, ...] = ()
    by_two: Condition = never
    automatic: bool = False

    def lacking(self, answers: Answers) -> tuple[AnyQuestion, ...]:
        """The needed questions that nobody answered."""
        needed = (*self.needed, *self.then_needed(answers))
        return tuple(q for q in needed if answers[q] in (None, "", ()))

    def outgoing(self, answers: Answers) -> str | None:
        """The code of the outgoing act whose gate this passes, None where nothing leaves."""
        if self.act is None or not self.goes_out(answers):
            return None
        return self.act if isinstance(self.act, str) else answers[self.act]

    def people(self, answers: Answers) -> int:
        """How many members must decide it."""
        return 2 if self.by_two(answers) else 1


NOTHING: Final[tuple[AnyQuestion, ...]] = ()


def page(slug: str, title: str, *questions: AnyQuestion, told: tuple[str, ...] = ()) -> Step:
    """A page with these questions in one group."""
    return Step(slug, title, (Group("", questions),), told)
