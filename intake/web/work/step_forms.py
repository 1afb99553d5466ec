"""The forms of steps, moves and decisions; each keeps what was typed, whatever goes wrong."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from flask import g
from flask_babel import gettext
from wtforms import Field, HiddenField, TextAreaField
from wtforms.validators import Length

from intake.case.kinds import KINDS, page_of
from intake.case.kinds.help import TRACK_AGREED
from intake.case.stages import BY_CODE
from intake.casework import FOR_TRAINED, new_once, work_page
from intake.form.answers import Answers
from intake.form.questions import AnyQuestion, Day, TimeOfDay
from intake.form.steps import Step
from intake.form.text import _
from intake.web.directory_words import NOT_AS_WISHED
from intake.web.fields import NOT_OFFERED, ChosenMember, answers_of, page_class
from intake.web.staff_forms import A_FEW, RevisedForm, StaffForm

PAGE_TOO_OLD: Final = _(
    "This page was too old. Everything you typed is still here: send it once more."
)
A_DAY: Final = _("For example 19.11.2026. The month or the year alone will do.")
A_TIME: Final = _("For example 14:30. Leave it empty if it is not known.")
ANSWER_THIS: Final = _("Answer this.")
_SHORT: Final = Length(max=200)


class AnswersForm(RevisedForm):
    """Answers to a page of questions; sent twice they are taken once.

    `about` is the step that this one follows, `replaces` the one that it corrects.
    """

    once = HiddenField(validators=[_SHORT])
    about = HiddenField(validators=[_SHORT])
    replaces = HiddenField(validators=[_SHORT])


class DecisionForm(RevisedForm):
    """A word with the decision; the buttons say which decision it is."""

    words = TextAreaField(_("A word with your decision"), [A_FEW])


WRITTEN: Final = frozenset(code for code, kind in KINDS.items() if not kind.automatic)
"""The kinds of step that people write."""
FORMS: Final[Mapping[str, type[StaffForm]]] = {"proposals.decide": DecisionForm}
"""What somebody may be writing when her session ends, by the view it is sent to."""


def form_at(endpoint: str, values: Mapping[str, Any]) -> type[StaffForm] | None:
    """The form that is sent to a view whose address names a kind of step or a way."""
    match endpoint:
        case "writing.add" if values.get("kind") in WRITTEN:
            return form_class(page_for(values["kind"]))
        case "moving.move" if values.get("way") in BY_CODE:
            return form_class(page_of(BY_CODE[values["way"]]))
        case _:
            return None


def page_for(kind: str) -> Step:
    """The page of a kind of step, as far as this reader may be asked (E11)."""
    return work_page(g.reader, kind) if "reader" in g else KINDS[kind].page


@lru_cache(maxsize=256)
def form_class(page: Step) -> type[AnswersForm]:
    """The form that asks the questions of `page`."""
    return type("answers_form", (AnswersForm, page_class(page.questions)), {})


def empty_form(page: Step, *, revision: int) -> AnswersForm:
    """A fresh form of `page`, seen with this revision of the case."""
    return form_class(page)(formdata=None, once=new_once(), revision=revision)


def fill(form: AnswersForm, page: Step, answers: Answers) -> None:
    """Show answers that were given before, but no sign of what she may not read."""
    for question in page.questions:
        value = answers[question]
        if value not in {None, FOR_TRAINED}:
            form[question.name].show(value)  # type: ignore[attr-defined] # one of our fields


def told(form: AnswersForm, page: Step) -> Answers:
    """What was answered."""
    return answers_of(form, page)


def ask_for(form: AnswersForm, names: Collection[str]) -> None:
    """Mark what has to be answered and is not."""
    for name in names:
        form[name].errors = [gettext(_fault(form[name]))]


def _fault(field: Field) -> str:
    """What is wrong with a field that has to be answered, or answered otherwise."""
    if field.name == TRACK_AGREED.name:
        return NOT_AS_WISHED
    return NOT_OFFERED if isinstance(field, ChosenMember) else ANSWER_THIS


def hint_of(question: AnyQuestion) -> str:
    """What stands beside a question; days and times say how they are written."""
    if question.hint:
        return gettext(question.hint)
    match question:
        case Day():
            return gettext(A_DAY)
        case TimeOfDay():
            return gettext(A_TIME)
        case _:
            return ""


def start_anew(form: AnswersForm) -> str:
    """A form whose mark is not ours any more can be sent once more; the sentence about it."""
    form.once.data = new_once()
    return gettext(PAGE_TOO_OLD)


def step_in(field: HiddenField) -> UUID | None:
    """The step that a hidden field names; None for anything else."""
    return step_of(field.data)


def step_of(text: str | None) -> UUID | None:
    """The step that is meant; None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
