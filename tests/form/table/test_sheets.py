"""The text of a table as rows of cells."""

import pytest

from intake.form.table.columns import Headers
from intake.form.table.faults import (
    EMPTY,
    NO_ROWS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    TableError,
)
from intake.form.table.sheets import (
    EMPTY_ROWS,
    LONG_ROWS,
    LOST,
    QUOTES,
    SHORT_ROWS,
    Sheet,
    sheet_in,
)

TITLES = Headers.of({})
KAZAKH = """\
Есімі;Қала
Әбілқасова;Тараз"""


def sheet(text: str) -> Sheet:
    return sheet_in(text, is_title=lambda header: TITLES.column(header) is not None)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_between_cells_is_found_by_the_titles(sign: str) -> None:
    found = sheet(f"Name{sign}Age\nA, B; C{sign}32\n".replace("A, B; C", '"A, B; C"'))
    assert found == Sheet(("Name", "Age"), (("A, B; C", "32"),))


def test_a_first_line_may_name_the_sign() -> None:
    assert sheet("sep=,\nsomething,Age\n1;2,3").rows == (("1;2", "3"),)


@pytest.mark.parametrize(
    ("text", "rows", "notes"),
    [
        (
            'Name;Age\n"A ""the tall"" B\nsecond line";3',
            (('A "the tall" B\nsecond line', "3"),),
            (),
        ),
        ("\n;\nName;Age\n;;\n\nA;1\n", (("A", "1"),), (EMPTY_ROWS,)),
        ("Name;Age\nA\nB;2", (("A", ""), ("B", "2")), (SHORT_ROWS,)),
        ("Name;Age\nA;1;more;\n", (("A", "1", "more"),), (LONG_ROWS,)),
        ("Name;Age;;\nA;1;;\n", (("A", "1"),), ()),
        ('Name;Age\n"A;1\nB;2', (('"A', "1"), ("B", "2")), (QUOTES,)),
        ('Name;Age\n"A" B;1', (('"A" B', "1"),), (QUOTES,)),
        ("Name;Age\n=1+2;@SUM(A1)", (("=1+2", "@SUM(A1)"),), ()),
    ],
    ids=["quoted", "empty", "short", "long", "no title", "unclosed", "unmatched", "formula"],
)
def test_every_shape_of_row_has_a_told_result(
    text: str, rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...]
) -> None:
    found = sheet(text)
    assert (found.rows, found.notes) == (rows, notes)


def test_what_is_beyond_the_titles_stands_under_an_empty_one() -> None:
    assert sheet("Name\nA;1").headers == ("Name", "")


def test_a_row_of_a_million_signs_takes_no_room() -> None:
    rows = "A;1\n" * 99
    assert sheet(f"Name;Age\n{rows}{';' * 1_000_000}").rows == (("A", "1"),) * 99


def test_letters_that_a_file_could_not_hold_are_told_of() -> None:
    saved = KAZAKH.encode("cp1251", "replace").decode("cp1251")
    assert sheet(saved).notes == (LOST,)
    assert sheet(f"{KAZAKH}? Жоқ").notes == ()


def test_a_cell_may_be_longer_than_what_the_parser_takes_of_itself() -> None:
    assert sheet("Name;Age\n" + "a" * 200_000 + ";1").rows[0][0] == "a" * 200_000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n", EMPTY),
        (";;;\n;;;", EMPTY),
        ('""', EMPTY),
        ("Name;Age\n;\n", NO_ROWS),
        ("Name;Age\nA;1\n" + ";" * 100_000 + "B", TOO_MANY_COLUMNS),
        ("Name\n" + "A\n" * 101, TOO_MANY_ROWS),
        (";".join(["Name"] * 61) + "\n" + ";".join("a" * 61), TOO_MANY_COLUMNS),
    ],
)
def test_a_table_of_nobody_or_of_too_many_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(TableError) as refused:
        sheet(text)
    assert refused.value.fault.sentence == sentence
