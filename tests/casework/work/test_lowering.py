"""What two set aside counts again when something new is told of it, and they see what it is."""

from datetime import timedelta

from intake.casework import (
    Reader,
    overview,
    proposal,
    proposals_of,
    read_report,
    submit,
)
from intake.casework.work.lowering import counted_again, lower
from intake.triage import Facts, Level, triage
from tests.casework.work.answering import agree, day, seen, write
from tests.people import NOW, Sent, send_and_open, short_report

LATER = NOW + timedelta(hours=2)


def lowered(coordinator: Reader, second: Reader) -> Sent:
    """The sister's report, lowered by two."""
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "lowering")
    agree(second, sent.ref)
    assert seen(coordinator, sent.ref).level == "u4"
    return sent


def test_who_is_arrested_again_is_as_urgent_as_before(
    coordinator: Reader, second: Reader
) -> None:
    sent = lowered(coordinator, second)
    again = short_report(LATER, victim_status="police_custody")
    submit(coordinator.service, again, once=sent.once)
    read_report(coordinator, sent.ref, now=LATER)
    found = overview(coordinator, sent.ref, now=LATER)
    assert (found.row.level < "u3", "in_custody" in found.row.factors) == (True, True)


def test_what_has_nothing_to_do_with_danger_keeps_a_case_lowered(
    coordinator: Reader, second: Reader
) -> None:
    sent = lowered(coordinator, second)
    submit(coordinator.service, short_report(LATER, region="KZ-33"), once=sent.once)
    read_report(coordinator, sent.ref, now=LATER)
    write(coordinator, sent.ref, "interview")
    assert overview(coordinator, sent.ref, now=LATER).row.level == "u4"


def test_a_complaint_that_is_filed_counts_again_though_an_earlier_one_was_set_aside(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "complaint", complaint_on=day(-3), complaint_by="person")
    write(coordinator, sent.ref, "lowering")
    agree(second, sent.ref)
    assert "erdr_overdue" not in overview(coordinator, sent.ref, now=NOW).row.factors
    write(coordinator, sent.ref, "complaint", complaint_on=day(-9), complaint_by="person")
    found = overview(coordinator, sent.ref, now=NOW).row.factors
    assert ("erdr_overdue" in found, "in_custody" in found) == (True, False)


def test_the_second_sees_which_reasons_are_set_aside(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "lowering")
    (one,) = proposals_of(second)
    asked = proposal(second, one.id, now=NOW).sets_aside
    assert {"detention_first_72h", "in_custody"} <= set(asked)
    agree(second, sent.ref)
    assert set(asked).isdisjoint(overview(second, sent.ref, now=NOW).row.factors)


def test_lowering_once_more_sets_aside_what_began_anew() -> None:
    told = Facts(NOW, victim_status="police_custody")
    facts = counted_again(lower(told, Level.U4, NOW), {"victim_status"})
    assert triage(facts, LATER).level is Level.U2
    assert triage(lower(facts, Level.U4, LATER), LATER).level is Level.U4
