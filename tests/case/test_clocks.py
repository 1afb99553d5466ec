"""Each limit: from when it is counted, what stops it, what it needs."""

from datetime import datetime

import pytest

from intake.case.clocks import ClockNow, ClockState, clocks
from intake.case.kinds import contact, decisions, legal, moving, outgoing, requests
from intake.case.kinds import help as helping
from intake.case.situation import Situation
from intake.case.steps import CaseStep
from intake.form.moments import midnight
from tests.case.writing import (
    BERIK,
    NOW,
    TODAY,
    answered,
    appeal,
    assent,
    attempt,
    case,
    complaint,
    day,
    decision,
    hours,
    interview,
    move,
    request,
    step,
    track,
    vital,
)

MIDNIGHT = midnight(TODAY.day)
REFER = {"refer_internal": hours(-20)}


def found(situation: Situation, code: str) -> list[ClockNow]:
    return [clock for clock in clocks(situation) if clock.code == code]


def one(situation: Situation, code: str) -> ClockNow:
    (clock,) = found(situation, code)
    return clock


def told(clock: ClockNow) -> tuple[datetime | None, datetime | None, str]:
    return clock.start, clock.due, clock.state.value


def test_ack_is_met_by_the_receipt_itself() -> None:
    received = hours(-3)
    clock = one(case("received", received_at=received), "ack")
    assert told(clock) == (received, received, "met")
    assert clock.stopped_at == received


@pytest.mark.parametrize(("level", "count"), [("u1", 2), ("u2", 24), ("u3", 72), ("u4", 240)])
def test_open_runs_from_receipt_until_somebody_opens(level: str, count: int) -> None:
    new = case("received", received_at=hours(-1), level=level)
    assert told(one(new, "open")) == (hours(-1), hours(count - 1), "running")
    opened = case("screening", received_at=hours(-1), opened_at=NOW, level=level)
    assert one(opened, "open").stopped_at == NOW
    late = case("received", received_at=hours(-count - 1), level=level)
    assert one(late, "open").state is ClockState.LATE


@pytest.mark.parametrize(("level", "count"), [("u1", 4), ("u2", 24), ("u3", 72), ("u4", 240)])
@pytest.mark.parametrize("stage", ["received", "screening", "contacting", "consent_pending"])
def test_contact_u1_runs_until_the_first_attempt(stage: str, level: str, count: int) -> None:
    waiting = case(stage, received_at=hours(-1), level=level)
    assert told(one(waiting, "contact_u1")) == (hours(-1), hours(count - 1), "running")
    tried = case(stage, attempt("not_reached", at=hours(-0.5)), received_at=hours(-1))
    assert one(tried, "contact_u1").stopped_at == hours(-0.5)


def test_contact_u1_is_met_by_our_first_message() -> None:
    written = case("contacting", last_from_coalition_at=hours(-1))
    assert one(written, "contact_u1").stopped_at == hours(-1)


def test_contact_u1_does_not_run_for_who_wants_no_contact() -> None:
    assert not found(case("screening", contact_method=("none",)), "contact_u1")
    assert found(case("screening", contact_method=("none", "mailbox")), "contact_u1")


def test_contact_u1_gives_way_to_the_hours_that_are_safe() -> None:
    safe = step("safe_hours", (contact.WINDOW_UNTIL, day(2)))
    clock = one(case("contacting", safe, level="u1"), "contact_u1")
    assert told(clock) == (hours(-24), midnight(day(3).day), "running")


def test_lawyer_u1_runs_from_the_contact_for_who_is_held() -> None:
    reached = attempt(at=hours(-2))
    held = case("contacting", reached, level="u1", in_custody=True, allowed=REFER)
    assert told(one(held, "lawyer_u1")) == (hours(-2), hours(10), "running")
    free = case("contacting", reached, level="u1", allowed=REFER)
    assert not found(free, "lawyer_u1")
    less = case("contacting", reached, level="u2", in_custody=True, allowed=REFER)
    assert not found(less, "lawyer_u1")


def test_lawyer_u1_is_met_by_a_named_lawyer_and_not_by_an_open_track() -> None:
    held = {"level": "u1", "in_custody": True, "allowed": REFER}
    begun = case("active", attempt(), track("legal"), **held)
    assert one(begun, "lawyer_u1").state is ClockState.RUNNING
    named = case("active", attempt(), track("legal", "Gulnar", at=hours(1)), **held)
    assert one(named, "lawyer_u1").stopped_at == hours(1)


