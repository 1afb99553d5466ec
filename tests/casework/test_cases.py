"""What a coordinator does with one case."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from intake.casework import (
    Conflict,
    NotAllowed,
    Reader,
    Service,
    Taken,
    UnknownCase,
    add_note,
    conversation,
    correspondence,
    enter,
    new_once,
    open_case,
    overview,
    raise_urgency,
    read_report,
    send_message,
    take,
    timeline,
)
from intake.form.answers import Stored
from intake.store.tables import CaseRow, DocumentRow
from tests.people import (
    COORDINATOR,
    NOW,
    SECOND,
    Sent,
    send,
    send_and_open,
    short_report,
    sister_report,
)

LATER = NOW + timedelta(minutes=7)
VIOLENCE: dict[str, Stored] = {
    "method": ("rape", "beating"),
    "injury": ("genital", "bruises"),
    "act_date_to": "2026-11-17",
}


def stages(service: Service, sent: Sent) -> list[str | None]:
    """What the reporter was told about where the case stands."""
    said = conversation(service, enter(service, sent.code, now=LATER), now=LATER)
    return [entry.stage for entry in said.entries if entry.kind == "stage"]


def acts(reader: Reader, sent: Sent) -> list[str]:
    """What the log says was done, oldest first."""
    lines = timeline(reader, sent.ref, now=LATER)
    return [line.act for line in reversed(lines) if line.act != "read_timeline"]


def test_opening_begins_the_screening_once_and_tells_the_reporter(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send(service_on_each)
    assert not overview(coordinator_on_each, sent.ref, now=NOW).is_opened

    for _ in range(2):
        open_case(coordinator_on_each, sent.ref, now=NOW)

    shown = overview(coordinator_on_each, sent.ref, now=NOW)
    assert (shown.is_opened, shown.row.stage) == (True, "screening")
    assert stages(service_on_each, sent) == ["received", "screening"]
    assert acts(coordinator_on_each, sent) == ["received", "opened"]


@pytest.mark.parametrize(
    "act",
    [
        lambda reader, ref: read_report(reader, ref, now=NOW),
        lambda reader, ref: correspondence(reader, ref, now=NOW),
        lambda reader, ref: add_note(reader, ref, "words", once=new_once(), now=NOW),
        lambda reader, ref: send_message(reader, ref, "words", once=new_once(), now=NOW),
    ],
)
def test_nothing_is_read_or_written_before_the_case_was_opened(
    coordinator: Reader, act: Callable[[Reader, str], object]
) -> None:
    sent = send(coordinator.service)

    with pytest.raises(NotAllowed):
        act(coordinator, sent.ref)
    assert acts(coordinator, sent) == ["received"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_report_is_read_as_it_was_told(coordinator: Reader, language: str) -> None:
    told = sister_report(language=language)
    sent = send_and_open(coordinator, told)

    report = read_report(coordinator, sent.ref, now=NOW)
    read: dict[str, object] = {}
    for section in report.sections:
        read |= section.answers or {}
    assert read.items() <= told.answers.to_json().items()
    assert {"victim_name", "narrative", "custody_place", "contact_value"} <= read.keys()
    assert {(section.kind, section.at) for section in report.sections} == {("report", NOW)}
    assert acts(coordinator, sent)[-1] == "read_report"


def test_codes_and_consents_are_seen_without_opening(coordinator: Reader) -> None:
    sent = send(coordinator.service)

    shown = overview(coordinator, sent.ref, now=NOW)
    assert (shown.facts.victim_status, shown.facts.region) == ("police_custody", "KZ-33")
    assert shown.consents == ("store", "contact")
    assert acts(coordinator, sent) == ["received"]


def test_contact_is_allowed_only_where_it_was_ticked(coordinator: Reader) -> None:
    sent = send(coordinator.service, short_report(narrative="help", consent_contact=False))

    assert overview(coordinator, sent.ref, now=NOW).consents == ("store",)


def test_taking_a_case_says_who_holds_it(
    service_on_each: Service, coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = send(service_on_each)

    assert take(coordinator_on_each, sent.ref, now=NOW) == Taken(won=True, holder=COORDINATOR)
    assert take(second_on_each, sent.ref, now=NOW) == Taken(won=False, holder=COORDINATOR)
    assert take(coordinator_on_each, sent.ref, now=NOW) == Taken(won=True, holder=COORDINATOR)
    assert overview(second_on_each, sent.ref, now=NOW).row.holder == COORDINATOR
    assert acts(coordinator_on_each, sent) == ["received", "taken"]


def test_of_two_who_take_at_once_one_wins_and_both_are_told_who(
    service_on_each: Service, coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    readers = (coordinator_on_each, second_on_each)
    for _ in range(5):
        sent = send(service_on_each)
        barrier = Barrier(2)

        def at_once(reader: Reader, ref: str = sent.ref, start: Barrier = barrier) -> Taken:
            start.wait()
            return take(reader, ref, now=NOW)

        with ThreadPoolExecutor(2) as threads:
            taken = list(threads.map(at_once, readers))

        assert [each.won for each in taken].count(True) == 1
        holder = taken[0].holder
        assert {each.holder for each in taken} == {holder}
        winner = readers[[each.won for each in taken].index(True)]
        assert winner.handle == holder
        assert acts(winner, sent).count("taken") == 1


def test_the_first_answer_begins_the_contact(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    for words in ("We are here", "A lawyer is on her way"):
        send_message(coordinator, sent.ref, words, once=new_once(), now=LATER)

    shown = overview(coordinator, sent.ref, now=LATER)
    assert shown.row.stage == "contacting"
    assert shown.facts.last_from_coalition_at == LATER
    assert stages(coordinator.service, sent) == ["received", "screening", "contacting"]


def test_an_answer_sent_again_is_sent_once(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    once = new_once()
    for _ in range(3):
        send_message(coordinator_on_each, sent.ref, "We are here", once=once, now=NOW)

    visit = enter(service_on_each, sent.code, now=NOW)
    said = conversation(service_on_each, visit, now=NOW).entries
    assert [entry.text for entry in said if entry.kind == "message"] == ["We are here"]
    assert acts(coordinator_on_each, sent).count("message_sent") == 1


def test_a_note_sent_again_is_kept_once_with_its_writer(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    once = new_once()
    for _ in range(2):
        add_note(second, sent.ref, "Ол түнде қоңырау шалмаңыз", once=once, now=NOW)
    add_note(coordinator, sent.ref, "Seen", once=new_once(), now=LATER)

    notes = correspondence(coordinator, sent.ref, now=LATER).notes
    assert [(note.by, note.at, note.text) for note in notes] == [
        (SECOND, NOW, "Ол түнде қоңырау шалмаңыз"),
        (COORDINATOR, LATER, "Seen"),
    ]


def test_urgency_is_raised_with_a_reason_that_stays(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader, short_report(narrative="last year"))
    before = overview(reader, sent.ref, now=NOW)

    raise_urgency(
        reader, sent.ref, "u1", "They came to her flat", version=before.version, now=NOW
    )

    assert before.row.level != "u1"
    assert overview(reader, sent.ref, now=LATER + timedelta(days=30)).row.level == "u1"
    (note,) = correspondence(reader, sent.ref, now=LATER).notes
    assert (note.text, note.by, note.raised_to) == ("They came to her flat", COORDINATOR, "u1")
    with service_on_each.reading() as session:
        assert session.get_one(CaseRow, sent.id).level == "u1"


@pytest.mark.parametrize("level", ["u1", "u2", "u3", "u4"])
def test_only_a_higher_level_is_a_rise(coordinator: Reader, level: str) -> None:
    sent = send_and_open(coordinator)
    version = overview(coordinator, sent.ref, now=NOW).version

    with pytest.raises(ValueError, match="higher"):
        raise_urgency(coordinator, sent.ref, level, "words", version=version, now=NOW)
    assert "urgency_raised" not in acts(coordinator, sent)


def test_a_rise_from_an_old_page_is_a_conflict(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator, short_report(narrative="last year"))
    version = overview(coordinator, sent.ref, now=NOW).version
    add_note(second, sent.ref, "She is safe", once=new_once(), now=NOW)

    with pytest.raises(Conflict):
        raise_urgency(coordinator, sent.ref, "u1", "words", version=version, now=NOW)
    assert "urgency_raised" not in acts(coordinator, sent)


def test_a_coordinator_without_training_learns_that_not_what(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator, sister_report(told=VIOLENCE))

    trained, untrained = (overview(who, sent.ref, now=NOW) for who in (coordinator, second))

    assert {"sexual_72h", "sexual_any"} <= set(trained.row.factors)
    assert [code for code in untrained.row.factors if "sexual" in code] == [
        "untrained:sexual_72h"
    ]
    assert untrained.row.level == trained.row.level
    assert trained.facts.methods == ("rape", "beating")
    assert (untrained.facts.methods, untrained.facts.injuries) == (("beating",), ("bruises",))


def test_the_account_of_sexual_violence_is_locked_without_training(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(second, sister_report(told=VIOLENCE))

    sections = read_report(second, sent.ref, now=NOW).sections
    assert {s.compartment: s.answers is None for s in sections} == {
        "identity": False,
        "account": True,
        "intimate": True,
    }
    opened = read_report(coordinator, sent.ref, now=NOW).sections
    assert all(section.answers is not None for section in opened)


def test_what_was_raised_by_somebody_untrained_keeps_what_she_may_not_see(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(second, sister_report(told=VIOLENCE))
    add_note(second, sent.ref, "a note", once=new_once(), now=NOW)

    assert overview(coordinator, sent.ref, now=NOW).facts.methods == ("rape", "beating")


def test_every_act_needs_its_permission(service: Service, coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    nobody = Reader(
        service=service,
        session_id=coordinator.session_id,
        member=coordinator.member,
        handle="auditor",
        roles=frozenset(),
        state=coordinator.state,
        secret=coordinator.secret,
    )
    for act in (
        lambda: overview(nobody, sent.ref, now=NOW),
        lambda: open_case(nobody, sent.ref, now=NOW),
        lambda: read_report(nobody, sent.ref, now=NOW),
        lambda: correspondence(nobody, sent.ref, now=NOW),
        lambda: take(nobody, sent.ref, now=NOW),
        lambda: timeline(nobody, sent.ref, now=NOW),
        lambda: add_note(nobody, sent.ref, "words", once=new_once(), now=NOW),
        lambda: send_message(nobody, sent.ref, "words", once=new_once(), now=NOW),
        lambda: raise_urgency(nobody, sent.ref, "u1", "words", version=2, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_no_word_of_a_note_or_an_answer_is_stored_in_clear(
    service: Service, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    add_note(coordinator, sent.ref, "Тұмарлыкөз note", once=new_once(), now=NOW)
    send_message(coordinator, sent.ref, "Тұмарлыкөз answer", once=new_once(), now=NOW)

    with service.reading() as session:
        boxes = session.scalars(select(DocumentRow.box)).all()
    assert "Тұмарлыкөз".encode() not in b"".join(boxes)


def test_an_unknown_reference_is_no_case(coordinator: Reader) -> None:
    for act in (overview, open_case, read_report, take, timeline):
        with pytest.raises(UnknownCase):
            act(coordinator, "AAAA-AAAA", now=NOW)
