"""What time does to reports that nobody opened."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.casework import (
    Reader,
    Service,
    Wish,
    new_once,
    open_case,
    overview,
    queue,
    read_report,
    submit,
    verify,
    waiting,
)
from intake.casework.codec import decode, hour
from intake.store.service import OutboxRow
from intake.store.tables import CaseRow
from intake.triage import Level
from intake.vault import open_outbox
from tests.people import NOW, short_report, sister_report

HOUR = timedelta(hours=1)


def words(service: Service) -> int:
    with service.reading() as session:
        return len(session.scalars(select(OutboxRow)).all())


def forget_words(service: Service) -> None:
    with service.writing() as session:
        for row in session.scalars(select(OutboxRow)):
            session.delete(row)


def only_case(service: Service) -> CaseRow:
    with service.reading() as session:
        row = session.scalars(select(CaseRow)).one()
        session.expunge(row)
        return row


def plant(service: Service, **columns: object) -> None:
    """Give the plain columns of the one case other values."""
    with service.writing() as session:
        row = session.scalars(select(CaseRow)).one()
        for name, value in columns.items():
            setattr(row, name, value)


def test_a_late_report_is_told_once_in_each_period_of_its_level(service: Service) -> None:
    submit(service, sister_report(), once=new_once())
    forget_words(service)
    start = hour(NOW)
    assert waiting.warn_late(service, now=start + 2 * HOUR - timedelta(seconds=1)) == 0
    told = [
        minutes
        for minutes in range(0, 7 * 60, 10)
        if waiting.warn_late(service, now=start + timedelta(minutes=minutes))
    ]
    assert told == [120, 240, 360]
    assert words(service) == 1


def test_a_late_report_is_told_on_every_database(service_on_each: Service) -> None:
    submit(service_on_each, sister_report(), once=new_once())
    assert waiting.warn_late(service_on_each, now=NOW + 3 * HOUR) == 1
    assert waiting.warn_late(service_on_each, now=NOW + 3 * HOUR) == 0


def test_a_report_that_somebody_opened_is_not_late(
    service: Service, coordinator: Reader
) -> None:
    submit(service, sister_report(), once=new_once())
    (row,) = queue(coordinator, Wish(), now=NOW).rows
    open_case(coordinator, row.ref, now=NOW)
    assert waiting.warn_late(service, now=NOW + 100 * HOUR) == 0


def test_a_less_urgent_report_has_longer(service: Service) -> None:
    submit(service, short_report(narrative="A year ago."), once=new_once())
    assert waiting.warn_late(service, now=NOW + 239 * HOUR) == 0
    assert waiting.warn_late(service, now=NOW + 240 * HOUR) == 1
    assert waiting.warn_late(service, now=NOW + 300 * HOUR) == 0


@pytest.mark.parametrize(("before", "after"), [("u4", "u3"), ("u3", "u2"), ("u2", "u1")])
def test_a_level_rises_by_one_when_its_time_has_come(
    service: Service, before: str, after: str
) -> None:
    submit(service, short_report(narrative="A year ago."), once=new_once())
    plant(service, level=before, may_rise_at=NOW + HOUR)
    assert waiting.raise_levels(service, now=NOW) == 0
    assert only_case(service).level == before
    assert waiting.raise_levels(service, now=NOW + HOUR) == 1
    risen = only_case(service)
    assert (risen.level, risen.may_rise_at) == (after, None)
    assert words(service) == (1 if after in {"u1", "u2"} else 0)
    assert waiting.raise_levels(service, now=NOW + 2 * HOUR) == 0


def test_a_rise_leaves_a_line_and_the_log_stays_whole(service_on_each: Service) -> None:
    service = service_on_each
    submit(service, sister_report(), once=new_once())
    plant(service, level="u2", may_rise_at=NOW)
    lines = verify.head(service).sequence
    waiting.raise_levels(service, now=NOW)
    assert verify.head(service).sequence == lines + 1
    assert verify.verify(service) == ()


def test_a_reader_accepts_the_rise_that_the_sealed_state_foresaw(
    service: Service, coordinator: Reader
) -> None:
    hearing = (NOW + timedelta(days=10)).date()
    submit(service, short_report(hearing_on=hearing.isoformat()), once=new_once())
    foreseen = only_case(service).may_rise_at
    assert foreseen is not None
    assert waiting.raise_levels(service, now=foreseen) == 1
    risen = only_case(service)
    assert risen.answer_by == risen.hour + timedelta(hours=Level.of(risen.level).hours)
    ref = only_case(service).ref
    open_case(coordinator, ref, now=foreseen)
    assert read_report(coordinator, ref, now=foreseen).differences == ()


def test_a_rise_allows_for_no_other_time_to_act_by(
    service: Service, coordinator: Reader
) -> None:
    hearing = (NOW + timedelta(days=10)).date()
    submit(service, short_report(hearing_on=hearing.isoformat()), once=new_once())
    foreseen = only_case(service).may_rise_at
    assert foreseen is not None
    waiting.raise_levels(service, now=foreseen)
    plant(service, answer_by=NOW + 300 * HOUR)
    (row,) = queue(coordinator, Wish(), now=foreseen).rows
    assert overview(coordinator, row.ref, now=foreseen).differences == ("answer_by",)


def test_a_closed_case_does_not_rise(service: Service) -> None:
    submit(service, sister_report(), once=new_once())
    plant(service, level="u2", may_rise_at=NOW, stage="closed")
    assert waiting.raise_levels(service, now=NOW + HOUR) == 0


def test_what_a_machine_probably_sent_wakes_nobody(service: Service) -> None:
    submit(service, sister_report(automated=True), once=new_once())
    assert words(service) == 0
    assert waiting.warn_late(service, now=NOW + 3 * HOUR) == 1
    with service.reading() as session:
        row = session.scalars(select(OutboxRow)).one()
    assert decode(open_outbox(service.keys.server, row.box, id=row.id))["at_night"] is False
