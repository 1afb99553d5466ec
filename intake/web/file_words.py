"""A file in words: what it is called, and how large it is."""

from typing import Final

from flask_babel import format_decimal, gettext

from intake.casework.files.pieces import AT_ONCE
from intake.form.manifest import Manifest
from intake.form.text import _
from intake.settings import Settings

UNFINISHED: Final = _(
    "%(name)s: not all of it came, so it is not sent yet (%(came)s of %(size)s)"
)
_UNITS: Final = (
    (1024**3, _("%(count)s GB")),
    (1024**2, _("%(count)s MB")),
    (1024, _("%(count)s KB")),
)


def file_words(file: Manifest) -> str:
    """The name that the browser told, with the size; or that the rest of it is missing."""
    if not file.is_whole:
        came = size_words(min(file.pieces * AT_ONCE, file.length))
        return gettext(UNFINISHED, name=file.name, came=came, size=size_words(file.length))
    return gettext("%(name)s (%(size)s)", name=file.name, size=size_words(file.length))


def file_limits(settings: Settings) -> tuple[str, str]:
    """How large one file may be, and all files of a report together."""
    return size_words(settings.file_bytes), size_words(settings.report_files_bytes)


def size_words(length: int) -> str:
    """A number of bytes as people say it."""
    for unit, words in _UNITS:
        if length >= unit:
            return gettext(words, count=format_decimal(round(length / unit, 1)))
    return gettext("%(count)s bytes", count=length)
