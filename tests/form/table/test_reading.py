"""A table read whole: nothing that was typed in it is lost."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.form.aftermath import CASE_STATUS
from intake.form.answers import Answers, Stored
from intake.form.compartments import Compartment
from intake.form.draft import Draft
from intake.form.events import CUSTODY_PLACE, METHOD, NARRATIVE
from intake.form.journey import asked_steps, next_step, questions_of, to_send
from intake.form.people import REPORTER_ROLE, TRAINED_ONLY
from intake.form.sorting import documents
from intake.form.table.cells import Cell
from intake.form.table.columns import COLUMNS, Headers
from intake.form.table.reading import Row, Table, read
from intake.form.table.sheets import Sheet, sheet_in
from intake.form.table.text import text_of

TODAY = date(2026, 11, 21)
TITLES = Headers.of({"victim_name": ("Имя",), "victim_age": ("Сколько лет?",)})
FIRST = Draft(Answers().having(REPORTER_ROLE, "lawyer")).passing("who")


def table(sheet: Sheet) -> Table:
    return read(sheet, TITLES, first=FIRST, today=TODAY)


def row(**cells: str) -> Row:
    return table(Sheet(tuple(cells), (tuple(cells.values()),))).rows[0]


def sent(row: Row) -> Answers:
    return to_send(row.made.draft)


def test_a_title_is_known_in_every_language_and_once() -> None:
    sheet = Sheet((" ИМЯ :", "Сколько лет", "victim_age", "Cell"), (("A", "1", "2", "3"),))
    found = table(sheet)
    assert [h.column.name if h.column else "" for h in found.headings] == [
        "victim_name",
        "victim_age",
        "",
        "",
    ]
    assert [heading.is_repeated for heading in found.headings] == [False, False, True, False]
    assert found.drafts[0].answers[NARRATIVE] == "victim_age: 2\nCell: 3"


def test_what_was_done_opens_the_pages_that_ask_for_it() -> None:
    found = row(method="electric; no_sleep", injury="burns")
    assert sent(found)[METHOD] == ("electric", "no_sleep")
    assert found.made.draft.answers[NARRATIVE] is None
    assert found.made.beside == ()


def test_sexual_violence_is_for_trained_readers_alone() -> None:
    answers = sent(row(method="rape; no_sleep"))
    assert set(answers[METHOD] or ()) == {"rape", "no_sleep"}
    assert "rape" not in str(documents(answers)[Compartment.ACCOUNT])
    missing = sent(row(victim_status="missing", method="rape"))
    assert missing[TRAINED_ONLY] is True
    assert missing[NARRATIVE] == "method: rape"


def test_what_no_page_asks_for_also_stands_in_the_story() -> None:
    found = row(custody_place="Тараз, ИВС")
    assert found.made.draft.answers[CUSTODY_PLACE] == "Тараз, ИВС"
    assert sent(found)[NARRATIVE] == "custody_place: Тараз, ИВС"
    held = row(custody_place="Тараз, ИВС", victim_status="police_custody")
    assert (sent(held)[CUSTODY_PLACE], sent(held)[NARRATIVE]) == ("Тараз, ИВС", None)


def test_who_signed_to_be_silent_is_told_which_cells_the_form_does_not_ask_for() -> None:
    told = {"victim_status": "sizo", "case_status": "suspect", "custody_place": "СИЗО"}
    free, silent = row(**told), row(**told, under_non_disclosure="да")
    assert (free.made.beside, free.made.silenced) == ((), ())
    assert [cell.name for cell in silent.made.silenced] == ["case_status"]
    assert sent(silent)[CASE_STATUS] is None
    assert sent(silent)[NARRATIVE] == "case_status: suspect"


def test_a_day_that_cannot_be_read_is_asked_again_where_a_page_asks_for_it() -> None:
    assert dict(row(detained_on="soon").made.draft.typed) == {"detained_on": "soon"}
    unasked = row(hearing_on="soon", case_status="none")
    assert dict(unasked.made.draft.typed) == {}
    assert unasked.made.draft.answers[NARRATIVE] == "hearing_on: soon"


def test_pages_that_the_row_fills_are_passed_and_the_story_never() -> None:
    draft = row(victim_status="hiding", narrative="A story.").made.draft
    assert draft.passed == ("who", "where")
    following = next_step(draft)
    assert following is not None
    assert following.slug == "danger"


@pytest.mark.parametrize(("length", "over"), [(39_996, 0), (40_000, 4)])
def test_a_story_is_measured_with_all_that_goes_into_it(length: int, over: int) -> None:
    found = table(Sheet(("narrative", ""), (("a" * length, "bcd"),)))
    assert found.rows[0].made.over == over
    assert found.is_takable is (over == 0)


TEXTS = st.one_of(
    st.sampled_from(
        ["СИЗО", "SIZO; КНБ", "18.11.2026", "soon", "32", "rape", "электрошок", "=1"]
    ),
    st.sampled_from([t.label("ru") for c in COLUMNS for t in getattr(c.question, "terms", ())]),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20),
    st.text('";,\t\n=a ', max_size=12),
)
NAMES = st.one_of(
    st.sampled_from([column.name for column in COLUMNS]),
    st.text('Имя,;"\n ab', max_size=8),
)


@settings(max_examples=150)
@given(
    data=st.data(), sign=st.sampled_from(",;\t"), encoding=st.sampled_from(["utf-8", "utf-16"])
)
def test_no_text_of_any_table_is_lost(data: st.DataObject, sign: str, encoding: str) -> None:
    titles = ["victim_name", "victim_age", *data.draw(st.lists(NAMES, max_size=6))]
    rows = data.draw(st.lists(st.lists(TEXTS, max_size=9), min_size=1, max_size=3))
    written = StringIO()
    csv.writer(written, delimiter=sign).writerows([titles, *rows, ["A. B."]])
    text = text_of(written.getvalue().encode(encoding))
    found = table(sheet_in(text, is_title=lambda header: TITLES.column(header) is not None))
    told = [[cell.split() for cell in row if cell.strip()] for row in rows]
    shown = [[cell.text.split() for cell in row.cells if cell.text] for row in found.rows]
    assert shown[:-1] == [_tidied(cells) for cells in told if any(_tidied(cells))]
    for row in found.rows:
        for cell in row.cells:
            assert _is_kept(cell, row), cell


def _tidied(cells: list[list[str]]) -> list[list[str]]:
    """Cells as `text_of` tidies them, without those of which nothing is left."""
    lines = (text_of(" ".join(words).encode()).split() if words else [] for words in cells)
    return [words for words in lines if words]


def _is_kept(cell: Cell, row: Row) -> bool:
    """Whether a cell is an answer that is sent, asked again, or stands in the story."""
    draft = row.made.draft
    story = draft.answers[NARRATIVE] or ""
    pages = asked_steps(draft.answers)
    asked = {q.name for step in pages for q in questions_of(step, draft.answers)}
    is_asked_again = cell.name in asked and draft.typed.get(cell.name) == cell.unread
    is_left = not cell.unread or cell.unread in story or is_asked_again
    if cell.value is None:
        return is_left
    assert cell.column is not None
    value: Any = cell.value
    answer = cell.column.question.keep(value)
    return is_left and (_holds(sent(row).values.get(cell.name), answer) or cell.text in story)


def _holds(stored: object, answer: Stored) -> bool:
    if isinstance(stored, tuple) and isinstance(answer, tuple):
        return set(answer) <= set(stored)
    is_story = isinstance(stored, str) and isinstance(answer, str)
    return stored == answer or (is_story and str(stored).startswith(str(answer)))
