# ruff: noqa: RUF001 - lists are kept in Cyrillic letters
"""What a cell says under a title."""

from datetime import date

import pytest

from intake.form.dates import IN_THE_FUTURE, NO_SUCH_DAY, NOT_A_DAY
from intake.form.questions import Listed
from intake.form.table.cells import Meaning, meaning
from intake.form.table.columns import BY_NAME, COLUMNS, Column, squeezed
from intake.form.table.faults import NEAREST, NOT_A_NUMBER, NOT_LISTED, TOO_LONG
from intake.form.vocabularies import LANGUAGES

TODAY = date(2026, 11, 21)
LISTED = [column for column in COLUMNS if isinstance(column.question, Listed)]


def read(name: str, text: str) -> Meaning:
    return meaning(BY_NAME[name], text, today=TODAY)


@pytest.mark.parametrize("column", LISTED, ids=[column.name for column in LISTED])
def test_every_term_is_read_by_its_code_and_by_its_label_in_each_language(
    column: Column,
) -> None:
    assert isinstance(column.question, Listed)
    for term in column.question.terms:
        for words in (term.code, *(term.label(language) for language in LANGUAGES)):
            typed = f"  {words.upper()} "
            found = meaning(column, typed, today=TODAY)
            said = found.value if isinstance(found.value, str) else (found.value or ("",))[0]
            assert (said, found.fault) == (term.code, None), typed


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("victim_sex", "М", "male"),
        ("victim_sex", "девочка", "female"),
        ("victim_status", "СИЗО", "sizo"),
        ("victim_status", "ИВС", "police_custody"),
        ("agency", "КНБ; ДУИС", ("knb", "prison_staff")),
        (
            "method",
            "Лишение  сна\nожоги сигаретой, огнем, кипятком",
            ("no_sleep", "burn_cigarette"),
        ),
        ("method", "Удушение за шею, лишение сна", ("strangulation", "no_sleep")),
        (
            "agency",
            "Полиция: департамент области, города (ДП; ранее ДВД, УВД); прокуратура",
            ("police_dept", "prosecution"),
        ),
        ("victim_age", "32", 32),
        ("victim_name", "А.\nБ.", "А. Б."),
        ("narrative", "A.\nB.", "A.\nB."),
    ],
)
def test_words_of_lists_are_read_as_lawyers_write_them(
    name: str, text: str, value: object
) -> None:
    assert read(name, text) == Meaning(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("18.11.2026", "2026-11-18"),
        ("2026-11-18 00:00:00", "2026-11-18"),
        ("11.2026", "2026-11"),
        ("2026", "2026"),
    ],
)
def test_dates_are_read_as_the_form_reads_them(text: str, said: str) -> None:
    assert str(read("detained_on", text).value) == said


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("detained_on", "last week", NOT_A_DAY),
        ("detained_on", "31.02.2026", NO_SUCH_DAY),
        ("detained_on", "01.01.2027", IN_THE_FUTURE),
        ("victim_age", "about 30", NOT_A_NUMBER),
        ("victim_age", "900", NOT_A_NUMBER),
        ("victim_name", "a" * 301, TOO_LONG),
        ("victim_status", "СИЗО?", NEAREST),
        ("victim_status", "СИЗО; за границей", NEAREST),
        ("agency", "полиция", NEAREST),
        ("agency", "zzz", NOT_LISTED),
    ],
)
def test_what_cannot_be_read_says_why_and_keeps_its_words(
    name: str, text: str, sentence: str
) -> None:
    found = read(name, text)
    assert found.fault is not None
    assert (found.value, found.unread, found.fault.sentence) == (None, text, sentence)


def test_of_several_words_only_those_that_are_not_in_the_list_are_left() -> None:
    found = read("method", "Лишение сна; побои палкой")
    assert (found.value, found.unread) == (("no_sleep",), "побои палкой")


def test_a_fault_names_what_the_list_has_that_is_like_it() -> None:
    assert _nearest("agency", "полиция")[:1] == ["police_station"]
    assert set(_nearest("region_of_event", "Алматы")) == {"KZ-19", "KZ-75"}
    assert len(_nearest("victim_sex", "?")) == 5


def _nearest(name: str, text: str) -> list[str]:
    fault = read(name, text).fault
    return [term.code for term in fault.nearest] if fault else []


def test_no_two_titles_are_read_alike() -> None:
    known = [{squeezed(column.title), squeezed(column.name)} for column in COLUMNS]
    assert len(set().union(*known)) == sum(map(len, known))
