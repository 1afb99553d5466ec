"""Questions of the form asked outside of it: chosen by a coordinator, or page by page.

Behind the return code nothing shows what was answered before, so conditions are left aside:
every question of a page may be asked, and every one of them may be left empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from intake.form.answers import Answers, Item, State
from intake.form.body import Marks, Regions
from intake.form.compartments import Compartment
from intake.form.gates import BODY_PART, IN_DETAIL, METHOD_GROUP, SEXUAL_CHOICE
from intake.form.questionnaire import OF_WHO_TELLS
from intake.form.questions import AnyQuestion, Listed, Repeated, Sought
from intake.form.sorting import is_intimate
from intake.form.steps import Section, Step

CONTACT: Final = "contact"
"""The page on safe ways to answer: told again, it takes the place of what was told before."""
MOST_QUESTIONS: Final = 12
MOST_OPTIONS: Final = 80
"""What one light page holds, and what nobody should have to go through at once."""
_SEXUAL: Final = "sexual"
_LEFT_OUT: Final = frozenset(
    # Consents have pages of their own; what only leads to other pages leads nowhere here.
    {"consent", "consent_contact", "consent_giver", "consent_until"}
    | {question.name for question in (IN_DETAIL, METHOD_GROUP, SEXUAL_CHOICE, BODY_PART)}
)


@dataclass(frozen=True)
class Asked:
    """One question, and the page of the form on which it stands."""

    step: Step
    question: AnyQuestion

    @property
    def key(self) -> str:
        """Names the question where one list is asked for in parts on several pages."""
        return f"{self.step.slug}/{self.question.name}"

    @property
    def field(self) -> str:
        """What its field is called: parts of one list have one name in the form."""
        return "q_" + self.key.replace("/", "_").replace("-", "_")

    @property
    def of(self) -> Repeated | None:
        """The kind of thing it is asked of, where there may be several."""
        things = self.step.repeats
        return things if things and self.question in things.questions else None

    @property
    def is_intimate(self) -> bool:
        """Whether it is about sexual violence (E11)."""
        terms = self.question.terms if isinstance(self.question, Listed) else ()
        is_own = self.question.compartment is Compartment.INTIMATE
        return is_own or self.step.slug.startswith(_SEXUAL) or any(map(is_intimate, terms))

    @property
    def options(self) -> int:
        """How many answers it offers."""
        return len(self.question.terms) if isinstance(self.question, Listed) else 1


@dataclass(frozen=True)
class Page:
    """A page of the form with those of its questions that can be asked outside of it."""

    section: Section
    step: Step
    asked: tuple[Asked, ...]

    @property
    def is_intimate(self) -> bool:
        return any(one.is_intimate for one in self.asked)


@cache
def pages() -> tuple[Page, ...]:
    """The pages of the form in its order, each question once; consents have their own."""
    return tuple(_pages())


def _pages() -> Iterator[Page]:
    seen: dict[tuple[str, bool], set[str]] = {}
    for section in OF_WHO_TELLS:
        for step in section.steps:
            asked = tuple(Asked(step, q) for q in _questions(step) if _is_new(q, step, seen))
            for one in asked:
                seen.setdefault(_place(one.question, step), set()).update(_codes(one.question))
            if asked:
                yield Page(section, step, asked)


def _is_new(
    question: AnyQuestion, step: Step, seen: Mapping[tuple[str, bool], set[str]]
) -> bool:
    """Whether no page before asks the same, or of a list asked in parts this part."""
    before = seen.get(_place(question, step))
    return before is None or not _codes(question) <= before


def _place(question: AnyQuestion, step: Step) -> tuple[str, bool]:
    # What stands among sexual violence is asked elsewhere too, for who does not open that.
    return question.name, step.slug.startswith(_SEXUAL)


def _codes(question: AnyQuestion) -> set[str]:
    return {term.code for term in question.terms} if isinstance(question, Listed) else set()


def _questions(step: Step) -> Iterator[AnyQuestion]:
    if step.slug.startswith("consent"):
        return
    things = step.repeats.questions if step.repeats else ()
    for question in (*step.questions, *things):
        if question.name not in _LEFT_OUT and not _needs_another(question):
            yield _without_gate(question)


def _needs_another(question: AnyQuestion) -> bool:
    """Whether what it offers is found in an answer that another field gives."""
    # A town is found in the words of the place, a mark on a place among those chosen.
    is_mark = isinstance(question, Marks) and question.among is not None
    return is_mark or isinstance(question, Sought)


def _without_gate(question: AnyQuestion) -> AnyQuestion:
    # The private places are a page of their own, which can be chosen as such.
    if isinstance(question, Regions) and question.drawn:
        return question.without_private()
    return question


def page_called(slug: str) -> Page | None:
    """The page of this name; None where there is none."""
    return next((page for page in pages() if page.step.slug == slug), None)


def ways_to_answer() -> tuple[str, ...]:
    """The names of the questions on the page `contact`, the consent to it with them."""
    page = page_called(CONTACT)
    asked = page.asked if page else ()
    return (*(one.question.name for one in asked), "consent_contact")


def asked_by(keys: Iterable[str]) -> tuple[Asked, ...]:
    """The questions of these keys, in the order of the form; unknown keys are left out."""
    wanted = set(keys)
    return tuple(one for page in pages() for one in page.asked if one.key in wanted)


def is_too_much(asked: Iterable[Asked]) -> bool:
    """Whether these are more than one page should ask for."""
    options = [one.options for one in asked]
    return len(options) > MOST_QUESTIONS or sum(options) > MOST_OPTIONS


def fields_of(asked: Iterable[Asked]) -> tuple[AnyQuestion, ...]:
    """The questions under the names of their fields."""
    return tuple(_as_field(one.question, one.field) for one in asked)


def _as_field(question: AnyQuestion, name: str) -> AnyQuestion:
    if isinstance(question, Listed):
        return replace(question, name=name, among=None)
    return replace(question, name=name)


def told(asked: Iterable[Asked], filled: Answers, *, item: str) -> Answers:
    """What was filled in under the names of `fields_of`, as answers to the form's questions.

    What was told of one of several things becomes a new thing with the id `item`.
    """
    answers, things = Answers(), dict[str, tuple[Repeated, Answers]]()
    for one in asked:
        if (things_of := one.of) is None:
            answers = _with(answers, one.question, filled, one.field)
        else:
            _kind, so_far = things.get(things_of.name, (things_of, Answers()))
            of_thing = _with(so_far, one.question, filled, one.field)
            things[things_of.name] = (things_of, of_thing)
    return _with_things(answers, things, item)


def _with(answers: Answers, question: AnyQuestion, filled: Answers, name: str) -> Answers:
    stored = filled.values.get(name)
    if stored is None:
        return answers
    value = stored if isinstance(stored, State) else question.read(stored)
    return answers.having(question, value)


def _with_things(
    answers: Answers, things: Mapping[str, tuple[Repeated, Answers]], item: str
) -> Answers:
    for kind, of_thing in things.values():
        if of_thing:
            answers = answers.with_item(kind, Item(item, of_thing))
    return answers


def skipped(asked: Iterable[Asked]) -> Answers:
    """What it means to want to answer none of these."""
    answers = Answers()
    for one in asked:
        if one.of is None:
            answers = answers.having(one.question, State.SKIPPED)
    return answers