def test_lawyer_u1_waits_for_the_contact() -> None:
    clock = one(case("contacting", level="u1", in_custody=True, allowed=REFER), "lawyer_u1")
    assert told(clock) == (None, None, "coming")


def test_lawyer_u1_needs_consent_or_vital_interest() -> None:
    held = {"level": "u1", "in_custody": True}
    asked = one(case("contacting", attempt(), **held), "lawyer_u1")
    assert (asked.state, asked.missing_consent) == (ClockState.GATED, "refer_internal")
    saved = one(case("contacting", attempt(), vital(at=hours(-1)), **held), "lawyer_u1")
    assert (saved.state, saved.missing_consent) == (ClockState.RUNNING, None)


def test_medical_u1_runs_for_the_hurt_until_a_doctor_is_arranged() -> None:
    hurt = {"level": "u1", "needs_medical": True, "allowed": REFER}
    assert told(one(case("contacting", attempt(), **hurt), "medical_u1")) == (
        NOW,
        hours(12),
        "running",
    )
    arranged = case("active", attempt(), track("medical_forensic", at=hours(3)), **hurt)
    assert one(arranged, "medical_u1").stopped_at == hours(3)
    assert not found(case("contacting", attempt(), level="u1", allowed=REFER), "medical_u1")


def test_medical_u1_ends_before_hour_72_after_sexual_violence() -> None:
    told_of = {"level": "u1", "is_sexual": True, "allowed": REFER}
    soon = case("contacting", attempt(), last_act_at=hours(-66), **told_of)
    assert one(soon, "medical_u1").due == hours(6)
    early = case("contacting", attempt(), last_act_at=hours(-20), **told_of)
    assert one(early, "medical_u1").due == hours(12)
    over = case("contacting", attempt(), last_act_at=hours(-80), **told_of)
    assert one(over, "medical_u1").due == hours(12)


def test_hour_72_says_nothing_of_other_violence() -> None:
    hurt = {"level": "u1", "needs_medical": True, "allowed": REFER}
    clock = one(case("contacting", attempt(), last_act_at=hours(-66), **hurt), "medical_u1")
    assert clock.due == hours(12)


def test_prosecutor_runs_from_the_consent_until_the_complaint() -> None:
    allowed = {"state_complaint": hours(-2)}
    assert told(one(case("assessment", allowed=allowed), "prosecutor")) == (
        hours(-2),
        hours(22),
        "running",
    )
    to_police = case("active", complaint("police"), allowed=allowed)
    assert one(to_police, "prosecutor").state is ClockState.RUNNING
    filed = case("active", complaint(), allowed=allowed)
    assert one(filed, "prosecutor").stopped_at == MIDNIGHT


def test_prosecutor_needs_the_consent_to_begin() -> None:
    clock = one(case("assessment"), "prosecutor")
    assert (clock.start, clock.state) == (None, ClockState.GATED)
    assert clock.missing_consent == "state_complaint"


def test_erdr_runs_for_each_complaint_until_its_number() -> None:
    first = complaint(on=day(-1))
    second = complaint("police")
    number = step("erdr", (legal.ERDR_NUMBER, "231"), about=first.id, at=hours(1))
    got, waiting = found(case("active", first, second, number), "erdr")
    assert told(got) == (midnight(day(-1).day), MIDNIGHT, "met")
    assert told(waiting) == (MIDNIGHT, hours(24, after=MIDNIGHT), "running")
    assert (got.about, waiting.about) == (first.id, second.id)


def test_erdr_gives_way_to_a_decision_on_the_complaint() -> None:
    filed = complaint()
    refused = decision("not_registered", about=filed.id, at=hours(2))
    clock = one(case("active", filed, refused), "erdr")
    assert clock.stopped_at == hours(2)


def test_erdr_is_not_asked_of_a_court_or_the_ombudsman() -> None:
    assert not found(case("active", complaint("court"), complaint("ombudsman")), "erdr")


def test_erdr_counts_from_the_hour_where_it_is_known() -> None:
    at = complaint()
    exact = step(
        "complaint",
        *(
            (question, at.answers[question])
            for question in (legal.COMPLAINT_BODY, legal.COMPLAINT_ON)
        ),
        (legal.COMPLAINT_AT, datetime(2026, 11, 18, 12, 0).time()),  # noqa: DTZ001 - local
    )
    assert one(case("active", exact), "erdr").start == datetime.fromisoformat(
        "2026-11-18T07:00+00:00"
    )


