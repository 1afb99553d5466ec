"""Lawyers who follow the messages of a case, let in and out on the word of the client."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework import Overview
from intake.casework.access import access as look
from intake.casework.filings.counsel import Counsel, NoLawyer
from intake.casework.filings.counsel import let_in as let_follow
from intake.casework.filings.counsel import let_out as end_following
from intake.casework.offering import NotConsented
from intake.roles import Permission
from intake.web import access_words, context
from intake.web.access import TAB, access
from intake.web.access_forms import CounselForm, EndCounselForm, member_of
from intake.web.case_pages import tab_page, view_of
from intake.web.correspondence import PAGE_TOO_OLD
from intake.web.permitted import permitted, reader

__all__ = ["access"]


@access.get("/<ref>/access/following")
@permitted(Permission.GRANT)
def ask_to_let_in(ref: str) -> ResponseReturnValue:
    """Which lawyer the client wants, and how that was said."""
    return _page(view_of(ref), CounselForm(formdata=None, once=casework.new_once()))


@access.post("/<ref>/access/following")
@permitted(Permission.GRANT)
def let_in(ref: str) -> ResponseReturnValue:
    """Let a lawyer follow the messages."""
    form = CounselForm()
    if not (form.is_accepted() and _is_let_in(ref, form)):
        return _page(view_of(ref), form), 422
    return redirect(url_for(".show", ref=ref, said="follows"), 303)


def _is_let_in(ref: str, form: CounselForm) -> bool:
    """Whether it is done; else the form says why not."""
    member, words = member_of(form.member.data), form.words.data or ""
    if member is None:
        form.member.errors = [access_words.NO_LAWYER]
        return False
    try:
        let_follow(reader(), ref, member, words, once=form.once.data or "", now=context.now())
    except NoLawyer:
        form.member.errors = [access_words.NO_LAWYER]
    except NotConsented as refused:
        form.agreed.errors = [access_words.ASKED[code] for code in refused.missing]
    except ValueError:
        form.once.data, form.words.errors = casework.new_once(), [PAGE_TOO_OLD]
    return not form.errors


@access.get("/<ref>/access/following/<uuid:filing>")
@permitted(Permission.GRANT)
def ask_to_let_out(ref: str, filing: UUID) -> ResponseReturnValue:
    """Why a lawyer shall follow no more."""
    form = EndCounselForm(formdata=None, once=casework.new_once())
    return _end_page(view_of(ref), filing, form)


@access.post("/<ref>/access/following/<uuid:filing>")
@permitted(Permission.GRANT)
def let_out(ref: str, filing: UUID) -> ResponseReturnValue:
    """Let a lawyer follow no more."""
    form = EndCounselForm()
    if not form.is_accepted():
        return _end_page(view_of(ref), filing, form), 422
    words, once = form.words.data or "", form.once.data or ""
    try:
        end_following(reader(), ref, filing, words, once=once, now=context.now())
    except ValueError:
        form.once.data, form.words.errors = casework.new_once(), [PAGE_TOO_OLD]
        return _end_page(view_of(ref), filing, form), 422
    return redirect(url_for(".show", ref=ref, said="follows-no-more"), 303)


def _page(view: Overview, form: CounselForm) -> str:
    known, has_changed = _counsel(view)
    return tab_page(
        "desk/access/follow.html",
        view,
        TAB,
        counsel=known,
        form=form,
        failed=bool(form.errors),
        has_changed=has_changed,
        missing=[access_words.ASKED[code] for code in known.missing],
    )


def _end_page(view: Overview, filing: UUID, form: EndCounselForm) -> str:
    known, has_changed = _counsel(view)
    one = next((one for one in known.followers if one.filing == filing), None)
    if one is None:
        raise casework.UnknownCase
    return tab_page(
        "desk/access/end-following.html",
        view,
        TAB,
        one=one,
        form=form,
        failed=bool(form.errors),
        has_changed=has_changed,
    )


def _counsel(view: Overview) -> tuple[Counsel, bool]:
    """Who follows and who could, and whether the case was changed behind the program's back."""
    seen = look(reader(), view.row.ref, now=context.now())
    if seen.counsel is None:
        raise casework.UnknownCase
    return seen.counsel, bool(seen.differences)
