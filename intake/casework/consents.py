"""Consents that change after the report: what stands, who gave it, what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from intake.casework.facts_box import KeptFacts
from intake.casework.mail_entries import Entry
from intake.consent import Consent
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
    before = kept.given
    known = {(consent.code, consent.given_at) for consent in before}
    new = (c for c in change.given if (c.code, c.given_at) not in known)
    changed = kept.with_given(_ended(consent, change) for consent in (*before, *new))
    touched = {*change.withdrawn, *(consent.code for consent in change.given)}
    if CONTACT not in touched:
        return changed
    facts = replace(changed.facts, consent_contact=CONTACT in changed.consents)
    return replace(changed, facts=facts)


def _ended(consent: Consent, change: Change) -> Consent:
    # Entries keep seconds: of what came in one second, taking back holds on both sides.
    given_at = consent.given_at.replace(microsecond=0)
    is_meant = consent.code in change.withdrawn and given_at <= change.at
    if not is_meant or consent.withdrawn_at is not None:
        return consent
    return replace(consent, withdrawn_at=change.at)


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
