"""The demo's old reports give two published tables again, and disturb nobody at the desk."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from intake.casework import Reader, Service, Wish, doctor, queue, read_report, resume
from intake.casework.checks.finding import Health
from intake.casework.demo import Demo, make_demo
from intake.casework.demo_briefing import briefing_reports
from intake.casework.demo_entering import send_at_once
from intake.casework.demo_mark import has_briefing
from intake.casework.demo_report import NotAsked
from intake.casework.facts_box import read_facts
from intake.casework.verify import verify
from intake.form.answers import Answers
from intake.form.moments import local_day
from intake.form.places import unit_of
from intake.store import cases
from intake.store.cases import Selection
from intake.store.migrations import upgrade
from intake.triage import Facts
from intake.vault import Ring
from tests.people import NOW, service_in, sign_in

JANUARY = date(2022, 1, 19)
MARCH = date(2022, 3, 30)
# Seed 3, and domain 3.2 for the names.
REGISTERED_IN_JANUARY = {
    "almaty": 6,
    "atyrau": 3,
    "shymkent": 2,
    "karaganda": 1,
    "taraz": 3,
    "aktobe": 2,
    "oral": 2,
    "kostanay": 1,
    "oskemen": 3,
    "semey": 1,
}
# Seed 2: towns that are lines of their own, and three regions as they were in March 2022.
RECEIVED_BY_MARCH = {
    "taldykorgan": 37,
    "almaty": 35,
    "KZ-63": 14,
    "taraz": 14,
    "atyrau": 11,
    "KZ-27": 7,
    "kyzylorda": 6,
    "KZ-55": 6,
    "shymkent": 4,
    "kostanay": 4,
    "aktobe": 3,
    "karaganda": 1,
}
LINES = {JANUARY: REGISTERED_IN_JANUARY, MARCH: RECEIVED_BY_MARCH}


def received_by(facts: Iterable[Facts], as_of: date) -> list[Facts]:
    return [it for it in facts if local_day(it.received_at) <= as_of]


def counted_by_line(facts: Iterable[Facts], as_of: date) -> Counter[str]:
    """Reports received by a day: by town where the town is a line, else by the unit then."""
    return Counter(line_of(it, as_of) for it in received_by(facts, as_of))


def line_of(facts: Facts, as_of: date) -> str:
    if facts.locality in LINES[as_of]:
        return facts.locality
    return unit_of(facts.locality, as_of) if facts.locality else facts.region_then


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Demo]]:
    service = service_in(tmp_path_factory.mktemp("briefing"))
    upgrade(service.engine)
    yield service, make_demo(service, now=NOW, briefing=True)
    service.engine.dispose()


@pytest.fixture(scope="module")
def handler(made: tuple[Service, Demo]) -> Reader:
    service, demo = made
    session = sign_in(service, "handler", demo.passphrases["handler"], known=None, now=NOW)
    return resume(service, session.cookie, now=NOW)


def closed(session: Session, reader: Reader) -> Sequence[UUID]:
    return cases.ids(session, Selection("closed", reader.member), sort="newest")


@pytest.fixture(scope="module")
def facts(handler: Reader) -> list[Facts]:
    """What the desk's counting may read of the closed cases."""
    with handler.service.reading() as session:
        ring = handler.ring(session, Ring.FACTS)
        sealed = cases.facts_of(session, closed(session, handler))
        return [read_facts(row, ring).facts for row in sealed]


def test_twenty_four_reports_by_town_on_19_january(facts: list[Facts]) -> None:
    assert counted_by_line(facts, JANUARY) == REGISTERED_IN_JANUARY
    assert len(received_by(facts, JANUARY)) == 24


def test_nineteen_men_one_under_age_and_five_women_on_19_january(facts: list[Facts]) -> None:
    early = received_by(facts, JANUARY)
    assert Counter(it.victim_sex for it in early) == {"male": 19, "female": 5}
    assert [it.victim_sex for it in early if it.is_minor] == ["male"]


def test_142_reports_by_town_and_unit_of_march_on_30_march(facts: list[Facts]) -> None:
    assert counted_by_line(facts, MARCH) == RECEIVED_BY_MARCH
    assert len(received_by(facts, MARCH)) == len(facts) == 142


def test_each_town_of_january_has_room_in_its_line_of_march(facts: list[Facts]) -> None:
    early = Counter(line_of(it, MARCH) for it in received_by(facts, JANUARY))
    assert early <= Counter(RECEIVED_BY_MARCH)


def test_semey_lies_in_east_kazakhstan_then_and_in_abai_now(facts: list[Facts]) -> None:
    of_semey = [it for it in facts if it.locality == "semey"]
    assert {it.region_then for it in of_semey} == {"KZ-63"}
    assert {unit_of(it.locality, NOW.date()) for it in of_semey} == {"KZ-10"}


def test_they_came_in_three_languages_by_both_routes_and_many_channels(
    facts: list[Facts],
) -> None:
    assert {it.language for it in facts} == {"kk", "ru", "en"}
    assert {it.route for it in facts} == {"full", "urgent"}
    assert len({it.channel for it in facts}) >= 6
    assert len({local_day(it.received_at) for it in facts}) > 50
    assert all(it.methods or it.route == "urgent" for it in facts)


def test_none_of_them_waits_for_anybody(handler: Reader) -> None:
    assert queue(handler, Wish(view="closed"), now=NOW).total == 142
    for view in ("triage", "late", "custody", "waiting", "mine"):
        rows = queue(handler, Wish(view=view), now=NOW).rows
        assert {row.received_at.year for row in rows} <= {2026}
    assert queue(handler, Wish(view="triage"), now=NOW).total == 13


def test_a_closed_report_of_the_briefing_can_be_read(handler: Reader) -> None:
    row = queue(handler, Wish(view="closed"), now=NOW).rows[0]
    report = read_report(handler, row.ref, now=NOW)
    assert report.differences == ()
    assert any((section.answers or {}).get("narrative") for section in report.sections)


def test_log_and_states_are_whole(made: tuple[Service, Demo]) -> None:
    assert verify(made[0]) == ()
    assert has_briefing(made[0])


def test_the_doctor_finds_nothing_that_fails(made: tuple[Service, Demo]) -> None:
    service, _demo = made
    settings = replace(service.settings, demo=True)
    found = dict(doctor.examine(replace(service, settings=settings), now=NOW))
    # What a machine is like, and whether somebody runs the rest, is no matter of the demo's.
    asked = ("schema", "ring pins", "roster", "ring members", "first sign-in", "sheets", "log")
    assert {name for name in asked if found[name].health is Health.FAIL} == set()
    assert found["demo"].health is Health.WARN


def test_the_same_reports_are_told_each_time() -> None:
    first, again = briefing_reports(), briefing_reports()
    assert [it.answers.to_json() for it in first] == [it.answers.to_json() for it in again]
    assert len({it.key for it in first}) == 142


def test_an_answer_that_no_page_asks_is_not_dropped_in_silence(service: Service) -> None:
    report = next(it for it in briefing_reports() if it.route == "full")
    told = replace(report, answers=Answers({**report.answers.values, "erdr_number": "1"}))
    with pytest.raises(NotAsked, match="erdr_number"):
        send_at_once(service, told)


def test_whoever_is_counted_allowed_to_be_counted(handler: Reader) -> None:
    with handler.service.reading() as session:
        ring = handler.ring(session, Ring.FACTS)
        sealed = cases.facts_of(session, closed(session, handler))
        kept = [read_facts(row, ring) for row in sealed]
    assert all("statistics" in it.consents for it in kept if it.facts.route == "full")
