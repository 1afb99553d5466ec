"""What is wrong with a table or with one cell of it: a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from typing_extensions import override

from intake.form.text import _
from intake.form.vocabularies import Term

MOST_BYTES: Final = 1024 * 1024
MOST_ROWS: Final = 100
MOST_COLUMNS: Final = 60

EMPTY: Final = _("There is nothing in this table yet. Choose a file, or paste the rows.")
NO_ROWS: Final = _("There is no client in this table. Write one in each row under the titles.")
NOT_A_TABLE: Final = _(
    "This is not a CSV file. Open it in your table program, choose “Save as” there, and CSV."
)
NOT_READ: Final = _(
    "The letters of this file cannot be read. Save it again as CSV with the encoding UTF-8, or "
    "copy the rows out of your table program and paste them here."
)
TOO_LARGE: Final = _("This table is larger than 1 MB. Leave out what is no text, or divide it.")
TOO_MANY_ROWS: Final = _(
    "There are %(count)s clients in this table, and %(most)s fit at once. Divide the table."
)
TOO_MANY_COLUMNS: Final = _(
    "There are %(count)s columns in this table, and %(most)s fit. Leave some of them out."
)
NO_TITLES: Final = _(
    "We know none of the titles in the first row. It has to say what stands in each column: "
    "the titles that we know stand below."
)

TOO_LONG: Final = _("This is longer than %(most)s characters.")
NOT_A_NUMBER: Final = _("Write a whole number from %(least)s to %(most)s.")
NOT_LISTED: Final = _("“%(words)s” is not in the list. The list stands below this table.")
NEAREST: Final = _("“%(words)s” is not in the list. What is most like it: %(nearest)s")


@dataclass(frozen=True)
class Fault:
    """A sentence with its values; `nearest` are the terms most like what was typed."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict, repr=False)
    nearest: tuple[Term, ...] = ()


class TableError(ValueError):
    """A table that cannot be shown cell by cell, and why."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.fault = Fault(sentence, values)

    @override
    def __repr__(self) -> str:
        return f"TableError({self.fault.sentence!r})"
