"""The form of a kept view: its name, and for whom it is."""

from collections.abc import Mapping
from typing import Final

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Length

from intake.form.text import _
from intake.web.staff_forms import NEEDED, RevisedForm, StaffForm

LONGEST: Final = 60


class ViewForm(RevisedForm):
    """What a view is called, and whether everybody sees it."""

    once = HiddenField(validators=[Length(max=80)])
    name = StringField(
        _("Name of the view"), [NEEDED, Length(max=LONGEST, message=_("This is too long."))]
    )
    shared = BooleanField(_("Share it with every coordinator"))

    @property
    def is_shared(self) -> bool:
        return bool(self.shared.data)


FORMS: Final[Mapping[str, type[StaffForm]]] = {
    "desk.keep_view": ViewForm,
    "desk.change_view": ViewForm,
}
"""What somebody may have been writing when something went wrong, by the view it was sent to."""
