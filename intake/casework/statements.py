"""Every statement about the law: it stays marked until a lawyer has checked its words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from intake.case.clocks import CLOCKS, Clock
from intake.casework.codec import encode
from intake.form import law
from intake.form.consent_texts import ConsentText
from intake.form.sections.consents import ABOUT_COMPLAINTS
from intake.form.vocabularies import LANGUAGES, Term, vocabulary
from intake.translations import said_in

COMPLAINT: Final = "state_complaint"
"""The consent whose words tell what the law says."""


@dataclass(frozen=True)
class Statement:
    """What is said in each language, and what else a lawyer judges, such as hours."""

    key: str
    kind: str
    texts: Mapping[str, str] = field(hash=False)
    besides: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def digest(self) -> str:
        """What a mark belongs to: other words have another one."""
        said = encode({"texts": dict(self.texts), "besides": dict(self.besides)})
        return hashlib.sha256(said).hexdigest()[:32]


@cache
def fixed() -> Mapping[str, Statement]:
    """The statements whose words come with the program, by their keys."""
    found = (*map(of_clock, _legal_clocks()), *map(of_advice, law.ADVICE.values()), _notice())
    return MappingProxyType({statement.key: statement for statement in found})


def of_clock(clock: Clock) -> Statement:
    """How long something may take by law."""
    term: Term = vocabulary("clock").by_code[clock.code]
    besides = {"hours": dict(clock.hours), "starts": clock.starts, "source": clock.source}
    return Statement(f"clock.{clock.code}", "clock", dict(term.labels), besides)


def of_advice(advice: law.Advice) -> Statement:
    """One line of what people can do today."""
    return Statement(f"advice.{advice.code}", "advice", _translated([advice.words]))


def of_consent(words: ConsentText) -> Statement:
    """The words of a permission, in force or shown to somebody before."""
    texts = {language: words.text(language) for language in LANGUAGES}
    return Statement(f"consent.{words.code}", "consent", texts)


def _notice() -> Statement:
    return Statement("notice.complaint", "notice", _translated(ABOUT_COMPLAINTS))


def _legal_clocks() -> Iterable[Clock]:
    return (clock for clock in CLOCKS.values() if clock.legal and not clock.checked)


def _translated(sentences: Iterable[str]) -> dict[str, str]:
    told = tuple(sentences)
    return {to: " ".join(said_in(to, sentence) for sentence in told) for to in LANGUAGES}
