"""Emergency numbers: rows to add and take away, each shown once somebody has rung it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from intake import casework
from intake.casework import telling
from intake.casework.told import Told
from intake.form.text import _
from intake.roles import Permission
from intake.settings import LANGUAGES, EmergencyNumber, SettingsError
from intake.web import context
from intake.web.permitted import permitted, reader
from intake.web.settings_forms import MOST_NUMBERS, NumbersForm, RowsForm
from intake.web.settings_parts import back_to_file
from intake.web.settings_shared import (
    TOO_LATE,
    day_typed,
    one_line,
    say,
    settings,
    source,
    typed_check,
    typed_texts,
)
from intake.web.settings_words import NOT_READ, Words, words_of_check
from intake.web.staff_forms import RevisedForm

PART: Final = "numbers"
TITLE: Final = _("Emergency numbers")
NOT_A_NUMBER: Final = _("Write the number in digits, such as 112 or +7 700 000 00 00.")
NO_TEXT: Final = _("Say whom people reach there, in each language.")
_NUMBER: Final = re.compile(r"\+?[0-9](?:[ ()-]?[0-9]){1,15}")
_NAMES: Final = ("number", *LANGUAGES, "role", "on")


@settings.get("/numbers")
@permitted(Permission.KEEP_SETTINGS)
def numbers() -> ResponseReturnValue:
    """The numbers as they stand."""
    return _drawn(None)


@settings.post("/numbers")
@permitted(Permission.KEEP_SETTINGS)
def keep_numbers() -> ResponseReturnValue:
    """Save the numbers; or show one row more or fewer, with all that was typed."""
    if (other := _with_other_rows()) is not None:
        return _drawn(other)
    form = NumbersForm()
    is_good = form.is_accepted()
    rows = [_row(form, n) for n in range(form.shown) if _is_filled(form, n)] if is_good else []
    if not is_good or form.errors:
        return _drawn(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        content = {"emergency_numbers": rows}
        telling.keep_part(reader(), PART, content, revision=form.seen, now=context.now())
    except SettingsError:  # signs that nobody sees, as copying brings them
        say(form["number0"], NOT_READ)
        return _drawn(form), HTTPStatus.UNPROCESSABLE_ENTITY
    except casework.Conflict:
        form.revision.data = str(telling.revisions(reader()).get(PART, 0))
        return _drawn(form, conflict=gettext(TOO_LATE)), HTTPStatus.CONFLICT
    return redirect(url_for("settings.overview", said="kept"), 303)


@settings.post("/numbers/file")
@permitted(Permission.KEEP_SETTINGS)
def numbers_from_file() -> ResponseReturnValue:
    """Tell the numbers of the file again."""
    return back_to_file(PART, lambda: _drawn(None, conflict=gettext(TOO_LATE)))


def words(told: Told) -> Words:
    """Each number with its labels and its check."""
    return [line for number in told.emergency_numbers for line in _words(number)]


def _words(number: EmergencyNumber) -> Words:
    labels = " / ".join(number.label.said_in(code) for code in LANGUAGES)
    check = words_of_check(number.checked_on, number.checked_by)
    if not number.checked:
        check = [(gettext("Checked"), gettext("Nobody yet, so people do not see this number"))]
    return [(number.number, labels), *check]


def _with_other_rows() -> RowsForm | None:
    """The form with one row more or fewer, where its button was pressed."""
    go = request.form.get("go", "")
    action, _dash, place = go.partition("-")
    if action not in {"add", "remove"}:
        return None
    sent = NumbersForm()
    rows = [{name: _raw(f"{name}{n}") for name in _NAMES} for n in range(sent.shown)]
    if action == "add":
        rows = [*rows, dict.fromkeys(_NAMES, "")][:MOST_NUMBERS]
    elif place.isdecimal():
        rows = [row for n, row in enumerate(rows) if n != int(place[:2])]
    return _of_rows(rows, str(sent.revision.data or ""))


def _of_rows(rows: list[dict[str, str]], revision: str) -> RowsForm:
    typed = {f"{name}{n}": text for n, row in enumerate(rows) for name, text in row.items()}
    values = {**typed, "rows": str(max(len(rows), 1)), "revision": revision}
    return NumbersForm(formdata=MultiDict(values))


def _raw(name: str) -> str:
    return request.form.get(name, "")


def _is_filled(form: RowsForm, number: int) -> bool:
    return any(one_line(form[f"{name}{number}"].data) for name in _NAMES)


def _row(form: RowsForm, number: int) -> Mapping[str, Any]:
    """One row as JSON, with errors in the form where it cannot be used."""
    typed = one_line(form[f"number{number}"].data)
    if not _NUMBER.fullmatch(typed):
        say(form[f"number{number}"], NOT_A_NUMBER)
    label = typed_texts(form, str(number))
    if label is None:
        say(form[f"{LANGUAGES[0]}{number}"], NO_TEXT)
    check = typed_check(form[f"role{number}"], form[f"on{number}"])
    return {"number": typed, "label": label, "checked": bool(check), **check}


def _form_of(told: Told, revision: int) -> RowsForm:
    rows = [
        {
            "number": number.number,
            **{code: number.label.said_in(code) for code in LANGUAGES},
            "role": number.checked_by if number.checked else "",
            "on": day_typed(number.checked_on) if number.checked else "",
        }
        for number in told.emergency_numbers[:MOST_NUMBERS]
    ]
    return _of_rows(rows, str(revision))


def _drawn(form: RowsForm | None, *, conflict: str = "") -> str:
    told = telling.standing(reader())
    where = source(PART, told, is_told=bool(told.emergency_numbers))
    form = form or _form_of(told, where.revision)
    return render_template(
        "settings/numbers.html",
        title=TITLE,
        form=form,
        rows=[[form[f"{name}{n}"] for name in _NAMES] for n in range(form.shown)],
        may_add=form.shown < MOST_NUMBERS,
        words=words(told),
        source=where,
        conflict=conflict,
        back=RevisedForm(formdata=None, revision=where.revision)
        if where.is_from_here
        else None,
    )
