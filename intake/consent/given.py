"""What a person has allowed, and whether it still holds at the moment of an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Consent:
    """One thing allowed; `code` and `giver` are codes of `consent` and `consent_giver`.

    Moments are aware and in UTC; `text_version` names the words that were agreed to. `step`
    is the entry in the record that told of it, None for what the reporter told.
    """

    code: str
    giver: str
    given_at: datetime
    text_version: str
    until: datetime | None = None
    withdrawn_at: datetime | None = None
    step: UUID | None = None

    def is_in_force(self, now: datetime) -> bool:
        """Given by somebody, begun, not run out and not withdrawn."""
        has_ended = (end is not None and end <= now for end in (self.until, self.withdrawn_at))
        return self.giver != "none" and self.given_at <= now and not any(has_ended)

    def to_json(self) -> dict[str, str | None]:
        return {
            "code": self.code,
            "giver": self.giver,
            "given_at": self.given_at.isoformat(),
            "text_version": self.text_version,
            "until": _text(self.until),
            "withdrawn_at": _text(self.withdrawn_at),
            **({"step": self.step.hex} if self.step else {}),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Consent:
        return cls(
            document["code"],
            document["giver"],
            _moment(document["given_at"]),
            document["text_version"],
            _optional(document.get("until")),
            _optional(document.get("withdrawn_at")),
            _id(document.get("step")),
        )


@dataclass(frozen=True)
class TakenBack:
    """Codes of `consent` that hold no longer, as they were taken back `at` a moment.

    It was `told_at` that moment or a later one: all that was given until then has ended.
    `step` is the entry in the record that told of it, None for what the reporter told.
    """

    codes: tuple[str, ...]
    at: datetime
    told_at: datetime
    step: UUID | None = None

    def ends(self, consent: Consent) -> bool:
        """Whether this consent was there to be taken back."""
        # Entries keep seconds: of what came in one second, taking back holds on both sides.
        given_at = consent.given_at.replace(microsecond=0)
        return consent.code in self.codes and given_at <= self.told_at

    def to_json(self) -> dict[str, object]:
        found: dict[str, object] = {"codes": list(self.codes), "at": self.at.isoformat()}
        if self.told_at != self.at:
            found["told_at"] = self.told_at.isoformat()
        return found | ({"step": self.step.hex} if self.step else {})

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> TakenBack:
        at = _moment(document["at"])
        told_at = _optional(document.get("told_at")) or at
        return cls(tuple(document["codes"]), at, told_at, _id(document.get("step")))


def held(consents: Iterable[Consent], taken_back: Iterable[TakenBack]) -> tuple[Consent, ...]:
    """Every consent with when it was first taken back, whatever order both were told in."""
    taken = tuple(taken_back)
    return tuple(replace(one, withdrawn_at=_ended_at(one, taken)) for one in consents)


def _ended_at(consent: Consent, taken: Iterable[TakenBack]) -> datetime | None:
    ends = (max(one.at, consent.given_at) for one in taken if one.ends(consent))
    return min(ends, default=None)


def in_force(consents: Iterable[Consent], code: str, now: datetime) -> bool:
    """Whether any of `consents` allows `code` at this moment."""
    return any(consent.code == code and consent.is_in_force(now) for consent in consents)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _optional(text: str | None) -> datetime | None:
    return _moment(text) if text else None


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
