"""One act on several cases: each is checked by itself, and none stops another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.casework import Reader, Wish, new_once, open_case, overview, queue, take, work
from intake.casework.finding import bulk
from intake.casework.finding.bulk import (
    Act,
    Give,
    GiveBack,
    Move,
    PutOff,
    Result,
    ShowAgain,
    Tag,
    Take,
    Untag,
)
from intake.casework.restricting import restrict
from intake.casework.team import papers
from intake.casework.team.marks import marks
from intake.casework.team.tags import keep_tag
from intake.roles import Role
from tests.casework.joining import proof
from tests.people import NOW, SECOND, send, send_and_open, short_report, sister_report

CALM = "last year"


def test_each_case_is_taken_that_nobody_holds(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    free, hers, mine = (send(reader.service) for _ in range(3))
    take(second_on_each, hers.ref, now=NOW)
    take(reader, mine.ref, now=NOW)

    refs = (free.ref, hers.ref, "2222-2222", mine.ref, free.ref)
    results = bulk.do(reader, refs, Take(), now=NOW)

    assert results == (
        Result(free.ref),
        Result(hers.ref, "held", (SECOND,)),
        Result("2222-2222", "unknown"),
        Result(mine.ref),
    )
    assert queue(reader, Wish("mine"), now=NOW).total == 2
    assert bulk.do(reader, refs[:1], Take(), now=NOW) == (Result(free.ref),)


def test_a_case_kept_for_others_answers_as_one_that_is_not_there(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader)
    restrict(reader, sent.ref, (reader.member,), "Her cousin.", proof(reader), now=NOW)

    assert bulk.do(second_on_each, (sent.ref,), Take(), now=NOW) == (
        Result(sent.ref, "unknown"),
    )


def test_cases_are_given_to_a_colleague(coordinator: Reader, second: Reader) -> None:
    sent = [send(coordinator.service) for _ in range(2)]
    refs = tuple(one.ref for one in sent)

    assert all(one.is_done for one in bulk.do(coordinator, refs, Give(second.member), now=NOW))
    assert queue(second, Wish("mine"), now=NOW).total == 2
    again = bulk.do(coordinator, refs, Give(coordinator.member), now=NOW)
    assert [one.why for one in again] == ["held", "held"]


def test_cases_are_tagged_and_found_by_the_tag(coordinator: Reader) -> None:
    reader = coordinator
    id_ = papers.id_of(new_once(), "tag")
    keep_tag(reader, id_, "Saturday", seen=papers.NEW, now=NOW)
    chosen, other = send_and_open(reader), send_and_open(reader)

    results = bulk.do(reader, (chosen.ref,), Tag(id_.hex), now=NOW)

    assert results == (Result(chosen.ref),)
    page = queue(reader, Wish("all", (("tag", id_.hex),)), now=NOW)
    assert [(row.ref, row.tags) for row in page.rows] == [(chosen.ref, (id_.hex,))]
    assert other.ref != chosen.ref


def test_what_is_urgent_is_not_put_off_for_long(coordinator: Reader) -> None:
    urgent = send_and_open(coordinator)
    calm = send_and_open(coordinator, short_report(narrative=CALM))
    new = send(coordinator.service)

    refs = (urgent.ref, calm.ref, new.ref)
    results = bulk.do(coordinator, refs, PutOff(NOW + timedelta(days=7)), now=NOW)

    assert [one.why for one in results] == ["too_long", "", "not_opened"]
    assert [row.ref for row in queue(coordinator, Wish("snoozed"), now=NOW).rows] == [calm.ref]


def test_a_missing_permission_is_not_told_as_a_report_that_nobody_opened(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    nobody = replace(coordinator, roles=frozenset({Role.AUDITOR}))

    (result,) = bulk.do(nobody, (sent.ref,), Take(), now=NOW)

    assert result.why == "not_allowed"


def test_a_case_moves_only_where_nothing_is_missing(coordinator: Reader) -> None:
    reader = coordinator
    silent = send_and_open(reader, short_report(narrative=CALM, contact_method=("none",)))
    reachable = send_and_open(reader, short_report(narrative=CALM, contact_method=("mailbox",)))
    new = send(reader.service)

    refs = (silent.ref, reachable.ref, new.ref)
    results = bulk.do(reader, refs, Move("decision", new_once()), now=NOW)

    assert [one.why for one in results] == ["", "not_yet", "no_way"]
    assert results[1].more
    assert results[2].more == ("received",)
    stages = [overview(reader, ref, now=NOW).row.stage for ref in refs]
    assert stages == ["decision", "screening", "received"]


def test_only_ways_that_one_person_goes_without_words_are_offered() -> None:
    assert set(bulk.TARGETS) == {
        "consent_pending",
        "decision",
        "assessment",
        "monitoring",
        "contacting",
    }
    assert all(way.people == 1 for way in bulk.WAYS)
    assert "screening_to_contacting" in {way.code for way in bulk.WAYS}
    assert set(bulk.CONFIRMING) == {"contacting"}


def test_the_urgency_of_each_is_confirmed_as_it_stands(coordinator: Reader) -> None:
    reader = coordinator
    urgent = send_and_open(reader)
    calm = send_and_open(reader, short_report(narrative=CALM))
    silent = send_and_open(reader, sister_report(contact_method=("none",)))
    new = send(reader.service)

    refs = tuple(one.ref for one in (urgent, calm, silent, new))
    results = bulk.do(reader, refs, Move("contacting", new_once()), now=NOW)

    assert [one.why for one in results] == ["", "", "not_yet", "no_way"]
    assert results[2].more == ("contact_wanted",)
    for sent, level in ((urgent, "u1"), (calm, "u4")):
        (moved,) = work(reader, sent.ref, now=NOW).record.of("moved")[-1:]
        assert moved.answers.values["moved_level"] == level
    assert bulk.do(reader, refs[:1], Move("contacting", new_once()), now=NOW)[0].is_done


def test_no_more_cases_are_touched_than_two_pages_show(
    coordinator: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_MOST", 1)
    first, second = send(coordinator.service), send(coordinator.service)
    open_case(coordinator, first.ref, now=NOW)

    results = bulk.do(coordinator, (first.ref, second.ref), Take(), now=NOW)

    assert [one.ref for one in results] == [first.ref]


def test_what_was_done_with_several_is_undone_with_several(
    coordinator_on_each: Reader,
) -> None:
    reader = coordinator_on_each
    id_ = papers.id_of(new_once(), "tag")
    keep_tag(reader, id_, "Saturday", seen=papers.NEW, now=NOW)
    report = short_report(victim_status="released", narrative="It was in March.")
    refs = tuple(send_and_open(reader, report).ref for _ in range(2))

    def done(*acts: Act) -> bool:
        return all(one.is_done for act in acts for one in bulk.do(reader, refs, act, now=NOW))

    assert done(Take(), Tag(id_.hex), PutOff(NOW + timedelta(days=1)))
    assert done(Untag(id_.hex), ShowAgain(), GiveBack())
    assert queue(reader, Wish("mine"), now=NOW).total == 0
    for ref in refs:
        found = marks(reader, ref)
        assert (found.carried, found.snoozed_until) == ((), None)
    assert done(Untag(id_.hex), ShowAgain(), GiveBack())  # what is undone stays so


def test_nobody_gives_back_what_a_colleague_holds(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    take(second, sent.ref, now=NOW)
    assert bulk.do(coordinator, (sent.ref,), GiveBack(), now=NOW) == (
        Result(sent.ref, "not_yours"),
    )
    assert queue(second, Wish("mine"), now=NOW).total == 1
