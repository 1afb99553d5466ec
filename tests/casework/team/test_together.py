"""Ten at once on the same cases: one winner each, no lost words, one line for each act."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from intake.casework import (
    Conflict,
    Reader,
    Service,
    add_note,
    correspondence,
    new_once,
    overview,
    take,
    timeline,
)
from intake.casework.case_file import opened
from intake.casework.team import handing, papers, tags
from intake.casework.team.handing import NotTheHolder, OfferedAlready, OfferEnded
from intake.casework.verify import verify
from tests.people import NOW, Sent, send_and_open

PEOPLE = 10
GIVEN = frozenset({"taken", "released", "assigned", "hand_over_accepted"})
TOO_LATE = (Conflict, NotTheHolder, OfferedAlready, OfferEnded)


class Work:
    """One person's round through every case; `done` are the acts that succeeded."""

    def __init__(self, reader: Reader, other: Reader, tag: str, number: int) -> None:
        self.reader, self.other, self.tag, self.number = reader, other, tag, number
        self.done: list[tuple[str, str]] = []

    def go(self, cases: list[Sent]) -> None:
        for sent in cases:
            if take(self.reader, sent.ref, now=NOW).won:
                self.offer(sent)
            self.answer(sent)
            add_note(self.reader, sent.ref, f"note {self.number}", once=new_once(), now=NOW)
            tags.add_tag(self.reader, sent.ref, self.tag, now=NOW)
            handing.assign(self.reader, sent.ref, self.other.member, now=NOW)
            self.release(sent)

    def offer(self, sent: Sent) -> None:
        seen, to = overview(self.reader, sent.ref, now=NOW).version, self.other.member
        once, note = new_once(), f"offer {self.number}"
        try:
            handing.offer(self.reader, sent.ref, to, note, once=once, version=seen, now=NOW)
        except TOO_LATE:
            return
        self.done.append((sent.ref, note))

    def answer(self, sent: Sent) -> None:
        once, words = new_once(), f"answer {self.number}"
        try:
            handing.answer(self.reader, sent.ref, words, accepts=True, once=once, now=NOW)
        except TOO_LATE:
            return

    def release(self, sent: Sent) -> None:
        seen = overview(self.reader, sent.ref, now=NOW).version
        try:
            handing.release(self.reader, sent.ref, "", once=new_once(), version=seen, now=NOW)
        except TOO_LATE:
            return


def test_ten_who_take_offer_accept_assign_tag_and_write_lose_nothing(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    cases = [send_and_open(coordinator) for _ in range(2)]
    names = [f"Tag {number}" for number in range(PEOPLE)]
    for name in names[: tags.MOST]:
        tags.keep_tag(coordinator, uuid4(), name, seen=papers.NEW, now=NOW)
    keys = sorted(tags.names(coordinator))
    pairs = [(coordinator, second), (second, coordinator)]
    rounds = [
        Work(*pairs[number % 2], keys[number % len(keys)], number) for number in range(PEOPLE)
    ]
    with ThreadPoolExecutor(PEOPLE) as threads:
        for each in [threads.submit(work.go, cases) for work in rounds]:
            each.result()

    assert verify(service_on_each) == ()
    for sent in cases:
        texts = [note.text for note in correspondence(second, sent.ref, now=NOW).notes]
        written = [f"note {number}" for number in range(PEOPLE)]
        offered = [note for work in rounds for ref, note in work.done if ref == sent.ref]
        assert sorted(text for text in texts if text.startswith("note")) == sorted(written)
        assert sorted(text for text in texts if text.startswith("offer")) == sorted(offered)
        lines = [line.act for line in reversed(timeline(second, sent.ref, now=NOW))]
        assert lines.count("hand_over_offered") == len(offered)
        assert lines.count("tags_changed") == len(keys)
        last = [act for act in lines if act in GIVEN][-1]
        assert (overview(second, sent.ref, now=NOW).row.holder is None) == (last == "released")
        with opened(coordinator, sent.ref, "", now=NOW) as file:
            file.act = None
            assert file.kept.tags == tuple(keys)
