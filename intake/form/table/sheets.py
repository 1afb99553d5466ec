"""The text of a table as headers and rows of cells; knows nothing of what they mean."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import dropwhile
from typing import Final, Literal

from intake.form.table.faults import (
    EMPTY,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    NO_ROWS,
    TOO_LARGE,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    TableError,
)
from intake.form.table.text import tidy
from intake.form.text import _

_DELIMITERS: Final = ";,\t"
csv.field_size_limit(MOST_BYTES)
_SAID_FIRST: Final = "sep="  # a first line by which some programs name what parts the cells

_WIDEST: Final = 20 * MOST_COLUMNS
"""Cells of a row, the empty ones between others too."""

EMPTY_ROWS: Final = _("Rows without a word are left out.")
SHORT_ROWS: Final = _("Some rows have fewer cells than the first one: what lacks stays empty.")
LONG_ROWS: Final = _("Some rows have more cells than the first one: what is beyond is kept.")
QUOTES: Final = _(
    "The quotation marks of this table do not match, so they are shown as they stand. Look "
    "whether every cell is in its place."
)
LOST: Final = _(
    "There are question marks inside words. Excel writes them for Kazakh letters that its file "
    "cannot hold. Save the table as “CSV UTF-8”, or copy its cells and paste them here."
)
_LOST: Final = re.compile(r"\?[^\W\d_a-zA-Z]")


@dataclass(frozen=True)
class Sheet:
    """Headers, and rows with a cell for each of them; `notes` say what was done for it."""

    headers: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    notes: tuple[str, ...] = ()


def sheet_in(text: str, *, is_title: Callable[[str], bool]) -> Sheet:
    """The rows in a table's text; the sign between cells is the one that gives most titles.

    Raises `TableError` where there are no rows, or too many.
    """
    lines, said = _without_sign(tidy(text))
    if not lines.strip():
        raise TableError(EMPTY)
    if len(lines.encode("utf-8", "replace")) > MOST_BYTES:
        raise TableError(TOO_LARGE)
    first = next(line for line in lines.split("\n") if line.strip())
    sign = said or max(_DELIMITERS, key=lambda one: _titles(first, one, is_title))
    rows, notes = _cells(lines, sign)
    lost = (LOST,) if _LOST.search(lines) else ()
    return sheet_of(rows[0], rows[1:], (*notes, *lost))


def sheet_of(
    headers: Sequence[str], rows: Iterable[Sequence[str]], notes: tuple[str, ...] = ()
) -> Sheet:
    """Headers and rows of one length, without the rows and columns in which nothing stands."""
    rows = [tuple(cell.strip() for cell in row) for row in rows]
    told = [row for row in rows if any(row)]
    if not told:
        raise TableError(NO_ROWS)
    if len(told) > MOST_ROWS:
        raise TableError(TOO_MANY_ROWS, count=len(told), most=MOST_ROWS)
    # A row of a million signs is short; every row would be as long as it.
    width = max(_used(headers), *map(_used, told))
    if width > _WIDEST:
        raise TableError(TOO_MANY_COLUMNS, count=width, most=MOST_COLUMNS)
    whole = [_widened(row, width) for row in told]
    kept = _columns_in_use(_widened(headers, width), whole)
    if len(kept) > MOST_COLUMNS:
        raise TableError(TOO_MANY_COLUMNS, count=len(kept), most=MOST_COLUMNS)
    return Sheet(
        tuple(" ".join(_widened(headers, width)[place].split()) for place in kept),
        tuple(tuple(row[place] for place in kept) for row in whole),
        (*notes, *_notes(len(headers), rows, told)),
    )


def _without_sign(text: str) -> tuple[str, str]:
    """The text without a first line that names the sign between cells, and that sign."""
    first, _, rest = text.partition("\n")
    line = first.strip(' "')
    if line.lower().startswith(_SAID_FIRST) and line[len(_SAID_FIRST) :] in set(_DELIMITERS):
        return rest, line[len(_SAID_FIRST) :]
    return text, ""


def _titles(line: str, sign: str, is_title: Callable[[str], bool]) -> tuple[int, int]:
    cells = next(csv.reader([line], delimiter=sign), [])
    return sum(map(is_title, cells)), len(cells)


def _cells(text: str, sign: str) -> tuple[list[list[str]], tuple[str, ...]]:
    try:
        return _parsed(text, sign, csv.QUOTE_MINIMAL), ()
    except csv.Error:
        return _parsed(text, sign, csv.QUOTE_NONE), (QUOTES,)


def _parsed(text: str, sign: str, quoting: Literal[0, 3]) -> list[list[str]]:
    lines = StringIO(text, newline="")
    rows = csv.reader(lines, delimiter=sign, quoting=quoting, strict=True)
    told = list(dropwhile(lambda row: not _used(row), rows))
    if not told:
        raise TableError(EMPTY)
    return told


def _used(row: Sequence[str]) -> int:
    """How many cells there are up to the last in which something stands."""
    return next((n for n in range(len(row), 0, -1) if row[n - 1].strip()), 0)


def _widened(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))


def _columns_in_use(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    places = range(len(headers))
    return [place for place in places if headers[place].strip() or any(r[place] for r in rows)]


def _notes(
    width: int, rows: Sequence[Sequence[str]], told: Sequence[Sequence[str]]
) -> Iterable[str]:
    if len(told) < len(rows):
        yield EMPTY_ROWS
    if any(len(row) < width for row in told):
        yield SHORT_ROWS
    if any(any(row[width:]) for row in told):
        yield LONG_ROWS