def test_protection_runs_from_the_request_until_it_is_decided() -> None:
    asked = request("asked")
    allowed = {"state_complaint": hours(-50)}
    waiting = one(case("active", asked, allowed=allowed), "protection")
    assert told(waiting) == (MIDNIGHT, hours(24, after=MIDNIGHT), "running")
    refused = request("refused", about=asked.id, at=hours(5))
    assert one(case("active", asked, refused), "protection").stopped_at == hours(5)


def test_protection_runs_for_the_suspension_of_an_officer_apart() -> None:
    def suspension(status: str) -> CaseStep:
        pairs = ((requests.SUSPENSION_STATUS, status), (requests.SUSPENSION_ON, TODAY))
        return step("suspension", *pairs)

    both = case("active", request("asked"), suspension("asked"), suspension("ordered"))
    assert [clock.state for clock in found(both, "protection")] == [
        ClockState.GATED,
        ClockState.MET,
    ]


def test_forensic_runs_from_the_first_complaint_until_it_is_ordered() -> None:
    def forensic(status: str, **others: datetime) -> CaseStep:
        return step("forensic", (requests.FORENSIC_STATUS, status), **others)

    first = complaint(on=day(-1))
    steps = (complaint(), first, forensic("asked"), forensic("refused"))
    waiting = one(case("active", *steps, allowed=REFER), "forensic")
    began = midnight(day(-1).day)
    assert told(waiting) == (began, hours(72, after=began), "running")
    assert waiting.about == first.id
    done = case("active", *steps, forensic("done", at=hours(9)), allowed=REFER)
    assert one(done, "forensic").stopped_at == hours(9)


def test_npm_runs_from_the_consent_for_who_is_held() -> None:
    allowed = {"npm_ombudsman": hours(-3)}
    held = case("active", in_custody=True, allowed=allowed)
    assert told(one(held, "npm")) == (hours(-3), hours(21), "running")
    asked = step("npm_request", (outgoing.NPM_ON, TODAY), at=hours(1))
    sent = case("active", asked, in_custody=True, allowed=allowed)
    assert one(sent, "npm").stopped_at == hours(1)
    assert not found(case("active", allowed=allowed), "npm")


@pytest.mark.parametrize("danger", ["in_custody", "is_missing", "life_at_risk"])
def test_un_urgent_runs_from_the_consent_for_who_is_in_danger(danger: str) -> None:
    known = {danger: True, "allowed": {"un_government": hours(-3)}}
    assert told(one(case("active", **known), "un_urgent")) == (hours(-3), hours(21), "running")
    other = step("un_appeal", (outgoing.UN_ACT, "un_allegation"))
    assert one(case("active", other, **known), "un_urgent").state is ClockState.RUNNING
    sent = step("un_appeal", (outgoing.UN_ACT, "un_urgent"), at=hours(2))
    assert one(case("active", sent, **known), "un_urgent").stopped_at == hours(2)


def test_un_urgent_does_not_run_for_who_is_safe() -> None:
    assert not found(case("active", allowed={"un_government": NOW}), "un_urgent")


def test_missing_wgeid_runs_from_the_opening_with_the_word_of_the_family() -> None:
    known = {"is_missing": True, "opened_at": hours(-4)}
    allowed = {"store": hours(-24)}
    waiting = one(case("screening", allowed=allowed, **known), "missing_wgeid")
    assert told(waiting) == (hours(-4), hours(44), "running")
    asked = one(case("screening", **known), "missing_wgeid")
    assert asked.missing_consent == "family_deceased_missing"
    ready = case("screening", step("wgeid_form", at=hours(6)), **known)
    assert one(ready, "missing_wgeid").stopped_at == hours(6)
    assert not found(case("screening", opened_at=hours(-4)), "missing_wgeid")


@pytest.mark.parametrize(
    "code",
    [
        "not_registered",
        "refused_to_act",
        "no_answer",
        "interrupted",
        "discontinued",
        "prosecutor_refusal",
    ],
)
def test_appeal_106_runs_fifteen_days_from_learning_of_the_decision(code: str) -> None:
    learned = decision(code, (decisions.DECIDED_ON, day(-9)), on=day(-2))
    allowed = {"state_complaint": hours(-90)}
    clock = one(case("monitoring", learned, allowed=allowed), "appeal_106")
    began = midnight(day(-2).day)
    assert told(clock) == (began, hours(360, after=began), "running")
    assert clock.about == learned.id
    appealed = case("monitoring", learned, appeal(learned, at=hours(1)), allowed=allowed)
    assert one(appealed, "appeal_106").stopped_at == hours(1)


