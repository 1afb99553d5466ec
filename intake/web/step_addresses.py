"""What the pages of the form are called in addresses: names that only one report can read back.

Addresses stay in the history of a browser, and some pages are asked only after an answer.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import g
from typing_extensions import override
from werkzeug.routing import BaseConverter

from intake import casework
from intake.casework import Service
from intake.form.questionnaire import SECTIONS
from intake.web import context, cookies

STEP: Final = "step"
"""The converter of a page of the report that is being written."""
STEP_BEHIND_CODE: Final = "told"
"""The same behind the return code."""
FIELD: Final = "page"
"""Says in the form itself which page it is, for a browser that lost its cookie."""
_LENGTH: Final = 5  # letters, 20 bits: names of another report hit one of ours by chance alone
_LETTERS: Final = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")  # they spell no word
_NAME: Final = re.compile(rf"[bcdfghjklmnpqrst]{{{_LENGTH}}}")
_SLUGS: Final = tuple(step.slug for section in SECTIONS for step in section.steps)


@dataclass(frozen=True)
class PageNames:
    """The name of each page in the addresses of one report, and the page of each name."""

    by_slug: Mapping[str, str] = field(repr=False)
    slugs: Mapping[str, str] = field(repr=False)

    @classmethod
    def made_with(cls, key: bytes) -> PageNames:
        """Five letters for each page, no two the same; without `key` they say nothing."""
        slugs: dict[str, str] = {}
        for slug in _SLUGS:
            name = next(name for name in _candidates(key, slug) if name not in slugs)
            slugs[name] = slug
        return cls({slug: name for name, slug in slugs.items()}, slugs)

    def slug_of(self, word: str) -> str:
        """The page that a word in an address stands for; a slug stands for itself."""
        return self.slugs.get(word, word)

    def name_of(self, word: str) -> str:
        """What stands in an address for a page; a name stays as it is."""
        return self.by_slug.get(word, word)


class StepInAddress(BaseConverter):
    """A page of the form; out of an address comes the word itself, a name or a slug."""

    @override
    def to_url(self, value: str) -> str:
        return super().to_url(of_draft().name_of(value))


class StepBehindCode(BaseConverter):
    """The same of the conversation."""

    @override
    def to_url(self, value: str) -> str:
        return super().to_url(of_conversation().name_of(value))


def is_name(word: str) -> bool:
    """Whether a page of any report may have this name; no slug is one."""
    return _NAME.fullmatch(word) is not None


def of_draft() -> PageNames:
    """The names for the report that this request begins or resumes, else of its cookie."""
    kept = cookies.reporter()
    visit: str = g.get("entered_draft") or (kept.draft if kept else "")
    return _names(visit, casework.page_key)


def of_conversation() -> PageNames:
    """The names behind the return code, or for the lawyer who follows."""
    kept = cookies.reporter()
    visit: str = g.get("followed") or (kept.conversation if kept else "")
    return _names(visit, casework.page_key_behind_code)


def entering(visit: str) -> str:
    """`visit`, by whose names this request leads on from now."""
    g.entered_draft = visit
    return visit


def _names(visit: str, find_key: Callable[[Service, str], bytes | None]) -> PageNames:
    known: dict[str, PageNames] = g.setdefault("page_names", {})
    if visit not in known:
        key = find_key(context.service(), visit) if visit else None
        # Without a visit no name need be read again: what is sent says where it belongs.
        known[visit] = PageNames.made_with(key or secrets.token_bytes(32))
    return known[visit]


def _candidates(key: bytes, slug: str) -> Iterable[str]:
    letters = hmac.digest(key, slug.encode(), "sha256").hex().translate(_LETTERS)
    return (letters[at : at + _LENGTH] for at in range(0, len(letters) - _LENGTH, _LENGTH))
