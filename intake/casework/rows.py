"""One row of the queue: how urgent, why, how long, as far as the reader may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from intake.casework.reader import Reader
from intake.store.tables import CaseRow
from intake.triage import Due, Facts, Level, next_clock, settled

SEXUAL = frozenset({"sexual_72h", "sexual_7d", "sexual_any"})


@dataclass(frozen=True)
class Row:
    """One case as the queue shows it.

    `factors` are codes, strongest first; `untrained:CODE` where only a trained handler
    may be told the reason (E11).
    """

    ref: str
    number: str | None
    level: str
    stage: str
    holder: str | None
    is_mine: bool
    due: Due | None
    is_late: bool
    is_waiting: bool
    factors: tuple[str, ...]
    points: int
    region: str
    locality: str
    place_type: tuple[str, ...]
    status: str
    is_in_custody: bool
    reporter_role: str
    language: str
    channel: str
    received_at: datetime
    has_news: bool
    is_automated: bool
    withdrawal_asked: bool = False
    erasure_asked: bool = False
    is_kept: bool = False
    """For named colleagues, of whom the reader is none: level and time left are all."""

    def kept(self) -> Row:
        """The row for who is not named: nothing else of the case."""
        return replace(
            self,
            ref="",
            number=None,
            stage="",
            holder=None,
            is_mine=False,
            factors=(),
            points=0,
            region="",
            locality="",
            place_type=(),
            status="",
            is_in_custody=False,
            reporter_role="",
            language="",
            channel="",
            has_news=False,
            withdrawal_asked=False,
            erasure_asked=False,
            is_kept=True,
        )


def shown(
    reader: Reader,
    case: CaseRow,
    facts: Facts,
    *,
    has_news: bool,
    handles: Mapping[UUID, str],
    now: datetime,
) -> Row:
    """`case` as `reader` may see it in the queue."""
    outcome = settled(Level.of(case.level), facts, now)
    due = next_clock(facts, case.stage, outcome.level, now)
    # What the reporter wrote since is not merged yet, but nobody waits for her any more.
    waits = due is not None and due.waiting and not has_news
    return Row(
        ref=case.ref,
        number=case.number,
        level=outcome.level.code,
        stage=case.stage,
        holder=handles.get(case.holder) if case.holder else None,
        is_mine=case.holder == reader.member,
        due=due,
        is_late=due is not None and due.at < now and not waits,
        is_waiting=waits,
        factors=_told_to(reader, outcome.factors),
        points=outcome.points,
        region=facts.region,
        locality=facts.locality,
        place_type=facts.place_type,
        status=facts.victim_status,
        is_in_custody=facts.in_custody,
        reporter_role=facts.reporter_role,
        language=facts.language,
        channel=facts.channel,
        received_at=facts.received_at,
        has_news=has_news,
        is_automated=case.automated,
        withdrawal_asked=facts.withdrawal_asked,
        erasure_asked=facts.erasure_asked,
    )


def _told_to(reader: Reader, factors: Sequence[str]) -> tuple[str, ...]:
    if reader.is_trained:
        return tuple(factors)
    told = [f"untrained:{code}" if code in SEXUAL else code for code in factors]
    strongest = next((code for code in told if code.startswith("untrained:")), None)
    return tuple(code for code in told if code == strongest or ":" not in code)
