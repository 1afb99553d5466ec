"""Cases that belong together: the same event, links taken back, keys replaced, erased."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from intake.casework import (
    CaseworkError,
    NotYet,
    Reader,
    Service,
    UnknownCase,
    Written,
    change_contact,
    enter,
    move,
    new_once,
    overview,
    proposals_of,
    read_report,
    withdraw_consent,
    write,
)
from intake.casework.case_file import opened
from intake.casework.errors import NotOpened
from intake.casework.rekeying import replace_if_able
from intake.casework.restricting import restrict
from intake.casework.splitting.choosing import splitting
from intake.casework.splitting.joining import (
    LinkedAlready,
    NotThatCase,
    TakenBack,
    link_similar,
    take_back,
)
from intake.casework.splitting.making import split
from intake.casework.splitting.shown import LinkShown, linked, links_of
from intake.casework.splitting.telling import Choice
from intake.casework.verify import verify
from intake.form.answers import Answers
from intake.store.tables import CaseRow, LinkRow
from tests.casework.joining import proof
from tests.casework.splitting.several import AIDOS, MIRA, WHY, several, split_off
from tests.casework.work import answering
from tests.casework.work.test_permissions import permission, strike, tell
from tests.people import NOW, Sent, send, send_and_open

LATER = NOW + timedelta(hours=1)


def _link(reader: Reader, one: Sent, other: str, *, once: str = "") -> None:
    version = overview(reader, one.ref, now=NOW).version
    once = once or new_once()
    link_similar(reader, one.ref, other, "One evening", once=once, version=version, now=NOW)


def _only(reader: Reader, ref: str) -> LinkShown:
    (found,) = links_of(reader, ref, now=NOW).links
    return found


def test_both_cases_of_a_split_show_each_other(coordinator_on_each: Reader) -> None:
    first = several(coordinator_on_each)
    ref = split_off(coordinator_on_each, first.ref, Choice((AIDOS,)))
    here, there = _only(coordinator_on_each, first.ref), _only(coordinator_on_each, ref)
    assert (here.ref, there.ref) == (ref, first.ref)
    assert (here.side, there.side) == ("first", "split_off")
    assert {here.why, there.why} == {WHY}
    assert {here.by, there.by} == {coordinator_on_each.handle}


def test_a_list_of_links_tells_no_words(coordinator: Reader) -> None:
    first = several(coordinator)
    split_off(coordinator, first.ref, Choice((AIDOS,)))
    (one,) = linked(coordinator, first.ref)
    assert (one.kind, one.why) == ("split", "")


def test_cases_of_the_same_event_are_linked_once(coordinator_on_each: Reader) -> None:
    reader, once = coordinator_on_each, new_once()
    one, other = send_and_open(reader), send_and_open(reader)
    for _ in range(2):
        _link(reader, one, other.ref, once=once)
    assert _only(reader, one.ref).ref == other.ref
    assert _only(reader, other.ref).ref == one.ref
    with pytest.raises(LinkedAlready):
        _link(reader, other, one.ref)
    assert verify(reader.service) == ()


def test_only_another_case_that_she_may_open_and_that_was_read_is_linked(
    coordinator: Reader, second: Reader
) -> None:
    one, kept, unread = send_and_open(second), send_and_open(coordinator), send(second.service)
    named = (coordinator.member,)
    restrict(coordinator, kept.ref, named, "A cousin", proof(coordinator), now=NOW)
    for ref in (one.ref, kept.ref, "2222-2222", ""):
        with pytest.raises(NotThatCase):
            _link(second, one, ref)
    with pytest.raises(NotOpened):
        _link(second, one, unread.ref)
    assert linked(second, one.ref) == ()


def test_who_may_not_open_the_other_case_does_not_see_the_link(
    coordinator: Reader, second: Reader
) -> None:
    one, other = send_and_open(coordinator), send_and_open(coordinator)
    _link(coordinator, one, other.ref)
    assert linked(second, one.ref)
    named = (coordinator.member,)
    restrict(coordinator, other.ref, named, "A cousin", proof(coordinator), now=NOW)
    assert linked(second, one.ref) == ()
    with pytest.raises(UnknownCase):
        take_back(second, one.ref, _only(coordinator, one.ref).id, "Wrong", now=NOW)


def test_a_link_is_taken_back_with_a_reason_and_stays_to_be_seen(
    coordinator_on_each: Reader,
) -> None:
    reader = coordinator_on_each
    one, other = send_and_open(reader), send_and_open(reader)
    _link(reader, one, other.ref)
    for _ in range(2):
        link = _only(reader, other.ref)
        assert take_back(reader, other.ref, link.id, "No", now=NOW) == TakenBack("similar")
    for ref in (one.ref, other.ref):
        found = _only(reader, ref)
        assert (found.stands, found.ended_why) == (False, "No")
    _link(reader, one, other.ref)


def test_what_was_split_off_is_closed_as_a_duplicate_by_two(
    coordinator: Reader, second: Reader
) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    link = _only(coordinator, first.ref)
    done = take_back(coordinator, first.ref, link.id, "It is one matter", now=NOW)
    assert done == TakenBack("split", still_open=ref, is_asked=True)
    assert overview(coordinator, ref, now=NOW).row.stage == "screening"
    answering.agree(second, ref)
    assert overview(coordinator, ref, now=NOW).row.stage == "closed"
    assert answering.seen(coordinator, ref).record.moves.outcome == "duplicate"
    assert split_off(coordinator, first.ref, Choice((AIDOS,))) != ref


def test_further_on_it_is_closed_on_its_own_page(coordinator: Reader) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    answering.go(coordinator, ref, "screening_to_contacting", moved_level="u1")
    link = _only(coordinator, ref)
    done = take_back(coordinator, ref, link.id, "It is one matter", now=NOW)
    assert done == TakenBack("split", still_open=ref)
    assert proposals_of(coordinator) == ()


def test_where_the_first_case_is_closed_the_other_is_closed_on_its_own_page(
    coordinator: Reader,
) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    told = {"moved_outcome": "withdrawn_fear", "moved_asked_how": "phone"}
    answering.go(coordinator, first.ref, "any_to_closed", **told, under_pressure="not_asked")
    link = _only(coordinator, ref)
    done = take_back(coordinator, ref, link.id, "It is one matter", now=NOW)
    assert done == TakenBack("split", still_open=ref)
    assert proposals_of(coordinator) == ()


def test_links_open_under_fresh_keys(coordinator: Reader) -> None:
    first = several(coordinator)
    split_off(coordinator, first.ref, Choice((AIDOS,)))
    with opened(coordinator, first.ref, "rekeyed", now=NOW) as file:
        assert replace_if_able(file)
    assert _only(coordinator, first.ref).why == WHY


def test_a_case_that_is_kept_for_few_keeps_its_links(coordinator: Reader) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    named = (coordinator.member,)
    restrict(coordinator, ref, named, "A cousin", proof(coordinator), now=NOW)
    assert _only(coordinator, ref).ref == first.ref


def test_an_erased_case_leaves_no_link(coordinator: Reader, second: Reader) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    answering.go(coordinator, ref, "any_to_erased", moved_asked_how="phone")
    answering.agree(second, ref)
    with coordinator.service.reading() as session:
        assert session.scalars(select(LinkRow)).all() == []
    assert linked(coordinator, first.ref) == ()
    assert verify(coordinator.service) == ()


def test_a_link_that_was_changed_or_lost_is_noticed(coordinator: Reader) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    with coordinator.service.writing() as session:
        case = session.scalars(select(CaseRow).where(CaseRow.ref == ref)).one()
        session.execute(
            update(LinkRow).where(LinkRow.case_id == case.id).values(kind="similar")
        )
    assert "link" in overview(coordinator, ref, now=NOW).differences
    assert len(verify(coordinator.service)) == 2


def test_whose_contact_is_allowed_no_longer_is_left_alone_in_both_cases(
    service: Service, coordinator: Reader
) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    visit = enter(service, first.code, now=LATER)
    withdraw_consent(service, visit, "contact", once=new_once(), now=LATER)
    found = overview(coordinator, ref, now=LATER)
    assert "contact" not in found.consents
    assert not found.facts.consent_contact
    answering.seen(coordinator, ref)
    with opened(coordinator, ref, "read_report", now=LATER) as file:
        assert "contact" not in file.kept.consents


def test_a_permission_that_was_struck_out_in_the_first_case_holds_in_neither(
    coordinator: Reader,
) -> None:
    first = several(coordinator)
    wrong = tell(coordinator, first, permission(), at=NOW)
    ref = split_off(coordinator, first.ref, Choice(is_same=True))
    assert "state_complaint" in overview(coordinator, ref, now=LATER).consents
    strike(coordinator, first, wrong, at=LATER)
    assert "state_complaint" not in overview(coordinator, ref, now=LATER).consents
    answering.seen(coordinator, ref)
    with opened(coordinator, ref, "read_report", now=LATER) as file:
        assert "state_complaint" not in file.kept.consents


def test_a_withdrawal_that_was_struck_out_in_the_first_case_ends_nothing_in_the_other(
    coordinator: Reader,
) -> None:
    first = several(coordinator, consent=("state_complaint",), consent_giver="victim")
    wrong = tell(coordinator, first, permission("withdrawn"), at=NOW)
    ref = split_off(coordinator, first.ref, Choice(is_same=True))
    assert "state_complaint" not in overview(coordinator, ref, now=LATER).consents
    strike(coordinator, first, wrong, at=LATER)
    assert "state_complaint" in overview(coordinator, ref, now=LATER).consents


def test_the_wish_to_delete_everything_reaches_the_case_that_was_split_off(
    service: Service, coordinator: Reader
) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    visit = enter(service, first.code, now=LATER)
    write(service, visit, "Delete it", kind="erasure", once=new_once(), now=LATER)
    assert overview(coordinator, ref, now=LATER).facts.erasure_asked


def test_a_new_way_to_be_reached_takes_the_place_of_the_old_one_in_both_cases(
    service: Service, coordinator: Reader
) -> None:
    first = several(coordinator)
    ref = split_off(coordinator, first.ref, Choice((AIDOS,)))
    told = Answers({"contact_method": ("signal",), "contact_value": "new name"})
    visit = enter(service, first.code, now=LATER)
    change_contact(service, visit, told, allowed=True, once=new_once(), now=LATER)
    read_report(coordinator, first.ref, now=LATER)
    read_report(coordinator, ref, now=LATER)
    sections = read_report(coordinator, ref, now=LATER).sections
    ways = [s for s in sections if s.answers and "contact_value" in s.answers]
    assert ["contact_value" in s.older for s in ways] == [True, False]
    assert overview(coordinator, ref, now=LATER).facts.contact_method == ("signal",)


def test_a_duplicate_names_another_case_that_is_there(
    coordinator: Reader, second: Reader
) -> None:
    one, other, kept = (send_and_open(coordinator) for _ in range(3))
    named = (coordinator.member,)
    restrict(coordinator, kept.ref, named, "A cousin", proof(coordinator), now=NOW)
    for ref in ("2026-0143", one.ref, kept.ref):
        with pytest.raises(NotYet, match="same_as"):
            _close(second, one.ref, ref)
    assert _close(second, one.ref, other.ref.lower()) is Written.PROPOSED


def _close(reader: Reader, ref: str, same_as: str) -> Written:
    values = {"moved_outcome": "duplicate", "moved_same_as": same_as, "moved_why": "The same"}
    answers, once = Answers(values), new_once()
    way = "screening_to_closed"
    return move(reader, ref, way, answers, version=None, once=once, now=NOW)


def test_of_splits_at_the_same_time_one_wins(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    first = several(coordinator_on_each)
    version = splitting(coordinator_on_each, first.ref, now=NOW).version

    def attempt(reader: Reader) -> bool:
        choice, once = Choice((MIRA,)), new_once()
        try:
            split(reader, first.ref, choice, WHY, once=once, version=version, now=NOW)
        except CaseworkError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        readers = [coordinator_on_each, second_on_each] * 4
        won = list(threads.map(attempt, readers))
    assert won.count(True) == 1
    assert len(linked(coordinator_on_each, first.ref)) == 1
