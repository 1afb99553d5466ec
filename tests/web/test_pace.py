"""That something is not there is said at even times, so that none tells what is another's."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework import Reader
from intake.casework.restricting import restrict
from intake.web.pace import EVEN, rest
from tests.casework.joining import proof
from tests.people import NOW, Sent, send_and_open
from tests.visitor import Visitor

NOWHERE = "2222-2222"


@pytest.fixture
def kept(coordinator: Reader) -> Sent:
    """A case kept for its coordinator, so that her colleague may not know of it."""
    sent = send_and_open(coordinator)
    restrict(coordinator, sent.ref, (coordinator.member,), "Kin.", proof(coordinator), now=NOW)
    return sent


@given(st.floats(0, 10))
def test_every_answer_waits_for_the_next_even_time(spent: float) -> None:
    waited = rest(spent)
    assert 0 <= waited <= EVEN
    even = (spent + waited) / EVEN
    assert even == pytest.approx(round(even), abs=1e-3)


@pytest.mark.parametrize(
    "path", ["/desk/cases/{}", "/desk/cases/{}/access", "/desk/find?named={}"]
)
def test_no_answer_that_nothing_is_there_comes_before_its_time(
    path: str, second_desk: Visitor, kept: Sent
) -> None:
    for ref in (kept.ref, NOWHERE):
        began = time.monotonic()
        second_desk.get(path.format(ref))
        assert time.monotonic() - began >= EVEN


def test_no_link_to_what_is_not_there_is_refused_before_its_time(
    second_desk: Visitor, second: Reader, kept: Sent
) -> None:
    page = second_desk.get(f"/desk/cases/{send_and_open(second).ref}/links")
    for ref in (kept.ref, NOWHERE):
        began = time.monotonic()
        typed = {"other": ref, "link_why": "Same night."}
        assert second_desk.send(page, typed).status == 422
        assert time.monotonic() - began >= EVEN
