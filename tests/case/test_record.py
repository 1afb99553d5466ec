"""What stands about a case: contacts, moves, help, wishes, the legal record."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.case.kinds import TRACKS, contact, decisions, legal, moving, requests, wishes
from intake.case.record import Record, recorded
from intake.case.steps import CaseStep
from intake.form.moments import latest, midnight
from tests.case.strategies import written
from tests.case.writing import (
    ANNA,
    BERIK,
    NOW,
    appeal,
    assent,
    attempt,
    complaint,
    day,
    decision,
    hours,
    interview,
    move,
    plan,
    record,
    request,
    safety_plan,
    step,
    track,
    vital,
)


def test_of_nothing_written_nothing_stands() -> None:
    empty = Record()
    assert not empty.has_safety_plan
    assert empty.contacts.failed == ()
    assert empty.moves.holds == ()
    assert empty.moves.outcome == ""
    assert empty.legal.complaints == ()
    assert empty.tracks == {}
    assert empty.vital_until(NOW) is None
    assert empty.retention_on is None


def test_contact_is_made_when_somebody_is_reached() -> None:
    tried = record(attempt("not_reached", at=hours(-3)), attempt(at=hours(-2)), attempt())
    assert tried.contacts.first_at == hours(-3)
    assert tried.contacts.made_at == hours(-2)
    assert tried.contacts.last_at == NOW


def test_an_attempt_counts_from_when_it_was_made() -> None:
    told = attempt(at=NOW)
    answers = told.answers.having(contact.ATTEMPT_ON, day(-3))
    earlier = CaseStep(told.id, 1, NOW, ANNA, "attempt", answers)
    assert record(earlier).contacts.first_at == midnight(day(-2).day)


@pytest.mark.parametrize("result", ["not_reached", "message_left", "unsafe"])
def test_an_attempt_that_reached_nobody_failed(result: str) -> None:
    assert len(record(attempt(result)).contacts.failed) == 1


def test_attempts_against_the_safe_rules_do_not_count_as_failed() -> None:
    assert record(attempt("not_reached", rules="no")).contacts.failed == ()


def test_a_contact_begins_the_count_of_failures_anew() -> None:
    before, after = attempt("not_reached", at=hours(-3)), attempt("not_reached")
    contacts = record(before, attempt(at=hours(-1)), after).contacts
    assert contacts.failed == (after,)
    assert contacts.failed_since(NOW)
    assert not contacts.failed_since(hours(1))


def test_the_last_who_was_reached_tells_the_code_word() -> None:
    first = attempt(code_word="right", at=hours(-2))
    assert record(first, attempt(code_word="wrong")).contacts.code_word == "wrong"
    assert record(
        first, attempt("not_reached", code_word="none_agreed")
    ).contacts.code_word == ("right")
    assert record(attempt("not_reached")).contacts.code_word == ""


def test_safe_hours_end_with_the_day_or_the_hour() -> None:
    whole = step("safe_hours", (contact.WINDOW_UNTIL, day(1)))
    assert record(whole).contacts.safe_until == latest(day(1), None)
    assert record().contacts.safe_until is None


def test_a_case_is_opened_accepted_and_closed_by_its_moves() -> None:
    steps = (
        move("received_to_screening", "received", at=hours(-9)),
        move("decision_to_active", "decision", at=hours(-5), second=BERIK),
        step("acceptance", (moving.NUMBER, "2026-0143"), at=hours(-5)),
        move("active_to_closed", "active", (moving.OUTCOME, "help_completed"), at=hours(-1)),
    )
    moves = record(*steps).moves
    assert (moves.opened_at, moves.accepted_at) == (hours(-9), hours(-5))
    assert (moves.number, moves.closed_at, moves.outcome) == (
        "2026-0143",
        hours(-1),
        "help_completed",
    )


def test_opening_again_takes_the_outcome_back_and_keeps_the_number() -> None:
    steps = (
        step("acceptance", (moving.NUMBER, "2026-0143")),
        move("active_to_closed", "active", (moving.OUTCOME, "help_completed")),
        move("closed_to_screening", "closed"),
    )
    moves = record(*steps).moves
    assert (moves.outcome, moves.closed_at, moves.number) == ("", None, "2026-0143")


def test_an_erased_case_keeps_its_outcome() -> None:
    closed = move("any_to_closed", "active", (moving.OUTCOME, "withdrawn_fear"))
    assert record(closed, move("any_to_erased", "closed")).moves.outcome == "withdrawn_fear"


def test_holds_are_the_times_on_hold() -> None:
    steps = (
        move(
            "contacting_to_on_hold", "contacting", (moving.TRY_AGAIN_ON, day(3)), at=hours(-9)
        ),
        move("on_hold_to_contacting", "on_hold", at=hours(-6)),
        move("active_to_on_hold", "active", at=hours(-2)),
    )
    first, second = record(*steps).moves.holds
    assert (first.since, first.until) == (hours(-9), hours(-6))
    assert (second.since, second.until) == (hours(-2), None)
    assert record(*steps[:2]).moves.try_again_at == midnight(day(3).day)


def test_a_track_stands_as_it_was_last_told() -> None:
    begun, led = track("legal", at=hours(-5)), track("legal", "Gulnar", at=hours(-3))
    other = track("psychological")
    now = record(begun, led, track("legal", "Gulnar"), other).tracks
    assert set(now) == {"legal", "psychological"}
    assert (now["legal"].lead, now["legal"].status) == ("Gulnar", "pending")
    assert now["legal"].began_at == hours(-5)
    assert now["legal"].led_since == hours(-3)
    assert now["legal"].changed_at == NOW


def test_a_track_whose_lead_left_is_led_anew() -> None:
    steps = (
        track("legal", "Aigul", at=hours(-5)),
        track("legal", at=hours(-4)),
        track("legal", "Bolat"),
    )
    assert record(*steps).tracks["legal"].led_since == NOW
    assert record(*steps[:2]).tracks["legal"].led_since is None


def test_plan_interview_safety_plan_and_review_stand() -> None:
    review = step("review", at=hours(-1))
    full = record(safety_plan(), interview(), plan(), review)
    assert full.has_safety_plan
    assert len(full.interviews) == 1
    assert full.plan is not None
    assert full.last_review_at == hours(-1)


YES = (wishes.OBJECTS, "yes")


def test_the_last_objection_is_what_stands() -> None:
    first = step("objection", YES, (wishes.OBJECTS_TO, ("publication", "un")))
    assert record(first).objects_to == ("publication", "un")
    less = step("objection", YES, (wishes.OBJECTS_TO, ("un",)))
    assert record(first, less).objects_to == ("un",)


def test_an_objection_stands_until_it_is_said_that_there_is_none() -> None:
    first = step("objection", YES, (wishes.OBJECTS_TO, ("publication",)))
    assert record(first, step("objection")).objects_to == ("publication",)
    assert record(first, step("objection", (wishes.OBJECTS, "no"))).objects_to == ()


@pytest.mark.parametrize(
    ("said", "counts"), [("yes", True), ("no", False), ("not_asked", True)]
)
def test_a_child_agrees_or_it_stands_why_it_was_not_asked(said: str, *, counts: bool) -> None:
    assert record(assent(said)).has_assent == counts


def test_without_a_reason_a_child_that_was_not_asked_has_not_agreed() -> None:
    assert not record(step("assent", (wishes.ASSENT, "not_asked"))).has_assent


def test_a_guardian_is_set_aside_by_two_only() -> None:
    assert record(assent("yes", "yes", second=BERIK)).guardian_is_set_aside
    assert not record(assent("yes", "yes")).guardian_is_set_aside
    assert not record(assent("yes", "yes", second=ANNA)).guardian_is_set_aside
    assert not record(assent("yes", "no", second=BERIK)).guardian_is_set_aside
    assert not record(assent("no", "yes", second=BERIK)).guardian_is_set_aside


def test_vital_interest_holds_for_a_day_when_two_decided_it() -> None:
    decided = record(vital(at=NOW))
    assert decided.vital_until(NOW) == hours(24)
    assert decided.vital_until(hours(24)) is None
    assert record(vital(second=None)).vital_until(NOW) is None
    assert record(vital(second=ANNA)).vital_until(NOW) is None


def test_the_move_to_save_life_counts_as_the_decision() -> None:
    moved = move("consent_pending_to_decision", "consent_pending", second=BERIK)
    assert record(moved).vital_until(NOW) == hours(24)
    assert record(move("assessment_to_decision", "assessment", second=BERIK)).vital_until(
        NOW
    ) is (None)


def test_the_date_of_erasing_is_the_last_that_was_set() -> None:
    closing = move("active_to_closed", "active", (moving.RETENTION_ON, day(30)), at=hours(-2))
    later = step("retention", (moving.RETENTION_ON, day(300)), at=hours(-1))
    assert record(closing).retention_on == midnight(day(30).day)
    assert record(closing, later).retention_on == midnight(day(300).day)


def test_sexual_violence_is_named_in_the_permissions_that_say_so() -> None:
    def allows(code: str, *, named: bool) -> CaseStep:
        said = ((wishes.CONSENT_CODES, (code,)), (wishes.CONSENT_SEXUAL, named))
        return step("consent_recorded", *said)

    told = record(allows("un_government", named=True), allows("partners", named=False))
    assert told.consents_naming_sexual == {"un_government"}


def test_a_number_without_a_complaint_belongs_to_those_before_it() -> None:
    first = complaint(number=1)
    number = step("erdr", (legal.ERDR_NUMBER, "231"), number=2, at=hours(1))
    later = complaint("police", number=3)
    registered = [c.registered_at for c in record(first, number, later).legal.complaints]
    assert registered == [hours(1), None]
    assert record(first, number).legal.erdr_number == "231"


def test_the_qualification_and_the_investigator_are_the_last_known() -> None:
    steps = (
        step("qualification", (legal.QUALIFICATION, "146_2")),
        step("qualification", (legal.QUALIFICATION, "362"), (legal.QUALIFIED_BY, "police")),
        step("investigation", (legal.INVESTIGATING, "prosecution")),
        step("investigation", (legal.INVESTIGATING, "police_dept")),
    )
    found = record(*steps).legal
    assert found.qualification is not None
    assert found.qualification.answers[legal.QUALIFIED_BY] == "police"
    assert found.investigating == "police_dept"


def test_a_decision_closes_the_request_it_is_about_and_no_other() -> None:
    first, second = request("asked"), request("asked")
    refused = request("refused", about=second.id, at=hours(2))
    decided = [one.decided_at for one in record(first, second, refused).legal.requests]
    assert decided == [None, hours(2)]


def test_a_decision_without_a_known_limit_has_no_appeal() -> None:
    assert record(decision("court_106_refusal"), decision("other")).legal.decisions == ()


def test_a_decision_keeps_its_day_and_its_appeal() -> None:
    one = decision("verdict", (decisions.APPEAL_UNTIL, day(4)))
    (found,) = record(one, appeal(one, at=hours(3))).legal.decisions
    assert (found.clock, found.until) == ("appeal_verdict", midnight(day(4).day))
    assert found.appealed_at == hours(3)


def test_a_forensic_examination_counts_once_ordered() -> None:
    def forensic(status: str) -> CaseStep:
        return step("forensic", (requests.FORENSIC_STATUS, status), at=hours(1))

    assert record(forensic("asked"), forensic("refused")).legal.forensic_at is None
    assert record(forensic("asked"), forensic("ordered")).legal.forensic_at == hours(1)


@given(written(at_most=4))
def test_the_record_does_not_depend_on_the_order_of_reading(
    steps: tuple[CaseStep, ...],
) -> None:
    found = recorded(steps).steps
    assert all(recorded(mixed).steps == found for mixed in permutations(steps))


@given(written(), st.integers(-100, 100))
def test_whatever_is_written_can_be_read(steps: tuple[CaseStep, ...], later: int) -> None:
    found, now = recorded(steps), hours(later)
    until = found.vital_until(now)
    assert until is None or now < until <= max(step.at for step in steps) + timedelta(hours=24)
    assert {one.id for one in found.legal.complaints} <= {one.id for one in steps}
    assert len(found.contacts.failed) <= len(found.contacts.attempts)
    assert set(found.tracks) <= {"", *TRACKS}
    assert sum(hold.until is None for hold in found.moves.holds) <= 1