def test_each_decision_has_an_appeal_limit_of_its_own() -> None:
    first, second = decision("interrupted", on=day(-5)), decision("discontinued")
    clocks_of = found(case("active", first, second, appeal(first)), "appeal_106")
    assert [(clock.about, clock.state.value) for clock in clocks_of] == [
        (first.id, "met"),
        (second.id, "gated"),
    ]


def test_the_day_on_the_paper_counts_instead_of_the_hours() -> None:
    paper = decision("discontinued", (decisions.APPEAL_UNTIL, day(4)))
    clock = one(case("active", paper, allowed={"state_complaint": NOW}), "appeal_106")
    assert clock.due == midnight(day(4).day)


def test_appeal_verdict_runs_fifteen_days_from_the_verdict() -> None:
    verdict = decision("verdict", (decisions.DECIDED_ON, day(-3)), on=day(-1))
    clock = one(case("monitoring", verdict), "appeal_verdict")
    began = midnight(day(-3).day)
    assert told(clock) == (began, hours(360, after=began), "running")


def test_admin_appeal_runs_ten_days_from_the_decision() -> None:
    fined = decision("administrative", (decisions.DECIDED_ON, day(-3)))
    clock = one(case("monitoring", fined), "admin_appeal")
    began = midnight(day(-3).day)
    assert told(clock) == (began, hours(240, after=began), "running")
    left = case("monitoring", fined, appeal(fined, "not_wanted", at=hours(1)))
    assert one(left, "admin_appeal").state is ClockState.MET


@pytest.mark.parametrize(("level", "count"), [("u1", 72), ("u2", 72), ("u3", 168), ("u4", 168)])
def test_psych_runs_from_the_acceptance_until_a_talk_is_offered(level: str, count: int) -> None:
    accepted = move("decision_to_active", "decision", at=hours(-1), second=BERIK)
    known = {"level": level, "allowed": REFER}
    waiting = one(case("active", accepted, **known), "psych")
    assert told(waiting) == (hours(-1), hours(count - 1), "running")
    offered = case("active", accepted, track("psychological", at=hours(2)), **known)
    assert one(offered, "psych").stopped_at == hours(2)
    assert (
        one(case("active", accepted, level=level), "psych").missing_consent == "refer_internal"
    )


@pytest.mark.parametrize(("level", "count"), [("u1", 24), ("u2", 72), ("u3", 168), ("u4", 720)])
def test_review_runs_from_the_last_look_at_the_case(level: str, count: int) -> None:
    began = case("active", level=level, stage_changed_at=hours(-5))
    assert told(one(began, "review")) == (hours(-5), hours(count - 5), "running")
    looked = step("review", (helping.REVIEW_NEXT, "Wait."), at=hours(-1))
    again = case("active", looked, level=level, stage_changed_at=hours(-5))
    assert told(one(again, "review")) == (hours(-1), hours(count - 1), "running")


def test_review_counts_from_the_reporters_word() -> None:
    wrote = case("active", last_from_coalition_at=hours(-9), last_from_reporter_at=hours(-2))
    assert told(one(wrote, "review")) == (hours(-2), hours(70), "running")


def test_review_is_never_late_while_it_waits_for_the_reporter() -> None:
    waiting = case("active", last_from_coalition_at=hours(-900), level="u1")
    assert one(waiting, "review").state is ClockState.WAITING
    wrote = case("active", last_from_coalition_at=hours(-900), level="u1", has_news=True)
    assert one(wrote, "review").state is ClockState.LATE


def test_review_of_who_is_held_does_not_wait_for_an_answer() -> None:
    held = {"in_custody": True, "level": "u1", "last_from_coalition_at": hours(-20)}
    clock = one(case("active", **held), "review")
    assert (*told(clock), clock.turn) == (hours(-20), hours(4), "running", "look")
    silent = case("active", now=hours(5), **held)
    assert one(silent, "review").state is ClockState.LATE
    wrote = case("active", last_from_reporter_at=hours(-1), **held)
    assert one(wrote, "review").turn == ""


