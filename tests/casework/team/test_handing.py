"""Handing cases over: offered, accepted, declined, taken back, released, assigned."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from intake.casework import (
    Conflict,
    Reader,
    Service,
    UnknownCase,
    add_note,
    correspondence,
    new_once,
    notices_for,
    overview,
    take,
    timeline,
)
from intake.casework.leaving import CannotHold
from intake.casework.restricting import restrict
from intake.casework.team import away, handing, inbox
from intake.casework.team.handing import NotTheHolder, OfferedAlready, OfferEnded
from intake.casework.verify import verify
from intake.roles import Role
from intake.store.tables import CaseRow, ProposalRow
from tests.casework.joining import add, proof
from tests.people import NOW, Sent, send_and_open

NOTE = "Her sister writes at night only. Ask her about Thistledown."


@pytest.fixture
def held(coordinator: Reader) -> Sent:
    """A case that the coordinator holds."""
    sent = send_and_open(coordinator)
    take(coordinator, sent.ref, now=NOW)
    return sent


def version(reader: Reader, sent: Sent) -> int:
    return overview(reader, sent.ref, now=NOW).version


def offer(
    reader: Reader, sent: Sent, to: Reader, *, note: str = NOTE, once: str | None = None
) -> None:
    seen = version(reader, sent)
    handing.offer(
        reader, sent.ref, to.member, note, once=once or new_once(), version=seen, now=NOW
    )


def answer(
    reader: Reader, sent: Sent, *, accepts: bool, words: str = "", once: str | None = None
) -> None:
    once = once or new_once()
    handing.answer(reader, sent.ref, words, accepts=accepts, once=once, now=NOW)


def holder(reader: Reader, sent: Sent) -> str | None:
    return overview(reader, sent.ref, now=NOW).row.holder


def acts(reader: Reader, sent: Sent, act: str) -> int:
    return [line.act for line in timeline(reader, sent.ref, now=NOW)].count(act)


def notes(reader: Reader, sent: Sent) -> list[tuple[str, str, str]]:
    said = correspondence(reader, sent.ref, now=NOW)
    return [(note.occasion, note.to, note.text) for note in said.notes]


def test_a_case_stays_with_who_offers_it_until_the_colleague_accepts(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    sent = send_and_open(coordinator)
    take(coordinator, sent.ref, now=NOW)
    offer(coordinator, sent, second)
    assert holder(second, sent) == coordinator.handle
    (waiting,) = inbox.inbox(second).to_me
    assert (waiting.ref, waiting.who) == (sent.ref, coordinator.handle)
    shown = handing.holding(second, sent.ref, now=NOW).offer
    assert shown is not None
    assert (shown.note, shown.is_for_me) == (NOTE, True)

    answer(second, sent, accepts=True, words="I call her tonight.")
    assert holder(second, sent) == second.handle
    assert inbox.inbox(second).to_me == inbox.inbox(coordinator).by_me == ()
    assert sorted(notes(second, sent)) == [
        ("hand_over_accepted", coordinator.handle, "I call her tonight."),
        ("handed_over", second.handle, NOTE),
    ]
    told = [one.kind for one in notices_for(coordinator)]
    assert told.count("hand_over_accepted") == 1
    assert verify(service_on_each) == ()


def test_an_answer_sent_twice_is_one(coordinator: Reader, second: Reader, held: Sent) -> None:
    offer(coordinator, held, second)
    for _ in range(2):
        answer(second, held, accepts=True)
    assert acts(coordinator, held, "hand_over_accepted") == 1


def test_the_same_offer_sent_twice_is_one_also_once_it_was_declined(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    once, seen = new_once(), version(coordinator, held)

    def send() -> None:
        handing.offer(
            coordinator, held.ref, second.member, NOTE, once=once, version=seen, now=NOW
        )

    send()
    send()
    again = new_once()
    for _ in range(2):
        answer(second, held, accepts=False, words="I am away tomorrow.", once=again)
    send()
    assert holder(coordinator, held) == coordinator.handle
    assert inbox.inbox(second).to_me == ()
    assert acts(coordinator, held, "hand_over_offered") == 1
    assert acts(coordinator, held, "hand_over_declined") == 1
    assert ("hand_over_declined", coordinator.handle, "I am away tomorrow.") in notes(
        coordinator, held
    )


def test_only_who_holds_a_case_offers_it_and_once_at_a_time(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    with pytest.raises(NotTheHolder):
        offer(second, held, coordinator)
    offer(coordinator, held, second)
    with pytest.raises(OfferedAlready):
        offer(coordinator, held, second, note="Once more")
    handing.withdraw(coordinator, held.ref, now=NOW)
    with pytest.raises(CannotHold):
        offer(coordinator, held, coordinator)


def test_what_was_taken_back_is_not_accepted(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    offer(coordinator, held, second)
    for _ in range(2):
        handing.withdraw(coordinator, held.ref, now=NOW)
    with pytest.raises(OfferEnded):
        answer(second, held, accepts=True)
    assert acts(coordinator, held, "hand_over_withdrawn") == 1


def test_an_offer_ends_when_the_case_goes_another_way(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    third = add(coordinator, "third", Role.COORDINATOR)
    offer(coordinator, held, second)
    seen, once = version(coordinator, held), new_once()
    for _ in range(2):
        handing.release(coordinator, held.ref, "No time", once=once, version=seen, now=NOW)
    assert holder(coordinator, held) is None
    take(third, held.ref, now=NOW)
    with pytest.raises(OfferEnded):
        answer(second, held, accepts=True)
    assert holder(second, held) == "third"
    assert acts(coordinator, held, "released") == 1


def test_an_offer_ends_when_the_case_is_given_on_while_its_holder_is_away(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    third = add(coordinator, "third", Role.COORDINATOR)
    offer(coordinator, held, second)
    id_, today = uuid4(), NOW.date()
    away.keep_away(
        third, id_, coordinator.member, today, today, substitute=third.member, now=NOW
    )
    away.reassign(third, id_, third.member, today=today, now=NOW)
    assert inbox.inbox(second).to_me == ()
    with pytest.raises(OfferEnded):
        answer(second, held, accepts=True)
    assert holder(second, held) == "third"


def test_what_somebody_saved_meanwhile_stops_the_offer(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    seen = version(coordinator, held)
    add_note(second, held.ref, "Meanwhile", once=new_once(), now=NOW)
    with pytest.raises(Conflict):
        handing.offer(
            coordinator, held.ref, second.member, NOTE, once=new_once(), version=seen, now=NOW
        )


def test_a_case_that_nobody_holds_is_given_to_a_colleague_who_is_told(
    coordinator: Reader, second: Reader
) -> None:
    sent, once = send_and_open(coordinator), new_once()
    for _ in range(2):
        given = handing.assign(coordinator, sent.ref, second.member, NOTE, once=once, now=NOW)
        assert (given.won, given.holder) == (True, second.handle)
    assert holder(coordinator, sent) == second.handle
    assert acts(coordinator, sent, "assigned") == 1
    assert [one.kind for one in notices_for(second)].count("assigned") == 1


def test_nobody_takes_a_case_away_from_a_third_by_assigning_it(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    third = add(coordinator, "third", Role.COORDINATOR)
    given = handing.assign(second, held.ref, third.member, now=NOW)
    assert (given.won, given.holder) == (False, coordinator.handle)
    assert holder(second, held) == coordinator.handle


def test_a_case_kept_for_named_colleagues_goes_to_none_but_these(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    offer(coordinator, held, second)
    restrict(
        coordinator, held.ref, [coordinator.member], "A cousin", proof(coordinator), now=NOW
    )
    assert inbox.inbox(second).to_me == ()
    with pytest.raises(UnknownCase):
        answer(second, held, accepts=True)
    handing.withdraw(coordinator, held.ref, now=NOW)
    assert handing.holding(coordinator, held.ref, now=NOW).colleagues == ()
    with pytest.raises(CannotHold):
        handing.assign(coordinator, held.ref, second.member, now=NOW)


def test_an_offer_outlives_the_replacing_of_the_keys(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    offer(coordinator, held, second)
    named = [coordinator.member, second.member]
    restrict(coordinator, held.ref, named, "A cousin", proof(coordinator), now=NOW)
    answer(second, held, accepts=True)
    assert holder(coordinator, held) == second.handle


def test_an_offer_that_was_declined_does_not_wait_again_behind_the_programs_back(
    coordinator: Reader, second: Reader, held: Sent, service: Service
) -> None:
    offer(coordinator, held, second)
    answer(second, held, accepts=False)
    with service.writing() as session:
        session.execute(update(ProposalRow).values(decided_by=None))
    assert inbox.inbox(second).to_me == ()
    with pytest.raises(OfferEnded):
        answer(second, held, accepts=True)


def test_an_offer_changed_in_the_database_is_none(
    coordinator: Reader, second: Reader, held: Sent, service: Service
) -> None:
    third = add(coordinator, "third", Role.COORDINATOR)
    offer(coordinator, held, second)
    with service.writing() as session:
        session.execute(update(ProposalRow).values(by=third.member))
        session.execute(update(CaseRow).values(holder=third.member))
    assert inbox.inbox(second).to_me == ()


def test_only_the_two_read_the_note_of_an_offer_beside_the_notes_of_the_case(
    coordinator: Reader, second: Reader, held: Sent
) -> None:
    third = add(coordinator, "third", Role.COORDINATOR)
    offer(coordinator, held, second)
    shown = handing.holding(third, held.ref, now=NOW).offer
    assert shown is not None
    assert (shown.to, shown.note) == (second.handle, "")
    assert acts(coordinator, held, "read_hand_over") == 0
    handing.holding(second, held.ref, now=NOW)
    assert acts(coordinator, held, "read_hand_over") == 1


def test_ten_who_accept_release_and_take_at_once_leave_one_holder(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    sent = send_and_open(coordinator)
    take(coordinator, sent.ref, now=NOW)
    offer(coordinator, sent, second)
    seen = version(coordinator, sent)

    def accept() -> bool:
        try:
            answer(second, sent, accepts=True)
        except OfferEnded:
            return False
        return True

    def let_go() -> bool:
        try:
            handing.release(coordinator, sent.ref, "", once=new_once(), version=seen, now=NOW)
        except (NotTheHolder, Conflict):
            return False
        return True

    with ThreadPoolExecutor(10) as threads:
        accepting = [threads.submit(accept) for _ in range(5)]
        letting = [threads.submit(let_go) for _ in range(5)]
    accepted = {one.result() for one in accepting}
    released = {one.result() for one in letting}
    assert {len(accepted), len(released)} == {1}
    assert accepted != released
    assert holder(coordinator, sent) == (second.handle if True in accepted else None)
    both = acts(coordinator, sent, "hand_over_accepted") + acts(coordinator, sent, "released")
    assert both == 1
    assert verify(service_on_each) == ()


def undecided(service: Service) -> int:
    with service.reading() as session:
        rows = session.scalars(select(ProposalRow))
        return sum(row.decided_by is None for row in rows)


def test_an_offer_ends_when_the_case_changes_hands_another_way(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    third = add(coordinator, "fern", Role.COORDINATOR)
    sent = send_and_open(coordinator)
    take(coordinator, sent.ref, now=NOW)
    offer(coordinator, sent, second)
    id_, today = uuid4(), NOW.date()
    away.keep_away(third, id_, coordinator.member, today, today, substitute=None, now=NOW)
    away.reassign(third, id_, None, today=today, now=NOW)
    assert undecided(service_on_each) == 0

    take(coordinator, sent.ref, now=NOW)
    with pytest.raises(OfferEnded):
        answer(second, sent, accepts=True)
    assert holder(second, sent) == coordinator.handle
    assert inbox.inbox(second).to_me == ()
    assert verify(service_on_each) == ()


def test_an_offer_of_who_was_excluded_ends(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    sent = send_and_open(coordinator)
    take(second, sent.ref, now=NOW)
    offer(second, sent, coordinator)
    restrict(
        coordinator, sent.ref, [coordinator.member], "A cousin", proof(coordinator), now=NOW
    )
    assert undecided(service) == 0


def test_an_old_offer_is_none_once_somebody_took_the_case(
    coordinator: Reader, second: Reader, service: Service, held: Sent
) -> None:
    offer(coordinator, held, second)
    with service.writing() as session:  # as an earlier version left it
        session.execute(update(CaseRow).values(holder=None))
    take(second, held.ref, now=NOW)
    assert undecided(service) == 0
