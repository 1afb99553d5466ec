"""The coded answers of a case with what triage made of them, for the ring `facts`."""

from dataclasses import dataclass

from intake.casework.codec import decode, encode
from intake.store.cases import SealedFacts
from intake.store.tables import DocumentRow
from intake.triage import Facts, Triage
from intake.vault import RingKey, open_facts


@dataclass(frozen=True)
class KeptFacts:
    """What a revision of the facts holds: codes, and the consents in force as codes."""

    facts: Facts
    consents: tuple[str, ...] = ()


def facts_content(kept: KeptFacts, triage: Triage) -> bytes:
    """`kept` as it is sealed, with what triage derived for those who only count."""
    return encode(
        {
            "facts": kept.facts.to_json(),
            "consents": list(kept.consents),
            "derived": {"level": triage.level.code, "factors": list(triage.factors)},
        }
    )


def read_facts(row: DocumentRow | SealedFacts, ring_key: RingKey) -> KeptFacts:
    """The facts of one revision."""
    content = decode(open_facts(row.box, ring_key, case=row.case_id, revision=row.revision))
    return KeptFacts(Facts.from_json(content["facts"]), tuple(content["consents"]))
