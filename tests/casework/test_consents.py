"""What the holder of a return code allows, takes back, asks for, and how she is reached."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from intake.casework import (
    Reader,
    Service,
    Wish,
    change_contact,
    conversation,
    correspondence,
    enter,
    give_consent,
    new_once,
    open_case,
    overview,
    queue,
    read_report,
    submit,
    timeline,
    withdraw_consent,
    write,
)
from intake.consent import Consent
from intake.form.answers import Answers, Stored
from intake.store.tables import AdditionRow
from tests.people import NOW, Sent, send, send_and_open, short_report, sister_report

LATER = NOW + timedelta(minutes=9)
EVENING = NOW + timedelta(hours=9)


def allow(
    service: Service,
    sent: Sent,
    code: str = "statistics",
    *,
    at: datetime = LATER,
    until: datetime | None = None,
    once: str = "",
) -> None:
    visit = enter(service, sent.code, now=at)
    consent = Consent(code, "victim", at, "2026-11", until)
    give_consent(service, visit, consent, once=once or new_once())


def take_back(
    service: Service, sent: Sent, code: str, *, at: datetime = LATER, once: str = ""
) -> None:
    visit = enter(service, sent.code, now=at)
    withdraw_consent(service, visit, code, once=once or new_once(), now=at)


def allowed_behind(service: Service, sent: Sent, *, at: datetime = EVENING) -> set[str]:
    return set(conversation(service, enter(service, sent.code, now=at), now=at).allowed)


def allowed_at_desk(reader: Reader, sent: Sent, *, at: datetime = EVENING) -> set[str]:
    return set(overview(reader, sent.ref, now=at).consents)


def waiting(service: Service) -> int:
    with service.reading() as session:
        return len(session.scalars(select(AdditionRow)).all())


def test_the_code_shows_what_the_report_allowed(service: Service) -> None:
    assert allowed_behind(service, send(service)) == {"store", "contact"}


def test_a_consent_given_later_counts_with_giver_and_times(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    until = NOW + timedelta(days=30)
    allow(service_on_each, sent, until=until)

    correspondence(coordinator_on_each, sent.ref, now=LATER)
    view = overview(coordinator_on_each, sent.ref, now=LATER)
    (given,) = (consent for consent in view.given if consent.code == "statistics")
    assert (given.giver, given.given_at, given.until) == ("victim", LATER, until)
    assert waiting(service_on_each) == 0
    assert "statistics" in allowed_at_desk(coordinator_on_each, sent)


@pytest.mark.parametrize("look", [overview, open_case, correspondence, read_report])
def test_what_is_taken_back_counts_at_once_whatever_is_looked_at(
    coordinator: Reader, look: Callable[..., object]
) -> None:
    sent = send_and_open(coordinator)
    take_back(coordinator.service, sent, "contact")

    look(coordinator, sent.ref, now=LATER)

    view = overview(coordinator, sent.ref, now=LATER)
    assert view.consents == ("store",)
    assert not view.facts.consent_contact
    assert [(c.code, c.withdrawn_at) for c in view.withdrawn] == [("contact", LATER)]


def test_what_is_taken_back_counts_before_anybody_has_opened_the_report(
    coordinator: Reader,
) -> None:
    sent = send(coordinator.service)
    take_back(coordinator.service, sent, "contact")
    assert "contact" not in allowed_at_desk(coordinator, sent)


def test_taking_back_is_news_until_it_was_seen_among_the_messages(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    take_back(coordinator.service, sent, "contact")
    read_report(coordinator, sent.ref, now=LATER)
    assert overview(coordinator, sent.ref, now=LATER).row.has_news

    (*_, entry) = correspondence(coordinator, sent.ref, now=LATER).entries
    assert (entry.kind, entry.withdrawn) == ("consent", ("contact",))
    assert not overview(coordinator, sent.ref, now=LATER).row.has_news
    assert correspondence(coordinator, sent.ref, now=LATER).differences == ()


def test_a_consent_may_go_and_come_back_and_both_are_remembered(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    moments = [LATER + timedelta(minutes=minute) for minute in range(4)]
    allow(service_on_each, sent, at=moments[0])
    take_back(service_on_each, sent, "statistics", at=moments[1])
    assert "statistics" not in allowed_behind(service_on_each, sent)
    assert "statistics" not in allowed_at_desk(coordinator_on_each, sent)
    allow(service_on_each, sent, at=moments[2])

    assert "statistics" in allowed_behind(service_on_each, sent)
    assert "statistics" in allowed_at_desk(coordinator_on_each, sent)
    for _ in range(2):
        correspondence(coordinator_on_each, sent.ref, now=EVENING)
        view = overview(coordinator_on_each, sent.ref, now=EVENING)
        assert [(c.given_at, c.withdrawn_at) for c in view.given if c.code == "statistics"] == [
            (moments[0], moments[1]),
            (moments[2], None),
        ]
        assert view.withdrawn == ()


def test_a_consent_ends_by_itself_on_its_day_for_both_sides(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    until = LATER + timedelta(hours=1)
    allow(coordinator.service, sent, until=until)
    correspondence(coordinator, sent.ref, now=LATER)

    assert "statistics" in allowed_behind(coordinator.service, sent, at=LATER)
    assert "statistics" in allowed_at_desk(coordinator, sent, at=LATER)
    assert "statistics" not in allowed_behind(coordinator.service, sent, at=until)
    assert "statistics" not in allowed_at_desk(coordinator, sent, at=until)


def test_the_same_form_changes_a_consent_once(service_on_each: Service) -> None:
    sent, once = send(service_on_each), new_once()
    for _ in range(3):
        allow(service_on_each, sent, once=once)
        take_back(service_on_each, sent, "contact", once=once)
    assert waiting(service_on_each) == 2


def test_of_giving_and_taking_back_in_one_second_the_taking_back_holds(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    take_back(coordinator.service, sent, "statistics", at=LATER + timedelta(milliseconds=1))
    allow(coordinator.service, sent, at=LATER)
    assert "statistics" not in allowed_behind(coordinator.service, sent)
    assert "statistics" not in allowed_at_desk(coordinator, sent)


def test_two_browsers_that_change_consents_at_once_lose_nothing(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    codes = ("statistics", "refer_internal", "partners", "images")
    start = Barrier(len(codes))

    def at_once(code: str) -> None:
        start.wait()
        allow(service_on_each, sent, code)

    with ThreadPoolExecutor(len(codes)) as threads:
        list(threads.map(at_once, codes))

    assert allowed_behind(service_on_each, sent) >= set(codes)
    correspondence(coordinator_on_each, sent.ref, now=EVENING)
    assert allowed_at_desk(coordinator_on_each, sent) >= set(codes)


def test_a_changed_consent_is_named_and_does_not_count(coordinator: Reader) -> None:
    service = coordinator.service
    sent = send_and_open(coordinator)
    allow(service, sent)
    with service.writing() as session:
        for row in session.scalars(select(AdditionRow)):
            row.mac = bytes(32)

    assert "statistics" not in allowed_at_desk(coordinator, sent)
    found = correspondence(coordinator, sent.ref, now=LATER)
    assert found.differences == ("addition",)
    assert "statistics" not in allowed_at_desk(coordinator, sent)


def test_the_timeline_tells_what_was_allowed_and_taken_back(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    allow(coordinator.service, sent)
    take_back(coordinator.service, sent, "contact")

    lines = [line for line in timeline(coordinator, sent.ref, now=LATER) if line.by is None]
    assert [line.detail for line in lines if line.act == "reporter_consent"] == [
        {"given": [], "withdrawn": ["contact"]},
        {"given": ["statistics"], "withdrawn": []},
    ]


def test_an_untrained_coordinator_learns_of_consents_in_a_case_she_may_not_read_whole(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(second, sister_report(told={"method": ("rape",)}))
    take_back(coordinator.service, sent, "contact")

    correspondence(second, sent.ref, now=LATER)
    assert "contact" not in allowed_at_desk(second, sent)
    assert waiting(coordinator.service) == 0


def test_untrained_coordinators_do_not_learn_of_permissions_for_intimate_pictures(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(second)
    allow(coordinator.service, sent, "intimate_images")
    allow(coordinator.service, sent, "statistics")
    take_back(coordinator.service, sent, "intimate_images", at=EVENING)

    for reader, is_told in ((second, False), (coordinator, True)):
        view = overview(reader, sent.ref, now=EVENING)
        assert ("intimate_images" in {c.code for c in view.given}) is is_told
        assert ("intimate_images" in {c.code for c in view.withdrawn}) is is_told
        said = correspondence(reader, sent.ref, now=EVENING).entries
        told = [code for entry in said for code in (*entry.consents, *entry.withdrawn)]
        assert ("intimate_images" in told) is is_told
        assert "statistics" in told
        assert "intimate_images" not in str(timeline(reader, sent.ref, now=EVENING))


def test_what_a_full_report_allows_counts_where_an_urgent_one_was_sent_before(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator, short_report(narrative="one"))
    more = short_report(
        LATER,
        narrative="two",
        consent=("statistics",),
        consent_giver="victim",
        reporter_role="victim",
    )
    submit(coordinator.service, more, once=sent.once)

    assert "statistics" in allowed_behind(coordinator.service, sent)
    assert "statistics" in allowed_at_desk(coordinator, sent)


def reach(
    service: Service, sent: Sent, told: Mapping[str, Stored], *, allowed: bool = True
) -> None:
    visit, once = enter(service, sent.code, now=LATER), new_once()
    change_contact(service, visit, Answers(told), allowed=allowed, once=once, now=LATER)


NEW_WAY: dict[str, Stored] = {"contact_method": ("signal",), "contact_value": "new signal name"}


def test_a_new_way_to_answer_takes_the_place_of_the_older_ones(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    reach(service_on_each, sent, NEW_WAY)
    assert overview(coordinator_on_each, sent.ref, now=LATER).facts.contact_method == (
        "signal",
    )

    sections = read_report(coordinator_on_each, sent.ref, now=LATER).sections
    told = {
        (s.kind, s.answers["contact_value"], "contact_value" in s.older)
        for s in sections
        if s.answers and "contact_value" in s.answers
    }
    assert told == {
        ("report", "+7 700 000 31 31", True),
        ("correction", "new signal name", False),
    }
    assert waiting(service_on_each) == 0
    assert read_report(coordinator_on_each, sent.ref, now=LATER).differences == ()


def test_what_the_new_way_leaves_empty_holds_no_longer(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    reach(coordinator.service, sent, {"contact_method": ("mailbox",)}, allowed=False)

    sections = read_report(coordinator, sent.ref, now=LATER).sections
    (first,) = (s for s in sections if s.answers and "contact_value" in s.answers)
    assert {"contact_value", "contact_method"} <= first.older
    assert allowed_at_desk(coordinator, sent) == {"store"}
    assert allowed_behind(coordinator.service, sent) == {"store"}


def test_a_new_way_reaches_a_coordinator_who_may_not_read_the_account(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(second, sister_report(told={"method": ("rape",)}))
    reach(coordinator.service, sent, NEW_WAY)

    sections = read_report(second, sent.ref, now=LATER).sections
    assert "new signal name" in [(s.answers or {}).get("contact_value") for s in sections]
    assert waiting(coordinator.service) == 0


def test_the_conversation_never_shows_how_somebody_is_reached(service: Service) -> None:
    sent = send(service)
    reach(service, sent, NEW_WAY)
    visit = enter(service, sent.code, now=LATER)
    said = conversation(service, visit, now=LATER).entries
    assert [entry.kind for entry in said] == ["stage", "contact"]
    assert "new signal name" not in str([(entry, entry.text) for entry in said])


def test_the_wish_for_erasure_counts_at_once_and_stays_in_the_conversation(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    visit, once = enter(service_on_each, sent.code, now=LATER), new_once()
    for _ in range(2):
        write(service_on_each, visit, "They know", kind="erasure", once=once, now=LATER)

    assert conversation(service_on_each, visit, now=LATER).is_erasure_asked
    open_case(coordinator_on_each, sent.ref, now=LATER)
    (row,) = queue(coordinator_on_each, Wish("all"), now=LATER).rows
    assert (row.erasure_asked, row.withdrawal_asked, row.has_news) == (True, False, True)
    found = correspondence(coordinator_on_each, sent.ref, now=LATER)
    assert (found.entries[-1].kind, found.entries[-1].text) == ("erasure", "They know")
    assert overview(coordinator_on_each, sent.ref, now=LATER).facts.erasure_asked
    assert waiting(service_on_each) == 0
