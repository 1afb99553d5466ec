"""The short form of the limits that a queue reads, and which of them presses most."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.case import Stage
from intake.case.clocks import ClockNow, ClockState, Due, Started, clocks, due_of, dues, running
from intake.case.kinds import help as helping
from intake.case.kinds import moving
from intake.case.running import counts, is_waiting
from intake.case.situation import Situation
from intake.form.moments import midnight
from intake.form.vocabularies import vocabulary
from tests.case.strategies import situations
from tests.case.writing import (
    NOW,
    attempt,
    case,
    complaint,
    day,
    decision,
    hours,
    step,
    vital,
)

LEVELS = ("u1", "u2", "u3", "u4")
ENDED = {"closed", "erased"}


def kept(found: tuple[Started, ...]) -> tuple[Started, ...]:
    """The limits as they come back from where they are kept."""
    return tuple(Started.from_json(json.loads(json.dumps(one.to_json()))) for one in found)


def needed(situation: Situation) -> tuple[Due, ...]:
    limits = kept(running(situation))
    return dues(limits, situation.level, situation.now, has_news=situation.has_news)


def pressing(situation: Situation) -> Due | None:
    return next(iter(needed(situation)), None)


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
        if clock.state is not ClockState.MET
        if situation.stage not in ENDED or clock.code == "retention"
        if clock.state is not ClockState.GATED or clock.legal
    )
    assert short == full


@given(situations)
def test_the_short_form_presses_and_waits_as_the_record_does(situation: Situation) -> None:
    found = needed(situation)
    assert [(due.waiting, due.at) for due in found] == sorted(
        (due.waiting, due.at) for due in found
    )
    told = sorted((due.clock, due.at, due.waiting, due.is_late(situation.now)) for due in found)
    expected = sorted(
        (
            clock.code,
            clock.due,
            clock.state in {ClockState.WAITING, ClockState.PAUSED},
            clock.state is ClockState.LATE,
        )
        for clock in clocks(situation)
        if clock.due and _counts(clock, situation)
    )
    assert told == expected


def _counts(clock: ClockNow, situation: Situation) -> bool:
    """Whether a limit is to be met at all, said by how it stands."""
    if clock.state is ClockState.GATED:
        return clock.legal and clock.due is not None and clock.due >= situation.now
    is_left = situation.stage not in ENDED or clock.code == "retention"
    return is_left and clock.state not in {ClockState.MET, ClockState.COMING}


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


def test_nothing_runs_for_a_case_that_is_erased() -> None:
    assert running(case("erased", complaint())) == ()


def test_of_a_closed_case_the_date_of_erasing_is_left() -> None:
    asked = step("retention", (moving.RETENTION_ON, day(400)))
    until = midnight(day(400).day)
    assert pressing(case("closed", complaint(), asked)) == Due("retention", until)
    assert len(running(case("closed", complaint(), asked))) == 1


def test_a_closed_case_without_a_date_of_erasing_presses_at_once() -> None:
    due = pressing(case("closed", stage_changed_at=hours(-1)))
    assert due == Due("retention", hours(-1))
    assert due.is_late(NOW)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("level", LEVELS)
def test_every_open_stage_has_a_clock_with_words(stage: Stage, level: str) -> None:
    due = pressing(case(stage, level=level))
    assert (due is None) == (stage == "erased")
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
    assert due == Due("review", hours(24), waiting=True, turn="reporter")
    assert not due.is_late(NOW + timedelta(days=400))


@pytest.mark.parametrize("stage", ["contacting", "assessment", "active"])
@pytest.mark.parametrize(("level", "count"), [("u1", 24), ("u2", 72)])
def test_who_is_held_and_stops_answering_is_looked_after(
    stage: str, level: str, count: int
) -> None:
    known = {"level": level, "in_custody": True, "last_from_coalition_at": NOW}
    assert pressing(case(stage, **known)) == Due("review", hours(count), turn="look")
    later = pressing(case(stage, now=hours(count + 1), **known))
    assert later is not None
    assert (later.waiting, later.is_late(hours(count + 1))) == (False, True)


def test_a_look_at_who_is_held_begins_the_time_anew() -> None:
    looked = step("review", (helping.REVIEW_NEXT, "Ask the lawyer"), at=hours(-2))
    known = {"level": "u1", "in_custody": True, "last_from_coalition_at": hours(-300)}
    assert pressing(case("active", looked, **known)) == Due("review", hours(22), turn="look")


@pytest.mark.parametrize(
    ("turn", "has_news", "waits"),
    [
        ("", False, False),
        ("look", False, False),
        ("consent", False, False),
        ("reporter", False, True),
        ("reporter", True, False),
        ("day", False, True),
        ("day", True, False),
        ("hold", False, True),
        ("hold", True, True),
    ],
)
def test_news_end_the_waiting_but_no_hold(turn: str, has_news: bool, waits: bool) -> None:  # noqa: FBT001
    assert is_waiting(turn, hours(1), NOW, has_news) is waits


def test_what_waits_for_its_day_presses_once_it_has_come() -> None:
    assert not is_waiting("day", NOW, NOW, has_news=False)


def test_a_limit_without_its_consent_counts_until_it_is_over() -> None:
    assert counts("consent", NOW, NOW)
    assert not counts("consent", hours(-1), NOW)
    assert counts("", hours(-1), NOW)


def test_an_answer_to_the_reporters_word_waits_again() -> None:
    known = case(
        "contacting", last_from_reporter_at=hours(-30), last_from_coalition_at=NOW, level="u1"
    )
    assert pressing(known) == Due("review", hours(24), waiting=True, turn="reporter")


def test_what_the_law_gives_presses_before_the_review() -> None:
    waiting = {"last_from_coalition_at": hours(-1), "level": "u4"}
    assert pressing(case("active", **waiting)) == Due(
        "review", hours(719), waiting=True, turn="reporter"
    )
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
    assert pressing(held) == Due("contact_u1", hours(5), waiting=True, turn="day")
    over = case("on_hold", attempt("not_reached"), try_again_at=hours(-5))
    assert pressing(over) == Due("contact_u1", hours(-5), turn="day")


def test_being_late_begins_after_the_time() -> None:
    due = Due("open", NOW)
    assert not due.is_late(NOW)
    assert due.is_late(NOW + timedelta(seconds=1))


@given(situations, st.sampled_from([6, 12, 24 * 40]))
def test_limits_end_with_the_consent_that_allowed_them_though_nobody_saves_the_case(
    situation: Situation, passed: int
) -> None:
    """What the queue keeps says at any time what the page of the case says then."""
    ends = dict.fromkeys(situation.allowed, hours(12, after=situation.now))
    before = replace(situation, allowed_until=ends)
    now = hours(passed, after=situation.now)
    after = replace(before, now=now)
    if passed >= 12:
        after = replace(after, allowed={}, allowed_until={})
    found = dues(kept(running(before)), before.level, now, has_news=before.has_news)
    assert _apart_from_looks(found) == _apart_from_looks(needed(after))


def _apart_from_looks(found: tuple[Due, ...]) -> set[Due]:
    """Without the look at a decision that saved life: a consent given since ends it."""
    return {due for due in found if due.clock != "vital_review"}


@pytest.mark.parametrize(
    ("code", "gate"), [("prosecutor", "state_complaint"), ("npm", "npm_ombudsman")]
)
def test_what_runs_from_a_consent_is_gone_with_it(code: str, gate: str) -> None:
    end = hours(12)
    before = case("active", in_custody=True, allowed={gate: NOW}, allowed_until={gate: end})
    limits = kept(running(before))
    for now, is_there in ((hours(11), True), (end, False), (hours(24 * 40), False)):
        found = {due.clock for due in dues(limits, "u2", now, has_news=False)}
        assert (code in found) is is_there


def test_what_two_decided_to_save_a_life_ends_after_a_day() -> None:
    saved = case("contacting", attempt(), vital(at=hours(-1)), level="u1", in_custody=True)
    limits, found = kept(running(saved)), set[Due]()
    for now in (hours(22), hours(24), hours(24 * 5)):
        found = {d for d in dues(limits, "u1", now, has_news=False) if d.clock == "lawyer_u1"}
        later = needed(replace(saved, now=now))
        assert found == {due for due in later if due.clock == "lawyer_u1"}
    assert found == set()


def test_what_somebody_allowed_for_good_does_not_end() -> None:
    found = case("assessment", allowed={"state_complaint": NOW})
    (limit,) = [one for one in kept(running(found)) if one.code == "prosecutor"]
    assert limit.allowed_until is None