def test_un_sr_2y_runs_two_years_from_the_act() -> None:
    act = hours(-1000)
    allowed = {"un_government": hours(-3)}
    clock = one(case("active", last_act_at=act, allowed=allowed), "un_sr_2y")
    assert told(clock) == (act, hours(17_520, after=act), "running")
    sent = case(
        "active", step("un_appeal", (outgoing.UN_ACT, "un_allegation")), last_act_at=act
    )
    assert one(sent, "un_sr_2y").state is ClockState.MET
    assert not found(case("active", last_act_at=hours(-20_000), allowed=allowed), "un_sr_2y")


def test_retention_is_due_at_once_when_a_case_is_closed() -> None:
    closed = move("screening_to_closed", "screening", at=hours(-1), second=BERIK)
    clock = one(case("closed", closed), "retention")
    assert told(clock) == (hours(-1), hours(-1), "late")
    assert not clock.has_day
    assert not found(case("active"), "retention")


def test_retention_is_due_on_the_day_that_was_set() -> None:
    closed = move("screening_to_closed", "screening", at=hours(-1), second=BERIK)
    dated = step("retention", (moving.RETENTION_ON, day(400)))
    clock = one(case("closed", closed, dated), "retention")
    assert told(clock) == (hours(-1), midnight(day(400).day), "running")
    assert clock.has_day
    over = step("retention", (moving.RETENTION_ON, day(-2)))
    assert one(case("closed", closed, over), "retention").state is ClockState.LATE


@pytest.mark.parametrize("level", ["u1", "u2", "u3", "u4"])
def test_vital_review_runs_a_day_from_the_decision_of_two(level: str) -> None:
    decided = vital(at=hours(-5))
    clock = one(case("decision", decided, level=level), "vital_review")
    assert told(clock) == (hours(-5), hours(19), "running")
    assert clock.about == decided.id
    over = vital(at=hours(-30))
    assert one(case("decision", over), "vital_review").state is ClockState.LATE
    assert not found(case("decision", vital(second=None)), "vital_review")


def test_vital_review_runs_from_the_way_that_two_went_without_asking() -> None:
    gone = move("consent_pending_to_decision", "consent_pending", at=hours(-1), second=BERIK)
    assert told(one(case("decision", gone), "vital_review")) == (
        hours(-1),
        hours(23),
        "running",
    )


@pytest.mark.parametrize("what", ["review", "consent_recorded", "objection"])
def test_vital_review_is_met_by_a_look_or_by_the_persons_word(what: str) -> None:
    decided, before = vital(at=hours(-5)), step(what, at=hours(-6))
    assert one(case("decision", decided, before), "vital_review").state is ClockState.RUNNING
    after = step(what, at=hours(-1))
    clock = one(case("decision", decided, before, after), "vital_review")
    assert (clock.state, clock.stopped_at) == (ClockState.MET, hours(-1))


def test_vital_review_is_met_by_a_consent_behind_the_code() -> None:
    allowed = {"refer_internal": hours(-9), "state_complaint": hours(-2)}
    clock = one(case("decision", vital(at=hours(-5)), allowed=allowed), "vital_review")
    assert clock.stopped_at == hours(-2)


def test_vital_review_begins_anew_with_a_new_decision() -> None:
    clock = one(case("decision", vital(at=hours(-30)), vital(at=hours(-1))), "vital_review")
    assert told(clock) == (hours(-1), hours(23), "running")


@pytest.mark.parametrize("stage", ["closed", "erased"])
def test_after_the_end_only_the_date_of_erasing_is_left(stage: str) -> None:
    ended = case(stage, complaint(), decision("verdict"), in_custody=True)
    pending = {c.code for c in clocks(ended) if c.state is not ClockState.MET}
    assert pending == ({"retention"} if stage == "closed" else set())


def test_what_is_not_needed_stops() -> None:
    filed = complaint()
    aside = step("set_aside", (helping.SET_ASIDE, "erdr"), about=filed.id, at=hours(1))
    clock = one(case("active", filed, aside), "erdr")
    assert (clock.state, clock.stopped_at) == (ClockState.MET, hours(1))
    other = complaint()
    states = [clock.state.value for clock in found(case("active", filed, other, aside), "erdr")]
    assert states == ["met", "running"]


def test_what_begins_later_is_needed_again() -> None:
    aside = step("set_aside", (helping.SET_ASIDE, "erdr"), at=hours(-30))
    old, new = complaint(on=day(-3)), complaint()
    states = [clock.state.value for clock in found(case("active", old, new, aside), "erdr")]
    assert states == ["met", "running"]


