"""The forms of lawyers who follow, and what is kept of them when a session ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from intake.form.acting import CLIENT_NAME_FOR_US
from intake.form.text import _
from intake.web.filing_forms import LONGEST_NAME
from intake.web.staff_forms import Press, StaffForm

WRITE_CODE: Final = _("Type the code of your client.")


class FollowForm(StaffForm):
    """The return code of a client, and what the lawyer calls the client."""

    once = HiddenField(validators=[Length(max=200)])
    return_code = StringField(
        _("The code of your client"), [InputRequired(WRITE_CODE), Length(max=200)]
    )
    name = StringField(
        CLIENT_NAME_FOR_US.label,
        [Length(max=LONGEST_NAME, message=_("This is longer than 100 characters."))],
    )


class WordsForm(StaffForm):
    """Words for the coordinators, as they are shown again when a session has ended."""

    text = TextAreaField(_("What you wrote"))


FORMS: Final[Mapping[str, type[StaffForm]]] = {
    "follow.take": FollowForm,
    "following.send": WordsForm,
    # The pages of questions have fields of their own, which are kept as they came.
    "following.tell": Press,
    "following.reply": Press,
    "following.change": Press,
}
"""What somebody may have been writing when her session ended, by the view it was sent to."""
