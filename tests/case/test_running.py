"""The short form of the limits that a queue reads, and which of them presses most."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.case import Stage
from intake.case.clocks import (
    ClockState,
    Due,
    Started,
    clocks,
    due_of,
    most_pressing,
    next_due,
    running,
)
from intake.case.situation import Situation
from intake.form.vocabularies import vocabulary
from tests.case.strategies import situations
from tests.case.writing import NOW, attempt, case, complaint, day, decision, hours

LEVELS = ("u1", "u2", "u3", "u4")
ENDED = {"closed", "erased"}


def kept(found: tuple[Started, ...]) -> tuple[Started, ...]:
    """The limits as they come back from where they are kept."""
    return tuple(Started.from_json(json.loads(json.dumps(one.to_json()))) for one in found)


def pressing(situation: Situation) -> Due | None:
    return next_due(running(situation), situation.level, situation.now)


@given(situations)
def test_the_short_form_tells_the_same_ends_as_the_record(situation: Situation) -> None:
    short = sorted(
        (one.code, one.start, due)
        for one in kept(running(situation))
        if (due := due_of(one, situation.level, situation.now))
    )
    full = sorted(
        (clock.code, clock.start, clock.due)
        for clock in clocks(situation)
        if clock.start and clock.due
        if clock.state is not ClockState.MET and situation.stage not in ENDED
        if clock.state is not ClockState.GATED or clock.legal
    )
    assert short == full


@given(situations)
def test_the_short_form_presses_as_the_record_does(situation: Situation) -> None:
    if situation.stage in ENDED:
        return
    clock = most_pressing(clocks(situation), situation.now)
    due = next_due(kept(running(situation)), situation.level, situation.now)
    if clock is None or due is None:
        assert (clock, due) == (None, None)
        return
    waits = clock.state in {ClockState.WAITING, ClockState.PAUSED}
    assert (due.clock, due.at, due.waiting) == (clock.code, clock.due, waits)
    assert due.is_late(situation.now) == (clock.state is ClockState.LATE)


@given(situations, st.sampled_from(LEVELS), st.integers(0, 60 * 24 * 30))
def test_a_started_limit_tells_its_end_later_and_on_another_level_too(
    situation: Situation, level: str, minutes: int
) -> None:
    now = situation.now + timedelta(minutes=minutes)
    for one in running(situation):
        again = Started.from_json(one.to_json())
        assert again == one
        assert due_of(again, level, now) == due_of(one, level, now)


@given(situations)
def test_a_limit_of_law_does_not_move_with_time(situation: Situation) -> None:
    later = situation.now + timedelta(days=9)
    for clock, one in (
        (clock, one) for clock in clocks(situation) for one in running(situation)
    ):
        if clock.code == one.code and clock.legal:
            before = due_of(one, situation.level, situation.now)
            assert before == due_of(one, situation.level, later)


def test_a_short_form_is_short() -> None:
    (one,) = running(case("received", received_at=NOW))[:1]
    assert one.to_json() == ["open", int(NOW.timestamp())]


@pytest.mark.parametrize("stage", sorted(ENDED))
def test_no_clock_runs_for_an_ended_case(stage: str) -> None:
    assert running(case(stage, complaint())) == ()
    assert pressing(case(stage, complaint())) is None


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("level", LEVELS)
def test_every_open_stage_has_a_clock_with_words(stage: Stage, level: str) -> None:
    due = pressing(case(stage, level=level))
    assert (due is None) == (stage in ENDED)
    assert due is None or due.clock in vocabulary("clock")


@pytest.mark.parametrize(("level", "count"), [("u1", 2), ("u2", 24), ("u3", 72), ("u4", 240)])
def test_a_new_report_must_be_opened(level: str, count: int) -> None:
    new = case("received", received_at=NOW, level=level)
    assert pressing(new) == Due("open", hours(count))


@pytest.mark.parametrize("stage", ["screening", "contacting"])
@pytest.mark.parametrize(("level", "count"), [("u1", 4), ("u2", 24), ("u3", 72), ("u4", 240)])
def test_then_somebody_must_try_to_reach_the_reporter(
    stage: str, level: str, count: int
) -> None:
    assert pressing(case(stage, received_at=NOW, level=level)) == Due(
        "contact_u1", hours(count)
    )


def test_who_wants_no_contact_is_reviewed_instead() -> None:
    known = case("screening", contact_method=("none",), stage_changed_at=NOW)
    assert pressing(known) == Due("review", hours(72))


@pytest.mark.parametrize("stage", ["screening", "contacting", "assessment", "active"])
def test_a_case_that_waits_for_the_reporter_is_never_late(stage: str) -> None:
    due = pressing(case(stage, last_from_coalition_at=NOW, level="u1"))
    assert due == Due("review", hours(24), waiting=True)
    assert not due.is_late(NOW + timedelta(days=400))


def test_an_answer_to_the_reporters_word_waits_again() -> None:
    known = case(
        "contacting", last_from_reporter_at=hours(-30), last_from_coalition_at=NOW, level="u1"
    )
    assert pressing(known) == Due("review", hours(24), waiting=True)


def test_what_the_law_gives_presses_before_the_review() -> None:
    waiting = {"last_from_coalition_at": hours(-1), "level": "u4"}
    assert pressing(case("active", **waiting)) == Due("review", hours(719), waiting=True)
    due = pressing(case("active", complaint("police"), **waiting))
    assert due is not None
    assert (due.clock, due.waiting) == ("erdr", False)


def test_an_appeal_nobody_allowed_yet_presses_until_its_time_is_over() -> None:
    refused = decision("discontinued", on=day(-1))
    before = pressing(case("monitoring", refused, stage_changed_at=NOW))
    assert before is not None
    assert before.clock == "appeal_106"
    old = decision("discontinued", on=day(-30))
    after = pressing(case("monitoring", old, stage_changed_at=NOW))
    assert after == Due("review", hours(720))


def test_a_case_on_hold_waits_until_its_day() -> None:
    held = case("on_hold", attempt("not_reached"), try_again_at=hours(5))
    assert pressing(held) == Due("contact_u1", hours(5), waiting=True)
    over = case("on_hold", attempt("not_reached"), try_again_at=hours(-5))
    assert pressing(over) == Due("contact_u1", hours(-5))


def test_being_late_begins_after_the_time() -> None:
    due = Due("open", NOW)
    assert not due.is_late(NOW)
    assert due.is_late(NOW + timedelta(seconds=1))
