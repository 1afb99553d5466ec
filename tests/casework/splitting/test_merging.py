"""A report that repeats a case: closed by two, and the case goes on for both."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from intake.case.kinds import moving
from intake.casework import (
    Conflict,
    Incoming,
    NotYet,
    Reader,
    Service,
    UnknownCase,
    Written,
    conversation,
    decide,
    enter,
    move,
    new_once,
    overview,
    proposals_of,
    timeline,
    write,
)
from intake.casework.case_file import opened
from intake.casework.codec import hour
from intake.casework.rekeying import replace_if_able
from intake.casework.restricting import restrict
from intake.casework.splitting.joining import TakenBack, take_back
from intake.casework.splitting.shown import LinkShown, linked, links_of
from intake.casework.verify import verify
from intake.form.answers import Answers
from intake.store.tables import CaseRow
from tests.casework.joining import proof
from tests.casework.work import answering
from tests.people import NOW, Sent, send, send_and_open, short_report, sister_report

EARLIER = NOW - timedelta(days=3)
LATER = NOW + timedelta(hours=1)
QUIET = {"victim_status": "free", "narrative": "It is over."}
WHY = "The same man, the same night."
MERGING = "screening_to_closed"
REOPENING = "closed_to_screening"


def quiet(at: datetime = NOW) -> Incoming:
    """A report that can wait."""
    return short_report(at, **QUIET)


def propose(reader: Reader, ref: str, into: str) -> Written:
    """Ask to close a report as a duplicate of the case `into`."""
    told = {"moved_outcome": "duplicate", "moved_same_as": into, "moved_why": WHY}
    answers, once = Answers(told), new_once()
    return move(reader, ref, MERGING, answers, version=None, once=once, now=NOW)


def merge(readers: Sequence[Reader], ref: str, into: str) -> None:
    """Let two close a report as a duplicate of the case `into`."""
    one, other = readers
    assert propose(one, ref, into) is Written.PROPOSED
    answering.agree(other, ref)


def reopen(reader: Reader, ref: str, news: str = "Another man after all") -> None:
    answering.go(reader, ref, REOPENING, moved_news=news)


def arrival(reader: Reader, ref: str) -> datetime:
    """When the case counts as come; what stands plain says the same."""
    found = overview(reader, ref, now=NOW)
    with reader.service.reading() as session:
        row = session.get_one(CaseRow, _id_of(reader, ref))
        assert row.hour == hour(found.facts.received_at)
    return found.facts.received_at


def _id_of(reader: Reader, ref: str) -> UUID:
    with opened(reader, ref, "read_report", now=NOW) as file:
        return file.row.id


def level(reader: Reader, ref: str) -> str:
    return overview(reader, ref, now=NOW).row.level


def stage(reader: Reader, ref: str) -> str:
    return overview(reader, ref, now=NOW).row.stage


def only(reader: Reader, ref: str) -> LinkShown:
    (found,) = links_of(reader, ref, now=NOW).links
    return found


def test_the_case_that_goes_on_keeps_the_earlier_arrival_and_the_higher_urgency(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    case = send_and_open(reader, quiet())
    repeat = send_and_open(reader, sister_report(EARLIER))
    urgent = level(reader, repeat.ref)
    assert urgent < level(reader, case.ref)
    merge((reader, second_on_each), repeat.ref, case.ref)
    assert arrival(reader, case.ref) == EARLIER
    assert level(reader, case.ref) == urgent
    assert stage(reader, repeat.ref) == "closed"
    assert answering.seen(reader, repeat.ref).record.moves.outcome == "duplicate"
    assert verify(reader.service) == ()


def test_what_came_earlier_and_stands_higher_already_stays_as_it_is(
    coordinator: Reader, second: Reader
) -> None:
    case = send_and_open(coordinator, sister_report(EARLIER))
    repeat = send_and_open(coordinator, quiet())
    before = level(coordinator, case.ref)
    merge((coordinator, second), repeat.ref, case.ref)
    assert arrival(coordinator, case.ref) == EARLIER
    assert level(coordinator, case.ref) == before
    assert overview(coordinator, case.ref, now=NOW).facts.raised is None


def test_both_show_what_was_merged_by_whom_and_why(coordinator: Reader, second: Reader) -> None:
    case, repeat = send_and_open(coordinator), send_and_open(coordinator)
    merge((coordinator, second), repeat.ref, case.ref)
    here, there = only(coordinator, case.ref), only(coordinator, repeat.ref)
    assert (here.kind, here.side, here.ref) == ("merged", "goes_on", repeat.ref)
    assert (there.kind, there.side, there.ref) == ("merged", "merged_in", case.ref)
    assert {here.why, there.why} == {WHY}
    assert {here.by, there.by} == {coordinator.handle}
    acts = [line.act for line in timeline(second, case.ref, now=NOW)]
    assert acts.count("merged") == 1


def test_no_link_tells_words_of_a_case_that_is_for_trained_handlers(
    coordinator: Reader, second: Reader
) -> None:
    case = send_and_open(coordinator, sister_report(trained_only=True))
    repeat = send_and_open(coordinator)
    merge((coordinator, second), repeat.ref, case.ref)
    assert {only(coordinator, it.ref).why for it in (case, repeat)} == {""}
    reopen(coordinator, repeat.ref)
    assert only(second, case.ref).ended_why == ""


def test_nothing_is_merged_before_a_second_coordinator_agrees(
    coordinator: Reader, second: Reader
) -> None:
    case, repeat = send_and_open(coordinator), send_and_open(coordinator)
    propose(coordinator, repeat.ref, case.ref)
    assert linked(coordinator, case.ref) == ()
    (one,) = proposals_of(second)
    decide(second, one.id, agrees=False, words="No", version=one.version, now=NOW)
    assert linked(coordinator, case.ref) == ()
    assert stage(coordinator, repeat.ref) == "screening"


def test_no_report_is_merged_into_one_that_nobody_works_on(
    coordinator: Reader, second: Reader
) -> None:
    unread, repeat = send(coordinator.service), send_and_open(coordinator)
    closed = answering.closed(coordinator, erase_on=None)
    for other in (unread, closed, repeat):
        with pytest.raises(NotYet, match="same_as"):
            propose(second, repeat.ref, other.ref)


def test_two_reports_are_never_closed_for_each_other(
    coordinator: Reader, second: Reader
) -> None:
    one, other = send_and_open(coordinator), send_and_open(coordinator)
    propose(coordinator, one.ref, other.ref)
    propose(coordinator, other.ref, one.ref)
    answering.agree(second, one.ref)
    with pytest.raises(NotYet, match="same_as"):
        answering.agree(second, other.ref)
    assert {stage(coordinator, it.ref) for it in (one, other)} == {"closed", "screening"}


def test_opened_again_it_leaves_the_other_case_its_own_arrival_and_the_urgency(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    case = send_and_open(reader, quiet())
    repeat = send_and_open(reader, sister_report(EARLIER))
    merge((reader, second_on_each), repeat.ref, case.ref)
    urgent = level(reader, case.ref)
    reopen(reader, repeat.ref)
    assert arrival(reader, case.ref) == NOW
    assert level(reader, case.ref) == urgent
    assert arrival(reader, repeat.ref) == EARLIER
    for ref in (case.ref, repeat.ref):
        assert only(reader, ref).ended_why == "Another man after all"
    assert verify(reader.service) == ()


@pytest.mark.parametrize("side", ["goes_on", "merged_in"])
def test_taking_the_link_back_opens_the_report_again(
    coordinator: Reader, second: Reader, side: str
) -> None:
    case, repeat = send_and_open(coordinator, quiet()), send_and_open(coordinator)
    merge((coordinator, second), repeat.ref, case.ref)
    ref = case.ref if side == "goes_on" else repeat.ref
    link = only(coordinator, ref)
    assert link.side == side
    for _ in range(2):
        assert take_back(second, ref, link.id, "Two men", now=NOW) == TakenBack("merged")
    assert stage(coordinator, repeat.ref) == "screening"
    steps = answering.seen(coordinator, repeat.ref).steps
    assert [step.answers[moving.NEWS] for step in steps].count("Two men") == 1
    assert not any(it.stands for it in linked(coordinator, case.ref))


def test_of_several_that_were_merged_the_earliest_that_is_still_merged_counts(
    coordinator: Reader, second: Reader
) -> None:
    times = [NOW - timedelta(days=days) for days in (1, 4, 2)]
    case = send_and_open(coordinator, quiet(times[0]))
    earliest, middle = (send_and_open(coordinator, quiet(at)) for at in times[1:])
    for repeat in (earliest, middle):
        merge((coordinator, second), repeat.ref, case.ref)
    assert arrival(coordinator, case.ref) == times[1]
    reopen(coordinator, earliest.ref)
    assert arrival(coordinator, case.ref) == times[2]
    reopen(coordinator, middle.ref)
    assert arrival(coordinator, case.ref) == times[0]
    merge((coordinator, second), middle.ref, case.ref)
    assert arrival(coordinator, case.ref) == times[2]


def test_a_case_that_was_merged_itself_keeps_its_own_arrival(
    coordinator: Reader, second: Reader
) -> None:
    times = [NOW - timedelta(days=days) for days in (1, 4, 2)]
    last, first, middle = (send_and_open(coordinator, quiet(at)) for at in times)
    merge((coordinator, second), last.ref, first.ref)
    merge((coordinator, second), first.ref, middle.ref)
    assert arrival(coordinator, middle.ref) == times[1]
    reopen(coordinator, first.ref)
    reopen(coordinator, last.ref)
    found = [arrival(coordinator, it.ref) for it in (last, first, middle)]
    assert found == times


def test_who_may_not_open_the_other_case_may_open_the_report_again(
    coordinator: Reader, second: Reader
) -> None:
    case, repeat = send_and_open(coordinator, quiet()), send_and_open(coordinator)
    merge((coordinator, second), repeat.ref, case.ref)
    named = (coordinator.member,)
    restrict(coordinator, case.ref, named, "A cousin", proof(coordinator), now=NOW)
    assert linked(second, repeat.ref) == ()
    reopen(second, repeat.ref)
    assert stage(second, repeat.ref) == "screening"
    link = only(coordinator, case.ref)
    assert link.stands
    take_back(coordinator, case.ref, link.id, "It goes its own way", now=NOW)
    assert stage(second, repeat.ref) == "screening"
    assert not only(coordinator, case.ref).stands
    assert verify(coordinator.service) == ()


def test_a_report_for_named_colleagues_swallows_none_that_others_hold(
    coordinator: Reader, second: Reader
) -> None:
    case, repeat = send_and_open(coordinator), send_and_open(coordinator)
    propose(coordinator, repeat.ref, case.ref)
    named = (coordinator.member,)
    restrict(coordinator, case.ref, named, "A cousin", proof(coordinator), now=NOW)
    with pytest.raises(NotYet, match="same_as"):
        answering.agree(second, repeat.ref)


def test_fresh_keys_keep_when_both_had_come(coordinator: Reader, second: Reader) -> None:
    case = send_and_open(coordinator, quiet())
    repeat = send_and_open(coordinator, quiet(EARLIER))
    merge((coordinator, second), repeat.ref, case.ref)
    with opened(coordinator, case.ref, "rekeyed", now=NOW) as file:
        assert replace_if_able(file)
    reopen(coordinator, repeat.ref)
    assert arrival(coordinator, case.ref) == NOW


def test_what_is_written_to_a_merged_report_shows_where_the_work_goes_on(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    case, repeat = send_and_open(coordinator), send_and_open(coordinator)
    merge((coordinator, second), repeat.ref, case.ref)
    assert not only(coordinator, case.ref).has_news
    visit = enter(service, repeat.code, now=LATER)
    write(service, visit, "They came again", kind="message", once=new_once(), now=LATER)
    assert only(coordinator, case.ref).has_news


def test_the_reporter_learns_of_no_other_report(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    case, repeat = send_and_open(coordinator), send_and_open(coordinator)
    told = len(_stages(service, case, NOW))
    merge((coordinator, second), repeat.ref, case.ref)
    assert _stages(service, repeat, NOW)[-1] == "closed"
    assert len(_stages(service, case, NOW)) == told


def _stages(service: Service, sent: Sent, now: datetime) -> list[str]:
    seen = conversation(service, enter(service, sent.code, now=now), now=now)
    return [entry.stage for entry in seen.entries if entry.stage]


def test_erasing_one_leaves_the_other_without_a_link(
    coordinator: Reader, second: Reader
) -> None:
    case, repeat = send_and_open(coordinator), send_and_open(coordinator)
    merge((coordinator, second), repeat.ref, case.ref)
    answering.go(coordinator, case.ref, "any_to_erased", moved_asked_how="phone")
    answering.agree(second, case.ref)
    assert linked(coordinator, repeat.ref) == ()
    reopen(coordinator, repeat.ref)
    assert stage(coordinator, repeat.ref) == "screening"
    assert verify(coordinator.service) == ()


def test_of_opposite_mergings_at_the_same_time_one_wins(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader, second = coordinator_on_each, second_on_each
    cases = [send_and_open(reader, quiet(NOW - timedelta(days=n))) for n in range(2)]
    one, other = (case.ref for case in cases)
    propose(reader, one, other)
    propose(second, other, one)

    def attempt(it: tuple[Reader, str]) -> bool:
        try:
            answering.agree(*it)
        except (NotYet, Conflict):
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        won = list(threads.map(attempt, [(second, one), (reader, other)]))
    assert sorted(won) == [False, True]
    assert sorted(stage(reader, ref) for ref in (one, other)) == ["closed", "screening"]
    going_on = next(ref for ref in (one, other) if stage(reader, ref) == "screening")
    assert arrival(reader, going_on) == NOW - timedelta(days=1)
    assert verify(reader.service) == ()


def test_only_who_may_move_cases_takes_a_merging_back(
    coordinator: Reader, second: Reader
) -> None:
    case, repeat, third = (send_and_open(coordinator) for _ in range(3))
    merge((coordinator, second), repeat.ref, case.ref)
    with pytest.raises(UnknownCase):
        take_back(second, third.ref, only(coordinator, case.ref).id, "No", now=NOW)
