"""Coming in through an invitation: its secret, a fresh passphrase, then a member who waits."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework import joining
from intake.casework.invitations import Offer, WrongInvitation
from intake.roles import Role
from intake.web import context, drawn, role_words, staff_pages, way_in
from intake.web.account import browser, remember
from intake.web.member_words import WRONG_INVITATION
from intake.web.members_forms import InvitationForm, JoinForm
from intake.web.permitted import reader
from intake.web.staff_forms import language_asked_for

invitation = staff_pages.install(Blueprint("invitation", __name__, url_prefix="/invitation"))


@invitation.get("")
def show() -> ResponseReturnValue:
    """A field for the secret; a small script fills it in from the address."""
    return _secret_page(InvitationForm(formdata=None))


@invitation.post("")
def look_at() -> ResponseReturnValue:
    """Draw a passphrase for whoever has an invitation; nothing is used up yet."""
    form = InvitationForm()
    if not form.is_accepted():
        return _secret_page(form, status=422)
    typed = form.secret.data or ""
    try:
        offer = joining.look_at(context.service(), typed, now=context.now())
    except WrongInvitation:
        return _refused(form)
    return _words_page(
        offer, JoinForm(formdata=None, secret=typed), casework.propose_passphrase()
    )


@invitation.post("/passphrase")
def join() -> ResponseReturnValue:
    """Let her key pair be born under the words that were drawn, once they were typed."""
    form = JoinForm()
    typed = form.secret.data or ""
    try:
        offer = joining.look_at(context.service(), typed, now=context.now())
        words = drawn.words_in(form.drawn, _purpose(offer))
        if words is None or request.form.get("step") == "another":
            return _words_page(offer, form, casework.propose_passphrase())
        if language_asked_for():
            return _words_page(offer, form, words)
        if not form.is_accepted() or not drawn.are_same(form.again.data or "", words):
            form.again.errors = form.again.errors or [drawn.NOT_THE_SAME]
            return _words_page(offer, form, words), 422
        return _joined(typed, words)
    except WrongInvitation:
        return _refused(InvitationForm(formdata=None))


def _joined(typed: str, words: str) -> ResponseReturnValue:
    service, now = context.service(), context.now()
    signed_in = joining.join(service, typed, words, now=now, browser=browser())
    g.reader = casework.resume(service, signed_in.cookie, now=now)
    step = way_in.first_step(reader()) or url_for("account.home")
    return remember(redirect(step, 303), signed_in)


def _refused(form: InvitationForm) -> ResponseReturnValue:
    """One answer for what is wrong, used or expired."""
    form.secret.errors = [WRONG_INVITATION]
    return _secret_page(form, status=422)


def _secret_page(form: InvitationForm, *, status: int = 200) -> ResponseReturnValue:
    return render_template("members/invitation.html", form=form), status


def _words_page(offer: Offer, form: JoinForm, words: str) -> str:
    drawn.issue(form.drawn, _purpose(offer), words)
    return render_template(
        "members/invitation-words.html",
        form=form,
        offer=offer,
        roles=role_words.in_words(map(Role, offer.roles.split())),
        words=words.split("-"),
    )


def _purpose(offer: Offer) -> str:
    return f"passphrase/invitation/{offer.id.hex}"
