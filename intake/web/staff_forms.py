"""The few forms of the staff pages: sign-in, first steps, notes, messages, urgency."""

from collections.abc import Mapping
from typing import Final, cast

from flask import g
from flask_babel import gettext
from typing_extensions import override
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from intake.form.pages import pages
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.web import context
from intake.web.forms import Form, of_session

LONGEST: Final = 20_000
LONGEST_REVISION: Final = 12
MOST_SHEETS: Final = 9
DAYS: Final = {str(day): str(day) for day in range(7)}  # Monday is 0
PROOF: Final = frozenset({"passphrase", "code", "passkey"})
"""Fields that prove who somebody is: never shown again, and not kept when a session ends."""
HOURS: Final = {str(hour): f"{hour:02}:00" for hour in range(25)}
MESSAGE: Final = _("Message to the reporter")
NOTE: Final = _("Note for colleagues")
A_NUMBER: Final = _("Write a number from 2 to 9.")
QUESTIONS: Final = _("Questions of the form")
SOMETHING: Final = _("Write something here.")
NEEDED = InputRequired(SOMETHING)
NOT_TOO_LONG = Length(max=LONGEST, message=_("This is longer than 20,000 characters."))
A_FEW = Length(max=2_000, message=_("This is longer than 2,000 characters."))


def choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    """What a list offers, by code."""
    return [SelectChoice(code, label) for code, label in labels.items()]


def language_asked_for() -> str | None:
    """The language whose button sent this form; what was typed is shown again unjudged."""
    return cast("str | None", g.get("asked_language"))


class StaffForm(Form):
    """A form whose token is good for one session only."""

    @classmethod
    @override
    def token_purpose(cls) -> str:
        return of_session() or "desk"

    @override
    def is_accepted(self) -> bool:
        return language_asked_for() is None and super().is_accepted()


class Press(StaffForm):
    """A button and nothing else."""


class LanguageForm(StaffForm):
    """The switch of languages, and the page it stands on; signed in or not."""

    @classmethod
    @override
    def token_purpose(cls) -> str:
        return "staff-language"

    to = HiddenField()


class SignInForm(StaffForm):
    """Handle, passphrase and second factor in one.

    `kept` carries what was written when a session ended.
    """

    @classmethod
    @override
    def token_purpose(cls) -> str:
        return "sign-in"

    handle = StringField(
        _("Your name here"),
        [InputRequired(_("Write the name you sign in with.")), Length(max=80)],
    )
    passphrase = PasswordField(
        _("Passphrase"), [InputRequired(_("Write your passphrase.")), Length(max=400)]
    )
    code = StringField(_("Code"), [Length(max=80)])
    passkey = HiddenField(validators=[Length(max=16_384)])
    kept = HiddenField()
    to = HiddenField()


class PassphraseForm(StaffForm):
    """The drawn passphrase, typed once to show that it was written down; `drawn` is signed."""

    drawn = HiddenField()
    again = PasswordField(_("Type the words"), [Optional(), Length(max=400)])


class SheetsForm(StaffForm):
    """How many recovery sheets, and how many of them are needed."""

    count = IntegerField(
        _("How many sheets"),
        [InputRequired(A_NUMBER), NumberRange(2, MOST_SHEETS, A_NUMBER)],
        default=3,
    )
    threshold = IntegerField(
        _("How many of them are needed"),
        [InputRequired(A_NUMBER), NumberRange(2, MOST_SHEETS, A_NUMBER)],
        default=2,
    )


class ShownForm(StaffForm):
    """Sheets that were shown; `sealed` holds them for the server alone."""

    sealed = HiddenField()


class CheckForm(ShownForm):
    """Two words read from the sheets."""

    first_word = StringField(_("First word"), [Length(max=80)])
    second_word = StringField(_("Second word"), [Length(max=80)])


class RevisedForm(StaffForm):
    """A form that knows which revision of a thing its page showed."""

    revision = HiddenField()

    @property
    def seen(self) -> int:
        """That revision; -1, which nothing has, for what no page of ours says."""
        typed = self.revision.data or ""
        return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_REVISION else -1


def _levels() -> list[SelectChoice]:
    language = context.language()
    terms = VOCABULARIES["urgency"].by_code.items()
    return choices({code: term.label(language) for code, term in terms})


class RaiseForm(RevisedForm):
    """A person's own judgement that a case cannot wait; views offer the higher levels only."""

    level = SelectField(_("Raise to"), choices=_levels, validate_choice=False)
    reason = TextAreaField(_("Why"), [NEEDED, A_FEW])


def _questions() -> list[SelectChoice]:
    asked = (one for page in pages() for one in page.asked)
    return choices({one.key: gettext(one.question.label) for one in asked})


class WordsForm(RevisedForm):
    """A message and a note, side by side: each is sent alone, and the other one stays typed.

    `ask` are the questions of the form that go with the message; `revision` is that of the
    draft from which the page began. `told` are marks of the entries that stood on it.
    """

    once = HiddenField()
    told = HiddenField()
    text = TextAreaField(MESSAGE)
    ask = SelectMultipleField(QUESTIONS, choices=_questions, validate_choice=False)
    note = TextAreaField(NOTE)

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys of the questions that are ticked."""
        return tuple(dict.fromkeys(self.ask.data or ()))


class MessageForm(WordsForm):
    """A message to the reporter, questions to her, or both; sent twice it is taken once."""

    text = TextAreaField(MESSAGE, [NOT_TOO_LONG])

    def validate_text(self, field: TextAreaField) -> None:
        """Words are not needed where something is asked."""
        del field
        if not self.words and not self.asked:
            raise ValidationError(SOMETHING)

    @property
    def words(self) -> str:
        """What was written; nothing where that is only space."""
        written = self.text.data or ""
        return written if written.strip() else ""


class NoteForm(WordsForm):
    """A note for colleagues; sent twice it is taken once."""

    note = TextAreaField(NOTE, [NEEDED, NOT_TOO_LONG])


class RotaForm(RevisedForm):
    """One member on the duty rota: her address, and always or in up to three spans of hours."""

    mail = StringField(_("E-mail address"), [Length(max=254, message=_("This is too long."))])
    always = BooleanField(_("Always, day and night"))
    days0 = SelectMultipleField(_("Days"), choices=choices(DAYS), validate_choice=False)
    since0 = SelectField(_("From"), choices=choices(HOURS), validate_choice=False, default="9")
    until0 = SelectField(
        _("Until"), choices=choices(HOURS), validate_choice=False, default="18"
    )
    days1 = SelectMultipleField(_("Days"), choices=choices(DAYS), validate_choice=False)
    since1 = SelectField(_("From"), choices=choices(HOURS), validate_choice=False, default="9")
    until1 = SelectField(
        _("Until"), choices=choices(HOURS), validate_choice=False, default="18"
    )
    days2 = SelectMultipleField(_("Days"), choices=choices(DAYS), validate_choice=False)
    since2 = SelectField(_("From"), choices=choices(HOURS), validate_choice=False, default="9")
    until2 = SelectField(
        _("Until"), choices=choices(HOURS), validate_choice=False, default="18"
    )


FORMS: Final[Mapping[str, type[StaffForm]]] = {
    "cases.raise_urgency": RaiseForm,
    "correspondence.send_message": MessageForm,
    "correspondence.add_note": NoteForm,
    "duty.keep": RotaForm,
    "first_steps.check": ShownForm,
    "first_steps.confirm": CheckForm,
}
"""What somebody may have been writing when something went wrong, by the view it was sent to."""
