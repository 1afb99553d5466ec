"""The card «Next» of a case: what presses most, until when, and what stands in its way."""

from collections.abc import Iterator
from typing import Final

from flask_babel import gettext

from intake.case.clocks import CLOCKS, Due, dues
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
    now, level = context.now(), view.row.level
    running = dues(view.limits, level, now, has_news=view.row.has_news)
    known = {one.code for one in view.limits}
    coming = (_coming(view, code) for code in _expected(view) if code not in known)
    return [*(_running(view, due) for due in running), *coming][:MOST]


def _running(view: Overview, due: Due) -> ClockLine:
    left = time_words.time_left(due.at, waiting=due.waiting, now=context.now())
    needs = CLOCKS[due.clock].gate if due.turn == "consent" else None
    can_write = view.is_opened and not needs
    link, address = _done_by(view, due) if can_write else ("", "")
    words = gettext("paused") if due.turn == "hold" else left.words
    note = clock_lines.note_of(due.turn)
    return _line(
        due.clock, words, left.style, note=note, needs=needs, link=link, address=address
    )


def _done_by(view: Overview, due: Due) -> tuple[str, str]:
    has_day = any(one.fixed == due.at for one in view.limits if one.code == due.clock)
    is_over = has_day and due.is_late(context.now())
    return clock_lines.done_by(view.row.ref, due.clock, day_is_over=is_over)


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
