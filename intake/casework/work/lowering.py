"""Lowering the urgency of a case; what comes later may raise it again."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Final

from intake.case.kinds.help import LOWER_TO
from intake.casework.case_file import CaseFile
from intake.casework.work.deeds import Deed
from intake.triage import Facts, Level, still_off, triage

_NO_FACTOR_READS: Final = frozenset(
    {
        "language",
        "channel",
        "route",
        "victim_knowledge",
        "contact_method",
        "consent_contact",
        "victim_sex",
        "victims_count",
        "released_on",
        "locality",
        "region",
        "region_then",
        "event_context",
        "place_type",
        "phase",
        "purpose",
        "case_status",
        "family_access",
        "need",
        "evidence",
        "trained_only",
        "withdrawal_asked",
        "erasure_asked",
        "raised",
        "switched_off",
        "switched_off_at",
        "first_contact_at",
        "first_from_coalition_at",
        "last_from_coalition_at",
        "last_from_reporter_at",
        "stage_changed_at",
        "try_again_on",
    }
)
"""All others, also those to come, count as read by every factor but for these:"""
_READ_BY_FEW: Final[Mapping[str, frozenset[str]]] = {
    "deadlines": frozenset({"deadline_3d", "deadline_15d"}),
    "complaint_filed_on": frozenset({"erdr_overdue"}),
    "erdr_number_known": frozenset({"erdr_overdue"}),
}


def lower(facts: Facts, level: Level, now: datetime) -> Facts:
    """The facts with as many factors switched off, the strongest first, as `level` asks for.

    A factor that begins to apply later counts again (domain.md 6.1): by time, or because
    something is told of it (`counted_again`).
    """
    if facts.raised and facts.raised.level > level:
        facts = replace(facts, raised=None)
    facts = replace(facts, switched_off=still_off(facts, now), switched_off_at=now)
    while (found := triage(facts, now)).level > level and found.factors:
        off = (*facts.switched_off, found.factors[0])
        facts = replace(facts, switched_off=off)
    return facts


def asked_aside(file: CaseFile, deed: Deed) -> tuple[str, ...]:
    """The factors that a lowering would switch off now, as far as the reader may know them."""
    level = deed.answers[LOWER_TO]
    if deed.code != "lowering" or not level:
        return ()
    facts = file.facts if file.reader.is_trained else file.facts.without_sexual_violence()
    off = lower(file.facts, Level.of(level), file.now).switched_off
    return tuple(code for code in triage(facts, file.now).factors if code in off)


def counted_again(facts: Facts, told: Collection[str]) -> Facts:
    """The facts where every factor counts that reads one of those `told` anew, by name.

    Also where the same was told before: somebody who is arrested again is in danger again.
    """
    off = tuple(code for code in facts.switched_off if not _is_read(code, told))
    return facts if off == facts.switched_off else replace(facts, switched_off=off)


def changed(before: Facts, after: Facts) -> frozenset[str]:
    """The names of the facts in which both differ."""
    names = (field.name for field in fields(Facts))
    return frozenset(n for n in names if getattr(before, n) != getattr(after, n))


def _is_read(code: str, told: Collection[str]) -> bool:
    names = set(told) - _NO_FACTOR_READS
    return any(code in _READ_BY_FEW.get(name, {code}) for name in names)
