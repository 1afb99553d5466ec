"""The numbers of the team: counted once, by what each reader may know, and left in the log."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from intake.casework import (
    NotAllowed,
    Reader,
    Service,
    new_once,
    open_case,
    resume,
    send_message,
    take,
)
from intake.casework.log_lines import open_lines
from intake.casework.numbers import ANY_TRAINED, KEPT, Numbers, figures, numbers
from intake.casework.restricting import restrict
from intake.casework.team.workload import workload
from intake.form.answers import Stored
from intake.roles import Role
from intake.statistics import Response
from intake.store.tables import CaseRow, FacetsRow
from tests.casework.joining import WORDS, proof
from tests.casework.work.answering import write
from tests.people import (
    NOW,
    Sent,
    add_member,
    send,
    send_and_open,
    short_report,
    sign_in,
    sister_report,
)

VIOLATED: dict[str, Stored] = {
    "victim_status": "released",
    "method": ("rape",),
    "act_date_to": "2026-11-17",
    "contact_method": ("phone",),
}
LATER = NOW + timedelta(hours=3)


def figures_of(reader: Reader, weeks: int = 4, *, hours: float = 0) -> Numbers:
    return numbers(reader, weeks, now=NOW + timedelta(hours=hours))


def counts(found: Numbers) -> dict[str, int]:
    return {row.factor: row.count for row in found.fired}


def of_level(found: Numbers, level: str) -> Response:
    return next(row for row in found.responses if row.level == level)


def waiting(found: Numbers, turn: str) -> dict[str, int]:
    return {row.band.code: row.counts[turn] for row in found.ages if row.counts[turn]}


def close(service: Service, sent: Sent) -> None:
    with service.writing() as session:
        closed = update(CaseRow).where(CaseRow.id == sent.id).values(stage="closed")
        session.execute(closed)


def test_before_the_first_report_all_is_zero(coordinator_on_each: Reader) -> None:
    found = figures_of(coordinator_on_each)
    assert not found.has_any
    assert [week.count for week in found.arrivals] == [0, 0, 0, 0]
    assert sum(band.total for band in found.ages) == found.cases == 0
    assert (found.lateness, found.fired) == ((), ())


def test_what_came_counts_in_its_week(coordinator_on_each: Reader) -> None:
    service = coordinator_on_each.service
    for back in (0, 1, 1, 9, 40):
        send(service, short_report(NOW - timedelta(days=back)))
    send(service, sister_report(NOW - timedelta(days=9), automated=True))
    found = figures_of(coordinator_on_each)
    assert [week.count for week in found.arrivals] == [0, 0, 2, 3]
    assert [week.automated for week in found.arrivals] == [0, 0, 1, 0]
    assert (figures_of(coordinator_on_each, 12).cases, found.cases) == (5, 4)


def test_a_week_begins_at_local_midnight(coordinator: Reader) -> None:
    monday = NOW - timedelta(days=2, hours=14, minutes=30)  # Monday at 00:00 in Astana
    send(coordinator.service, short_report(monday))
    send(coordinator.service, short_report(monday - timedelta(minutes=1)))
    assert [week.count for week in figures_of(coordinator).arrivals[-2:]] == [1, 1]


def test_open_reports_stand_by_age_and_by_whose_turn_it_is(
    coordinator_on_each: Reader,
) -> None:
    reader, service = coordinator_on_each, coordinator_on_each.service
    send(service, short_report(NOW - timedelta(days=10)))
    send_and_open(reader)
    answered = send_and_open(reader, short_report())
    send_message(reader, answered.ref, "We are here", once=new_once(), now=NOW)
    close(service, send_and_open(reader))
    found = figures_of(reader)
    assert waiting(found, "new") == {"weeks_4": 1}
    assert waiting(found, "ours") == {"day": 1}
    assert waiting(found, "theirs") == {"day": 1}


def test_a_first_answer_is_our_first_word_and_not_the_last(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader)
    for hours in (3, 9):
        now = NOW + timedelta(hours=hours)
        send_message(reader, sent.ref, f"Word {hours}", once=new_once(), now=now)
    send(reader.service)
    found = of_level(figures_of(reader, hours=10), "u1")
    assert (found.answered, found.unanswered) == (1, 1)
    assert found.median == found.slow == timedelta(hours=3)


def test_an_attempt_that_reached_nobody_is_an_answer_too(coordinator: Reader) -> None:
    sent = send_and_open(coordinator, sister_report(NOW - timedelta(hours=3)))
    write(coordinator, sent.ref, "attempt", attempt_result="not_reached")
    found = of_level(figures_of(coordinator), "")
    assert (found.answered, found.median) == (1, timedelta(hours=3))


def test_who_left_no_way_to_be_answered_is_not_called_unanswered(coordinator: Reader) -> None:
    send(coordinator.service, short_report(contact_method=("none",)))
    found = figures_of(coordinator)
    assert (found.without_way, of_level(found, "").unanswered) == (1, 0)


def test_closed_reports_of_the_period_count_with_their_answers(
    coordinator_on_each: Reader,
) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader)
    send_message(reader, sent.ref, "We are here", once=new_once(), now=LATER)
    close(reader.service, sent)
    old = send_and_open(reader, short_report(NOW - timedelta(days=60)))
    close(reader.service, old)
    found = figures_of(reader, hours=3)
    assert (found.cases, sum(row.total for row in found.ages)) == (1, 0)
    assert of_level(found, "").median == timedelta(hours=3)


def test_what_is_late_stands_by_clock_and_stage(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    send(reader.service)
    take(reader, send(reader.service).ref, now=NOW)
    send_and_open(reader)
    late = {
        (row.clock, row.stage): (row.count, row.unheld, row.longest)
        for row in figures_of(reader, hours=5).lateness
    }
    assert late == {
        ("open", "received"): (2, 1, timedelta(hours=3)),
        ("contact_u1", "screening"): (1, 1, timedelta(hours=1)),
    }
    assert figures_of(reader).lateness == ()


def test_everybody_stands_with_what_she_holds(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    send(reader.service)
    for _ in range(2):
        take(second_on_each, send(reader.service).ref, now=NOW)
    send(reader.service, sister_report(automated=True))
    found = figures_of(reader)
    assert [(load.who, load.total) for load in found.loads] == [
        ("", 1),
        (second_on_each.handle, 2),
        (reader.handle, 0),
    ]
    assert found.loads[1].by_level == {"u1": 2, "u2": 0, "u3": 0, "u4": 0}
    assert sum(load.total for load in found.loads) == sum(band.total for band in found.ages)


def test_factors_count_once_for_each_report(coordinator: Reader) -> None:
    for _ in range(2):
        send(coordinator.service)
    send(coordinator.service, short_report(narrative="Nothing that is urgent"))
    found = figures_of(coordinator)
    assert counts(found)["in_custody"] == 2
    assert (max(counts(found).values()), found.cases) == (2, 3)


def test_a_factor_that_has_passed_still_counts(coordinator: Reader) -> None:
    send(coordinator.service)
    assert "detention_first_72h" in counts(figures_of(coordinator, hours=24 * 5))


def test_only_a_trained_handler_learns_which_reasons_are_sexual(
    coordinator: Reader, second: Reader
) -> None:
    for _ in range(2):
        send(coordinator.service, short_report(**VIOLATED))
    assert {code for code in counts(figures_of(coordinator)) if "sexual" in code} == {
        "sexual_72h",
        "sexual_any",
    }
    told = counts(figures_of(second))
    assert told.pop(ANY_TRAINED) == 2
    assert [code for code in told if "sexual" in code] == []


def test_what_is_kept_for_others_counts_without_reasons_clock_or_stage(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    restrict(
        coordinator, sent.ref, (coordinator.member,), "A cousin", proof(coordinator), now=NOW
    )
    found = figures_of(second, hours=30)
    assert (found.kept, found.fired, found.cases) == (1, (), 0)
    assert of_level(found, "").unanswered == 0
    assert [(row.clock, row.stage, row.unheld) for row in found.lateness] == [(KEPT, KEPT, 0)]
    assert figures_of(coordinator, hours=30).kept == 0


def test_the_facts_serve_where_a_sheet_is_missing(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    send(reader.service)
    before = figures_of(reader)
    with reader.service.writing() as session:
        session.execute(delete(FacetsRow))
    assert figures_of(reader) == before


def test_too_many_reports_are_cut_to_the_newest_whole_hours(
    coordinator: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_READ", 2)
    for hours in (1, 30, 30, 50):
        send(coordinator.service, short_report(NOW - timedelta(hours=hours)))
    found = figures_of(coordinator)
    assert found.cases == 1
    assert found.read_from == (NOW - timedelta(hours=1)).replace(minute=0)
    assert sum(week.count for week in found.arrivals) == 4
    assert sum(band.total for band in found.ages) == 4


def test_looking_at_the_numbers_is_a_line_of_the_log(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    open_case(coordinator, sent.ref, now=NOW)
    figures_of(coordinator)
    with open_lines(coordinator) as lines:
        (row,) = lines.rows(limit=1)
        line = lines.opened(row)
    assert line is not None
    assert (line.act, line.by, line.case) == ("read_numbers", coordinator.member, None)


def test_who_is_no_coordinator_is_told_nothing(coordinator: Reader) -> None:
    service = coordinator.service
    add_member(coordinator, "analyst", (Role.ANALYST,), WORDS)
    analyst = resume(service, sign_in(service, "analyst", WORDS, now=NOW).cookie, now=NOW)
    with pytest.raises(NotAllowed):
        figures_of(analyst)


def test_the_numbers_and_the_page_of_colleagues_count_alike(
    service_on_each: Service, coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    people = (coordinator_on_each, second_on_each)
    for number, reader in enumerate((*people, second_on_each)):
        take(reader, send_and_open(reader, short_report(narrative=str(number))).ref, now=NOW)
    odd = send_and_open(second_on_each)
    take(second_on_each, odd.ref, now=NOW)
    with service_on_each.writing() as session:
        session.execute(update(CaseRow).where(CaseRow.id == odd.id).values(automated=True))
    held = {load.who: load.by_level for load in figures_of(coordinator_on_each).loads}
    for load in workload(coordinator_on_each, now=NOW):
        assert load.by_level == held[load.handle]
    assert sum(held["second"].values()) == 2
