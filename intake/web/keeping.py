"""Keeping a case for named colleagues where somebody has a conflict, and giving it back."""

from typing import Final
from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from intake import casework
from intake.casework import Overview
from intake.casework.access import Access
from intake.casework.access import access as look
from intake.casework.restricting import NoneNamed, restrict
from intake.casework.restricting import lift as give_back
from intake.casework.sheets import NoSheets
from intake.form.text import _
from intake.roles import Permission
from intake.web import access_words, context, role_words, staff_pages
from intake.web.access_forms import ReasonForm, member_of, members_of
from intake.web.case_pages import tab_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.proving import ProofForm, is_proved, proof_of

TAB: Final = "access.show"
KEEP: Final = _("Keep this case for named colleagues")
LIFT: Final = _("Give this case back to every coordinator")


class KeepForm(ReasonForm, ProofForm):
    """Who may read, why, and fresh proof."""


class LiftForm(ProofForm):
    """Fresh proof alone."""


keeping = staff_pages.install(Blueprint("keeping", __name__, url_prefix="/desk/cases"))


@keeping.get("/<ref>/access/keep")
@permitted(Permission.GRANT)
def ask(ref: str) -> ResponseReturnValue:
    """Who has the conflict, and who may read the case instead."""
    return _page(view_of(ref), KeepForm(formdata=None))


@keeping.post("/<ref>/access/keep")
@permitted(Permission.GRANT)
def keep(ref: str) -> ResponseReturnValue:
    """Keep the case for those who are named."""
    form, view = KeepForm(), view_of(ref)
    named = members_of(form.named.data)
    if form.is_accepted() and member_of(form.conflicted.data) in named:
        form.named.errors = [access_words.CONFLICTED]
        return _page(view, form), 422
    if not is_proved(form):
        return _page(view, form), form.status
    if not _is_kept(ref, named, form):
        return _page(view, form), 422
    if reader().member not in named:  # it is hers no longer
        return redirect(url_for("desk.queue"), 303)
    return redirect(url_for("access.show", ref=ref, said="kept"), 303)


def _is_kept(ref: str, named: tuple[UUID, ...], form: KeepForm) -> bool:
    """Whether it is done; else the form says why not."""
    reason, conflicted = form.reason.data or "", member_of(form.conflicted.data)
    proof, now = proof_of(form), context.now()
    try:
        restrict(reader(), ref, named, reason, proof, conflicted=conflicted, now=now)
    except NoneNamed:
        form.named.errors = [access_words.NOBODY_NAMED]
    except NoSheets:
        form.named.errors = [access_words.NO_SHEETS]
    return not form.errors


@keeping.get("/<ref>/access/lift")
@permitted(Permission.GRANT)
def ask_to_lift(ref: str) -> ResponseReturnValue:
    """What giving the case back means."""
    return _lift_page(view_of(ref), LiftForm(formdata=None))


@keeping.post("/<ref>/access/lift")
@permitted(Permission.GRANT)
def lift(ref: str) -> ResponseReturnValue:
    """Give the case back to every coordinator."""
    form, view = LiftForm(), view_of(ref)
    if not is_proved(form):
        return _lift_page(view, form), form.status
    give_back(reader(), ref, proof_of(form), now=context.now())
    return redirect(url_for("access.show", ref=ref, said="lifted"), 303)


def _seen(view: Overview) -> Access:
    """`UnknownCase` for who does not hold every key: the tab offers her no such page."""
    seen = look(reader(), view.row.ref, now=context.now())
    if not seen.holds_every_key:
        raise casework.UnknownCase
    return seen


def _page(view: Overview, form: KeepForm) -> str:
    seen = _seen(view)
    form.conflicted.choices = [
        SelectChoice(one.member.hex, one.handle) for one in seen.colleagues
    ]
    return tab_page(
        "desk/access/keep.html",
        view,
        TAB,
        form=form,
        failed=bool(form.errors),
        title=KEEP,
        colleagues=[
            (one.member.hex, f"{one.handle} ({role_words.in_words(one.roles)})")
            for one in seen.colleagues
        ],
    )


def _lift_page(view: Overview, form: LiftForm) -> str:
    seen = _seen(view)
    if seen.kept_for is None:
        raise casework.UnknownCase
    return tab_page(
        "desk/access/lift.html",
        view,
        TAB,
        form=form,
        failed=bool(form.errors),
        title=LIFT,
        kept_for=seen.kept_for,
    )