def held_for(count: int) -> tuple[CaseStep, ...]:
    """On hold from thirty hours ago, for so many hours."""
    return (
        move("active_to_on_hold", "active", at=hours(-30)),
        move("on_hold_to_contacting", "on_hold", at=hours(count - 30)),
    )


def test_on_hold_the_coalitions_own_limits_stand_still() -> None:
    accepted = move("decision_to_active", "decision", at=hours(-40), second=BERIK)
    begun = move("active_to_on_hold", "active", at=hours(-30))
    held = one(case("on_hold", accepted, begun, allowed=REFER), "psych")
    assert told(held) == (hours(-40), hours(-40 + 72 + 30), "paused")
    after = one(case("active", accepted, *held_for(12), allowed=REFER), "psych")
    assert told(after) == (hours(-40), hours(-40 + 72 + 12), "running")


def test_a_hold_before_the_limit_began_does_not_lengthen_it() -> None:
    accepted = move("decision_to_active", "decision", at=hours(-20), second=BERIK)
    clock = one(case("active", *held_for(9), accepted, allowed=REFER), "psych")
    assert clock.due == hours(-20 + 72)
    before = move("decision_to_active", "decision", at=hours(-20), second=BERIK)
    partly = one(case("active", *held_for(24), before, allowed=REFER), "psych")
    assert partly.due == hours(-20 + 72 + 14)


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("erdr", {}),
        ("forensic", {"allowed": REFER}),
        ("appeal_verdict", {}),
        ("lawyer_u1", {"allowed": REFER, "in_custody": True, "level": "u1"}),
        ("medical_u1", {"allowed": REFER, "needs_medical": True, "level": "u1"}),
        ("npm", {"allowed": {"npm_ombudsman": hours(-40)}, "in_custody": True}),
        ("prosecutor", {"allowed": {"state_complaint": hours(-40)}}),
    ],
)
def test_a_limit_of_law_is_never_paused(code: str, known: dict[str, object]) -> None:
    record = (complaint("police", on=day(-2)), decision("verdict", on=day(-2)))
    reached = attempt(at=hours(-40))
    going = one(case("active", reached, *record, **known), code)
    begun = move("active_to_on_hold", "active", at=hours(-30))
    held = one(case("on_hold", reached, *record, begun, **known), code)
    assert (held.start, held.due, held.state) == (going.start, going.due, going.state)
    assert held.state in {ClockState.RUNNING, ClockState.LATE}


def test_a_case_on_hold_waits_for_the_day_of_the_next_try() -> None:
    before = case("on_hold", try_again_at=hours(3), stage_changed_at=hours(-5))
    assert told(one(before, "contact_u1")) == (hours(-5), hours(3), "waiting")
    after = case("on_hold", try_again_at=hours(-1), stage_changed_at=hours(-50))
    assert one(after, "contact_u1").state is ClockState.LATE
    assert not found(before, "review")


def test_a_hold_without_a_day_ends_after_a_month() -> None:
    held = case("on_hold", stage_changed_at=hours(-5), level="u1")
    assert told(one(held, "review")) == (hours(-5), hours(715), "waiting")


def test_a_gated_limit_is_never_late() -> None:
    long_ago = case("active", attempt(at=hours(-300)), level="u1", in_custody=True)
    clock = one(long_ago, "lawyer_u1")
    assert (clock.due, clock.state) == (hours(-288), ClockState.GATED)


def test_a_clock_carries_its_source_and_its_marks() -> None:
    clock = one(case("active", complaint()), "erdr")
    assert clock.legal
    assert not clock.checked
    assert clock.source.startswith("M CPC")


def test_an_unopened_report_asks_to_be_opened_and_answered_only() -> None:
    allowed = {"state_complaint": hours(-24), "un_government": hours(-24)}
    new = case("received", in_custody=True, is_missing=True, level="u1", allowed=allowed)
    assert [clock.code for clock in clocks(new)] == ["ack", "open", "contact_u1"]


def test_words_in_a_step_stop_nothing_by_themselves() -> None:
    told_only = (interview(), assent(), step("objection"))
    before = case("active", complaint(), in_custody=True, level="u1")
    after = case("active", *before.record.steps, *told_only, in_custody=True, level="u1")
    assert clocks(before) == clocks(after)
    assert answered() == step("objection").answers
