"""The facets of a case: by what a queue can be narrowed, as codes of a vocabulary."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from intake.casework.facts_box import KeptFacts
from intake.form.vocabularies import vocabulary

_GROUP: Final = {
    term.code: str(term.attributes.get("group", "other")) for term in vocabulary("method").terms
}


@dataclass(frozen=True)
class Facet:
    """What is said of a case in codes: its `name` in the address, its `mark` in the sheet.

    Those of no `vocabulary` are worded where they are shown. What is said twice stands once in
    the sheet, unless it `is_counted`.
    """

    name: str
    mark: str
    vocabulary: str
    codes: Callable[[KeptFacts], Iterable[str]]
    is_counted: bool = False


def _method_groups(kept: KeptFacts) -> Iterator[str]:
    yield from (_GROUP[code] for code in kept.facts.methods if code in _GROUP)
    if kept.facts.tells_sexual_violence:
        yield "sexual"


def _asked(kept: KeptFacts) -> Iterator[str]:
    if kept.facts.withdrawal_asked:
        yield "withdrawal"
    if kept.facts.erasure_asked:
        yield "erasure"


def _held(kept: KeptFacts) -> Iterator[str]:
    if kept.facts.in_custody:
        yield "yes"


def _minor(kept: KeptFacts) -> Iterator[str]:
    if kept.facts.is_minor:
        yield "yes"


def _tracks(kept: KeptFacts) -> Iterator[str]:
    """How each kind of help stands, as `legal.pending`."""
    yield from (f"{track}.{status}" for track, status in kept.tracks.items())


FACETS: Final = (
    Facet("region", "rg", "region", lambda kept: (kept.facts.region,)),
    Facet("locality", "lo", "locality", lambda kept: (kept.facts.locality,)),
    Facet("status", "st", "victim_status", lambda kept: (kept.facts.victim_status,)),
    Facet("held", "hd", "", _held),
    Facet("minor", "mi", "", _minor),
    Facet("sex", "sx", "sex", lambda kept: (kept.facts.victim_sex,)),
    Facet("age", "ag", "age_band", lambda kept: (kept.facts.age_band_then,)),
    Facet("place", "pl", "place_type", lambda kept: kept.facts.place_type),
    Facet("agency", "ac", "agency", lambda kept: kept.facts.agency),
    Facet("method", "me", "method_group", _method_groups),
    Facet("need", "ne", "need", lambda kept: kept.facts.need),
    Facet("language", "la", "language", lambda kept: (kept.facts.language,)),
    Facet("channel", "ch", "channel", lambda kept: (kept.facts.channel,)),
    Facet("role", "ro", "reporter_role", lambda kept: (kept.facts.reporter_role,)),
    Facet("contact", "co", "contact_method", lambda kept: kept.facts.contact_method),
    Facet("asked", "as", "", _asked),
    Facet("flag", "fl", "flag", lambda kept: kept.flags),
    Facet("track", "tr", "", _tracks),
    Facet("lead", "ld", "", lambda kept: kept.leads, is_counted=True),
    Facet("tag", "tg", "", lambda kept: kept.tags),
)
BY_NAME: Final = {facet.name: facet for facet in FACETS}
FOR_TRAINED: Final = frozenset({("method", "sexual"), ("flag", "sexual")})
"""What only a trained handler filters, counts or sees by (E11)."""
