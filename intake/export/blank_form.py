"""The blank form: every page and question of the questionnaire, in its order, on paper."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from intake.export.asking import Asker, is_written
from intake.export.branches import branch_of, note_of
from intake.export.cover import Told, cover
from intake.export.numbering import asked, numbers, page_numbers, steps
from intake.export.on_paper import ROOM, TOGETHER, on_paper
from intake.export.paper import Block, Field, Page, Paper, Section, Things, Tongue
from intake.export.repeated import repeated
from intake.export.staff_sheet import staff_sheet
from intake.form.compartments import Compartment
from intake.form.listed import Listed
from intake.form.questionnaire import OF_WHO_TELLS, VERSION
from intake.form.questions import AnyQuestion
from intake.form.steps import Step
from intake.form.text import _

_STORY: Final = "story"
_ROOM: Final = 2
_SHORT: Final = 8  # boxes that may stand again in each of several things
_ANSWERED: Final = _("If you answered this under %(number)s, leave it out.")
_FROM_LIST: Final = _("Choose from the list under %(number)s and write it here.")


def blank_form(tongue: Tongue, told: Told) -> Paper:
    """The form in one language, with what the coalition tells about itself."""
    return Paper(
        language=tongue.code,
        title=tongue.say(_("Tell us what happened")),
        version=VERSION,
        cover=cover(tongue, told, _own_words(tongue)),
        sections=_Writer(tongue, told).sections(),
        staff=staff_sheet(Asker(tongue, told.permission)),
        words=repeated(tongue),
    )


def _own_words(tongue: Tongue) -> tuple[str, str]:
    """The title and the number of the page for the own words."""
    return tongue.say(next(s.title for s in steps() if s.slug == _STORY)), page_numbers()[
        _STORY
    ]


@dataclass
class _Writer:
    """Writes the pages one after another; `seen` are the questions that stood before."""

    tongue: Tongue
    told: Told
    seen: list[tuple[str, AnyQuestion]] = field(default_factory=list)

    def sections(self) -> tuple[Section, ...]:
        return tuple(
            Section(
                self.tongue.say(section.title),
                tuple(self._page(s) for s in section.steps if s.slug not in TOGETHER),
            )
            for section in OF_WHO_TELLS
        )

    def _page(self, step: Step) -> Page:
        return Page(
            page_numbers()[step.slug],
            self.tongue.say(step.title),
            branch=self.tongue.say(branch_of(step)),
            warning=self.tongue.say(on_paper(step.warning)),
            told=self._told_on(step),
            blocks=self._blocks(step),
            things=self._things(step),
            is_apart=is_apart(step),
        )

    def _told_on(self, step: Step) -> tuple[str, ...]:
        said = [self.tongue.say(on_paper(text)) for text in step.told]
        if unchecked := self.told.mark_of(step):
            said.append(unchecked)
        for other in _joined(step):
            words = [self.tongue.say(on_paper(t)) for t in other.told if t not in step.told]
            if words:
                said.append(" ".join((self.tongue.say(branch_of(other)), *words)))
        return tuple(said)

    def _blocks(self, step: Step) -> tuple[Block, ...]:
        blocks = []
        for group in step.groups:
            fields = tuple(self._field(step, q) for q in group.questions if q in asked(step))
            title, hint = self.tongue.say(group.title), self.tongue.say(on_paper(group.hint))
            blocks.append(Block(title, hint, fields))
        return tuple(block for block in blocks if block.fields)

    def _things(self, step: Step) -> Things | None:
        if step.repeats is None:
            return None
        fields = tuple(self._thing_field(step, question) for question in asked(step))
        room = ROOM.get(step.repeats.name, _ROOM)
        return Things(self.tongue.say(step.repeats.title), room, fields)

    def _field(self, step: Step, question: AnyQuestion) -> Field:
        number = numbers()[step.slug, question.name]
        notes = [self.tongue.say(note_of(step, question))]
        if before := self._asked_before(question):
            notes.append(self.tongue.say(_ANSWERED, number=before))
        self.seen.append((number, question))
        return self._asker.field(number, question, " ".join(filter(None, notes)))

    def _thing_field(self, step: Step, question: AnyQuestion) -> Field:
        """Where a long list stood before, what is chosen from it is written."""
        plain = self._asker.field(numbers()[step.slug, question.name], question, "")
        before = self._list_before(question)
        if not before:
            return plain
        hint = self.tongue.say(_FROM_LIST, number=before)
        return replace(plain, kind="lines", rows=1, options=(), is_one=False, hint=hint)

    def _asked_before(self, question: AnyQuestion) -> str:
        found = (n for n, before in self.seen if _is_answered(before, question))
        return next(found, "")

    def _list_before(self, question: AnyQuestion) -> str:
        if not isinstance(question, Listed) or len(question.terms) <= _SHORT:
            return ""
        found = (n for n, before in self.seen if _holds(before, question))
        return next(found, "")

    @property
    def _asker(self) -> Asker:
        return Asker(self.tongue, self.told.permission)


def is_apart(step: Step) -> bool:
    """Whether a page is about sexual violence alone, and stands on its own sheet (E11)."""
    things = step.repeats.questions if step.repeats else ()
    return any(_is_intimate(question) for question in (*step.questions, *things))


def _is_intimate(question: AnyQuestion) -> bool:
    if question.compartment is Compartment.INTIMATE:
        return True
    terms = question.terms if isinstance(question, Listed) else ()
    return bool(terms) and all(term.has("sensitive") for term in terms)


def _joined(step: Step) -> tuple[Step, ...]:
    every = (other for section in OF_WHO_TELLS for other in section.steps)
    return tuple(other for other in every if TOGETHER.get(other.slug) == step.slug)


def _is_answered(before: AnyQuestion, question: AnyQuestion) -> bool:
    """Whether who answered the one before has answered this one too."""
    if before.name != question.name:
        return False
    if isinstance(before, Listed) and isinstance(question, Listed):
        return _codes(question) <= _codes(before)
    return True


def _holds(before: AnyQuestion, question: Listed[Any]) -> bool:
    """Whether the boxes of `before` hold every code of `question`."""
    if not isinstance(before, Listed) or is_written(before):
        return False
    return before.vocabulary == question.vocabulary and _codes(question) <= _codes(before)


def _codes(question: Listed[Any]) -> set[str]:
    return {term.code for term in question.terms}
