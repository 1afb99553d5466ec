"""What the holder of the code allows: each permission with its words, given or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext

from intake import casework
from intake.casework import Standing
from intake.consent import Consent
from intake.form.consenting import CONSENT_GIVER, CONSENT_UNTIL
from intake.form.questionnaire import SECTIONS
from intake.form.steps import Step
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.web import consent_end, filed, mailbox_pages, receipts, shown_words
from intake.web.context import now, service
from intake.web.fields import page_class
from intake.web.journey_page import has_unchecked
from intake.web.mailbox_pages import BehindForm

STORE: Final = "store"
WITHOUT_GIVER: Final = frozenset({STORE, "contact"})  # these concern the reporter alone
NO_GIVER: Final = _("Choose who allows this. Without it we cannot use the permission.")
WITHDRAW: Final = "withdraw"
_GIVER: Final = replace(
    CONSENT_GIVER,
    hint=_("What the person told you to allow counts as the person's."),
    codes=tuple(code for code in CONSENT_GIVER.codes if code != "none"),
    when=None,
)


class ConsentForm(BehindForm, page_class((_GIVER, CONSENT_UNTIL))):  # type: ignore[misc] # made
    """Who allows it, and until when."""


def every() -> ResponseReturnValue:
    """Each permission by its name, and whether it stands."""
    try:
        return mailbox_pages.shown(
            render_template(
                "mailbox/consents.html",
                terms=VOCABULARIES["consent"].terms,
                allowed=_allowed(),
                fixed=_fixed(),
                last_day=last_day,
            )
        )
    except casework.SessionEnded:
        return mailbox_pages.ended()


def one(code: str) -> ResponseReturnValue:
    """One permission: its full words, what stands now, and the button to change that."""
    _demand(code)
    try:
        form = ConsentForm(formdata=None, once=casework.new_once())
        return mailbox_pages.shown(_drawn(code, form))
    except casework.SessionEnded:
        return mailbox_pages.ended()


def change(code: str) -> ResponseReturnValue:
    """Give one permission or take it back."""
    _demand(code)
    form = ConsentForm()
    return mailbox_pages.sent(
        form,
        lambda notice: _drawn(code, form, notice=notice),
        lambda visit: _keep(code, form, visit),
        url_for(".every"),
        is_good=lambda: _can_hold(code, form),
    )


def _demand(code: str) -> None:
    if code not in VOCABULARIES["consent"] or code in _fixed():
        abort(404)


def _fixed() -> frozenset[str]:
    """What is not changed here: what concerns the reporter alone is for who holds the code."""
    return WITHOUT_GIVER if filed.is_filed() else frozenset({STORE})


def _allowed() -> Mapping[str, Standing]:
    return casework.conversation(service(), mailbox_pages.visit(), now=now()).allowed


def _is_withdrawing() -> bool:
    return request.form.get("go") == WITHDRAW


def _can_hold(code: str, form: BehindForm) -> bool:
    """Whether what is allowed names who allows it, and a day that is still to come."""
    if _is_withdrawing():
        return True
    if code not in WITHOUT_GIVER and not form[_GIVER.name].data:
        form[_GIVER.name].errors = [gettext(NO_GIVER)]
    return consent_end.is_to_come(form) and not form.errors


def _keep(code: str, form: BehindForm, visit: str) -> None:
    once = receipts.once_of(form)
    if _is_withdrawing():
        casework.withdraw_consent(service(), visit, code, once=once, now=now())
        return
    giver = str(form[_GIVER.name].data or "") if code not in WITHOUT_GIVER else ""
    until = consent_end.end_of(form[CONSENT_UNTIL.name].data)
    version = shown_words.shown().of(code).version
    consent = Consent(code, giver, now(), version, until)
    casework.give_consent(service(), visit, consent, once=once)


def last_day(until: datetime) -> str:
    """The day at whose end something ends."""
    return str(format_date(until - timedelta(seconds=1), "long"))


def _drawn(code: str, form: BehindForm, *, notice: str = "") -> str:
    return render_template(
        "mailbox/consent.html",
        form=form,
        term=VOCABULARIES["consent"].by_code[code],
        words=shown_words.shown().text(code),
        version=shown_words.shown().field([code]),
        told=_told_before(code),
        has_unchecked=code in _steps() and has_unchecked(_steps()[code]),
        stands=_allowed().get(code) if mailbox_pages.is_open() else None,
        is_known=mailbox_pages.is_open(),
        giver=None if code in WITHOUT_GIVER else form[_GIVER.name],
        until=form[CONSENT_UNTIL.name],
        notice=notice,
        last_day=last_day,
        go=request.form.get("go", ""),
    )


def _told_before(code: str) -> tuple[str, ...]:
    """What the form says before it asks for this permission, such as of article 419."""
    step = _steps().get(code)
    return step.told if step else ()


@cache
def _steps() -> Mapping[str, Step]:
    """The page of the form that asks for each permission, where it asks for its kind alone."""
    return {
        code: step
        for section in SECTIONS
        for step in section.steps
        if step.slug.startswith("consent-")
        for question in step.questions
        if question.name == "consent"
        for code in getattr(question, "codes", ())
    }
