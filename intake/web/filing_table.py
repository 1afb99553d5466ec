"""Several clients out of a table: it is shown cell by cell, and each becomes a draft."""

from __future__ import annotations

import csv
from io import StringIO

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.filings import beginning
from intake.form.table.columns import COLUMNS
from intake.form.table.faults import NO_TITLES, TableError
from intake.form.table.reading import Table, read
from intake.form.table.sheets import Sheet, sheet_in
from intake.form.table.text import text_of
from intake.roles import Permission
from intake.web import context, limits, staff_pages
from intake.web import filing_table_words as words
from intake.web.filing_table_forms import MOST_SENT, CellsForm, FileForm, PasteForm
from intake.web.filings import FIRST, PAGE_TOO_OLD
from intake.web.permitted import permitted, reader

table = Blueprint("filing_table", __name__, url_prefix="/filings/table")


@table.before_request
def _expect() -> None:
    limits.allow(MOST_SENT)


staff_pages.install(table)


@table.get("/")
@permitted(Permission.FILE)
def show() -> ResponseReturnValue:
    """What a table is for, and two ways to bring one."""
    return _first_page(PasteForm(formdata=None))


@table.get("/file")
@table.get("/clients")
@permitted(Permission.FILE)
def show_again() -> ResponseReturnValue:
    """What was sent to these addresses is not kept: back to the beginning."""
    return redirect(url_for(".show"), 303)


@table.get("/empty.csv")
@permitted(Permission.FILE)
def empty() -> ResponseReturnValue:
    """A table with the titles alone, in the reader's language."""
    written = StringIO()
    csv.writer(written, delimiter=";").writerow(gettext(column.title) for column in COLUMNS)
    answer = make_response(written.getvalue().encode("utf-8-sig"))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers.set("Content-Disposition", "attachment", filename="clients.csv")
    return answer


@table.post("/")
@permitted(Permission.FILE)
def look() -> ResponseReturnValue:
    """Show the clients of the rows that were pasted."""
    form = PasteForm()
    return _looked(form) if form.is_accepted() else (_first_page(form), 422)


@table.post("/file")
@permitted(Permission.FILE)
def take() -> ResponseReturnValue:
    """Show the clients of a file, which is read in memory and not kept."""
    limits.allow_in_memory(MOST_SENT)
    form = FileForm()
    form.read_file()
    if not form.is_accepted():
        return _first_page(PasteForm(formdata=None), form), 422
    try:
        text = text_of(form.content)
    except TableError as error:
        form.file.errors = [words.fault_words(error.fault)]
        return _first_page(PasteForm(formdata=None), form), 422
    return _looked(PasteForm(formdata=None, text=text))


@table.post("/clients")
@permitted(Permission.FILE)
def make() -> ResponseReturnValue:
    """Look at the cells again, or make a draft of each row; sent twice they are made once."""
    form = CellsForm()
    try:
        found = _read(form.sheet)
    except TableError as error:
        return _first_page(_refused(PasteForm(formdata=None), error)), 422
    if not form.is_accepted():
        return _preview(form, found), 422
    if request.form.get("go") != "make":
        return _preview(form, found)
    return _made(form, found) if found.is_takable else (_preview(form, found), 422)


def _made(form: CellsForm, found: Table) -> ResponseReturnValue:
    once = form.once.data or ""
    try:
        beginning.begin_many(reader(), found.drafts, once=once, now=context.now())
    except ValueError:
        form.once.data, form.once.errors = casework.new_once(), [PAGE_TOO_OLD]
        return _preview(form, found), 422
    return redirect(url_for("filings.mine", said="made"), 303)


def _looked(form: PasteForm) -> ResponseReturnValue:
    try:
        found = _known(form.text.data or "")
    except TableError as error:
        return _first_page(_refused(form, error)), 422
    return _preview(CellsForm(formdata=None, once=casework.new_once()), found)


def _known(text: str) -> Table:
    found = _read(sheet_in(text, is_title=_is_title))
    if not found.is_known:
        raise TableError(NO_TITLES)
    return found


def _read(sheet: Sheet) -> Table:
    today = context.local_day(context.now())
    return read(sheet, words.headers(), first=FIRST, today=today)


def _is_title(header: str) -> bool:
    return words.headers().column(header) is not None


def _refused(form: PasteForm, error: TableError) -> PasteForm:
    form.text.errors = [words.fault_words(error.fault)]
    return form


def _first_page(form: PasteForm, of_file: FileForm | None = None) -> str:
    return render_template(
        "filings/table.html",
        form=form,
        of_file=of_file or FileForm(formdata=None),
        columns=COLUMNS,
        kind=words.kind,
        offered=words.offered,
    )


def _preview(form: CellsForm, found: Table) -> str:
    taken = {heading.column for heading in found.headings}
    return render_template(
        "filings/table-clients.html",
        form=form,
        table=found,
        columns=[column for column in COLUMNS if column in taken],
        others=[column for column in COLUMNS if column not in taken],
        kind=words.kind,
        offered=words.offered,
        fault_words=words.fault_words,
        read_as=words.read_as,
    )
