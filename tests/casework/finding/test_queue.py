"""The triage queue: views, filters, order, pages, and whose turn it is."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, update

from intake.case.running import Due
from intake.casework import (
    VIEWS,
    Incoming,
    NotAllowed,
    QueuePage,
    Reader,
    Service,
    Wish,
    correspondence,
    enter,
    new_once,
    open_case,
    queue,
    resume,
    send_message,
    take,
    waiting,
    write,
)
from intake.casework.finding import PAGE_SIZE, counts_of, look
from intake.form.answers import Stored
from intake.store.people import MemberRow
from intake.store.service import AuditRow
from intake.store.tables import CaseRow, DocumentRow, random_place
from tests.casework.work.answering import closed, day, on_hold
from tests.people import (
    NOW,
    SECOND,
    Installation,
    Sent,
    send,
    send_and_open,
    short_report,
    sister_report,
)

HELD: dict[str, Stored] = {"victim_status": "sizo", "custody_place": "Алматы, СИЗО"}


def refs(
    reader: Reader,
    view: str = "triage",
    *,
    now: datetime = NOW,
    sort: str = "urgency",
    **chosen: str,
) -> list[str]:
    page = queue(reader, Wish(view, tuple(chosen.items()), sort), now=now)
    assert page.total == len(page.rows)
    return [row.ref for row in page.rows]


def lines(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def set_stage(service: Service, sent: Sent, stage: str) -> None:
    with service.writing() as session:
        session.execute(update(CaseRow).where(CaseRow.id == sent.id).values(stage=stage))


def answered(reader: Reader, report: Incoming | None = None) -> Sent:
    """A report of somebody who is free, or another one, that waits for the reporter."""
    sent = send_and_open(reader, report or short_report(narrative="He is at home"))
    send_message(reader, sent.ref, "We are here", once=new_once(), now=NOW)
    return sent


def test_an_empty_queue_has_one_empty_page(coordinator_on_each: Reader) -> None:
    for view in VIEWS:
        page = queue(coordinator_on_each, Wish(view), now=NOW)
        assert (page.rows, page.total, page.page, page.pages) == ((), 0, 1, 1)
        assert page.latest is None


def test_a_row_says_what_cannot_wait_and_why(coordinator_on_each: Reader) -> None:
    sent = send(coordinator_on_each.service)

    (row,) = queue(coordinator_on_each, Wish(), now=NOW).rows
    assert (row.ref, row.level, row.stage, row.holder) == (sent.ref, "u1", "received", None)
    assert row.factors[:2] == ("detention_first_72h", "in_custody")
    assert (row.region, row.locality, row.status) == ("KZ-33", "taldykorgan", "police_custody")
    assert (row.language, row.channel, row.received_at) == ("ru", "web_form", NOW)
    assert row.is_in_custody
    assert row.due is not None
    assert (row.due.clock, row.due.at) == ("open", NOW + timedelta(hours=2))


def test_each_view_shows_its_cases(
    service_on_each: Service, coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    new = send(service_on_each, short_report(narrative="new"))
    held = send_and_open(reader, short_report(**HELD))
    mine = send(service_on_each, short_report(narrative="mine"))
    take(reader, mine.ref, now=NOW)
    hers = send(service_on_each, short_report(narrative="hers"))
    take(second_on_each, hers.ref, now=NOW)
    waits = answered(reader)
    odd = send(service_on_each, sister_report(automated=True))
    closed, erased = send(service_on_each), send(service_on_each)
    set_stage(service_on_each, closed, "closed")
    set_stage(service_on_each, erased, "erased")

    shown = {view: set(refs(reader, view)) for view in VIEWS}

    unread = {new.ref, held.ref, mine.ref, hers.ref}
    assert shown == {
        "triage": unread,
        "mine": {mine.ref},
        "leading": set(),
        "unassigned": unread - {mine.ref, hers.ref} | {waits.ref},
        "late": set(),
        "today": set(),
        "week": {held.ref},
        "custody": {held.ref},
        "news": set(),
        "waiting": {waits.ref},
        "on_hold": set(),
        "snoozed": set(),
        "automated": {odd.ref},
        "closed": {closed.ref},
        "erasing": set(),
        "all": unread | {waits.ref, odd.ref, closed.ref},
    }
    counts = queue(reader, Wish(), now=NOW).counts
    assert counts == {view: len(shown[view]) for view in counts}
    assert counts.keys() == set(VIEWS) - {"closed", "all"}


def test_who_holds_a_case_is_shown_to_everybody(coordinator: Reader, second: Reader) -> None:
    sent = send(second.service)
    take(second, sent.ref, now=NOW)

    (seen,), (own,) = (queue(who, Wish(), now=NOW).rows for who in (coordinator, second))
    assert (seen.holder, seen.is_mine) == (SECOND, False)
    assert (own.holder, own.is_mine) == (SECOND, True)


def test_filters_by_level_stage_and_region(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    reader = coordinator_on_each
    urgent = send(service_on_each)
    calm = send_and_open(reader, short_report(narrative="last year"))
    almaty = send(service_on_each, short_report(**HELD))

    assert refs(reader, level="u1") == [urgent.ref]
    assert refs(reader, stage="screening") == [calm.ref]
    assert refs(reader, region="KZ-33") == [urgent.ref]
    assert refs(reader, region="KZ-75") == [almaty.ref]
    assert refs(reader, region="KZ-75", level="u1") == []
    assert refs(reader, "custody", region="KZ-75") == [almaty.ref]


def test_the_most_urgent_comes_first_then_what_is_due_first(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    reports = {
        "calm": short_report(narrative="last year"),
        "later": sister_report(NOW + timedelta(minutes=7)),
        "sooner": sister_report(NOW + timedelta(minutes=3)),
        "held": short_report(**HELD),
    }
    sent = {send(service_on_each, report).ref: name for name, report in reports.items()}

    def order(sort: str) -> list[str]:
        shown = refs(coordinator_on_each, sort=sort, now=NOW + timedelta(minutes=8))
        return [sent[ref] for ref in shown]

    assert order("urgency") == ["sooner", "later", "held", "calm"]
    assert order("due") == ["sooner", "later", "held", "calm"]
    assert order("newest")[:2] == ["later", "sooner"]


def test_what_waits_for_the_reporter_comes_after_what_waits_for_us(
    coordinator: Reader,
) -> None:
    waits = answered(coordinator)
    ours = send(coordinator.service, short_report(narrative="He is at home"))

    assert refs(coordinator, "all", sort="urgency") == [ours.ref, waits.ref]


def copies(service: Service, sent: Sent, number: int) -> None:
    """Rows like those of `sent`, for pages; their facts open for nobody."""
    with service.writing() as session:
        row = session.get_one(CaseRow, sent.id)
        plain = {name.name: getattr(row, name.name) for name in CaseRow.__table__.columns}
        rows = [plain | {"id": uuid4(), "ref": f"COPY-{n:04}"} for n in range(number)]
        session.execute(insert(CaseRow), rows)
        facts = [
            {
                "id": uuid4(),
                "revision": 1,
                "place": random_place(),
                "case_id": each["id"],
                "compartment": "facts",
                "kind": "report",
                "box": b"\x02" * 80,
            }
            for each in rows
        ]
        session.execute(insert(DocumentRow), facts)


def pages(reader: Reader, view: str = "triage") -> list[QueuePage]:
    first = queue(reader, Wish(view), now=NOW)
    others = range(2, first.pages + 1)
    return [first, *(queue(reader, Wish(view, page=page), now=NOW) for page in others)]


def test_pages_show_every_case_once(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    copies(service_on_each, send(service_on_each), 2 * PAGE_SIZE)

    shown = pages(coordinator_on_each)

    assert [len(page.rows) for page in shown] == [PAGE_SIZE, PAGE_SIZE, 1]
    assert {page.total for page in shown} == {2 * PAGE_SIZE + 1}
    assert len({row.ref for page in shown for row in page.rows}) == 2 * PAGE_SIZE + 1


def test_views_that_facts_decide_have_pages_too(service: Service, coordinator: Reader) -> None:
    for number in range(PAGE_SIZE + 1):
        send(service, short_report(**HELD, narrative=f"number {number}"))

    shown = pages(coordinator, "custody")

    assert [len(page.rows) for page in shown] == [PAGE_SIZE, 1]
    assert len({row.ref for page in shown for row in page.rows}) == PAGE_SIZE + 1


@pytest.mark.parametrize(("asked", "shown"), [(-1, 1), (0, 1), (2, 2), (99, 2)])
def test_a_page_that_is_not_there_is_the_nearest_one(
    service: Service, coordinator: Reader, asked: int, shown: int
) -> None:
    copies(service, send(service), PAGE_SIZE)

    assert queue(coordinator, Wish(page=asked), now=NOW).page == shown


def test_of_many_open_cases_sealed_views_are_counted_once_a_minute(
    service: Service, coordinator: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "COUNTED_BY_READING", 0)
    first = send_and_open(coordinator)
    assert queue(coordinator, Wish(), now=NOW).counts["custody"] == 1

    send(service)  # her brother, who is held as well
    take(coordinator, first.ref, now=NOW)
    a_minute_later = NOW + timedelta(seconds=60)
    counts = queue(coordinator, Wish(), now=a_minute_later - timedelta(seconds=1)).counts
    assert (counts["custody"], counts["triage"], counts["mine"]) == (1, 2, 1)
    assert queue(coordinator, Wish(), now=a_minute_later).counts["custody"] == 2


def test_sealed_views_are_not_counted_when_too_many_cases_are_open(
    service: Service, coordinator: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "COUNTED_BY_READING", 0)
    monkeypatch.setattr(look, "COUNTED_EACH_MINUTE", 0)
    send(service)

    counts = queue(coordinator, Wish(), now=NOW).counts

    assert counts.keys() == {"triage", "mine", "news", "automated", "erasing"}


def test_a_case_is_late_from_the_second_after_its_time(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    arrived = NOW + timedelta(minutes=17)
    sent = send(service_on_each, sister_report(arrived))
    due = arrived + timedelta(hours=2)

    assert refs(coordinator_on_each, "late", now=due) == []
    assert refs(coordinator_on_each, "late", now=due + timedelta(seconds=1)) == [sent.ref]
    (row,) = queue(coordinator_on_each, Wish("all"), now=due + timedelta(seconds=1)).rows
    assert row.is_late


def test_a_case_that_waits_for_the_reporter_is_never_late(
    coordinator_on_each: Reader,
) -> None:
    reader = coordinator_on_each
    sent = answered(reader)
    much_later = NOW + timedelta(days=60)

    (row,) = queue(reader, Wish("all"), now=much_later).rows
    assert (row.is_waiting, row.is_late) == (True, False)
    assert refs(reader, "late", now=much_later) == []
    assert refs(reader, "waiting", now=much_later) == [sent.ref]


@pytest.mark.parametrize(
    ("report", "hours"), [(sister_report(), 24), (short_report(victim_status="colony"), 72)]
)
def test_who_is_held_and_does_not_answer_is_looked_after(
    coordinator_on_each: Reader, report: Incoming, hours: int
) -> None:
    """What is due, and late, is a look of ours: no answer of theirs."""
    reader, look = coordinator_on_each, timedelta(hours=hours)
    sent = answered(reader, report)
    (row,) = queue(reader, Wish("all"), now=NOW).rows
    assert row.due == Due("review", NOW + look, waiting=False, turn="look")
    assert refs(reader, "waiting", now=NOW) == []
    assert refs(reader, "late", now=NOW + look) == []
    assert refs(reader, "late", now=NOW + look + timedelta(seconds=1)) == [sent.ref]


def test_a_closed_case_is_to_be_erased_when_its_day_comes_or_none_is_set(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    never, dated = closed(reader, erase_on=None), closed(reader, erase_on=day(30))
    for days, expected in ((0, {never.ref}), (29, {never.ref}), (31, {never.ref, dated.ref})):
        then = NOW + timedelta(days=days, seconds=1)
        assert set(refs(second_on_each, "erasing", now=then)) == expected
        assert queue(reader, Wish(), now=then).counts["erasing"] == len(expected)
        # The worker tells of it again and again; it stays in the view all the while.
        waiting.warn_of_limits(reader.service, now=then)
        assert set(refs(reader, "erasing", now=then)) == expected
    assert counts_of(reader, [Wish("erasing")], now=NOW + timedelta(days=31)) == [2]


def test_what_is_to_be_erased_is_counted_on_its_own_page_where_it_is_much(
    service: Service, coordinator: Reader
) -> None:
    copies(service, closed(coordinator, erase_on=None), 50)
    then = NOW + timedelta(days=1)
    assert "erasing" not in queue(coordinator, Wish(), now=then).counts
    assert queue(coordinator, Wish("erasing"), now=then).total == 1  # of no copy the facts open


def test_a_case_waits_no_more_once_the_reporter_wrote(coordinator_on_each: Reader) -> None:
    reader, later = coordinator_on_each, NOW + timedelta(hours=1)
    sent = answered(reader)
    visit = enter(reader.service, sent.code, now=later)
    write(reader.service, visit, "Thank you", kind="message", once=new_once(), now=later)

    (row,) = queue(reader, Wish("all"), now=later).rows
    assert (row.has_news, row.is_waiting) == (True, False)
    assert refs(reader, "waiting", now=later) == []
    assert refs(reader, "late", now=later + timedelta(days=31)) == [sent.ref]

    correspondence(reader, sent.ref, now=later)
    (row,) = queue(reader, Wish("all"), now=later).rows
    assert (row.has_news, row.is_waiting) == (False, False)


@pytest.mark.parametrize("others", [0, 500])
def test_who_writes_to_a_closed_case_is_new_from_the_reporter(
    coordinator_on_each: Reader, others: int
) -> None:
    reader = coordinator_on_each
    sent = answered(reader)
    set_stage(reader.service, sent, "closed")
    if others:
        copies(reader.service, send(reader.service), others)
    assert refs(reader, "news") == []

    visit = enter(reader.service, sent.code, now=NOW)
    write(reader.service, visit, "They came again", kind="message", once=new_once(), now=NOW)

    assert refs(reader, "news") == [sent.ref]
    assert queue(reader, Wish(), now=NOW).counts["news"] == 1
    assert counts_of(reader, [Wish("waiting"), Wish("news")], now=NOW) == [0, 1]
    correspondence(reader, sent.ref, now=NOW)
    assert refs(reader, "news") == []


def test_a_case_on_hold_is_to_come_on_the_day_of_the_next_try(coordinator: Reader) -> None:
    sent = on_hold(coordinator, until=day(2))
    for later, views in (
        (0, {"week"}),
        (1, {"week"}),
        (2, {"today", "week"}),
        (3, set()),
    ):
        then = NOW + timedelta(days=later)
        shown = {view for view in ("today", "week") if refs(coordinator, view, now=then)}
        assert (later, shown) == (later, views)
    assert refs(coordinator, "late", now=NOW + timedelta(days=3)) == [sent.ref]


def test_opening_stops_the_first_clock_and_starts_the_next(coordinator: Reader) -> None:
    sent = send(coordinator.service)
    open_case(coordinator, sent.ref, now=NOW)

    (row,) = queue(coordinator, Wish(), now=NOW).rows
    assert row.due is not None
    assert row.due.clock == "contact_u1"


def test_the_latest_hour_is_that_of_the_newest_report(coordinator: Reader) -> None:
    send(coordinator.service)
    send(coordinator.service, sister_report(NOW + timedelta(hours=5)))

    assert queue(coordinator, Wish(), now=NOW).latest == datetime.fromisoformat(
        "2026-11-18T14:00+00:00"
    )


def test_looking_at_the_queue_leaves_no_line(coordinator_on_each: Reader) -> None:
    send(coordinator_on_each.service)
    before = lines(coordinator_on_each.service)
    for view in VIEWS:
        queue(coordinator_on_each, Wish(view, (("region", "KZ-33"),)), now=NOW)

    assert lines(coordinator_on_each.service) == before


def test_a_coordinator_without_training_sees_one_reason_for_all(second: Reader) -> None:
    told: dict[str, Stored] = {
        "method": ("rape", "sexual_assault"),
        "act_date_to": "2026-11-17",
    }
    send(second.service, sister_report(told=told))

    (row,) = queue(second, Wish(), now=NOW).rows
    assert [code for code in row.factors if "sexual" in code] == ["untrained:sexual_72h"]


def test_the_queue_is_for_those_who_work_with_cases(
    service: Service, second: Reader, installation: Installation
) -> None:
    with service.writing() as session:
        session.execute(
            update(MemberRow).where(MemberRow.id == second.member).values(roles="auditor")
        )

    with pytest.raises(NotAllowed):
        queue(resume(service, installation.cookies[SECOND], now=NOW), Wish(), now=NOW)


def test_a_view_that_does_not_exist_shows_no_closed_or_odd_case(
    service: Service, coordinator: Reader
) -> None:
    set_stage(service, send(service), "closed")
    send(service, sister_report(automated=True))

    assert refs(coordinator, "nonsense") == []
