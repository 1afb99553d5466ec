"""Every limit of every open case in one list."""

from datetime import timedelta

from intake.casework import Reader, deadlines, enter, new_once, prove, send_message, take
from intake.casework import write as add
from intake.casework.restricting import restrict
from intake.casework.work.deadlines import ROWS
from intake.roles import Role
from tests.casework import joining
from tests.casework.work.answering import closed, day, on_hold, write
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
    assert (found.total, found.late) == (4, 1)
    assert [(one.ref, one.clock, one.is_late) for one in found.rows] == [
        (held.ref, "erdr", True),
        (held.ref, "contact_u1", False),
        (unopened.ref, "open", False),
        (unopened.ref, "contact_u1", False),
    ]


def test_mine_are_those_that_i_hold(coordinator: Reader, second: Reader) -> None:
    mine, other = send_and_open(coordinator), send_and_open(coordinator)
    take(coordinator, mine.ref, now=NOW)
    found = deadlines(coordinator, now=NOW, mine=True).rows
    assert {(one.ref, one.holder, one.is_mine) for one in found} == {
        (mine.ref, "coordinator", True)
    }
    assert other.ref in {one.ref for one in deadlines(second, now=NOW).rows}


def test_of_a_case_that_ended_the_date_of_erasing_is_left(coordinator: Reader) -> None:
    sent = closed(coordinator, erase_on=None)
    (one,) = deadlines(coordinator, now=NOW + HOUR).rows
    assert (one.ref, one.clock, one.is_late) == (sent.ref, "retention", True)


def test_what_waits_for_its_day_is_not_late_before_it(
    coordinator: Reader, second: Reader
) -> None:
    on_hold(coordinator, until=day(9))
    (one,) = deadlines(second, now=NOW).rows
    assert (one.clock, one.turn, one.is_waiting) == ("contact_u1", "day", True)
    (later,) = deadlines(second, now=one.due + HOUR).rows
    assert later.is_late


def test_a_case_kept_for_others_is_not_among_them(coordinator: Reader) -> None:
    third = joining.add(coordinator, "fern", Role.COORDINATOR)
    sent = send_and_open(coordinator)
    code = next_code(coordinator.service.settings.instance, coordinator.handle, NOW)
    proof = prove(coordinator, PASSPHRASES[coordinator.handle], code, now=NOW)
    restrict(coordinator, sent.ref, {coordinator.member}, "A relative.", proof, now=NOW)
    assert deadlines(third, now=NOW).rows == ()
    assert {one.ref for one in deadlines(coordinator, now=NOW).rows} == {sent.ref}


def test_a_case_waits_no_more_once_the_reporter_wrote(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader, short_report(contact_method=("mailbox",)))
    send_message(reader, sent.ref, "We are here", once=new_once(), now=NOW)
    (one,) = deadlines(reader, now=NOW).rows
    assert (one.clock, one.turn, one.is_waiting) == ("review", "reporter", True)
    visit = enter(reader.service, sent.code, now=NOW)
    add(reader.service, visit, "Thank you", kind="message", once=new_once(), now=NOW)
    (one,) = deadlines(reader, now=NOW).rows
    assert one.is_waiting is False


def test_a_limit_without_its_consent_leaves_the_list_once_it_is_over(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator, short_report())
    send_message(coordinator, sent.ref, "We are here", once=new_once(), now=NOW)
    write(coordinator, sent.ref, "decision", decision="discontinued", learned_on=day(-13))
    limits = {one.clock: one for one in deadlines(coordinator, now=NOW).rows}
    assert limits["appeal_106"].turn == "consent"
    over = limits["appeal_106"].due + HOUR
    assert "appeal_106" not in {one.clock for one in deadlines(coordinator, now=over).rows}


def test_limits_are_shown_a_page_at_a_time_and_by_what_must_happen(
    coordinator: Reader,
) -> None:
    for _ in range(30):
        send(coordinator.service, short_report())
    assert len(deadlines(coordinator, now=NOW).rows) == ROWS
    last = deadlines(coordinator, now=NOW, page=99)
    assert (len(last.rows), last.total, last.page, last.pages) == (10, 60, 2, 2)
    some = deadlines(coordinator, now=NOW, clock="open")
    assert {one.clock for one in some.rows} == {"open"}
    assert some.total == 30


def test_what_is_to_be_erased_stands_there_when_its_day_comes_near(
    coordinator_on_each: Reader,
) -> None:
    reader, sent = coordinator_on_each, closed(coordinator_on_each, erase_on=day(60))
    assert deadlines(reader, now=NOW).rows == ()
    for later, is_late in ((55, False), (61, True)):
        (one,) = deadlines(reader, now=NOW + timedelta(days=later)).rows
        assert (one.ref, one.clock, one.is_late) == (sent.ref, "retention", is_late)
    take(reader, sent.ref, now=NOW)
    then = NOW + timedelta(days=61)
    assert deadlines(reader, now=then, mine=True).total == 1
