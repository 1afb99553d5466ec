"""Ten coordinators at once: no text is lost, each act leaves one line, the chain holds."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from intake.casework import (
    Reader,
    Service,
    add_note,
    conversation,
    correspondence,
    enter,
    new_once,
    read_report,
    resume,
    send_message,
    take,
    timeline,
    write,
)
from intake.casework.verify import verify
from tests.people import COORDINATOR, NOW, SECOND, Installation, Sent, send_and_open

PEOPLE = 10


def work(reader: Reader, cases: list[Sent], number: int) -> int:
    """One person's round through every case; how many she took."""
    won = 0
    for sent in cases:
        won += take(reader, sent.ref, now=NOW).won
        once = new_once()
        for _ in range(2):
            add_note(reader, sent.ref, f"note {number}", once=once, now=NOW)
        send_message(reader, sent.ref, f"answer {number}", once=new_once(), now=NOW)
    return won


def reply(service: Service, cases: list[Sent], visits: list[str]) -> None:
    """The reporters write meanwhile."""
    for sent, visit in zip(cases, visits, strict=True):
        for kind in ("message", "information"):
            write(service, visit, f"{kind} of {sent.ref}", kind=kind, once=new_once(), now=NOW)


def test_ten_people_on_the_same_cases_lose_nothing(
    service_on_each: Service, coordinator_on_each: Reader, installation: Installation
) -> None:
    service, reader = service_on_each, coordinator_on_each
    cases = [send_and_open(reader) for _ in range(3)]
    visits = [enter(service, sent.code, now=NOW) for sent in cases]
    cookies = [installation.cookies[COORDINATOR], installation.cookies[SECOND]]
    people = [resume(service, cookies[number % 2], now=NOW) for number in range(PEOPLE)]

    with ThreadPoolExecutor(PEOPLE + 1) as threads:
        rounds = [
            threads.submit(work, person, cases, number) for number, person in enumerate(people)
        ]
        replies = threads.submit(reply, service, cases, visits)
        for each in rounds:
            each.result()
        replies.result()

    for sent, visit in zip(cases, visits, strict=True):
        told = correspondence(reader, sent.ref, now=NOW)
        numbers = range(PEOPLE)
        assert sorted(note.text for note in told.notes) == [f"note {n}" for n in numbers]
        said = Counter(entry.text for entry in told.entries if entry.kind == "message")
        assert said == Counter([*(f"answer {n}" for n in numbers), f"message of {sent.ref}"])
        assert conversation(service, visit, now=NOW).entries == told.entries
        report = read_report(reader, sent.ref, now=NOW)
        assert f"information of {sent.ref}" in str([s.answers for s in report.sections])
        assert report.differences == ()
        acts = Counter(line.act for line in timeline(reader, sent.ref, now=NOW))
        assert acts["taken"] == 1
        assert (acts["note_added"], acts["message_sent"]) == (PEOPLE, PEOPLE)
        assert (acts["reporter_message"], acts["reporter_information"]) == (1, 1)
    assert verify(service) == ()


def test_a_case_is_taken_once_however_many_try(
    service_on_each: Service, coordinator_on_each: Reader, installation: Installation
) -> None:
    sent = send_and_open(coordinator_on_each)
    cookies = [installation.cookies[COORDINATOR], installation.cookies[SECOND]]
    people = [resume(service_on_each, cookies[n % 2], now=NOW) for n in range(PEOPLE)]

    with ThreadPoolExecutor(PEOPLE) as threads:
        taken = list(threads.map(lambda person: take(person, sent.ref, now=NOW), people))

    (holder,) = {each.holder for each in taken}
    winners = {person.handle for person, each in zip(people, taken, strict=True) if each.won}
    assert winners == {holder}
