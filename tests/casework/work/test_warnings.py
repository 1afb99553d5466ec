"""What the worker says of limits while nobody who can read them is signed in."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest
from sqlalchemy import delete, select

from intake.case.clocks import ClockState
from intake.casework import (
    Incoming,
    Reader,
    Service,
    add_note,
    add_step,
    duty,
    go_on,
    new_once,
    overview,
    send_message,
    state,
    take,
    verify,
    waiting,
)
from intake.casework.case_file import opened
from intake.casework.codec import decode
from intake.casework.duty import Entry
from intake.casework.facts_box import facts_content
from intake.casework.grid import on_grid
from intake.casework.work import earlier
from intake.form.answers import Stored
from intake.form.moments import midnight
from intake.store.service import OutboxRow
from intake.store.tables import CaseRow, DocumentRow, FacetsRow
from intake.triage import Facts, triage
from intake.vault import Ring, Slot, box_facts, open_outbox
from tests.casework.work.answering import (
    STEPS,
    closed,
    day,
    go,
    later,
    on_hold,
    seen,
    told,
    write,
)
from tests.casework.work.test_moves import active
from tests.people import NOW, Sent, send_and_open, short_report

HOUR = timedelta(hours=1)
SIX = 6 * HOUR
TRIAGE: Final = triage(Facts(NOW), NOW)


def warn_at(service: Service, sent: Sent) -> datetime | None:
    with service.reading() as session:
        return session.get_one(CaseRow, sent.id).warn_at


def words(service: Service) -> list[object]:
    """To whom word is left: members, then None for whoever is on duty; rows have no order."""
    with service.reading() as session:
        left = session.scalars(select(OutboxRow.member_id))
        return sorted(left, key=lambda member: (member is None, str(member)))


def forget_words(service: Service) -> None:
    with service.writing() as session:
        for row in session.scalars(select(OutboxRow)):
            session.delete(row)


def contacted(reader: Reader, report: Incoming | None = None) -> Sent:
    """A case of which the first attempt is due; of who is held, four hours after it came."""
    sent = send_and_open(reader, report)
    forget_words(reader.service)
    return sent


def test_the_time_of_a_warning_is_on_a_grid_and_after_now(coordinator: Reader) -> None:
    sent = contacted(coordinator)
    at = warn_at(coordinator.service, sent)
    # Three of the four hours are over at 12:30; the next moment of the grid is told.
    assert at == NOW.replace(hour=18, minute=0)


def test_a_limit_that_comes_near_leaves_word_once_in_its_time(
    coordinator_on_each: Reader,
) -> None:
    sent = contacted(coordinator_on_each)
    service = coordinator_on_each.service
    at = warn_at(service, sent)
    assert at is not None
    assert waiting.warn_of_limits(service, now=at - timedelta(seconds=1)) == 0
    assert waiting.warn_of_limits(service, now=at) == 1
    assert waiting.warn_of_limits(service, now=at) == 0
    assert words(service) == [None]
    assert warn_at(service, sent) == at + SIX


def test_what_the_worker_set_on_is_no_difference(coordinator: Reader) -> None:
    sent = contacted(coordinator)
    later = NOW.replace(hour=18, minute=0)
    waiting.warn_of_limits(coordinator.service, now=later)
    assert overview(coordinator, sent.ref, now=later).differences == ()
    assert verify.verify(coordinator.service) == ()


@pytest.mark.parametrize("hours", [-6, 12, 48])
def test_a_time_that_somebody_else_set_is_noticed(coordinator: Reader, hours: int) -> None:
    sent = contacted(coordinator)
    at = NOW.replace(hour=18, minute=0)
    with coordinator.service.writing() as session:
        session.get_one(CaseRow, sent.id).warn_at = at + hours * HOUR
    assert overview(coordinator, sent.ref, now=at).differences == ("warn_at",)


def test_a_time_that_somebody_took_away_is_noticed(coordinator: Reader) -> None:
    sent = contacted(coordinator)
    with coordinator.service.writing() as session:
        session.get_one(CaseRow, sent.id).warn_at = None
    later = NOW + 48 * HOUR
    assert overview(coordinator, sent.ref, now=later).differences == ("warn_at",)


def test_first_the_holder_is_told_then_everybody(coordinator: Reader, second: Reader) -> None:
    sent = contacted(coordinator)
    entries = [Entry(one.member, f"{one.handle}@post.example") for one in (coordinator, second)]
    duty.keep(coordinator, entries, revision=0, now=NOW)
    take(second, sent.ref, now=NOW)
    service = coordinator.service
    for expected in ([second.member], [second.member, None]):
        at = warn_at(service, sent)
        assert at is not None
        waiting.warn_of_limits(service, now=at)
        assert words(service) == expected


def test_while_it_is_the_reporters_turn_nobody_is_warned(coordinator: Reader) -> None:
    sent = contacted(coordinator, short_report())
    at = warn_at(coordinator.service, sent)
    assert at is not None
    waiting.warn_of_limits(coordinator.service, now=at)
    send_message(coordinator, sent.ref, "We read it.", once=new_once(), now=NOW)
    assert warn_at(coordinator.service, sent) is None


def test_a_limit_of_law_without_its_permission_leaves_word_until_it_is_over(
    coordinator: Reader,
) -> None:
    sent = contacted(coordinator, short_report())
    send_message(coordinator, sent.ref, "We read it.", once=new_once(), now=NOW)
    write(coordinator, sent.ref, "decision", decision="discontinued", learned_on=day(-13))
    (appeal,) = (c for c in seen(coordinator, sent.ref).clocks if c.code == "appeal_106")
    assert (appeal.state, appeal.missing_consent) == (ClockState.GATED, "state_complaint")
    assert appeal.due is not None
    assert warn_at(coordinator.service, sent) == on_grid(appeal.due)
    over = appeal.due + HOUR
    send_message(coordinator, sent.ref, "We are here.", once=new_once(), now=over)
    assert warn_at(coordinator.service, sent) is None


def test_on_hold_word_is_left_on_the_day_of_the_next_try(coordinator: Reader) -> None:
    sent = on_hold(coordinator, until=day(9))
    forget_words(coordinator.service)
    begins = midnight(later(9))
    assert warn_at(coordinator.service, sent) == on_grid(begins)
    assert waiting.warn_of_limits(coordinator.service, now=begins - HOUR) == 0
    assert waiting.warn_of_limits(coordinator.service, now=on_grid(begins)) == 1


def ended(reader: Reader, *, erase_on: str | None) -> Sent:
    """A closed case of which no word is left yet."""
    sent = closed(reader, erase_on=erase_on)
    forget_words(reader.service)
    return sent


def test_of_a_closed_case_word_is_left_on_the_day_of_erasing_and_not_before(
    coordinator_on_each: Reader,
) -> None:
    service = coordinator_on_each.service
    sent = ended(coordinator_on_each, erase_on=day(30))
    begins = on_grid(midnight(later(30)))
    assert warn_at(service, sent) == begins
    assert waiting.warn_of_limits(service, now=begins - HOUR) == 0
    assert waiting.warn_of_limits(service, now=begins) == 1
    assert overview(coordinator_on_each, sent.ref, now=begins).differences == ()


def test_erasing_is_told_of_by_day_and_again_after_ten_days(coordinator: Reader) -> None:
    service, sent = coordinator.service, ended(coordinator, erase_on=None)
    first = warn_at(service, sent)
    assert first == on_grid(NOW + timedelta(days=10))
    for at in (first, first + timedelta(days=10)):
        assert waiting.warn_of_limits(service, now=at) == 1
        assert at_night(service) == [False]
        forget_words(service)
    assert overview(coordinator, sent.ref, now=first + timedelta(days=20)).differences == ()


def test_a_case_opened_again_is_no_longer_to_be_erased(coordinator: Reader) -> None:
    sent = ended(coordinator, erase_on=day(30))
    go(coordinator, sent.ref, "closed_to_screening", moved_news="They came again")
    assert warn_at(coordinator.service, sent) == NOW.replace(hour=18, minute=0)


def test_saving_a_case_puts_no_warning_off(coordinator: Reader) -> None:
    sent = contacted(coordinator)
    service, at = coordinator.service, warn_at(coordinator.service, sent)
    assert at is not None
    for minutes in (
        60,
        119,
        400,
    ):  # the limit is over after the second, the word after the third
        then = NOW + timedelta(minutes=minutes)
        add_note(coordinator, sent.ref, f"At {minutes}", once=new_once(), now=then)
        assert warn_at(service, sent) == at
    assert waiting.warn_of_limits(service, now=at) == 1
    again = warn_at(service, sent)
    add_note(coordinator, sent.ref, "Later", once=new_once(), now=at + HOUR)
    assert warn_at(service, sent) == again == at + SIX
    assert overview(coordinator, sent.ref, now=at + 2 * HOUR).differences == ()


def test_the_second_word_wakes_everybody_whoever_saved_the_case_meanwhile(
    coordinator: Reader, second: Reader
) -> None:
    sent, service = contacted(coordinator), coordinator.service
    entries = [Entry(one.member, f"{one.handle}@post.example") for one in (coordinator, second)]
    duty.keep(coordinator, entries, revision=0, now=NOW)
    take(second, sent.ref, now=NOW)
    for expected in ([second.member], [second.member, None]):
        at = warn_at(service, sent)
        assert at is not None
        waiting.warn_of_limits(service, now=at)
        assert words(service) == expected
        add_note(second, sent.ref, f"{at}", once=new_once(), now=at + HOUR)


def test_when_it_is_done_what_comes_next_is_a_first_word_again(
    coordinator: Reader, second: Reader
) -> None:
    sent, service = contacted(coordinator), coordinator.service
    duty.keep(coordinator, [Entry(second.member, "b@post.example")], revision=0, now=NOW)
    take(second, sent.ref, now=NOW)
    at = warn_at(service, sent)
    assert at is not None
    waiting.warn_of_limits(service, now=at)
    forget_words(service)
    # Met now: what is told next, at the same moment of the grid, is another limit.
    write_later(coordinator, sent.ref, "attempt", at + HOUR, attempt_result="not_reached")
    write_later(coordinator, sent.ref, "complaint", at + HOUR, complaint_by="family")
    assert warn_at(service, sent) == at + SIX
    waiting.warn_of_limits(service, now=at + SIX)
    assert words(service) == [second.member]


def test_who_is_held_and_silent_is_warned_of(coordinator: Reader) -> None:
    held = {"victim_status": "police_custody"}
    sent = send_and_open(coordinator, short_report(**held))
    send_message(coordinator, sent.ref, "We are here", once=new_once(), now=NOW)
    assert warn_at(coordinator.service, sent) is not None


def test_cases_of_before_get_their_time_once_with_a_line(coordinator_on_each: Reader) -> None:
    reader, service = coordinator_on_each, coordinator_on_each.service
    older, newer = contacted(reader), contacted(reader)
    at = warn_at(service, newer)
    make_older(reader, older)
    assert warn_at(service, older) is None
    lines = verify.head(service).sequence

    go_on(reader, now=NOW)
    assert (warn_at(service, older), warn_at(service, newer)) == (at, at)
    assert verify.head(service).sequence == lines + 1
    assert overview(reader, older.ref, now=NOW).differences == ()
    assert verify.verify(service) == ()

    go_on(reader, now=NOW + timedelta(hours=1))
    assert verify.head(service).sequence == lines + 1


def test_a_pass_that_was_cut_off_is_gone_on_with(coordinator: Reader, second: Reader) -> None:
    service, several = coordinator.service, [contacted(coordinator) for _ in range(3)]
    for sent in several:
        make_older(coordinator, sent)
    assert earlier.go_on(coordinator, now=NOW, at_most=2) == 2
    assert [warn_at(service, sent) for sent in several].count(None) == 1
    assert earlier.go_on(second, now=NOW, at_most=2) == 1
    assert None not in [warn_at(service, sent) for sent in several]
    assert earlier.go_on(second, now=NOW, at_most=2) == 0
    assert verify.verify(service) == ()


def make_older(reader: Reader, sent: Sent) -> None:
    """Leave the case as it was saved before anybody reckoned limits."""
    with opened(reader, sent.ref, "taken", now=NOW) as file:
        content = facts_content(replace(file.kept, clocks=(), is_reckoned=False), TRIAGE)
        row, session = file.row, file.session
        newest, ring = file.kept_with_row[1], reader.ring(session, Ring.FACTS)
        session.add(
            DocumentRow(
                id=newest.id,
                revision=newest.revision + 1,
                case_id=row.id,
                compartment=newest.compartment,
                kind=newest.kind,
                box=box_facts(ring, content, case=row.id, revision=newest.revision + 1),
                generation=ring.generation,
            )
        )
        session.execute(delete(FacetsRow).where(FacetsRow.case_id == row.id))
        row.warn_at, row.version = None, row.version + 1
        state.keep(session, row, file.keys[Slot.STATE])


def at_night(service: Service) -> list[object]:
    """Whether word that is left wakes somebody up."""
    with service.reading() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.member_id.is_(None)))
        boxes = [open_outbox(service.keys.server, row.box, id=row.id) for row in rows]
    return [decode(box)["at_night"] for box in boxes]


def write_later(reader: Reader, ref: str, what: str, now: datetime, **other: Stored) -> None:
    """Write a step down at another time than the others do."""
    answers = told(**{**STEPS.get(what, {}), **other})
    add_step(reader, ref, what, answers, once=new_once(), now=now)


def test_a_late_limit_is_told_again_after_the_time_of_its_level(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    active(coordinator, second, sent)
    write(coordinator, sent.ref, "complaint", complaint_by="family", complaint_on=day(-3))
    forget_words(coordinator.service)
    at = warn_at(coordinator.service, sent)
    assert at == NOW.replace(hour=12, minute=0)
