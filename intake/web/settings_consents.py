"""The words of each permission: which version is in force, what was before, and a new one."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext

from intake import casework
from intake.casework import telling
from intake.casework.told import Told, consent_part
from intake.form.consent_texts import ConsentText
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.roles import Permission
from intake.settings import LANGUAGES
from intake.web import context
from intake.web.permitted import permitted, reader
from intake.web.proving import ProofForm, is_proved, proof_of
from intake.web.settings_forms import IN_LANGUAGES, ConsentForm
from intake.web.settings_shared import NEEDS_EACH, TOO_LATE, say, settings, source, typed_texts
from intake.web.settings_words import Words
from intake.web.staff_pages import label

TITLE: Final = _("Words of the permissions")
THE_SAME: Final = _(
    "These words are in force already. Change them, or leave the page as it is."
)


@dataclass(frozen=True)
class Line:
    """A permission with the version of its words, and whether that was published here."""

    code: str
    title: str
    version: str
    is_published: bool
    is_damaged: bool


@dataclass(frozen=True)
class Earlier:
    """One version of the words; without a day it came with the program."""

    version: str
    words: Words
    day: str
    by: str


class PublishForm(ConsentForm, ProofForm):
    """New words of a permission, and fresh proof."""


@settings.get("/consents")
@permitted(Permission.KEEP_SETTINGS)
def consents() -> ResponseReturnValue:
    """Every permission, and the version of its words in force."""
    told = telling.standing(reader())
    return render_template("settings/consents.html", title=TITLE, lines=lines(told))


@settings.get("/consents/<code>")
@permitted(Permission.KEEP_SETTINGS)
def consent(code: str) -> ResponseReturnValue:
    """The words of one permission, and all earlier ones."""
    return _drawn(_demanded(code), None)


@settings.post("/consents/<code>")
@permitted(Permission.KEEP_SETTINGS)
def publish(code: str) -> ResponseReturnValue:
    """Ask in new words from now on; what was begun before keeps the words that it showed."""
    form = PublishForm()
    said = _typed(form, _demanded(code))
    if said is None:
        return _drawn(code, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if not is_proved(form):
        return _drawn(code, form), form.status
    proof, now = proof_of(form), context.now()
    try:
        telling.publish(reader(), code, said, proof=proof, revision=form.seen, now=now)
    except casework.Conflict:
        form.revision.data = str(telling.revisions(reader()).get(consent_part(code), 0))
        form.code.data = ""
        return _drawn(code, form, conflict=gettext(TOO_LATE)), HTTPStatus.CONFLICT
    return redirect(url_for("settings.overview", said="kept"), 303)


def lines(told: Told) -> list[Line]:
    """Every permission with its version."""
    return [
        Line(
            code,
            label("consent", code),
            told.consent_text(code).version,
            told.is_published(code),
            consent_part(code) in told.damaged,
        )
        for code in VOCABULARIES["consent"].codes
    ]


def _typed(form: PublishForm, code: str) -> dict[str, str] | None:
    """The new words; None, and errors in the form, where they cannot be published."""
    if not form.is_accepted():
        return None
    said = typed_texts(form)
    if said is None:
        for language in LANGUAGES:
            say(form[language], NEEDS_EACH)
    elif said == _texts(telling.standing(reader()).consent_text(code)):
        say(form.kk, THE_SAME)
    return None if form.errors else said


def _demanded(code: str) -> str:
    if code not in VOCABULARIES["consent"]:
        abort(404)
    return code


def _texts(words: ConsentText) -> dict[str, str]:
    return {language: words.text(language) for language in LANGUAGES}


def _words(words: ConsentText) -> Words:
    return [(gettext(title), words.text(language)) for language, title in IN_LANGUAGES]


def _drawn(code: str, form: PublishForm | None, *, conflict: str = "") -> str:
    told = telling.standing(reader())
    where, names = source(consent_part(code), told), telling.handles(reader())
    standing = told.consent_text(code)
    versions = [
        Earlier(
            one.words.version,
            _words(one.words),
            format_date(context.local_day(one.at), "long") if one.at else "",
            names.get(one.by, "") if one.by else "",
        )
        for one in reversed(told.versions(code))
    ]
    if form is None:
        form = PublishForm(formdata=None, revision=where.revision, **_texts(standing))
    return render_template(
        "settings/consent.html",
        title=label("consent", code),
        code=code,
        form=form,
        words=_words(standing),
        versions=versions,
        source=where,
        conflict=conflict,
    )
