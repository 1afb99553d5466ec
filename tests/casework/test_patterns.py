"""Several reports on one place: found by what sealed facts say in codes, kept with each."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from intake.casework import Reader, Service, Wish, go_on, open_case, overview, queue, timeline
from intake.casework.finding.places import same_place
from intake.casework.restricting import restrict
from intake.casework.verify import verify
from intake.form.answers import Stored
from intake.store.tables import CaseRow
from tests.casework.joining import proof
from tests.people import NOW, Sent, send, short_report

PLACE: dict[str, Stored] = {
    "town": "semey",
    "place_type": ("police_office",),
    "agency": ("police_station", "police_detectives"),
}


def report(service: Service, at: datetime = NOW, /, **other: Stored) -> Sent:
    return send(service, short_report(at, **{**PLACE, **other}))


def open_all(reader: Reader, *reports: Sent) -> None:
    for sent in reports:
        open_case(reader, sent.ref, now=NOW)


def marks(reader: Reader, sent: Sent) -> tuple[bool, bool, int]:
    """Whether flag and reason stand there, and the number that is kept."""
    view = overview(reader, sent.ref, now=NOW)
    count = view.facts.pattern_count
    return "cluster" in view.flags, "pattern" in view.row.factors, count


def test_the_third_report_on_a_place_says_so_when_it_is_opened(coordinator: Reader) -> None:
    first, second, third = (report(coordinator.service) for _ in range(3))
    open_all(coordinator, third)
    assert marks(coordinator, third) == (True, True, 3)
    assert marks(coordinator, first) == marks(coordinator, second) == (False, False, 0)


def test_two_are_no_pattern(coordinator: Reader) -> None:
    first, second = (report(coordinator.service) for _ in range(2))
    open_all(coordinator, first, second)
    assert marks(coordinator, second) == (False, False, 2)


def test_earlier_reports_learn_of_it_by_pages_that_go_on(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    reader = coordinator_on_each
    first, second = (report(service_on_each) for _ in range(2))
    open_all(reader, first)
    assert marks(reader, first) == (False, False, 2)
    third = report(service_on_each)
    go_on(reader, now=NOW)
    assert {marks(reader, sent) for sent in (first, second, third)} == {(True, True, 3)}
    assert [line.act for line in timeline(reader, first.ref, now=NOW)].count(
        "pattern_found"
    ) == 1
    go_on(reader, now=NOW + timedelta(minutes=2))
    assert [line.act for line in timeline(reader, first.ref, now=NOW)].count(
        "pattern_found"
    ) == 1
    assert verify(service_on_each) == ()


def test_nobody_has_opened_a_report_of_which_it_was_found(coordinator: Reader) -> None:
    reports = [report(coordinator.service) for _ in range(3)]
    go_on(coordinator, now=NOW)
    found = queue(coordinator, Wish("triage"), now=NOW).rows
    assert {row.stage for row in found} == {"received"}
    assert {row.ref for row in found if "pattern" in row.factors} == {s.ref for s in reports}


@pytest.mark.parametrize(
    "other",
    [
        {"town": "kurchatov"},
        {"place_type": ("ivs",)},
        {"agency": ("knb",)},
        {"agency": ()},
        {"place_type": ("unknown",)},
    ],
)
def test_another_place_or_one_that_is_not_known_is_not_the_same(
    coordinator: Reader, other: dict[str, Stored]
) -> None:
    for _ in range(2):
        report(coordinator.service)
    third = report(coordinator.service, **other)
    open_all(coordinator, third)
    assert not marks(coordinator, third)[0]


def test_what_is_vague_is_never_a_place(coordinator: Reader) -> None:
    vague: dict[str, Stored] = {"place_type": ("other",), "agency": ("unidentified",)}
    reports = [report(coordinator.service, **vague) for _ in range(3)]
    open_all(coordinator, *reports)
    assert marks(coordinator, reports[-1]) == (False, False, 0)
    assert same_place(overview(coordinator, reports[0].ref, now=NOW).facts) is None


def test_one_agency_in_common_is_enough(coordinator: Reader) -> None:
    report(coordinator.service, agency=("police_station",))
    report(coordinator.service, agency=("police_station", "knb"))
    third = report(coordinator.service)
    open_all(coordinator, third)
    assert marks(coordinator, third)[2] == 3


def test_reports_of_more_than_thirty_days_ago_do_not_count(coordinator: Reader) -> None:
    for _ in range(2):
        report(coordinator.service, NOW - timedelta(days=31))
    now = report(coordinator.service)
    open_all(coordinator, now)
    assert marks(coordinator, now) == (False, False, 1)


def test_what_looks_automated_or_is_kept_for_others_does_not_count(coordinator: Reader) -> None:
    kept, odd = (report(coordinator.service) for _ in range(2))
    named = [coordinator.member]
    open_all(coordinator, kept)
    restrict(coordinator, kept.ref, named, "A cousin", proof(coordinator), now=NOW)
    with coordinator.service.writing() as session:
        session.scalars(select(CaseRow).where(CaseRow.id == odd.id)).one().automated = True
    others = [report(coordinator.service) for _ in range(2)]
    open_all(coordinator, *others)
    assert marks(coordinator, others[-1]) == (False, False, 2)


def test_the_queue_finds_the_reports_on_a_place(coordinator: Reader) -> None:
    reports = [report(coordinator.service) for _ in range(3)]
    report(coordinator.service, town="kurchatov")
    open_all(coordinator, reports[0])
    wish = same_place(overview(coordinator, reports[0].ref, now=NOW).facts)
    assert wish is not None
    found = {row.ref for row in queue(coordinator, wish, now=NOW).rows}
    assert found == {sent.ref for sent in reports}
