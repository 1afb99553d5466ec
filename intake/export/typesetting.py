"""Paper set as PDF by Typst, in a process of its own: the library would stay in memory.

What stands on the paper goes in as JSON, and is never spliced into markup.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Final

from intake.export.paper import Leaf, Paper

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
SETTER: Final = Path(__file__).with_name("setting.py")
_SECONDS: Final = 120
_KEPT: Final = 12  # two forms, three languages, before and after something told was changed
_ONE_AT_A_TIME: Final = Lock()


class NotTypesetError(Exception):
    """The paper could not be set."""


def pdf(paper: Paper | Leaf) -> bytes:
    """The paper as PDF, A4; the same paper is set once and kept."""
    with _ONE_AT_A_TIME:
        return _kept(_text(paper.as_json()))


def pdf_once(template: Path, document: Mapping[str, object]) -> bytes:
    """What is told of somebody as PDF by another template; it is kept nowhere."""
    with _ONE_AT_A_TIME:
        return _set(template, _text(document))


def _text(document: Mapping[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False)


@lru_cache(maxsize=_KEPT)
def _kept(text: str) -> bytes:
    return _set(TEMPLATE, text)


def _set(template: Path, text: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own file
            # Nothing of the environment, of the folder or of site hooks decides what runs.
            [sys.executable, "-I", "-S", "-B", str(SETTER), *places(), str(template)],
            input=text.encode(),
            capture_output=True,
            check=True,
            env={},
            cwd=template.parent,
            timeout=_SECONDS,
        )
    except (subprocess.SubprocessError, OSError):
        raise NotTypesetError("The paper could not be set as PDF.") from None
    return done.stdout


def places() -> tuple[str, str]:
    """Where the library and the fonts are; looking does not import them."""
    return str(_folder("typst").parent), str(_folder("fontpkg_noto_sans") / "files")


def _folder(library: str) -> Path:
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        raise NotTypesetError(f"{library} is not installed.")
    return Path(spec.origin).parent
