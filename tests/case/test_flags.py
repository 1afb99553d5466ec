"""The marks of a case, and the number it gets."""

from typing import Any

import pytest

from intake.case.flags import FLAGS, flags
from intake.case.kinds import legal
from intake.case.number import next_number, number
from intake.form.vocabularies import vocabulary
from tests.case.writing import case, step


def investigates(body: str) -> Any:  # noqa: ANN401 - one step
    return step("investigation", (legal.INVESTIGATING, body))


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("custody", {"in_custody": True}),
        ("minor", {"is_minor": True}),
        ("reprisal", {"has_reprisals": True}),
        ("sexual", {"is_sexual": True}),
        ("needs_interpreter", {"needs_interpreter": True}),
        ("needs_interpreter", {"needs": ("interpreter",)}),
        ("cluster", {"is_cluster": True}),
    ],
)
def test_a_flag_stands_for_what_is_known(code: str, known: dict[str, Any]) -> None:
    assert flags(case("screening", **known)) == (code,)


def test_the_agency_complained_of_may_not_investigate_itself() -> None:
    agencies = ("police_dept", "sobr")
    assert flags(case("active", investigates("police_dept"), agencies=agencies)) == (
        "conflict_of_interest",
    )
    assert flags(case("active", investigates("prosecution"), agencies=agencies)) == ()
    handed_on = (investigates("police_dept"), investigates("prosecution"))
    assert flags(case("active", *handed_on, agencies=agencies)) == ()
    assert flags(case("active", agencies=agencies)) == ()


def test_one_service_investigates_itself_under_another_name_too() -> None:
    police = case("active", investigates("police_detectives"), agencies=("police_station",))
    assert flags(police) == ("conflict_of_interest",)
    security = case("active", investigates("anticorruption"), agencies=("knb",))
    assert flags(security) == ("conflict_of_interest",)
    assert flags(case("active", investigates("prosecution"), agencies=("knb",))) == ()


def test_an_unknown_body_is_no_conflict() -> None:
    assert flags(case("active", investigates("unknown"), agencies=("unknown",))) == ()


def test_every_flag_has_words() -> None:
    assert set(FLAGS) == set(vocabulary("flag").codes)


def test_the_next_number_follows_all_of_its_year() -> None:
    assert next_number(2026, []) == "2026-0001"
    assert next_number(2026, ["2026-0143", "2026-0009", "2025-0900"]) == "2026-0144"
    assert next_number(2027, ["2026-0143"]) == "2027-0001"
    assert next_number(2026, ["2026-9999"]) == "2026-10000"
    assert next_number(2026, ["2026-10000", "2026-0002"]) == "2026-10001"


def test_a_number_has_four_figures_at_least() -> None:
    assert number(2026, 7) == "2026-0007"
