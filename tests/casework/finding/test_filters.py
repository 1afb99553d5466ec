"""Narrowing the queue by what is sealed: who fits, who may ask, and what a kept case hides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from intake.casework import (
    Incoming,
    Reader,
    Service,
    Wish,
    enter,
    new_once,
    open_case,
    queue,
    take,
    write,
)
from intake.casework.case_file import opened
from intake.casework.finding import FACETS, VIEWS, counts_of, look, sheet
from intake.casework.restricting import restrict
from intake.casework.work.facets import make_missing
from intake.form.answers import Stored
from intake.store.tables import CaseRow, FacetsRow
from tests.casework.joining import proof
from tests.people import NOW, Sent, send, send_and_open, short_report, sister_report

TOLD: dict[str, Stored] = {
    "victim_status": "sizo",
    "custody_place": "Алматы, СИЗО",
    "victim_sex": "female",
    "age_band_then": "16_17",
    "place_type": ("sizo",),
    "agency": ("prison_staff", "knb"),
    "method": ("asph_bag",),
    "need": ("legal", "visit"),
    "reporter_role": "lawyer",
}


def found(reader: Reader, *chosen: tuple[str, str], view: str = "all") -> list[str]:
    page = queue(reader, Wish(view, chosen), now=NOW)
    assert page.total == len(page.rows)
    return [row.ref for row in page.rows]


def without_sheets(service: Service) -> None:
    with service.writing() as session:
        session.execute(delete(FacetsRow))


@pytest.fixture(params=["read from sheets", "read from facts"])
def told(request: pytest.FixtureRequest, coordinator_on_each: Reader) -> Sent:
    """A case that tells much beside one that tells nothing, with their sheets and without."""
    reader = coordinator_on_each
    sent = send(reader.service, short_report(**TOLD))
    send(reader.service, short_report(narrative="last year"))
    made = make_missing(reader, now=NOW, at_most=9)
    if request.param == "read from facts":
        without_sheets(reader.service)
    assert made.number == 2
    return sent


@pytest.mark.parametrize(
    ("chosen", "other"),
    [
        (("region", "KZ-75"), ("region", "KZ-71")),
        (("status", "sizo"), ("status", "colony")),
        (("sex", "female"), ("sex", "male")),
        (("age", "16_17"), ("age", "u14")),
        (("place", "sizo"), ("place", "ivs")),
        (("agency", "knb"), ("agency", "army")),
        (("method", "asphyxia"), ("method", "blunt")),
        (("need", "visit"), ("need", "medical")),
        (("role", "lawyer"), ("role", "victim")),
        (("flag", "minor"), ("flag", "reprisal")),
        (("reason", "minor_in_custody"), ("reason", "minor")),
        (("level", "u1"), ("level", "u2")),
    ],
)
def test_a_case_is_found_by_what_it_tells(
    told: Sent, coordinator_on_each: Reader, chosen: tuple[str, str], other: tuple[str, str]
) -> None:
    reader = coordinator_on_each
    assert found(reader, chosen) == [told.ref]
    assert found(reader, other) == []
    assert found(reader, chosen, other) == [told.ref]  # of one name either will do
    assert found(reader, chosen, ("channel", "web_form")) == [told.ref]
    assert found(reader, chosen, ("channel", "letter")) == []


def test_those_held_and_those_under_18_are_found(
    told: Sent, coordinator_on_each: Reader
) -> None:
    assert found(coordinator_on_each, ("held", "yes")) == [told.ref]
    assert found(coordinator_on_each, ("minor", "yes")) == [told.ref]


def test_every_facet_takes_a_filter(coordinator: Reader) -> None:
    send(coordinator.service)
    for facet in FACETS:
        assert found(coordinator, (facet.name, "nothing-is-called-so")) == []


def test_cases_are_found_by_who_holds_them(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    mine, hers, free = (send(reader.service) for _ in range(3))
    take(reader, mine.ref, now=NOW)
    take(second_on_each, hers.ref, now=NOW)

    assert found(reader, ("holder", "me")) == [mine.ref]
    assert found(reader, ("holder", "nobody")) == [free.ref]
    assert found(reader, ("holder", second_on_each.member.hex)) == [hers.ref]
    assert set(found(reader, ("holder", "me"), ("holder", "nobody"))) == {mine.ref, free.ref}


UNTIL = NOW + timedelta(days=1)
WORKING = ("triage", "mine", "unassigned", "custody")


def put_off(reader: Reader, report: Incoming | None = None) -> Sent:
    """A case that was opened and put off for a day."""
    sent = send_and_open(reader, report or short_report(**TOLD))
    with opened(reader, sent.ref, "snoozed", now=NOW) as file:
        file.keep(replace(file.kept, snoozed_until=UNTIL))
    return sent


@pytest.mark.parametrize("view", WORKING)
def test_what_was_put_off_leaves_the_views_of_daily_work_and_stands_in_its_own(
    coordinator_on_each: Reader, view: str
) -> None:
    reader = coordinator_on_each
    off, other = put_off(reader), send_and_open(reader, short_report(**TOLD))
    if view == "mine":
        for sent in (off, other):
            take(reader, sent.ref, now=NOW)

    assert found(reader, view=view) == [other.ref]
    assert found(reader, ("held", "yes"), view=view) == [other.ref]
    assert queue(reader, Wish(), now=NOW).counts[view] == 1
    assert counts_of(reader, [Wish(view)], now=NOW) == [1]
    assert found(reader, view="snoozed") == [off.ref]
    (row,) = queue(reader, Wish("snoozed"), now=NOW).rows
    assert row.is_aside
    assert queue(reader, Wish("snoozed"), now=UNTIL).rows == ()
    assert queue(reader, Wish(view), now=UNTIL).total == 2


@pytest.mark.parametrize("view", ["triage", "unassigned", "custody"])
def test_what_was_put_off_is_shown_again_with_news_and_once_it_is_late(
    coordinator_on_each: Reader, view: str
) -> None:
    reader = coordinator_on_each
    off = put_off(reader)
    (row,) = queue(reader, Wish("snoozed"), now=NOW).rows
    assert row.due is not None
    late = row.due.at + timedelta(seconds=1)
    assert late < UNTIL
    assert queue(reader, Wish(view), now=row.due.at).rows == ()
    assert [one.ref for one in queue(reader, Wish(view), now=late).rows] == [off.ref]
    assert queue(reader, Wish("snoozed"), now=late).rows == ()

    visit = enter(reader.service, off.code, now=NOW)
    write(reader.service, visit, "He was moved.", kind="message", once=new_once(), now=NOW)
    assert found(reader, view=view) == [off.ref]
    assert found(reader, view="snoozed") == []


def test_while_very_many_cases_are_open_triage_still_shows_what_was_put_off(
    coordinator_on_each: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = coordinator_on_each
    off = put_off(reader)
    monkeypatch.setattr(look, "COUNTED_BY_READING", 0)
    assert found(reader, view="triage") == [off.ref]
    assert counts_of(reader, [Wish("triage")], now=NOW) == [1]
    assert found(reader, view="unassigned") == []


def test_putting_off_a_case_kept_for_others_tells_these_nothing(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    off = put_off(reader)
    restrict(reader, off.ref, [reader.member], "A relative.", proof(reader), now=NOW)
    assert found(reader, view="triage") == []
    assert found(second_on_each, view="triage") == [""]
    assert found(second_on_each, view="snoozed") == []


def test_a_sheet_of_an_earlier_version_is_not_believed(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader, short_report(**TOLD))
    assert found(reader, ("sex", "female")) == [sent.ref]
    with opened(reader, sent.ref, "changed", now=NOW) as file:
        file.change_facts(victim_sex="male")
    with reader.service.writing() as session:  # as if somebody had put the old row back
        session.execute(update(FacetsRow).values(version=FacetsRow.version - 1))

    assert found(reader, ("sex", "male")) == [sent.ref]
    assert found(reader, ("sex", "female")) == []


def test_a_sheet_that_somebody_changed_is_not_believed(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader, short_report(**TOLD))
    with reader.service.writing() as session:
        row = session.query(FacetsRow).one()
        row.box = type(row.box)(row.box[:-1] + bytes([row.box[-1] ^ 1]))

    assert found(reader, ("sex", "female")) == [sent.ref]


def test_a_case_too_large_for_a_sheet_is_found_all_the_same(
    coordinator_on_each: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "LONGEST", 10)
    sent = send_and_open(coordinator_on_each, short_report(**TOLD))
    assert found(coordinator_on_each, ("sex", "female")) == [sent.ref]
    assert found(coordinator_on_each, ("sex", "male")) == []


# Sexual violence is for trained handlers alone (E11).

VIOLATED: dict[str, Stored] = {"method": ("rape", "beat_hands"), "act_date_to": "2026-11-17"}
SEXUAL = (("method", "sexual"), ("flag", "sexual"), ("reason", "sexual_72h"))


@pytest.mark.parametrize("chosen", SEXUAL)
def test_only_a_trained_handler_finds_by_sexual_violence(
    coordinator_on_each: Reader, second_on_each: Reader, chosen: tuple[str, str]
) -> None:
    sent = send_and_open(coordinator_on_each, sister_report(told=VIOLATED))

    assert found(coordinator_on_each, chosen) == [sent.ref]
    assert found(second_on_each, chosen) == []
    assert counts_of(second_on_each, [Wish("all", (chosen,))], now=NOW) == [0]
    assert counts_of(second_on_each, [Wish("triage", (chosen,))], now=NOW) == [0]
    assert found(second_on_each, ("method", "blunt")) == [sent.ref]


# A case kept for named colleagues matches nothing but urgency for others.


@pytest.fixture
def kept(coordinator_on_each: Reader) -> Sent:
    reader = coordinator_on_each
    sent = send_and_open(reader, short_report(**TOLD))
    restrict(reader, sent.ref, (reader.member,), "Her cousin.", proof(reader), now=NOW)
    return sent


def test_a_kept_case_is_found_by_urgency_alone(
    kept: Sent, coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    for chosen in (
        ("region", "KZ-75"),
        ("sex", "female"),
        ("stage", "screening"),
        ("holder", "nobody"),
        ("reason", "minor_in_custody"),
        ("held", "yes"),
    ):
        assert found(coordinator_on_each, chosen) == [kept.ref]
        assert found(second_on_each, chosen) == []
        assert found(second_on_each, chosen, ("level", "u1")) == []
    assert found(second_on_each, ("level", "u1")) == [""]
    assert found(second_on_each, ("level", "u2")) == []


@pytest.mark.usefixtures("kept")
def test_a_kept_case_is_counted_only_where_it_is_shown(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    mine, hers = (
        queue(reader, Wish(), now=NOW).counts
        for reader in (coordinator_on_each, second_on_each)
    )
    differ = {view for view in mine if mine[view] != hers[view]}
    assert differ == {"custody", "unassigned"}
    assert (hers["triage"], hers["custody"], hers["unassigned"]) == (1, 0, 0)


def test_counts_say_what_the_views_show(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    for number in range(3):
        send(reader.service, short_report(**TOLD, narrative=f"number {number}"))
    taken = send_and_open(reader)
    take(reader, taken.ref, now=NOW)
    send(reader.service, sister_report(automated=True))

    asked = [Wish(view) for view in VIEWS] + [
        Wish("triage", (("sex", "female"),)),
        Wish("late", (("holder", "me"), ("stage", "screening"))),
        Wish("unassigned", (("stage", "received"), ("level", "u1"))),
        Wish("closed", (("sex", "female"),)),
    ]
    shown = [queue(reader, wish, now=NOW).total for wish in asked]
    assert counts_of(reader, asked, now=NOW) == shown
    assert shown[0] == 4


def test_opening_a_report_makes_its_sheet(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    sent = send(reader.service)
    open_case(reader, sent.ref, now=NOW)
    with reader.service.reading() as session:
        sheet, case = session.query(FacetsRow).one(), session.get_one(CaseRow, sent.id)
        assert (sheet.case_id, sheet.version) == (sent.id, case.version)
