"""The demo is a whole small coalition, and never grows out of something real."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake.casework import (
    First,
    Report,
    Service,
    Wish,
    conversation,
    enter,
    open_case,
    queue,
    read_report,
    resume,
    timeline,
    verify,
)
from intake.casework.demo import STAFF, Demo, NotDemo, make_demo
from intake.casework.demo_cases import DemoCase, demo_cases
from intake.casework.demo_mark import has_briefing, is_demo
from intake.casework.demo_report import walked
from intake.casework.directory.keeping import directory
from intake.casework.filings import listing
from intake.casework.given import given
from intake.casework.reader import Reader
from intake.form.answers import State
from intake.form.journey import to_send
from intake.form.questionnaire import BY_NAME, REPEATED
from intake.form.questions import Listed
from intake.roles import Role, rings_of
from intake.store.migrations import upgrade
from intake.store.tables import CaseRow, DraftRow, MailboxRow
from intake.vault import Ring, code_keys, read_code
from tests.people import NOW, copied, service_in, sign_in

CASES = demo_cases(NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demo]:
    folder = tmp_path_factory.mktemp("demo") / "instance"
    folder.mkdir(mode=0o700)
    service = service_in(folder)
    upgrade(service.engine)
    demo = make_demo(service, now=NOW)
    service.engine.dispose()
    return folder, demo


@pytest.fixture
def whole(made: tuple[Path, Demo], tmp_path: Path) -> Iterator[tuple[Service, Demo]]:
    with copied(made[0], tmp_path / "demo") as service:
        in_demo = replace(service.settings, demo=True)
        yield replace(service, settings=in_demo), made[1]


@pytest.fixture(scope="module")
def read(
    made: tuple[Path, Demo], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Reader, Mapping[str, str], Mapping[str, Report]]]:
    """Every report as a trained handler reads it, with the references, by key of the case."""
    with copied(made[0], tmp_path_factory.mktemp("read") / "demo") as service:
        reader = signed_in((service, made[1]), "handler")
        refs = {key: ref_of(service, code) for key, code in made[1].codes.items()}
        for ref in refs.values():
            open_case(reader, ref, now=NOW)
        yield reader, refs, {key: read_report(reader, refs[key], now=NOW) for key in refs}


def ref_of(service: Service, code: str) -> str:
    look_up = code_keys(read_code(code), service.keys.site_salt).look_up
    with service.reading() as session:
        query = select(CaseRow.ref).join(MailboxRow).where(MailboxRow.look_up == look_up)
        return session.scalars(query).one()


def found_in(report: Report) -> dict[str, object]:
    """Every answer of a report, with lists that several compartments hold put together."""
    found: dict[str, object] = {}
    for section in report.sections:
        for name, value in (section.answers or {}).items():
            before = found.get(name)
            if name in REPEATED:
                found[name] = value
            elif isinstance(before, frozenset) and isinstance(value, list):
                found[name] = before | frozenset(value)
            else:
                found[name] = frozenset(value) if isinstance(value, list) else value
    return found


def told(case: DemoCase) -> dict[str, object]:
    return {
        name: frozenset(value) if name not in REPEATED and isinstance(value, list) else value
        for name, value in case.answers.to_json().items()
    }


def signed_in(whole: tuple[Service, Demo], handle: str) -> Reader:
    service, demo = whole
    session = sign_in(service, handle, demo.passphrases[handle], known=None, now=NOW)
    return resume(service, session.cookie, now=NOW)


@pytest.mark.parametrize("handle", ["coordinator", *STAFF])
def test_everybody_signs_in_without_set_up_and_holds_her_rings(
    whole: tuple[Service, Demo], handle: str
) -> None:
    reader = signed_in(whole, handle)
    expected = {name for role in reader.roles for name in rings_of(role)}
    with whole[0].reading() as session:
        assert {ring.value for ring in Ring if reader.holds(session, ring)} == expected
    assert not reader.must_set_up


def test_there_is_an_account_for_each_role_of_the_tour(whole: tuple[Service, Demo]) -> None:
    assert set(whole[1].passphrases) == {
        "coordinator",
        "second",
        "handler",
        "lawyer",
        "psychologist",
        "analyst",
        "auditor",
        "administrator",
    }
    assert signed_in(whole, "handler").is_trained
    assert signed_in(whole, "lawyer").roles == {Role.LAWYER, Role.FILING_LAWYER}


def test_sixteen_cases_wait_at_their_levels(whole: tuple[Service, Demo]) -> None:
    page = queue(signed_in(whole, "handler"), Wish(view="all"), now=NOW)
    assert page.total == 16
    assert sorted(row.level for row in page.rows) == sorted(case.level.code for case in CASES)
    assert {row.language for row in page.rows} == {"kk", "ru", "en"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_every_answer_is_found_again_in_the_opened_case(
    read: tuple[Reader, Mapping[str, str], Mapping[str, Report]], case: DemoCase
) -> None:
    report = read[2][case.key]
    assert report.differences == ()
    assert found_in(report) == told(case)


def test_each_case_is_as_urgent_as_its_worked_case(
    read: tuple[Reader, Mapping[str, str], Mapping[str, Report]],
) -> None:
    reader, refs, _reports = read
    rows = {row.ref: row for row in queue(reader, Wish(view="all"), now=NOW).rows}
    for case in CASES:
        row = rows[refs[case.key]]
        assert (row.level, row.points, set(row.factors)) == (
            case.level.code,
            case.points,
            set(case.factors),
        )
        assert (row.language, row.channel) == (case.language, case.channel)


def test_each_came_at_its_own_time(whole: tuple[Service, Demo]) -> None:
    rows = queue(signed_in(whole, "handler"), Wish(view="all"), now=NOW).rows
    assert sorted(row.received_at for row in rows) == sorted(it.received_at for it in CASES)


def test_no_draft_is_left_but_what_the_lawyer_began(whole: tuple[Service, Demo]) -> None:
    found = listing.mine(signed_in(whole, "lawyer"), is_recorded=False, now=NOW)
    assert (len(found.underway), len(found.sent)) == (2, 2)
    with whole[0].reading() as session:
        assert session.scalar(select(func.count()).select_from(DraftRow)) == 2


def test_what_was_passed_over_is_told_apart_from_what_was_not_asked(
    read: tuple[Reader, Mapping[str, str], Mapping[str, Report]],
) -> None:
    account = next(
        section
        for section in read[2]["coughing_blood"].sections
        if section.compartment == "account"
    )
    assert {"story", "place"} <= set(account.passed)
    assert {"witnesses", "officers", "home"} <= set(account.skipped)
    assert "custody" not in account.passed


def test_the_parts_of_the_form_are_seen_in_all_three_languages() -> None:
    for language in ("kk", "ru", "en"):
        of_one = [case.answers for case in CASES if case.language == language]
        assert any(answers.items for answers in of_one)
        assert any("consent" in answers.values for answers in of_one)
    things = {name for case in CASES for name in case.answers.items}
    assert things == set(REPEATED) - {"files", "private-files"}  # nobody is in a picture
    states = {value for case in CASES for value in case.answers.values.values()}
    assert {State.UNKNOWN, State.PREFER_NOT_TO_SAY} <= states
    assert {"code_word", "contact_rules", "intimate_narrative", "consent_giver"} <= {
        name for case in CASES for name in case.answers.values
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_things_that_repeat_answer_with_codes_that_exist(case: DemoCase) -> None:
    for things in case.answers.items.values():
        for thing in things:
            for name, stored in thing.answers.values.items():
                question = BY_NAME[name]
                if isinstance(question, Listed) and not isinstance(stored, State):
                    codes = stored if isinstance(stored, tuple) else (stored,)
                    assert set(codes) <= {term.code for term in question.terms}


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.route == "full"], ids=lambda case: case.key
)
def test_walking_the_form_again_with_what_was_sent_sends_the_same(case: DemoCase) -> None:
    sent = to_send(walked(case.answers))
    assert to_send(walked(sent)).to_json() == sent.to_json()


def test_some_are_opened_taken_and_answered_and_their_codes_show_it(
    whole: tuple[Service, Demo],
) -> None:
    service, demo = whole
    reader = signed_in(whole, "second")
    page = queue(reader, Wish(view="all"), now=NOW)
    taken = [row for row in page.rows if row.holder]
    assert {row.holder for row in taken} == {"coordinator", "second", "handler"}
    assert all(timeline(reader, row.ref, now=NOW) for row in taken)
    visit = enter(service, demo.codes["released_same_day"], now=NOW)
    kinds = [entry.author for entry in conversation(service, visit, now=NOW).entries]
    assert "reporter" in kinds
    assert "coalition" in kinds


def test_the_log_of_the_demo_is_whole(whole: tuple[Service, Demo]) -> None:
    assert verify.verify(whole[0]) == ()
    assert is_demo(whole[0])
    assert not has_briefing(whole[0])


def test_a_demo_is_not_made_twice(whole: tuple[Service, Demo]) -> None:
    with pytest.raises(NotDemo):
        make_demo(whole[0], now=NOW + timedelta(days=1))


def test_a_real_installation_never_becomes_a_demo(
    first_day: tuple[Service, First],
) -> None:
    service, _first = first_day
    before = verify.head(service)
    with pytest.raises(NotDemo):
        make_demo(service, now=NOW)
    assert not is_demo(service)
    assert verify.head(service) == before


def test_the_directory_knows_everybody_who_helps_and_two_outside(
    whole: tuple[Service, Demo],
) -> None:
    found = directory(signed_in(whole, "second"))
    assert all(one.is_written and one.about.languages for one in found)
    assert {one.name for one in found if not one.is_outside} == {
        "coordinator",
        "second",
        "handler",
        "lawyer",
        "psychologist",
    }
    assert sum(one.is_outside for one in found) == 2


def test_specialists_have_a_case_and_an_offer(whole: tuple[Service, Demo]) -> None:
    held = {}
    for handle in ("psychologist", "lawyer"):
        found = given(signed_in(whole, handle))
        held[handle] = len(found.offers), len(found.cases)
    assert held == {"psychologist": (0, 1), "lawyer": (1, 0)}
