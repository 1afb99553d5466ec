"""A lawyer types the code of a client, who wants her to follow a report that stands already."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.filings.joining import follow as follow_with
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, mailbox_words, staff_pages
from intake.web.following_forms import FollowForm
from intake.web.mailbox_pages import said_about
from intake.web.permitted import permitted, reader

PAGE_TOO_OLD = _("This page is too old. Press the button once more.")

follow = staff_pages.install(Blueprint("follow", __name__, url_prefix="/filings/follow"))


@follow.get("")
@permitted(Permission.FILE)
def ask() -> ResponseReturnValue:
    """The page that asks for the code."""
    return _page(FollowForm(formdata=None, once=casework.new_once()))


@follow.post("")
@permitted(Permission.FILE)
def take() -> ResponseReturnValue:
    """Follow what the code opens; the same filing for a case that she follows already."""
    form = FollowForm()
    if not form.is_accepted():
        return _page(form), 422
    try:
        filing = follow_with(
            reader(),
            form.return_code.data or "",
            (form.name.data or "").strip(),
            once=form.once.data or "",
            now=context.now(),
        )
    except casework.Busy:
        return _page(form, notice=mailbox_words.BUSY), 503
    except (casework.CodeError, casework.UnknownCode, casework.ExpiredCode) as error:
        form.return_code.errors = [gettext(said_about(error))]
        return _page(form), 422
    except ValueError:
        form.once.data, form.name.errors = casework.new_once(), [gettext(PAGE_TOO_OLD)]
        return _page(form), 422
    return redirect(url_for("filing.begin", filing=filing), 303)


def _page(form: FollowForm, *, notice: str = "") -> str:
    return render_template("filings/follow.html", form=form, notice=notice)
