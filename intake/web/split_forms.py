"""The forms of cases that belong together; each keeps what was typed, whatever goes wrong."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from flask import request
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from intake.casework import new_once
from intake.casework.splitting.telling import Choice
from intake.form.answers import Answers
from intake.form.repeating import PERSONS
from intake.form.steps import Group, Step
from intake.form.text import _
from intake.web.fields import answers_of, page_class
from intake.web.staff_forms import A_FEW, NEEDED, StaffForm
from intake.web.team.forms import OnceForm

IN_WORDS: Final = "words"
THE_SAME: Final = "same"
WHO: Final = "who"
PARTS: Final = "parts"
PERSON: Final = Step(
    "person-in-words",
    _("A person that the report tells of in words"),
    (Group("", tuple(replace(question, states=()) for question in PERSONS.questions)),),
)
"""What is asked of somebody whom the report does not list: as of those it lists."""


class WhyForm(OnceForm):
    """Why a case of its own is made."""

    why = TextAreaField(_("Why is it a case of its own?"), [NEEDED, A_FEW])


class LinkForm(OnceForm):
    """Another case, by number or reference, and why it tells of the same."""

    other = StringField(_("Number or reference of the other case"), [NEEDED, Length(max=40)])
    link_why = TextAreaField(_("Why do they belong together?"), [NEEDED, A_FEW])


class EndForm(StaffForm):
    """Why a link holds no longer."""

    end_why = TextAreaField(_("Why does it hold no longer?"), [NEEDED, A_FEW])


SPLIT_FORM: Final[type[WhyForm]] = type(
    "split_form", (WhyForm, page_class(PERSON.questions)), {}
)
"""Whom it is about, and why; who and what goes along stand beside it as check boxes."""
FORMS: Final[Mapping[str, type[StaffForm]]] = {
    "splitting.split": SPLIT_FORM,
    "splitting.link": LinkForm,
    "splitting.end": EndForm,
}
"""What somebody may be writing when her session ends, by the view it is sent to."""


def empty(form: type[OnceForm], *, revision: int) -> Any:  # noqa: ANN401 - of that class
    """A fresh form, seen with this revision of the case."""
    return form(formdata=None, once=new_once(), revision=revision)


def described(form: WhyForm) -> Answers:
    """What was written of somebody whom the report tells of in words."""
    return answers_of(form, PERSON)


def ticked(name: str) -> tuple[str, ...]:
    """What was ticked among the check boxes of this name."""
    sent = request.form.getlist(name) if request.method == "POST" else []
    return tuple(dict.fromkeys(sent))


def choice(form: WhyForm) -> Choice:
    """For whom the case is to be made."""
    who = ticked(WHO)
    return Choice(
        persons=tuple(one for one in who if one not in {IN_WORDS, THE_SAME}),
        described=described(form) if IN_WORDS in who else Answers(),
        is_same=THE_SAME in who,
        parts=() if THE_SAME in who else ticked(PARTS),
    )
