"""One row of the queue: how urgent, why, how long, as far as the reader may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from intake.case.running import Due
from intake.casework.finding.sieve import SEXUAL, Seen
from intake.casework.reader import Reader
from intake.store.tables import CaseRow
from intake.triage import Level


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
    is_aside: bool = False
    """Put aside until a day or until the reporter writes."""
    tags: tuple[str, ...] = ()
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
            is_aside=False,
            tags=(),
            is_kept=True,
        )


def shown(
    reader: Reader,
    case: CaseRow,
    seen: Seen,
    *,
    has_news: bool,
    handles: Mapping[UUID, str],
) -> Row:
    """`case` as `reader` may see it in the queue."""
    sheet, due = seen.sheet, seen.due
    asked = sheet.codes("asked")
    return Row(
        ref=case.ref,
        number=case.number,
        level=Level(seen.standing.level).code,
        stage=case.stage,
        holder=handles.get(case.holder) if case.holder else None,
        is_mine=case.holder == reader.member,
        due=due and Due(due.clock, _moment(due.at), due.waiting, due.turn),
        is_late=seen.is_late,
        is_waiting=due is not None and due.waiting,
        factors=_told_to(reader, sheet.factors(seen.standing)),
        points=seen.standing.points,
        region=sheet.code("region"),
        locality=sheet.code("locality"),
        place_type=sheet.codes("place"),
        status=sheet.code("status"),
        is_in_custody=bool(sheet.codes("held")),
        reporter_role=sheet.code("role"),
        language=sheet.code("language"),
        channel=sheet.code("channel"),
        received_at=_moment(sheet.received_at),
        has_news=has_news,
        is_automated=case.automated,
        withdrawal_asked="withdrawal" in asked,
        erasure_asked="erasure" in asked,
        is_aside=seen.is_aside,
        tags=sheet.codes("tag"),
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _told_to(reader: Reader, factors: Sequence[str]) -> tuple[str, ...]:
    if reader.is_trained:
        return tuple(factors)
    told = [f"untrained:{code}" if code in SEXUAL else code for code in factors]
    strongest = next((code for code in told if code.startswith("untrained:")), None)
    return tuple(code for code in told if code == strongest or ":" not in code)
