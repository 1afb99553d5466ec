"""The first steps of a new coordinator: her own passphrase, recovery sheets, their check."""

from typing import Final

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework import SheetsToKeep
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, drawn, places, staff_pages, way_in
from intake.web.account import browser, remember
from intake.web.account_forms import ProvedSheetsForm
from intake.web.permitted import permitted, reader
from intake.web.proving import is_proved
from intake.web.staff_forms import (
    CheckForm,
    PassphraseForm,
    SheetsForm,
    ShownForm,
    language_asked_for,
)

NOT_THE_WORDS: Final = _(
    "These are not the words at these places. Look at the numbers of sheet and word."
)
GONE: Final = _(
    "The sheets that were shown before are not in force and open nothing. Destroy that paper "
    "and make new sheets here."
)
TOO_MANY_NEEDED: Final = _("There are not so many sheets. Choose fewer, or make more sheets.")

first_steps = staff_pages.install(Blueprint("first_steps", __name__, url_prefix="/first-steps"))


@first_steps.get("/passphrase")
@permitted(set_up=False)
def passphrase() -> ResponseReturnValue:
    """Six fresh words to keep."""
    if not reader().must_choose_passphrase:
        return redirect(places.home(reader()), 303)
    return _passphrase_page(casework.propose_passphrase())


@first_steps.post("/passphrase")
@permitted(set_up=False, renews=False)
def choose_passphrase() -> ResponseReturnValue:
    """Take the words that were drawn, once they were typed, or draw others."""
    if not reader().must_choose_passphrase:
        return redirect(places.home(reader()), 303)
    form = PassphraseForm()
    words = drawn.words_in(form.drawn, _purpose())
    if words is None or request.form.get("step") == "another":
        return _passphrase_page(casework.propose_passphrase())
    if language_asked_for():
        return _passphrase_page(words, form)
    if not form.is_accepted() or not drawn.are_same(form.again.data or "", words):
        form.again.errors = form.again.errors or [drawn.NOT_THE_SAME]
        return _passphrase_page(words, form), 422
    signed_in = casework.choose_passphrase(
        reader(), words, now=context.now(), browser=browser()
    )
    g.reader = casework.resume(context.service(), signed_in.cookie, now=context.now())
    then = way_in.first_step(reader()) or places.home(reader())
    return remember(redirect(then, 303), signed_in)


def _passphrase_page(words: str, form: PassphraseForm | None = None) -> str:
    form = form or PassphraseForm(formdata=None)
    drawn.issue(form.drawn, _purpose(), words)
    return render_template("first_steps/passphrase.html", form=form, words=words.split("-"))


def _purpose() -> str:
    return f"passphrase/{reader().session_id.hex}"


@first_steps.get("/sheets")
@permitted(Permission.SET_UP)
def sheets() -> ResponseReturnValue:
    """What recovery sheets are, and how many to make."""
    note = GONE if request.args.get("said") == "gone" else ""
    return _sheets_page(_sheets_form()(formdata=None), note=note)


@first_steps.post("/sheets")
@permitted(Permission.SET_UP)
def make_sheets() -> ResponseReturnValue:
    """The sheets, shown once; nothing is in force before they were checked."""
    form = _sheets_form()()
    threshold, count = form.threshold.data or 0, form.count.data or 0
    if not form.is_accepted():
        return _sheets_page(form), 422
    if threshold > count:
        form.threshold.errors = [TOO_MANY_NEEDED]
        return _sheets_page(form), 422
    if isinstance(form, ProvedSheetsForm) and not is_proved(form):
        return _sheets_page(form), form.status
    made = casework.new_sheets(reader(), threshold=threshold, count=count)
    return render_template(
        "first_steps/sheets-shown.html",
        form=ShownForm(formdata=None, sealed=made.sealed),
        sheets=made.words,
        threshold=threshold,
    )


def _sheets_form() -> type[SheetsForm]:
    """Sheets that replace others take fresh proof."""
    return SheetsForm if reader().must_make_sheets else ProvedSheetsForm


def _sheets_page(form: SheetsForm, *, note: str = "") -> str:
    return render_template("first_steps/sheets.html", form=form, note=note)


@first_steps.post("/check")
@permitted(Permission.SET_UP)
def check() -> ResponseReturnValue:
    """Ask for two words of the sheets, which this page does not show; changes nothing."""
    made = casework.same_sheets(reader(), ShownForm().sealed.data or "")
    if made is None:
        return redirect(url_for(".sheets", said="gone"), 303)
    return _check_page(CheckForm(formdata=None, sealed=made.sealed), made)


@first_steps.post("/confirm")
@permitted(Permission.SET_UP)
def confirm() -> ResponseReturnValue:
    """Put the sheets in force when both words are right."""
    form = CheckForm()
    made = casework.same_sheets(reader(), form.sealed.data or "")
    if made is None:
        return redirect(url_for(".sheets", said="gone"), 303)
    if not form.is_accepted():
        return _check_page(form, made), 422
    first, second = form.first_word.data or "", form.second_word.data or ""
    if not casework.confirm_sheets(reader(), made.sealed, first, second, now=context.now()):
        form.first_word.errors = [NOT_THE_WORDS]
        return _check_page(form, made), 422
    return redirect(url_for(".done"), 303)


def _check_page(form: CheckForm, made: SheetsToKeep) -> str:
    return render_template("first_steps/check.html", form=form, ask=made.ask)


@first_steps.get("/done")
@permitted(Permission.SET_UP)
def done() -> ResponseReturnValue:
    """What to do with the sheets now."""
    if reader().must_make_sheets:
        return redirect(url_for(".sheets"), 303)
    return render_template("first_steps/done.html")
