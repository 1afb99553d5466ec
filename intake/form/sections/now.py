"""The person now."""

from typing import Final

from intake.form.steps import Section
from intake.form.text import _

SECTION: Final = Section("now", _("The person now"), ())
