"""The forms of a table of clients: rows that are pasted, a file, and the cells one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import FileField, HiddenField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.validators import Length

from intake.form.table.faults import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from intake.form.table.sheets import Sheet, sheet_of
from intake.form.table.text import tidy
from intake.form.text import _
from intake.web.forms import FROM_REQUEST
from intake.web.staff_forms import StaffForm

MOST_SENT: Final = 4 * MOST_BYTES
"""What a form with all cells may weigh: a byte of a Cyrillic letter is sent as three."""
COLUMN: Final = "column"
_CELL: Final = re.compile(r"([1-9][0-9]{0,2})-([1-9][0-9]?)")


class PasteForm(StaffForm):
    """Rows as text, out of the clipboard or a file."""

    text = TextAreaField(_("Rows of a table"))


class FileForm(StaffForm):
    """A CSV file."""

    file = FileField(_("CSV file"))

    @property
    def content(self) -> bytes:
        """What came; it is in memory, and no longer than the request may be."""
        came = self.file.data
        return came.read() if isinstance(came, FileStorage) else b""

    def read_file(self) -> None:
        """Look for the file among what came, where Flask keeps files."""
        self.file.data = request.files.get(self.file.name)


class CellsForm(StaffForm):
    """Every cell of a table as a field `row-column`, from 1 on; sent twice it is taken once.

    Fields called `column` hold the headers, from left to right.
    """

    once = HiddenField(validators=[Length(max=200)])

    def __init__(self, formdata: object = FROM_REQUEST, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)
        self._sent = self._came(formdata)
        for name, label in self._labels():
            # `Form` itself takes no fields once it is made.
            BaseForm.__setitem__(self, name, UnboundField(TextAreaField, label))
            self[name].process(self._sent)

    @property
    def sheet(self) -> Sheet:
        """The table that was sent; raises `TableError` where nothing stands in it."""
        return sheet_of(self._headers, self._rows())

    @property
    def _headers(self) -> tuple[str, ...]:
        return tuple(map(tidy, self._sent.getlist(COLUMN)[:MOST_COLUMNS]))

    def _rows(self) -> Iterator[tuple[str, ...]]:
        last = max((int(row) for row, _column in self._places()), default=0)
        columns = range(1, len(self._headers) + 1)
        for row in range(1, last + 1):
            yield tuple(tidy(self._sent.get(f"{row}-{column}", "")) for column in columns)

    def _labels(self) -> Iterator[tuple[str, str]]:
        headers = self._headers
        for row, column in self._places():
            # The page translates labels, where a sign of percent means that a value follows.
            yield f"{row}-{column}", f"{row}. {headers[int(column) - 1]}".replace("%", "%%")

    def _places(self) -> Iterator[tuple[str, str]]:
        width = len(self._headers)
        for name in self._sent:
            found = _CELL.fullmatch(name)
            if found and int(found[1]) <= MOST_ROWS and int(found[2]) <= width:
                yield found[1], found[2]

    @staticmethod
    def _came(formdata: object) -> MultiDict[str, str]:
        if isinstance(formdata, MultiDict):
            return formdata
        return request.form if formdata is FROM_REQUEST else MultiDict()


FORMS: Final[Mapping[str, type[StaffForm]]] = {
    "filing_table.look": PasteForm,
    "filing_table.make": CellsForm,
}
"""What somebody may be writing when her session ends, by the view it is sent to."""
