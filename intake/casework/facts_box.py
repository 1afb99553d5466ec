"""The coded answers of a case with what triage made of them, for the ring `facts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from intake.case.running import Started
from intake.casework.codec import decode, encode
from intake.consent import Consent, TakenBack, held
from intake.store.cases import SealedFacts
from intake.store.tables import DocumentRow
from intake.triage import Facts, Triage
from intake.vault import RingKey, open_facts


@dataclass(frozen=True)
class KeptFacts:
    """What a revision of the facts holds: codes, and the consents that nobody took back.

    `restricted_to` are the members for whom the case is kept; everybody when there are none.
    `records` say who gave each consent and until when, `taken_back` every time that some were
    taken back, as JSON: a queue reads thousands of facts and none of these. What was given
    together is one record, so that facts stay below the size to which all are padded. Taking
    back adds about a hundred bytes each time, and is kept so that a correction knows of it.

    Out of the case's record come `clocks` that run, `flags`, `tracks` (kind of help to its
    status) and `leads` (of each that goes on, the member who leads it, by id as hex);
    `is_reckoned` says that they were made. `tags` are ids of the team's, and until
    `snoozed_until` nobody needs to see the case. `told` are facts as JSON, by name, as they
    were before a step said more.
    """

    facts: Facts
    consents: tuple[str, ...] = ()
    records: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    restricted_to: tuple[str, ...] = ()
    clocks: tuple[Started, ...] = ()
    flags: tuple[str, ...] = ()
    tracks: Mapping[str, str] = field(default_factory=dict)
    leads: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    snoozed_until: datetime | None = None
    taken_back: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    told: Mapping[str, Any] = field(default_factory=dict, repr=False)
    is_reckoned: bool = False

    @property
    def given(self) -> tuple[Consent, ...]:
        """Every consent that was ever given, also those whose giver is not known."""
        known = tuple(consent for record in self.records for consent in _opened(record))
        codes = {consent.code for consent in known}
        received = self.facts.received_at
        unnamed = (Consent(c, "", received, "") for c in self.consents if c not in codes)
        return (*unnamed, *known)

    @property
    def withdrawals(self) -> tuple[TakenBack, ...]:
        """Every time that consents were taken back."""
        if self.taken_back:
            return tuple(map(TakenBack.from_json, self.taken_back))
        ended = ((c.code, c.withdrawn_at) for c in self.given)  # facts of before name no more
        return tuple(TakenBack((code,), at, at) for code, at in ended if at)

    def with_given(
        self, given: Iterable[Consent], taken_back: Iterable[TakenBack] = ()
    ) -> KeptFacts:
        """These facts with other consents, as far as none of these were taken back."""
        taken = tuple(taken_back)
        records = held(given, taken)
        allowed = (c.code for c in records if c.giver != "none" and c.withdrawn_at is None)
        return replace(
            self,
            consents=tuple(dict.fromkeys(allowed)),
            records=tuple(_written(same) for _, same in groupby(records, key=_circumstances)),
            taken_back=tuple(one.to_json() for one in taken),
        )

    def in_force(self, now: datetime) -> tuple[str, ...]:
        """The codes of what is allowed at this moment."""
        allowed = (consent.code for consent in self.given if consent.is_in_force(now))
        return tuple(dict.fromkeys(allowed))


def _circumstances(consent: Consent) -> Consent:
    """By whom, when and for how long, whatever it is that was allowed."""
    return replace(consent, code="")


def _written(same: Iterable[Consent]) -> dict[str, Any]:
    consents = tuple(same)
    told = {name: value for name, value in consents[0].to_json().items() if value is not None}
    return {**told, "code": [consent.code for consent in consents]}


def _opened(record: Mapping[str, Any]) -> Iterator[Consent]:
    one = Consent.from_json(record)
    return (replace(one, code=code) for code in record["code"])


def facts_content(kept: KeptFacts, triage: Triage) -> bytes:
    """`kept` as it is sealed, with what triage derived for those who only count."""
    return encode(
        {
            "facts": kept.facts.to_json(),
            "consents": list(kept.consents),
            "given": list(kept.records),
            "restricted_to": list(kept.restricted_to),
            "derived": {"level": triage.level.code, "factors": list(triage.factors)},
            **dict(_desk(kept)),
        }
    )


def _desk(kept: KeptFacts) -> Iterator[tuple[str, object]]:
    """What the desk adds; of what is empty nothing is written."""
    if kept.is_reckoned:
        yield "clocks", [clock.to_json() for clock in kept.clocks]
    many = {
        "flags": list(kept.flags),
        "tracks": dict(kept.tracks),
        "leads": list(kept.leads),
        "tags": list(kept.tags),
    }
    yield from ((name, values) for name, values in many.items() if values)
    if kept.snoozed_until:
        yield "snoozed_until", kept.snoozed_until.isoformat()
    if kept.taken_back:
        yield "taken_back", list(kept.taken_back)
    if kept.told:
        yield "told", dict(kept.told)


def read_facts(row: DocumentRow | SealedFacts, ring_key: RingKey) -> KeptFacts:
    """The facts of one revision."""
    content = decode(open_facts(row.box, ring_key, case=row.case_id, revision=row.revision))
    facts = Facts.from_json(content["facts"])
    return KeptFacts(
        facts,
        tuple(content["consents"]),
        tuple(content.get("given", ())),
        tuple(content.get("restricted_to", ())),
        **_read_desk(content),
    )


def _read_desk(content: Mapping[str, Any]) -> dict[str, Any]:
    snoozed = content.get("snoozed_until")
    return {
        "clocks": tuple(map(Started.from_json, content.get("clocks", ()))),
        "flags": tuple(content.get("flags", ())),
        "tracks": content.get("tracks", {}),
        "leads": tuple(content.get("leads", ())),
        "tags": tuple(content.get("tags", ())),
        "snoozed_until": snoozed and datetime.fromisoformat(snoozed).astimezone(UTC),
        "taken_back": tuple(content.get("taken_back", ())),
        "told": content.get("told", {}),
        "is_reckoned": "clocks" in content,
    }
