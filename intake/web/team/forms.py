"""The forms of working together; each keeps what was typed when something goes wrong."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from flask import g
from flask_babel import gettext, ngettext
from typing_extensions import override
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from intake.casework.team.colleagues import coordinators
from intake.form.text import _
from intake.form.vocabularies import LANGUAGES
from intake.web import context
from intake.web.directory_words import AGREED
from intake.web.staff_forms import (
    A_FEW,
    NEEDED,
    NOT_TOO_LONG,
    MessageForm,
    RevisedForm,
    StaffForm,
    WordsForm,
)

NOBODY_YET: Final = _("choose a colleague")
A_COLLEAGUE: Final = _("Choose a colleague.")
A_DAY: Final = _("Write a day as year, month, day: 2026-11-25.")
NOT_BEFORE: Final = _("The last day cannot be before the first one.")
TOO_LONG: Final = _("This is too long.")
IN_ONE_LANGUAGE: Final = _("Write the words in at least one language.")
DAYS: Final = (1, 2, 3, 7, 14, 30)
_SHORT: Final = Length(max=200)


def colleagues() -> list[SelectChoice]:
    """Colleagues to choose from where it is about no case."""
    known = coordinators(g.reader) if "reader" in g else ()
    named = (SelectChoice(str(one.id), one.handle) for one in known)
    return [SelectChoice("", gettext(NOBODY_YET)), *named]


def member_in(field: SelectField) -> UUID | None:
    """The member that was chosen; None for nobody."""
    try:
        return UUID(field.data or "")
    except ValueError:
        return None


def days(longest: int = max(DAYS)) -> list[SelectChoice]:
    """The days to choose from, as far as a case may be put off."""
    offered = (day for day in DAYS if day <= longest)
    return [
        SelectChoice(str(day), ngettext("tomorrow", "in %(num)s days", day)) for day in offered
    ]


def day_chosen(typed: str | None) -> datetime | None:
    """Midnight, where the coalition is, before the day that was chosen; None for no choice."""
    if typed not in {str(day) for day in DAYS}:
        return None
    zone = context.service().settings.zone
    day = context.now().astimezone(zone).date() + timedelta(days=int(typed or 1))
    return datetime.combine(day, time(), zone)


class OnceForm(RevisedForm):
    """A form that knows the revision its page showed, and is taken once however often sent."""

    once = HiddenField(validators=[_SHORT])


class ReleaseForm(OnceForm):
    """To whom, and a note; for giving a case back to the queue, nobody need be chosen."""

    to = SelectField(_("Colleague"), choices=colleagues, validate_choice=False)
    agreed = BooleanField(AGREED)
    note = TextAreaField(_("Note for this colleague"), [A_FEW])

    @property
    def receiver(self) -> UUID:
        """Whom it is for; `ValueError` where nobody was chosen."""
        return UUID(self.to.data or "")


class HandOverForm(ReleaseForm):
    """A colleague has to be chosen."""

    def validate_to(self, field: SelectField) -> None:
        """Somebody, by the list."""
        if member_in(field) is None:
            raise ValidationError(A_COLLEAGUE)


class OfferAnswerForm(StaffForm):
    """A word with the answer; the buttons say which answer it is."""

    once = HiddenField(validators=[_SHORT])
    words = TextAreaField(_("A word with your answer"), [A_FEW])


class TemplateForm(OnceForm):
    """A title and the words in three languages."""

    title = StringField(_("Title"), [NEEDED, Length(max=80, message=TOO_LONG)])
    ru = TextAreaField(_("Russian"), [NOT_TOO_LONG])
    kk = TextAreaField(_("Kazakh"), [NOT_TOO_LONG])
    en = TextAreaField(_("English"), [NOT_TOO_LONG])

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by language."""
        return {code: self[code].data or "" for code in LANGUAGES}

    @override
    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Words in one language at least."""
        is_good = super().validate(extra_validators)
        if not any(text.strip() for text in self.texts.values()):
            self[LANGUAGES[0]].errors = [IN_ONE_LANGUAGE]
            return False
        return is_good


class TagForm(OnceForm):
    """What a tag is called."""

    name = StringField(_("Name of the tag"), [NEEDED, Length(max=40, message=TOO_LONG)])


class TagsForm(RevisedForm):
    """The tags that a case is to carry."""

    tags = SelectMultipleField(_("Tags"), choices=[], validate_choice=False)


class SnoozeForm(RevisedForm):
    """For how many days a case is put off."""

    days = SelectField(_("Show it again"), choices=days, validate_choice=False)


class ShiftNoteForm(OnceForm):
    """What whoever is on duty next has to know."""

    text = TextAreaField(_("Note for the next on duty"), [NEEDED, A_FEW])


class DayField(DateField):
    """A day; what is none is shown again with words of ours."""

    @override
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(A_DAY) from None


class AwayForm(OnceForm):
    """Who is away from when to when, and who stands in for her."""

    member = SelectField(_("Who is away"), choices=colleagues, validate_choice=False)
    since = DayField(_("First day away"), [InputRequired(A_DAY)])
    until = DayField(_("Last day away"), [InputRequired(A_DAY)])
    substitute = SelectField(_("Who stands in"), choices=colleagues, validate_choice=False)

    def validate_member(self, field: SelectField) -> None:
        """Somebody, by the list."""
        if member_in(field) is None:
            raise ValidationError(A_COLLEAGUE)

    def validate_until(self, field: DateField) -> None:
        """Not before the first day."""
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(NOT_BEFORE)


class ReassignForm(StaffForm):
    """Who gets the cases of a colleague who is away; nobody: back to the queue."""

    to = SelectField(_("Who gets them"), choices=colleagues, validate_choice=False)


FORMS: Final[Mapping[str, type[StaffForm]]] = {
    "handing.offer": HandOverForm,
    "handing.assign": HandOverForm,
    "handing.release": ReleaseForm,
    "handing.accept": OfferAnswerForm,
    "handing.decline": OfferAnswerForm,
    "correspondence.keep_draft": MessageForm,
    "correspondence.show_to_colleagues": MessageForm,
    "correspondence.put_template": WordsForm,
    "team.add_template": TemplateForm,
    "team.change_template": TemplateForm,
    "team.add_tag": TagForm,
    "team.rename_tag": TagForm,
    "team.leave_shift_note": ShiftNoteForm,
    "team.keep_away": AwayForm,
    "marks.put_tags": TagsForm,
    "marks.snooze": SnoozeForm,
}
"""What somebody may be writing when her session ends, by the view it is sent to."""
