"""Every limit of every open case in one list."""

from datetime import timedelta

from intake.casework import Reader, deadlines, prove, take
from intake.casework.restricting import restrict
from intake.roles import Role
from tests.casework.joining import add
from tests.casework.work.answering import day, go, on_hold, seen, write
from tests.people import NOW, PASSPHRASES, next_code, send, send_and_open, short_report

HOUR = timedelta(hours=1)


def test_what_presses_stands_first_and_what_is_late_before_it(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    unopened = send(coordinator_on_each.service, short_report(narrative="Long ago"))
    held = send_and_open(coordinator_on_each)
    filed = {"complaint_by": "family", "complaint_on": day(-3)}
    write(coordinator_on_each, held.ref, "complaint", **filed)
    found = deadlines(second_on_each, now=NOW)
    assert [(one.ref, one.clock, one.is_late(NOW)) for one in found] == [
        (held.ref, "erdr", True),
        (held.ref, "forensic", True),
        (held.ref, "contact_u1", False),
        (unopened.ref, "open", False),
        (unopened.ref, "contact_u1", False),
    ]


def test_mine_are_those_that_i_hold(coordinator: Reader, second: Reader) -> None:
    mine, other = send_and_open(coordinator), send_and_open(coordinator)
    take(coordinator, mine.ref, now=NOW)
    found = deadlines(coordinator, now=NOW, mine=True)
    assert {(one.ref, one.holder, one.is_mine) for one in found} == {
        (mine.ref, "coordinator", True)
    }
    assert other.ref in {one.ref for one in deadlines(second, now=NOW)}


def test_a_case_that_ended_has_no_limits(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    ways = {way.code: way.transition for way in seen(coordinator, sent.ref).ways}
    outcome = ways["any_to_closed"].outcomes[0]
    values = {"moved_outcome": outcome, "moved_asked_how": "phone"}
    go(coordinator, sent.ref, "any_to_closed", under_pressure="not_asked", **values)
    assert deadlines(coordinator, now=NOW) == ()


def test_what_waits_for_its_day_is_not_late_before_it(
    coordinator: Reader, second: Reader
) -> None:
    on_hold(coordinator, until=day(9))
    (one,) = deadlines(second, now=NOW)
    assert (one.clock, one.turn, one.is_waiting(NOW)) == ("contact_u1", "day", True)
    (later,) = deadlines(second, now=one.due + HOUR)
    assert later.is_late(one.due + HOUR)


def test_a_case_kept_for_others_is_not_among_them(coordinator: Reader) -> None:
    third = add(coordinator, "fern", Role.COORDINATOR)
    sent = send_and_open(coordinator)
    code = next_code(coordinator.service.settings.instance, coordinator.handle, NOW)
    proof = prove(coordinator, PASSPHRASES[coordinator.handle], code, now=NOW)
    restrict(coordinator, sent.ref, {coordinator.member}, "A relative.", proof, now=NOW)
    assert deadlines(third, now=NOW) == ()
    assert {one.ref for one in deadlines(coordinator, now=NOW)} == {sent.ref}
