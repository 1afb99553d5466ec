"""Receipts shown again: from the cookie of the same browser, or from the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from flask import request

from intake import casework
from intake.casework import Receipt
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questionnaire import BY_NAME
from intake.form.situations import situations
from intake.web import cookies, tokens
from intake.web.context import now, service
from intake.web.forms import OnceForm, token_key

FIELD: Final = "receipt"
_PURPOSE: Final = "receipt"


@dataclass(frozen=True)
class Notes:
    """What goes with the newest receipt: nothing in it is anybody's own words.

    `parts` name the parts of the form that were filled in, `situations` what the advice for
    today is chosen by. Of an urgent report the coded `answers` begin the full one, and `words`
    are the names of the questions that were answered in words, `shown` the versions of the
    permissions' words.
    """

    parts: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    answers: Answers = field(default_factory=Answers, repr=False)
    words: tuple[str, ...] = ()
    is_urgent: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_urgent(
        cls, answers: Answers, parts: tuple[str, ...], shown: Mapping[str, str]
    ) -> Notes:
        """What is kept of an urgent report, so that it can go on in the full form."""
        coded = {n: v for n, v in answers.values.items() if _is_coded(n)}
        words = tuple(name for name in answers.values if name not in coded)
        told = situations(answers)
        return cls(parts, told, Answers(coded), words, is_urgent=True, shown=shown)

    def to_json(self) -> dict[str, Any]:
        return {
            "parts": self.parts,
            "situations": self.situations,
            "answers": self.answers.to_json(),
            "words": self.words,
            "is_urgent": self.is_urgent,
            "shown": dict(self.shown),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Notes:
        """The notes that `to_json` wrote; none out of nothing."""
        return cls(
            tuple(document.get("parts", ())),
            tuple(document.get("situations", ())),
            Answers.from_json(document.get("answers", {})),
            tuple(document.get("words", ())),
            bool(document.get("is_urgent")),
            document.get("shown", {}),
        )


def of_cookie() -> tuple[Receipt, ...]:
    """The receipts of the last hour that this browser keeps, newest first."""
    sent = _kept(cookies.reporter())
    return tuple(casework.receipt(once, received_at=at) for once, at in sent)


def notes() -> Notes:
    """What goes with the newest of them."""
    kept = cookies.reporter()
    text = kept.receipts if kept else ""
    return Notes.from_json(casework.kept_notes(service(), text, now=now()))


def newest_once() -> str | None:
    """What the newest report of this browser was born with."""
    sent = _kept(cookies.reporter())
    return sent[0][0] if sent else None


def added(
    kept: cookies.Reporter, once: str, received_at: datetime, told: Notes
) -> cookies.Reporter:
    """The cookie with one more receipt, the newest first."""
    others = [(other, at) for other, at in _kept(kept) if other != once]
    sent = [(once, received_at), *others]
    return kept.with_receipts(casework.keep_receipts(service(), sent, notes=told.to_json()))


def page_text(once: str, received_at: datetime) -> str:
    """One receipt as text for a hidden field, where there are no cookies."""
    value = f"{once}:{int(received_at.timestamp())}"
    return tokens.issue(token_key(), _PURPOSE, now=now(), value=value)


def of_page() -> tuple[Receipt, ...]:
    """The receipt that the page sent back; none when it is not ours."""
    text = tokens.opened(token_key(), _PURPOSE, request.form.get(FIELD, ""), now=now())
    if text is None:
        return ()
    once, _between, seconds = text.rpartition(":")
    return (casework.receipt(once, received_at=datetime.fromtimestamp(int(seconds), UTC)),)


def once_of(form: OnceForm) -> str:
    """What the form was born with; something new where it came broken."""
    text = form.once.data or ""
    try:
        casework.receipt(text, received_at=now())
    except ValueError:
        return casework.new_once()
    return text


def _is_coded(name: str) -> bool:
    question = BY_NAME.get(name)
    return question is not None and question.compartment is Compartment.FACTS


def _kept(kept: cookies.Reporter | None) -> tuple[tuple[str, datetime], ...]:
    return casework.kept_receipts(service(), kept.receipts, now=now()) if kept else ()
