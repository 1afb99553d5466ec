"""The catalogues; English is the source, the others stand in `<language>/LC_MESSAGES`."""

import gettext
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("kk", "ru", "en")


def in_every_language(text: str) -> tuple[str, ...]:
    """`text` in each language, where it cannot be known which one the reader reads."""
    catalogues = (
        gettext.translation("messages", FOLDER, [language], fallback=True)
        for language in LANGUAGES
    )
    return tuple(dict.fromkeys(catalogue.gettext(text) for catalogue in catalogues))
