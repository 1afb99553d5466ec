"""Who follows a report without its code: behind the code this is seen, and can be ended."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.filings.following import (
    Follower,
    end_behind_code,
    followers_behind_code,
)
from intake.web import mailbox_pages, receipts
from intake.web.context import now, service
from intake.web.mailbox_pages import BehindForm


def every() -> ResponseReturnValue:
    """Everybody who follows."""
    try:
        return mailbox_pages.shown(
            render_template("mailbox/followers.html", followers=_followers())
        )
    except casework.SessionEnded:
        return mailbox_pages.ended()


def ask(filing: UUID) -> ResponseReturnValue:
    """What it means that somebody shall follow no more."""
    try:
        form = BehindForm(formdata=None, once=casework.new_once())
        return mailbox_pages.shown(_drawn(filing, form))
    except casework.SessionEnded:
        return mailbox_pages.ended()


def end(filing: UUID) -> ResponseReturnValue:
    """Let somebody follow no more."""
    form = BehindForm()
    form.once.data = receipts.once_of(form)
    return mailbox_pages.sent(
        form,
        lambda notice: _drawn(filing, form, notice=notice),
        lambda visit: end_behind_code(service(), visit, filing, now=now()),
        url_for(".followers"),
    )


def install(blueprint: Blueprint) -> Blueprint:
    """Put these pages on `blueprint`: only who holds the code decides here."""
    one = "/followers/<uuid:filing>"
    blueprint.add_url_rule("/followers", "followers", every, methods=["GET"])
    blueprint.add_url_rule(one, "ask_to_end_following", ask, methods=["GET"])
    blueprint.add_url_rule(one, "end_following", end, methods=["POST"])
    return blueprint


def _followers() -> tuple[Follower, ...]:
    return followers_behind_code(service(), mailbox_pages.visit(), now=now())


def _drawn(filing: UUID, form: BehindForm, *, notice: str = "") -> str:
    """The page about one of them; where the visit had ended nobody is named on it."""
    known = _followers() if mailbox_pages.is_open() else ()
    one = next((one for one in known if one.filing == filing), None)
    if one is None and mailbox_pages.is_open():
        abort(404)
    return render_template("mailbox/end-following.html", form=form, one=one, notice=notice)
