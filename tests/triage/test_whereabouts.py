"""Town and unit of a case, out of choices and words."""

import pytest

from intake.form.answers import Answers, State, Stored
from intake.triage import Facts
from tests.triage.strategies import NOW


def read(**values: Stored | State) -> Facts:
    return Facts.from_answers(
        Answers(values), received_at=NOW, language="ru", channel="web_form", route="full"
    )


def test_the_chosen_town_is_believed_before_any_words() -> None:
    found = read(
        town="semey", town_said="Семипалатинск", custody_place="Тараз", victim_status="sizo"
    )
    assert (found.locality, found.region) == ("semey", "KZ-10")


def test_a_region_that_was_chosen_is_not_put_beside_a_town_elsewhere() -> None:
    found = read(custody_place="Тараз", region_of_event="KZ-75", victim_status="sizo")
    assert (found.locality, found.region) == ("", "KZ-75")
    both = read(town="taraz", region_of_event="KZ-75")
    assert (both.locality, both.region) == ("taraz", "KZ-31")


@pytest.mark.parametrize(
    ("status", "locality"),
    [("sizo", "taraz"), ("missing", "taraz"), ("", "taraz"), ("free", "aktobe")],
)
def test_words_on_the_place_of_detention_count_where_somebody_is_held(
    status: str, locality: str
) -> None:
    found = read(custody_place="Тараз", place_name="Ақтөбе", victim_status=status)
    assert found.locality == locality


def test_the_other_words_count_where_the_first_name_no_town() -> None:
    found = read(custody_place="не знаю где", town_said="Орал", victim_status="sizo")
    assert found.locality == "oral"


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ({"town": "taldykorgan", "act_date_from": "2022-01-06"}, "KZ-19"),
        ({"town": "taldykorgan", "act_date_from": "2023-08-11"}, "KZ-33"),
        ({"town": "taldykorgan", "detained_on": "2022-01-06"}, "KZ-19"),
        (
            {"town": "taldykorgan", "detained_on": "2022-01", "act_date_from": "2023"},
            "KZ-33",
        ),
        ({"town": "taldykorgan"}, "KZ-33"),
        ({"region_of_event": "KZ-10", "act_date_from": "2022-01-06"}, "KZ-63"),
        ({"region_of_event": "KZ-63", "act_date_from": "2022-01-06"}, "KZ-63"),
        ({"region_of_event": "KZ-62", "act_date_from": "2022-01"}, "KZ-35"),
        ({}, ""),
    ],
)
def test_the_unit_then_is_that_of_the_day_of_the_event(
    said: dict[str, Stored | State], then: str
) -> None:
    assert read(**said).region_then == then
