"""The forms of a member's own pages: another passphrase, second factors."""

from typing import Final

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Optional

from intake.form.text import _
from intake.web.proving import ProofForm
from intake.web.staff_forms import SheetsForm

NAMED: Final = _("Write a name by which you know it again.")


class NewPassphraseForm(ProofForm):
    """The drawn passphrase, typed once, beside the one of now; `drawn` is signed."""

    drawn = HiddenField()
    again = PasswordField(_("Type the new words"), [Optional(), Length(max=400)])


class NewAppForm(ProofForm):
    """The first code of an app whose secret the page showed; `drawn` is signed."""

    drawn = HiddenField()
    first_code = StringField(
        _("Code in the app"),
        [InputRequired(_("Write the six digits that the app shows.")), Length(max=20)],
    )


class NewPasskeyForm(ProofForm):
    """A passkey that a browser made, and the name by which its owner knows it."""

    made = HiddenField(validators=[Length(max=16_384)])
    name = StringField(_("Name of this passkey"), [InputRequired(NAMED), Length(max=40)])


class ProvedSheetsForm(ProofForm, SheetsForm):
    """New recovery sheets while others are in force."""
