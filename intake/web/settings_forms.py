"""The forms of the settings: what people are told, and who checked it when."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from flask_babel import gettext
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from intake.form.text import _
from intake.roles import Role
from intake.web.staff_forms import RevisedForm

MOST_NUMBERS: Final = 8
IN_LANGUAGES: Final = (
    ("kk", _("In Kazakh")),
    ("ru", _("In Russian")),
    ("en", _("In English")),
)
ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        Role.COORDINATOR: _("Coordinator"),
        Role.ADMINISTRATOR: _("Administrator"),
        Role.LAWYER: _("Lawyer"),
        Role.AUDITOR: _("Auditor"),
    }
)
"""In which role somebody checked: never a name."""
NOBODY: Final = _("Nobody yet")
SHORT: Final = Length(max=80, message=_("This is longer than 80 characters. Make it shorter."))
LINE: Final = Length(max=200, message=_("This is longer than 200 characters. Make it shorter."))
FEW: Final = Length(max=600, message=_("This is longer than 600 characters. Make it shorter."))
WORDS: Final = Length(
    max=1_000, message=_("This is longer than 1,000 characters. Make it shorter.")
)


def _roles() -> list[SelectChoice]:
    known = (SelectChoice(code, gettext(words)) for code, words in ROLES.items())
    return [SelectChoice("", gettext(NOBODY)), *known]


def texts(limit: Length, rows: int) -> dict[str, Any]:
    """A field for each language."""
    return {
        code: TextAreaField(label, [limit], render_kw={"rows": rows, "lang": code})
        for code, label in IN_LANGUAGES
    }


class CheckedForm(RevisedForm):
    """Who checked it, as a role, and on which day."""

    role = SelectField(_("Checked by, as a role"), choices=_roles, validate_choice=False)
    on = StringField(_("Checked on"), [SHORT])


class DutyForm(CheckedForm):
    """The duty hours in words, and their check."""

    kk, ru, en = texts(LINE, 2).values()


class CoalitionForm(RevisedForm):
    """Who runs this, in each language."""

    kk, ru, en = texts(FEW, 5).values()


class PrintedForm(RevisedForm):
    """Where else the address is printed."""

    kk, ru, en = texts(LINE, 2).values()


class AddressesForm(RevisedForm):
    """The true addresses, one on each line, and the onion address."""

    public = TextAreaField(_("Public addresses, one on each line"), [FEW])
    onion = StringField(_("Onion address"), [LINE])


class ExitForm(RevisedForm):
    """Where “Leave this page” leads."""

    exit_url = StringField(_("Address"), [LINE])


class ConsentForm(RevisedForm):
    """New words of a permission."""

    kk, ru, en = texts(WORDS, 9).values()


class MarkForm(CheckedForm):
    """That a lawyer checked the words whose digest the form carries."""

    digest = HiddenField()
    note = TextAreaField(_("Note, for example which law and as of when"), [FEW])


def _row(number: int) -> dict[str, Any]:
    labels = {
        code: StringField(label, [SHORT], render_kw={"lang": code})
        for code, label in IN_LANGUAGES
    }
    return {
        f"number{number}": StringField(_("Telephone number"), [SHORT]),
        **{f"{code}{number}": field for code, field in labels.items()},
        f"role{number}": SelectField(
            _("Rung by, as a role"), choices=_roles, validate_choice=False
        ),
        f"on{number}": StringField(_("Rung on"), [SHORT]),
    }


class RowsForm(RevisedForm):
    """How many rows the page shows; the fields of each carry its number."""

    rows = HiddenField()

    @property
    def shown(self) -> int:
        """How many rows stand on the page."""
        typed = self.rows.data or ""
        known = {str(count): count for count in range(1, MOST_NUMBERS + 1)}
        return known.get(typed, 1)


_FIELDS: Final = {name: f for n in range(MOST_NUMBERS) for name, f in _row(n).items()}
NumbersForm: Final[type[RowsForm]] = type("NumbersForm", (RowsForm,), _FIELDS)
"""Emergency numbers, a row for each."""

SETTINGS_FORMS: Final[Mapping[str, type[RevisedForm]]] = MappingProxyType(
    {
        "settings.keep_duty": DutyForm,
        "settings.keep_numbers": NumbersForm,
        "settings.keep_coalition": CoalitionForm,
        "settings.keep_printed": PrintedForm,
        "settings.keep_addresses": AddressesForm,
        "settings.keep_exit": ExitForm,
        "settings.publish": ConsentForm,
        "settings.keep_check": MarkForm,
    }
)
"""What an administrator may have been writing, by the view it was sent to."""
