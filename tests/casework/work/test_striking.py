"""What was written wrongly is struck out or corrected, and what followed of it is undone."""

from datetime import timedelta

import pytest

from intake.case.steps import CaseStep
from intake.casework import (
    Conflict,
    Reader,
    Written,
    add_step,
    correspondence,
    enter,
    new_once,
    overview,
    proposals_of,
    send_message,
    timeline,
)
from intake.casework import write as write_as_reporter
from intake.form.answers import Stored
from intake.form.dates import CivilDate
from tests.casework.work.answering import agree, day, later, seen, told, write
from tests.people import NOW, Sent, send_and_open, sister_report

HOUR = timedelta(hours=1)
WHY = {"struck_why": "It was written in the wrong case"}
ASSENT: dict[str, Stored] = {
    "assent": "yes",
    "guardian_involved": "yes",
    "assent_why": "She was asked alone",
}


def last(reader: Reader, sent: Sent) -> CaseStep:
    return seen(reader, sent.ref).steps[-1]


def strike(reader: Reader, sent: Sent, step: CaseStep) -> Written:
    return add_step(
        reader, sent.ref, "struck", told(**WHY), about=step.id, once=new_once(), now=NOW
    )


def test_what_is_struck_out_stands_no_more_and_stays_to_be_read(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    write(coordinator_on_each, sent.ref, "safety_plan")
    plan = last(coordinator_on_each, sent)
    assert strike(second_on_each, sent, plan) is Written.DONE
    found = seen(coordinator_on_each, sent.ref)
    assert not found.record.has_safety_plan
    assert plan in found.steps
    assert (found.steps[-1].about, found.handles[found.steps[-1].by]) == (plan.id, "second")
    acts = [
        (line.act, line.detail.get("what"))
        for line in timeline(coordinator_on_each, sent.ref, now=NOW)
    ]
    assert ("step_added", "struck") in acts
    assert ("step_added", "safety_plan") in acts


def test_nothing_is_struck_out_twice_nor_what_only_the_program_writes(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    opening = last(coordinator, sent)
    write(coordinator, sent.ref, "review")
    review = last(coordinator, sent)
    strike(coordinator, sent, review)
    for step in (opening, review, last(coordinator, sent)):
        with pytest.raises(Conflict):
            strike(coordinator, sent, step)
    with pytest.raises(Conflict):
        add_step(coordinator, sent.ref, "struck", told(**WHY), once=new_once(), now=NOW)


def test_one_entry_strikes_out_one_and_replaces_none(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    for what in ("review", "safety_plan"):
        write(coordinator, sent.ref, what)
    _opening, review, plan = seen(coordinator, sent.ref).steps
    why, once = told(**WHY), new_once()
    with pytest.raises(Conflict):
        add_step(
            coordinator,
            sent.ref,
            "struck",
            why,
            about=review.id,
            replaces=plan.id,
            once=once,
            now=NOW,
        )
    assert seen(coordinator, sent.ref).record.has_safety_plan


def test_what_a_correction_replaced_does_not_come_back_with_it(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "plan")
    wrong = last(coordinator, sent)
    once, answers = new_once(), told(**{**wrong.answers.values, "plan_who": "the doctor"})
    add_step(coordinator, sent.ref, "plan", answers, replaces=wrong.id, once=once, now=NOW)
    strike(coordinator, sent, last(coordinator, sent))
    assert seen(coordinator, sent.ref).record.plan is None


def test_what_followed_of_a_struck_step_is_as_it_was_told(coordinator: Reader) -> None:
    report = sister_report(told={"complaint_filed_on": day(-1), "need": ("legal",)})
    sent = send_and_open(coordinator, report)
    before = overview(coordinator, sent.ref, now=NOW).facts
    assert (before.complaint_filed_on, before.need) == (CivilDate(later(-1)), ("legal",))
    for what, values in (
        ("complaint", {"complaint_by": "family", "complaint_on": day(-3)}),
        ("erdr", {"erdr_number": "26-1"}),
        ("interview", {"interview_needs": ("legal", "shelter")}),
        ("decision", {"decision": "discontinued", "learned_on": day(-13)}),
        ("attempt", {}),
    ):
        write(coordinator, sent.ref, what, **values)
    written = overview(coordinator, sent.ref, now=NOW).facts
    assert written.erdr_number_known
    assert written.deadlines == (CivilDate(later(2)),)
    assert "shelter" in written.need
    for step in seen(coordinator, sent.ref).steps[1:]:
        strike(coordinator, sent, step)
    assert overview(coordinator, sent.ref, now=NOW).facts == before


def test_an_interview_that_stands_keeps_the_need_that_another_named_too(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    for needs in (("shelter", "social"), ("shelter",)):
        write(coordinator, sent.ref, "interview", interview_needs=needs)
    first = seen(coordinator, sent.ref).steps[1]
    strike(coordinator, sent, first)
    need = overview(coordinator, sent.ref, now=NOW).facts.need
    assert ("shelter" in need, "social" in need) == (True, False)


def test_two_strike_out_what_two_decided(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    assert write(coordinator, sent.ref, "assent", **ASSENT) is Written.PROPOSED
    agree(second, sent.ref)
    decided = last(coordinator, sent)
    assert seen(coordinator, sent.ref).record.guardian_is_set_aside
    assert strike(coordinator, sent, decided) is Written.PROPOSED
    assert seen(coordinator, sent.ref).record.guardian_is_set_aside
    agree(second, sent.ref)
    assert not seen(coordinator, sent.ref).record.guardian_is_set_aside


@pytest.mark.parametrize("how", ["corrected", "written anew"])
def test_an_assent_by_two_is_replaced_by_two_only(
    coordinator: Reader, second: Reader, how: str
) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "assent", **ASSENT)
    agree(second, sent.ref)
    replaces = last(coordinator, sent).id if how == "corrected" else None
    answers = told(**{**ASSENT, "guardian_involved": "no"})
    done = add_step(
        coordinator, sent.ref, "assent", answers, replaces=replaces, once=new_once(), now=NOW
    )
    assert done is Written.PROPOSED
    assert seen(coordinator, sent.ref).record.guardian_is_set_aside
    (one,) = proposals_of(second)
    assert one.code == "assent"
    agree(second, sent.ref)
    assert not seen(coordinator, sent.ref).record.guardian_is_set_aside


def test_a_lowering_that_is_struck_out_sets_nothing_aside(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    before = overview(coordinator, sent.ref, now=NOW)
    write(coordinator, sent.ref, "lowering")
    agree(second, sent.ref)
    assert overview(coordinator, sent.ref, now=NOW).row.level == "u4"
    strike(coordinator, sent, last(coordinator, sent))
    assert overview(coordinator, sent.ref, now=NOW).row.level == "u4"
    agree(second, sent.ref)
    after = overview(coordinator, sent.ref, now=NOW)
    assert (after.row.level, after.row.factors) == (before.row.level, before.row.factors)


def test_the_first_contact_is_then_when_the_reporter_answered_behind_the_code(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    send_message(coordinator, sent.ref, "We read it.", once=new_once(), now=NOW)
    write(coordinator, sent.ref, "attempt")
    wrong = last(coordinator, sent)
    visit = enter(coordinator.service, sent.code, now=NOW + HOUR)
    write_as_reporter(
        coordinator.service, visit, "Yes.", kind="message", once=new_once(), now=NOW + HOUR
    )
    correspondence(coordinator, sent.ref, now=NOW + HOUR)
    add_step(
        coordinator,
        sent.ref,
        "struck",
        told(**WHY),
        about=wrong.id,
        once=new_once(),
        now=NOW + 2 * HOUR,
    )
    facts = overview(coordinator, sent.ref, now=NOW + 2 * HOUR).facts
    assert (facts.first_contact_at, facts.last_from_reporter_at) == (NOW + HOUR, NOW + HOUR)
    assert facts.first_from_coalition_at == NOW


def test_without_contact_the_urgency_is_what_it_was_before_it_fell(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    assert overview(coordinator, sent.ref, now=NOW).row.level == "u1"
    write(coordinator, sent.ref, "attempt")
    wrong = last(coordinator, sent)
    week = NOW + timedelta(days=7)
    add_step(
        coordinator, sent.ref, "review", told(review_next="Call"), once=new_once(), now=week
    )
    assert overview(coordinator, sent.ref, now=week).row.level == "u2"
    add_step(
        coordinator, sent.ref, "struck", told(**WHY), about=wrong.id, once=new_once(), now=week
    )
    assert overview(coordinator, sent.ref, now=week).row.level == "u1"


def test_no_row_and_no_line_tells_an_untrained_one_what_was_struck_out(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    write(
        coordinator,
        sent.ref,
        "consent_recorded",
        consent_change="given",
        consent_codes=("intimate_images",),
        consent_by="victim",
        consent_how="phone",
    )
    strike(coordinator, sent, last(coordinator, sent))
    assert [step.what for step in seen(second, sent.ref).steps] == ["moved"]
    assert "struck" in [step.what for step in seen(coordinator, sent.ref).steps]
    kinds = {line.detail.get("what") for line in timeline(second, sent.ref, now=NOW)}
    assert not kinds & {"struck", "consent_recorded"}
