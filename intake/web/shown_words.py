"""Which words of a permission a page shows, and how the page carries the version of them.

A consent names the words that were shown. So each page that shows any sends their versions
along, a draft keeps them, and what was begun with earlier words goes on with these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from flask import request
from flask_babel import gettext

from intake.casework.statements import COMPLAINT, of_consent
from intake.form.consent_texts import ConsentText, consent_text
from intake.form.people import CONSENT, CONSENT_CONTACT
from intake.form.questions import AnyQuestion, Listed
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.web import context

FIELD: Final = "words"
CONTACT: Final = "contact"
STORE: Final = "store"
UNCHECKED: Final = _("(Not yet checked by a lawyer.)")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class ShownWords:
    """Words by the versions that were shown before; where none were, those in force."""

    versions: Mapping[str, str]

    def of(self, code: str) -> ConsentText:
        """The words of one permission."""
        told, version = context.told(), self.versions.get(code)
        known = told.consent_text_in(code, version) if version else None
        return known or told.consent_text(code)

    def text(self, code: str) -> str:
        """The words in the language of the page, with the mark of what nobody checked yet."""
        words = self.of(code)
        text = words.text(context.language())
        if code != COMPLAINT or context.told().is_checked(of_consent(words)):
            return text
        return f"{text} {gettext(UNCHECKED)}"

    def published(self, code: str) -> str:
        """The words where the coalition published its own; else the page says them itself."""
        return "" if self.of(code) == consent_text(code) else self.text(code)

    def named(self, codes: Iterable[str]) -> dict[str, str]:
        """The versions shown, by code."""
        return {code: self.of(code).version for code in codes}

    def field(self, codes: Iterable[str]) -> str:
        """The same for the hidden field of a page."""
        return ";".join(f"{code}={version}" for code, version in self.named(codes).items())


def shown(before: Mapping[str, str] = _NOTHING) -> ShownWords:
    """What this page shows: as the form that was sent says, else as was shown `before`."""
    return ShownWords({**before, **_sent()})


def of_all(before: Mapping[str, str] = _NOTHING) -> dict[str, str]:
    """The version of every permission that a report sent with this page names."""
    return shown(before).named(VOCABULARIES["consent"].codes)


def codes_of(questions: Iterable[AnyQuestion]) -> tuple[str, ...]:
    """The permissions whose words stand on a page with these questions."""
    asked = tuple(questions)
    several = (q for q in asked if q.name == CONSENT.name and isinstance(q, Listed))
    codes = [term.code for question in several for term in question.terms]
    is_contact = any(question.name == CONSENT_CONTACT.name for question in asked)
    return (*codes, CONTACT) if is_contact else tuple(codes)


def _sent() -> dict[str, str]:
    """The versions in the form that was sent, as far as they are ours."""
    if request.method != "POST":
        return {}
    pairs = (pair.partition("=") for pair in request.form.get(FIELD, "").split(";"))
    return {code: version for code, _is, version in pairs if _is_known(code, version)}


def _is_known(code: str, version: str) -> bool:
    if code not in VOCABULARIES["consent"]:
        return False
    if context.told().consent_text_in(code, version):
        return True
    # Another process may have shown what this one has not learned of yet.
    return context.told_anew().consent_text_in(code, version) is not None
