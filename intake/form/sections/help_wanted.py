"""Help and consent."""

from typing import Final

from intake.form.steps import Section
from intake.form.text import _

SECTION: Final = Section("help", _("Help and consent"), ())
