"""Two hundred acts of ten members on the same cases at once: one winner each, no lost word."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random  # noqa: TID251 - a day of work, and no secret
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from intake.casework import Reader, Service, correspondence, overview, timeline, work
from intake.casework.case_file import opened
from intake.casework.team import papers, tags
from intake.casework.timeline import Line
from intake.casework.verify import verify
from intake.casework.work.reading import Work
from intake.roles import Role
from tests.casework.acting import Day, Done
from tests.casework.joining import add
from tests.casework.work.answering import go
from tests.casework.work.test_moves import decided
from tests.people import NOW, send_and_open

PEOPLE, BUSY, READY = 10, 3, 2
ONE_DAY = (
    *("take", "take", "release", "offer", "offer", "answer", "answer", "assign"),
    *("note", "reply", "step", "correct", "propose", "move", "move"),
    *("decide", "decide", "withdraw", "tag", "bulk"),
)
"""Twenty acts, in another order for each member."""
NOTED = {"note": "", "release": "released", "offer": "handed_over", "assign": "assigned"}
ANSWERED = {"hand_over_accepted", "hand_over_declined"}


@pytest.fixture
def team(coordinator_on_each: Reader, second_on_each: Reader) -> tuple[Reader, ...]:
    """Ten coordinators."""
    first = coordinator_on_each
    more = [add(first, f"c{number}", Role.COORDINATOR) for number in range(PEOPLE - 2)]
    return first, second_on_each, *more


def cases_of(team: tuple[Reader, ...]) -> tuple[str, ...]:
    """A few opened cases, and some that wait for a second member to be accepted."""
    first = team[0]
    busy = [send_and_open(first) for _ in range(BUSY)]
    ready = [send_and_open(first) for _ in range(READY)]
    for sent in ready:
        decided(first, sent)
        go(first, sent.ref, "decision_to_active")
    return tuple(sent.ref for sent in (*busy, *ready))


def days(team: tuple[Reader, ...], refs: tuple[str, ...]) -> Iterator[tuple[Day, list[str]]]:
    """What each of them does."""
    first = team[0]
    for number in range(3):
        tags.keep_tag(first, uuid4(), f"Tag {number}", seen=papers.NEW, now=NOW)
    keys = tuple(sorted(tags.names(first)))
    for number, reader in enumerate(team):
        others = tuple(one.member for one in team if one is not reader)
        chance = Random(number)  # noqa: S311
        yield Day(reader, others, refs, keys, chance), chance.sample(ONE_DAY, len(ONE_DAY))


def test_two_hundred_acts_of_ten_members_at_once_lose_nothing(
    service_on_each: Service, team: tuple[Reader, ...]
) -> None:
    refs = cases_of(team)
    with ThreadPoolExecutor(PEOPLE) as threads:
        working = [threads.submit(day.go, acts) for day, acts in days(team, refs)]
        done = [one for each in working for one in each.result()]

    assert len(done) == PEOPLE * len(ONE_DAY) == 200
    assert verify(service_on_each) == ()
    reader = team[0]
    found = {ref: work(reader, ref, now=NOW) for ref in refs}
    for ref in refs:
        assert overview(reader, ref, now=NOW).differences == ()
        its_own = [one for one in done if one.ref == ref]
        check_words(reader, ref, its_own)
        check_steps(found[ref], its_own)
        check_holder(reader, ref)
    check_proposals(found, done)
    check_numbers(found)


def check_words(reader: Reader, ref: str, done: list[Done]) -> None:
    """Every word that was taken stands once where it belongs, and no other word anywhere."""
    told = correspondence(reader, ref, now=NOW)
    said = Counter(entry.text for entry in told.entries if entry.kind == "message")
    assert said == Counter(one.words for one in done if one.act == "reply" and one.is_done)
    notes = Counter((note.text, note.occasion) for note in told.notes)
    wanted = Counter(
        (one.words, NOTED[one.act]) for one in done if one.act in NOTED and one.is_done
    )
    answers = {one.words for one in done if one.act == "answer" and one.is_done}
    assert {note: n for note, n in notes.items() if note[1] not in ANSWERED} == wanted
    assert {text for text, occasion in notes if occasion in ANSWERED} == answers
    assert set(notes.values()) <= {1}


def check_steps(found: Work, done: list[Done]) -> None:
    """Each step stands once under a number of its own; of those that correct one, one won."""
    written = Counter(step.answers.values.get("review_next") for step in found.steps)
    written.pop(None, None)
    wanted = (one.words for one in done if one.act in {"step", "correct"} and one.is_done)
    assert written == Counter(wanted)
    moves = [step.answers.values for step in found.steps if step.what == "moved"]
    moved = Counter(said.get("moved_words") or said.get("moved_news") for said in moves)
    moved.pop(None, None)
    assert moved == Counter(one.words for one in done if one.act == "move" and one.is_done)
    assert sorted(step.number for step in found.steps) == [*range(1, len(found.steps) + 1)]
    replaced = Counter(step.replaces for step in found.steps if step.replaces)
    assert set(replaced.values()) <= {1}
    check_way(found)


def check_way(found: Work) -> None:
    """Each move begins where the one before ended, and the case stands where the last did."""
    stage = "received"
    for step in found.record.of("moved"):
        assert step.answers.values["moved_from"] == stage
        stage = str(step.answers.values["moved_to"])
    assert found.stage == stage


def check_holder(reader: Reader, ref: str) -> None:
    """By the log one at a time held it, each got it of whoever held it, the last holds it."""
    stands = Held(None, None)
    for line in reversed(timeline(reader, ref, now=NOW)):
        stands = after(line, stands)
    assert overview(reader, ref, now=NOW).row.holder == stands.holder


class Held(NamedTuple):
    """Who holds a case, and to whom it is offered."""

    holder: str | None
    offered_to: str | None


def after(line: Line, stood: Held) -> Held:
    """How it stands after this line, which must follow of how it stood."""
    by, to, holder = line.by, str(line.detail.get("handle")), stood.holder
    is_answer = holder is not None and stood.offered_to == by
    is_right, stands = {
        "taken": (holder is None, Held(by, None)),
        "assigned": (holder in {None, by}, Held(to, None)),
        "released": (holder == by, Held(None, None)),
        "hand_over_offered": (holder == by and stood.offered_to is None, Held(by, to)),
        "hand_over_accepted": (is_answer, Held(by, None)),
        "hand_over_declined": (is_answer, Held(holder, None)),
    }.get(line.act, (True, stood))
    assert is_right
    return stands


def check_proposals(found: dict[str, Work], done: list[Done]) -> None:
    """Each was proposed once and decided by one; what was agreed to was done once."""
    decisions: Counter[UUID | None] = Counter(one.proposal for one in done if one.proposal)
    assert set(decisions.values()) <= {1}
    proposals = [one for each in found.values() for one in each.proposals]
    assert {one.id for one in proposals if not one.is_waiting} == set(decisions)
    asked = Counter(one.words for one in done if one.act == "propose" and one.is_done)
    words = Counter(
        str(one.answers.values["lower_why"])
        for one in proposals
        if one.action == "step" and one.answers
    )
    assert words == asked
    said = {one.words for one in done if one.act == "decide" and one.is_done}
    assert {one.words for one in proposals if one.words} == said
    agreed = {one.id for one in proposals if one.agreed}
    steps = [step for each in found.values() for step in each.steps]
    by_two = Counter(step.id for step in steps if step.is_by_two and step.what != "acceptance")
    assert by_two == Counter(agreed)


def check_numbers(found: dict[str, Work]) -> None:
    """Who was accepted has a number, and no two have the same."""
    numbers = [each.number for each in found.values() if each.number]
    accepted = [ref for ref, each in found.items() if each.record.of("acceptance")]
    assert len(set(numbers)) == len(numbers) == len(accepted)


def test_tags_that_several_put_on_a_case_all_stay(team: tuple[Reader, ...]) -> None:
    sent = send_and_open(team[0])
    for number in range(tags.MOST):
        tags.keep_tag(team[0], uuid4(), f"Tag {number}", seen=papers.NEW, now=NOW)
    keys = sorted(tags.names(team[0]))
    with ThreadPoolExecutor(tags.MOST) as threads:
        putting = [
            threads.submit(tags.add_tag, reader, sent.ref, key, now=NOW)
            for reader, key in zip(team, keys, strict=False)
        ]
        for each in putting:
            each.result()
    with opened(team[0], sent.ref, "", now=NOW) as file:
        file.act = None
        assert file.kept.tags == tuple(keys)
