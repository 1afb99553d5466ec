"""The demo is a whole small coalition, and never grows out of something real."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from intake.casework import (
    First,
    Service,
    Wish,
    conversation,
    enter,
    queue,
    resume,
    sign_in,
    timeline,
    verify,
)
from intake.casework.demo import STAFF, Demo, NotDemo, make_demo
from intake.casework.demo_cases import demo_cases
from intake.casework.demo_mark import is_demo
from intake.casework.reader import Reader
from intake.roles import Role, rings_of
from intake.store.migrations import upgrade
from intake.vault import Ring
from tests.people import NOW, service_in


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Demo]]:
    service = service_in(tmp_path_factory.mktemp("demo"))
    upgrade(service.engine)
    yield service, make_demo(service, now=NOW)
    service.engine.dispose()


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
    assert signed_in(whole, "lawyer").roles == {Role.FILING_LAWYER}


def test_sixteen_cases_wait_at_their_levels(whole: tuple[Service, Demo]) -> None:
    page = queue(signed_in(whole, "handler"), Wish(view="all"), now=NOW)
    assert page.total == 16
    assert sorted(row.level for row in page.rows) == sorted(
        case.level.code for case in demo_cases(NOW)
    )
    assert {row.language for row in page.rows} == {"kk", "ru", "en"}


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
