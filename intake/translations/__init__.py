"""The catalogues; English is the source, the others stand in `<language>/LC_MESSAGES`."""

import gettext
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("kk", "ru", "en")


def in_every_language(text: str) -> tuple[str, ...]:
    """`text` in each language, where it cannot be known which one the reader reads."""
    return tuple(dict.fromkeys(said_in(language, text) for language in LANGUAGES))


def said_in(language: str, text: str) -> str:
    """`text` in one language; as it stands where the catalogue does not have it."""
    return gettext.translation("messages", FOLDER, [language], fallback=True).gettext(text)
