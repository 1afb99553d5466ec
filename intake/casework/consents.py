"""Consents that change after the report: what stands, who gave it, what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from intake.casework.facts_box import KeptFacts
from intake.casework.mail_entries import Entry
from intake.consent import Consent, TakenBack
from intake.form.sorting import is_intimate
from intake.form.vocabularies import vocabulary

CONTACT, STORE = "contact", "store"


def plain(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes of consents without those that tell of intimate pictures (E11)."""
    known = vocabulary("consent").by_code
    return tuple(code for code in codes if not is_intimate(known.get(code)))


@dataclass(frozen=True)
class Change:
    """Consents given and codes taken back at one moment."""

    at: datetime
    given: tuple[Consent, ...] = ()
    withdrawn: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.given or self.withdrawn)

    @property
    def codes(self) -> dict[str, object]:
        """What the log keeps of it: nothing that is for trained handlers alone (E11)."""
        return {
            "given": list(plain(consent.code for consent in self.given)),
            "withdrawn": list(plain(self.withdrawn)),
        }

    def to_json(self) -> dict[str, object]:
        return {
            "at": self.at.isoformat(),
            "given": [consent.to_json() for consent in self.given],
            "withdrawn": list(self.withdrawn),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Change:
        return cls(
            datetime.fromisoformat(document["at"]).astimezone(UTC),
            tuple(map(Consent.from_json, document["given"])),
            tuple(document["withdrawn"]),
        )


@dataclass(frozen=True)
class Standing:
    """What somebody allows, as the conversation tells it: since when and until when."""

    since: datetime
    until: datetime | None = None


def applied(kept: KeptFacts, change: Change) -> KeptFacts:
    """`kept` after `change`; the same change applied again changes nothing."""
    at, codes = change.at, change.withdrawn
    return told(kept, change.given, (TakenBack(codes, at, at),) if codes else ())


def told(
    kept: KeptFacts, given: Iterable[Consent] = (), taken_back: Iterable[TakenBack] = ()
) -> KeptFacts:
    """`kept` after more was allowed or taken back."""
    known = {_told(consent) for consent in kept.given}
    new = (consent for consent in given if _told(consent) not in known)
    taken = dict.fromkeys((*kept.withdrawals, *taken_back))
    return _with(kept, (*kept.given, *new), taken)


def without(kept: KeptFacts, step: UUID) -> KeptFacts:
    """`kept` as if this step had told of nothing: what others took back is taken back still."""
    given = (consent for consent in kept.given if consent.step != step)
    return _with(kept, given, (one for one in kept.withdrawals if one.step != step))


def _told(consent: Consent) -> tuple[str, datetime, UUID | None]:
    return consent.code, consent.given_at, consent.step


def _with(
    kept: KeptFacts, given: Iterable[Consent], taken_back: Iterable[TakenBack]
) -> KeptFacts:
    changed = kept.with_given(given, taken_back)
    if (CONTACT in changed.consents) == (CONTACT in kept.consents):
        return changed
    facts = replace(changed.facts, consent_contact=CONTACT in changed.consents)
    return replace(changed, facts=facts)


def standing(entries: Iterable[Entry], now: datetime) -> dict[str, Standing]:
    """What is allowed now, by code, as the entries of the conversation tell in their order."""
    found: dict[str, Standing] = {}
    for entry in entries:
        found |= {code: Standing(entry.at, _until(entry, code)) for code in entry.consents}
        for code in entry.withdrawn:
            found.pop(code, None)
    return {code: it for code, it in found.items() if it.until is None or it.until > now}


def _until(entry: Entry, code: str) -> datetime | None:
    """A report says until when for all that it lets others know, and not for the rest."""
    is_lasting = entry.kind != "consent" and code in {CONTACT, STORE}
    return None if is_lasting else entry.until
