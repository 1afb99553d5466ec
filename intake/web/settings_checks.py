"""Marks «checked by a lawyer»: every statement about the law, and the words it was for."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext

from intake import casework
from intake.case.clocks import CLOCKS
from intake.casework import telling
from intake.casework.statements import Statement
from intake.casework.told import CHECKS, Mark, Told
from intake.form.text import _
from intake.roles import Permission, Role
from intake.web import context, time_words
from intake.web.permitted import permitted, reader
from intake.web.settings_forms import IN_LANGUAGES, ROLES, MarkForm
from intake.web.settings_shared import (
    NEEDS_DAY,
    TOO_LATE,
    day_typed,
    one_line,
    role_words,
    say,
    settings,
    source,
    typed_day,
)
from intake.web.settings_words import Words
from intake.web.staff_forms import RevisedForm
from intake.web.staff_pages import label

TITLE: Final = _("Checked by a lawyer")
KINDS: Final = {
    "clock": _("Time limits in the desk"),
    "advice": _("What people can do today"),
    "notice": _("Before an official complaint"),
    "consent": _("Words of a permission"),
}
NEEDS_ROLE: Final = _("Choose the role of whoever checked it.")
OTHER_WORDS: Final = _(
    "The words were changed while you were reading. What is shown now is new: read it once "
    "more before you mark it."
)


@dataclass(frozen=True)
class Line:
    """One statement in the reader's language; `is_stale`: the mark was for other words."""

    key: str
    words: str
    mark: str
    is_stale: bool


@settings.get("/checks")
@permitted(Permission.KEEP_SETTINGS)
def checks() -> ResponseReturnValue:
    """Every statement about the law, by the place where it stands."""
    told = telling.standing(reader())
    return render_template("settings/checks.html", title=TITLE, groups=groups(told))


@settings.get("/checks/<statement>")
@permitted(Permission.KEEP_SETTINGS)
def check(statement: str) -> ResponseReturnValue:
    """One statement in its three languages, and its mark."""
    return _drawn(statement, None)


@settings.post("/checks/<statement>")
@permitted(Permission.KEEP_SETTINGS)
def keep_check(statement: str) -> ResponseReturnValue:
    """Mark these very words as checked."""
    form = MarkForm()
    is_good = form.is_accepted()
    judged = _demanded(statement)
    mark = _typed(form, judged) if is_good else None
    if mark is None:
        return _drawn(statement, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.digest.data != judged.digest:
        return _again(statement, form, OTHER_WORDS)
    try:
        now = context.now()
        telling.mark(reader(), statement, mark, revision=form.seen, now=now)
    except casework.Conflict:
        return _again(statement, form, TOO_LATE)
    return redirect(url_for("settings.checks"), 303)


@settings.post("/checks/<statement>/remove")
@permitted(Permission.KEEP_SETTINGS)
def remove_check(statement: str) -> ResponseReturnValue:
    """Take the mark away."""
    form, _known = RevisedForm(), _demanded(statement)
    if not form.is_accepted():
        return _drawn(statement, None), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        telling.unmark(reader(), statement, revision=form.seen, now=context.now())
    except casework.Conflict:
        return _again(statement, None, TOO_LATE)
    return redirect(url_for("settings.checks"), 303)


def groups(told: Told) -> list[tuple[str, list[Line]]]:
    """Every statement, by the place where it stands."""
    found = telling.statements(told).values()
    return [
        (gettext(title), [_line(told, one) for one in found if one.kind == kind])
        for kind, title in KINDS.items()
    ]


def left(told: Told) -> int:
    """How many statements no lawyer has checked."""
    return sum(not told.is_checked(one) for one in telling.statements(told).values())


def _line(told: Told, statement: Statement) -> Line:
    mark = told.mark_of(statement)
    is_stale = mark is None and statement.key in told.checked
    words = statement.texts[context.language()]
    return Line(statement.key, words, _said(mark), is_stale)


def _said(mark: Mark | None) -> str:
    if mark is None:
        return ""
    return f"{role_words(mark.role)}, {format_date(mark.on, 'long')}"


def _typed(form: MarkForm, judged: Statement) -> Mark | None:
    """The mark that was typed; None, and errors in the form, where a part is missing."""
    day = typed_day(form.on)
    if day is None:
        say(form.on, NEEDS_DAY)
    if form.role.data not in ROLES:
        say(form.role, NEEDS_ROLE)
    if form.errors or day is None:
        return None
    return Mark(judged.digest, str(form.role.data), day, one_line(form.note.data))


def _demanded(key: str) -> Statement:
    found = telling.statements(telling.standing(reader())).get(key)
    if found is None:
        abort(404)
    return found


def _again(key: str, form: MarkForm | None, sentence: str) -> ResponseReturnValue:
    if form is not None:
        form.revision.data = str(telling.revisions(reader()).get(CHECKS, 0))
        form.digest.data = _demanded(key).digest
    return _drawn(key, form, conflict=gettext(sentence)), HTTPStatus.CONFLICT


def _drawn(key: str, form: MarkForm | None, *, conflict: str = "") -> str:
    statement, told = _demanded(key), telling.standing(reader())
    where, mark = source(CHECKS, told), told.mark_of(statement)
    if form is None:
        form = MarkForm(
            formdata=None,
            revision=where.revision,
            digest=statement.digest,
            role=mark.role if mark else Role.LAWYER,
            on=day_typed(mark.on if mark else context.local_day(context.now())),
            note=mark.note if mark else "",
        )
    return render_template(
        "settings/check.html",
        title=gettext(KINDS[statement.kind]),
        statement=statement,
        form=form,
        words=[(gettext(title), statement.texts[code]) for code, title in IN_LANGUAGES],
        besides=_besides(statement),
        line=_line(told, statement),
        note=mark.note if mark else "",
        conflict=conflict,
        back=RevisedForm(formdata=None, revision=where.revision) if mark else None,
    )


def _besides(statement: Statement) -> Words:
    """Of a time limit: how long it is on which level, and where that comes from."""
    clock = CLOCKS.get(statement.key.removeprefix("clock."))
    if clock is None:
        return []
    levels = [
        (label("urgency", level), time_words.hours(hours))
        for level, hours in clock.hours.items()
    ]
    return [*levels, (gettext("Source"), clock.source)]
