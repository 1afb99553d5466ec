"""A table read whole: which question each column answers, and what each row becomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from intake.form.draft import Draft
from intake.form.table.cells import Cell, cell_of
from intake.form.table.columns import Column, Headers
from intake.form.table.drafting import Drafted, drafted
from intake.form.table.sheets import Sheet


@dataclass(frozen=True)
class Heading:
    """A header as it was typed; without a `column` what stands under it goes into the story.

    `is_repeated` where the column stands further left already.
    """

    header: str = field(repr=False)
    column: Column | None
    is_repeated: bool = False


@dataclass(frozen=True)
class Row:
    """One person: the cells, and what they make."""

    number: int
    cells: tuple[Cell, ...]
    made: Drafted

    @property
    def faults(self) -> int:
        return sum(cell.fault is not None for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """Everybody in a table, in its order; `notes` as in the `Sheet`."""

    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether at least one header is a title of ours."""
        return any(heading.column for heading in self.headings)

    @property
    def faults(self) -> int:
        return sum(row.faults for row in self.rows)

    @property
    def is_takable(self) -> bool:
        """Whether drafts can be made of it: no story is longer than the form takes."""
        return not any(row.made.over for row in self.rows)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        return tuple(row.made.draft for row in self.rows)


def read(sheet: Sheet, headers: Headers, *, first: Draft, today: date) -> Table:
    """The table in a sheet, where every draft begins as `first`."""
    headings = tuple(_headings(sheet, headers))
    rows = (
        _row(number, headings, cells, first, today)
        for number, cells in enumerate(sheet.rows, 1)
    )
    return Table(headings, tuple(rows), sheet.notes)


def _headings(sheet: Sheet, headers: Headers) -> Iterator[Heading]:
    taken = set[str]()
    for header in sheet.headers:
        column = headers.column(header)
        is_repeated = column is not None and column.name in taken
        yield Heading(header, None if is_repeated else column, is_repeated)
        taken |= {column.name} if column else set()


def _row(
    number: int,
    headings: tuple[Heading, ...],
    texts: tuple[str, ...],
    first: Draft,
    today: date,
) -> Row:
    cells = tuple(
        cell_of(heading.header, heading.column, text, today=today)
        for heading, text in zip(headings, texts, strict=True)
    )
    return Row(number, cells, drafted(cells, first))
