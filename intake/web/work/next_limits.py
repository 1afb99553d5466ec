"""The card «Next» of a case: what presses most, until when, and what stands in its way."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from flask_babel import gettext

from intake.case.clocks import CLOCKS, Started, due_of
from intake.casework import Overview
from intake.triage.facts import Facts
from intake.web import context, time_words
from intake.web.staff_pages import label
from intake.web.work import clock_lines
from intake.web.work.clock_lines import ClockLine

MOST: Final = 3
ENDED: Final = frozenset({"closed", "erased"})


def shown(view: Overview) -> list[ClockLine]:
    """The limits that press most, then those that the case is going to meet."""
    running = [_running(view, one, due) for _waits, due, one in sorted_limits(view)]
    known = {one.code for one in view.limits}
    coming = [_coming(view, code) for code in _expected(view) if code not in known]
    return [*running, *coming][:MOST]


def sorted_limits(view: Overview) -> list[tuple[bool, datetime, Started]]:
    """What presses comes before what waits, and what ends first before the rest."""
    now, level = context.now(), view.row.level
    ends = ((one, due_of(one, level, now)) for one in view.limits)
    found = [
        (_is_waiting(view, one, due), due, one)
        for one, due in ends
        if due is not None and (one.turn != "consent" or due >= now)
    ]
    return sorted(found, key=lambda row: row[:2])


def _is_waiting(view: Overview, one: Started, due: datetime) -> bool:
    if one.turn == "reporter":
        return not view.row.has_news
    return one.turn == "hold" or (one.turn == "day" and context.now() < due)


def _running(view: Overview, one: Started, due: datetime) -> ClockLine:
    waiting = _is_waiting(view, one, due)
    left = time_words.time_left(due, waiting=waiting, now=context.now())
    needs = CLOCKS[one.code].gate if one.turn == "consent" else None
    can_write = view.is_opened and not needs
    link, address = clock_lines.done_by(view.row.ref, one.code) if can_write else ("", "")
    words = gettext("paused") if one.turn == "hold" else left.words
    return _line(one.code, words, left.style, needs=needs, link=link, address=address)


def _coming(view: Overview, code: str) -> ClockLine:
    """What is counted from something that has not happened."""
    gate = CLOCKS[code].gate
    is_given = gate in view.consents or clock_lines.is_no_consent(gate)
    counted = clock_lines.counted_from(code)
    return _line(code, "", "easy", note=counted, needs=None if is_given else gate)


def _line(  # noqa: PLR0913 - all that one line says
    code: str,
    time: str,
    style: str,
    *,
    note: str = "",
    needs: str | None = None,
    link: str = "",
    address: str = "",
) -> ClockLine:
    return ClockLine(
        code,
        label("clock", code),
        time,
        style,
        note=note,
        needs=clock_lines.needs_words(needs),
        is_unchecked=clock_lines.is_unchecked(CLOCKS[code]),
        link=link,
        address=address,
    )


def _expected(view: Overview) -> Iterator[str]:
    """The limits that the answers make likely and that have not begun."""
    if view.row.stage in ENDED:
        return
    for code, is_wanted in _wanted(view.facts):
        if is_wanted and view.row.level in CLOCKS[code].hours:
            yield code


def _wanted(facts: Facts) -> Iterator[tuple[str, bool]]:
    is_before = facts.first_contact_at is None
    is_missing = facts.victim_status == "missing"
    is_hurt = facts.injured or bool(facts.injuries) or facts.tells_sexual_violence
    yield "lawyer_u1", is_before and facts.in_custody
    yield "medical_u1", is_before and is_hurt
    yield "missing_wgeid", is_missing and facts.stage_changed_at is None
    yield (
        "prosecutor",
        (facts.in_custody or is_missing)
        and not facts.complaint_filed_on
        and "prosecutor" not in facts.legal_steps,
    )
