"""Who is away, in the browser."""

from datetime import timedelta
from uuid import uuid4

import pytest

from intake.casework import Reader, overview, take
from intake.casework.team import away
from tests.people import NOW, Sent, send_and_open
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock
from tests.web.test_account import sign_in as sign_in_again
from tests.web.test_cases import press

TODAY = NOW.date()
DAYS = {"since": "2026-11-18", "until": "2026-11-20"}


@pytest.fixture
def held(second: Reader) -> Sent:
    """A case that the second coordinator holds."""
    sent = send_and_open(second)
    take(second, sent.ref, now=NOW)
    return sent


def goes(visitor: Visitor, member: Reader, substitute: Reader | None = None) -> Visited:
    named = {"member": str(member.member)}
    stands_in = {"substitute": str(substitute.member)} if substitute else {}
    return visitor.send(visitor.get("/desk/team/away"), {**DAYS, **named, **stands_in})


def test_who_is_away_stands_on_her_cases_with_who_stands_in(
    desk: Visitor, coordinator: Reader, second: Reader, held: Sent
) -> None:
    kept = desk.follow(goes(desk, second, coordinator)).page.text
    assert "second away now from November 18, 2026 to November 20, 2026" in kept
    assert "coordinator stands in." in kept
    case = desk.get(f"/desk/cases/{held.ref}").page.text
    assert "second is away until November 20, 2026. coordinator stands in." in case


def test_who_chooses_a_colleague_sees_that_she_is_away(
    desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    goes(desk, second)
    page = desk.get(f"/desk/cases/{sent.ref}/hand-over").page
    assert "Away until November 20, 2026" in page.text


def test_her_cases_are_given_to_who_stands_in_with_one_press(
    desk: Visitor, coordinator: Reader, second: Reader, held: Sent
) -> None:
    goes(desk, second, coordinator)
    (link,) = [one for one in desk.get("/desk/team/away").page.links if "/cases" in one]
    page = desk.get(link)
    assert "second holds 1 open case." in page.page.text
    done = desk.send(page)
    assert "The cases are given." in desk.follow(done).page.text
    assert overview(coordinator, held.ref, now=NOW).row.holder == "coordinator"
    assert "second holds no open case." in desk.get(link).page.text


def test_days_that_are_no_time_come_back_with_what_was_typed(
    desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    page = desk.get("/desk/team/away")
    named = {"member": str(second.member)}
    turned = desk.send(page, {**named, "since": DAYS["until"], "until": DAYS["since"]})
    assert turned.status == 422
    assert "cannot be before the first one" in turned.page.text
    odd = desk.send(page, {**named, "since": "soon", "until": DAYS["until"]})
    assert odd.status == 422
    assert "Write a day as year, month, day" in odd.page.text
    values = [e.get("value") for e in odd.page.all("input") if e.get("name") == "since"]
    assert values == ["soon"]
    nobody = desk.send(page, DAYS)
    assert "Choose a colleague." in nobody.page.text
    assert away.away(coordinator, today=TODAY) == ()


def test_nobody_is_away_twice(desk: Visitor, second: Reader) -> None:
    goes(desk, second)
    again = goes(desk, second)
    assert again.status == 422
    assert "is away already" in again.page.text
    gone = press(desk, desk.get("/desk/team/away"), "/remove")
    assert "Nobody is away." in desk.follow(gone).page.text


def test_days_outlive_the_session(
    desk: Visitor, coordinator: Reader, second: Reader, clock: Clock
) -> None:
    page = desk.get("/desk/team/away")
    clock.pass_(minutes=61)
    typed = {**DAYS, "member": str(second.member)}
    offered = sign_in_again(desk, page=desk.send(page, typed))
    assert desk.send(offered).status == 303
    assert [one.handle for one in away.away(coordinator, today=TODAY)] == ["second"]


def test_cases_of_a_colleague_who_is_here_are_not_given_away(
    desk: Visitor, second: Reader, held: Sent
) -> None:
    id_, later = uuid4(), TODAY + timedelta(days=5)
    away.keep_away(second, id_, second.member, later, later, substitute=None, now=NOW)
    assert desk.get(f"/desk/team/away/{id_}/cases").status == 404
    assert overview(second, held.ref, now=NOW).row.holder == "second"
