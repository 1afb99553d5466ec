"""The pages of the parts that are a few fields each: showing, saving, back to the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import telling
from intake.casework.told_parts import PARTS, read_part
from intake.roles import Permission
from intake.settings import LANGUAGES, SettingsError
from intake.web import context
from intake.web.permitted import permitted, reader
from intake.web.proving import ProofForm, is_proved
from intake.web.settings_shared import TOO_LATE, say, settings, source
from intake.web.settings_words import PAGES, PartPage
from intake.web.staff_forms import RevisedForm


def _install(page: PartPage) -> None:
    """The three addresses of a page: showing it, saving it, going back to the file."""
    part = page.part

    @permitted(Permission.KEEP_SETTINGS)
    def change() -> ResponseReturnValue:
        return _drawn(page, None)

    @permitted(Permission.KEEP_SETTINGS)
    def keep() -> ResponseReturnValue:
        return _kept(page, page.form())

    @permitted(Permission.KEEP_SETTINGS)
    def from_file() -> ResponseReturnValue:
        return back_to_file(part, lambda: _drawn(page, None, conflict=gettext(TOO_LATE)))

    settings.add_url_rule(f"/{part}", part, change, methods=["GET"])
    settings.add_url_rule(f"/{part}", f"keep_{part}", keep, methods=["POST"])
    settings.add_url_rule(f"/{part}/file", f"{part}_from_file", from_file, methods=["POST"])


for _page in PAGES:
    _install(_page)


def back_to_file(part: str, draw: Callable[[], str]) -> ResponseReturnValue:
    """Tell a part as the file does; what was saved here counts no longer."""
    form = RevisedForm()
    if not form.is_accepted():
        return draw(), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        telling.use_file(reader(), part, revision=form.seen, now=context.now())
    except casework.Conflict:
        return draw(), HTTPStatus.CONFLICT
    return redirect(url_for("settings.overview", said="kept"), 303)


def _kept(page: PartPage, form: RevisedForm) -> ResponseReturnValue:
    is_good = form.is_accepted()
    content = page.typed(form) if is_good else {}
    if not is_good or form.errors or not _holds(page, form, content):
        return _drawn(page, form), HTTPStatus.UNPROCESSABLE_ENTITY
    proved = form if isinstance(form, ProofForm) else None
    if proved and not is_proved(proved):
        return _drawn(page, form), proved.status
    try:
        telling.keep_part(
            reader(),
            page.part,
            content,
            proof=proved.proof if proved else None,
            revision=form.seen,
            now=context.now(),
        )
    except casework.Conflict:
        form.revision.data = str(telling.revisions(reader()).get(page.part, 0))
        return _drawn(page, form, conflict=gettext(TOO_LATE)), HTTPStatus.CONFLICT
    return redirect(url_for("settings.overview", said="kept"), 303)


def _holds(page: PartPage, form: RevisedForm, content: Mapping[str, Any]) -> bool:
    """Whether each value stands up to the rules of the settings; else it says so beside it."""
    nothing = dict.fromkeys(PARTS[page.part])
    told = context.service().settings
    for name, (field, sentence) in page.wrong.items():
        try:
            read_part(told, page.part, {**nothing, name: content[name]})
        except SettingsError:
            say(form[field], sentence, hosts=", ".join(told.public_hosts))
    return not form.errors


def _drawn(page: PartPage, form: RevisedForm | None, *, conflict: str = "") -> str:
    told = telling.standing(reader())
    words = page.words(told)
    where = source(page.part, told, is_told=bool(words))
    if form is None:
        form = page.form(formdata=None, revision=where.revision, **page.shown(told))
    return render_template(
        "settings/part.html",
        page=page,
        form=form,
        words=words,
        source=where,
        conflict=conflict,
        languages=LANGUAGES,
        back=RevisedForm(formdata=None, revision=where.revision)
        if where.is_from_here
        else None,
    )
