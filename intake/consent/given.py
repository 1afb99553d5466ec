"""What a person has allowed, and whether it still holds at the moment of an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Consent:
    """One thing allowed; `code` and `giver` are codes of `consent` and `consent_giver`.

    Moments are aware and in UTC; `text_version` names the words that were agreed to.
    """

    code: str
    giver: str
    given_at: datetime
    text_version: str
    until: datetime | None = None
    withdrawn_at: datetime | None = None

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
        )


def in_force(consents: Iterable[Consent], code: str, now: datetime) -> bool:
    """Whether any of `consents` allows `code` at this moment."""
    return any(consent.code == code and consent.is_in_force(now) for consent in consents)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _optional(text: str | None) -> datetime | None:
    return _moment(text) if text else None
