"""The forms of a member's own filings: beginning one, and what is pressed on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from intake.form.acting import CLIENT_NAME_FOR_US
from intake.form.recording import CHANNEL
from intake.form.text import _
from intake.web.staff_forms import Press, StaffForm

LONGEST_NAME: Final = 100
HOW_IT_CAME: Final = _("Choose how it came to us.")


class BeginForm(StaffForm):
    """A report for one more client; sent twice it is begun once."""

    once = HiddenField(validators=[Length(max=200)])
    name = StringField(
        CLIENT_NAME_FOR_US.label,
        [Length(max=LONGEST_NAME, message=_("This is longer than 100 characters."))],
    )


class RecordForm(StaffForm):
    """How somebody told it to us; sent twice it is begun once."""

    once = HiddenField(validators=[Length(max=200)])
    channel = RadioField(CHANNEL.label, [InputRequired(HOW_IT_CAME)], choices=[])


class NextForm(StaffForm):
    """The next client; sent twice, one report is begun."""

    once = HiddenField(validators=[Length(max=200)])


class TickedForm(StaffForm):
    """Filings that are ticked, to do one thing with all of them."""

    filing = SelectMultipleField(_("Reports"), choices=[], validate_choice=False)


class SendTickedForm(TickedForm):
    """The same once they were read: `seen` is what stood on the page of each."""

    seen = SelectMultipleField(choices=[], validate_choice=False)


FORMS: Final[Mapping[str, type[StaffForm]]] = {
    "filings.begin": BeginForm,
    "recording.begin": RecordForm,
    # The pages of the form have fields of their own, which are kept as they came.
    "filing.take": Press,
    "filing.another": Press,
    "recorded.take": Press,
}
"""What somebody may have been writing when her session ended, by the view it was sent to."""
