"""The words that the pages of a form repeat: its footer, its dates, its pictures."""

from collections.abc import Mapping
from typing import Final

from intake.export.paper import Tongue
from intake.form.text import _

_WORDS: Final = {
    "form": _("Form %(version)s"),
    "page": _("Page %(page)s of %(pages)s"),
    "day": _("day"),
    "month": _("month"),
    "year": _("year"),
    "hour": _("hour"),
    "minute": _("minute"),
    "more": _("For more: use another sheet. Write the number of the question on it."),
    "apart": _(
        "You can take this sheet out. If you fill it in, hand it in alone, in a closed "
        "envelope. Write on the envelope: for a trained person."
    ),
    "empty": _("This page is empty on purpose."),
    "place": _("Place on the body"),
    "pictures": _("You can also mark the places on the pictures."),
    "front": _("From the front"),
    "back": _("From behind"),
    "right": _("right side"),
    "left": _("left side"),
    "section": _("Part %(number)s"),
}


def repeated(tongue: Tongue) -> Mapping[str, str]:
    """These words by their names in the template, with what they leave open."""
    return {name: tongue.gettext(words) for name, words in _WORDS.items()}
