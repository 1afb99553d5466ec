"""What was done."""

from typing import Final

from intake.form.steps import Section
from intake.form.text import _

SECTION: Final = Section("done", _("What was done"), ())
