"""The members: who works here, who waits, who is invited; and entering whoever waits."""

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake.casework import entering, invitations, leaving, renewal
from intake.casework import members as people
from intake.casework.entering import FingerprintDiffers, NotWaiting, RingNotHeld
from intake.casework.errors import CaseworkError
from intake.casework.finding import Wish, counts_of
from intake.casework.invitations import HandleTaken, NotAHandle
from intake.casework.leaving import CannotHold
from intake.casework.leaving_rules import LastCoordinator, LastHandler
from intake.casework.member_roles import NotRoles
from intake.casework.members import Member
from intake.casework.roster import RosterDiffers
from intake.form.text import _
from intake.roles import Permission, Role
from intake.web import context, member_words, role_words, staff_pages
from intake.web.member_words import SAID
from intake.web.members_forms import EnterForm, InviteForm, roles_of
from intake.web.permitted import permitted, reader
from intake.web.proving import is_proved, proof_of
from intake.web.staff_forms import Press

ALARM: Final = _(
    "These digits are not those of the key that stands here. Nothing was done. Read "
    "them once more, all 32. If they still differ, somebody may have put another key "
    "in its place: let nobody in, and tell the other coordinators."
)

members = staff_pages.install(Blueprint("members", __name__, url_prefix="/members"))


@members.get("/")
@permitted(Permission.SEE_MEMBERS)
def everybody() -> ResponseReturnValue:
    """Who works here; first those who wait, with what to do."""
    return render_template(
        "members/everybody.html",
        members=people.everybody(reader()),
        invited=invitations.pending(reader(), now=context.now()),
        changed=member_words.rings(sorted(people.changed_rosters(reader()))),
        said=SAID.get(request.args.get("said", "")),
        **words(),
    )


@members.get("/invite")
@permitted(Permission.INVITE)
def invite() -> ResponseReturnValue:
    """Whom to invite, and as what."""
    return _invite_page(InviteForm(formdata=None))


@members.post("/invite")
@permitted(Permission.INVITE)
def make_invitation() -> ResponseReturnValue:
    """The link, shown this once."""
    form = InviteForm()
    if not form.is_accepted():
        return _invite_page(form), 422
    handle, roles = form.handle.data or "", roles_of(form.roles)
    try:
        secret = invitations.invite(reader(), handle, roles, now=context.now())
    except (NotAHandle, HandleTaken, NotRoles) as error:
        field, sentence = _INVITING[type(error)]
        form[field].errors = [sentence]
        return _invite_page(form), 422
    return link_page(secret, handle.strip().casefold(), is_renewal=False)


_INVITING: Final[dict[type[CaseworkError], tuple[str, str]]] = {
    NotAHandle: ("handle", member_words.NO_HANDLE),
    HandleTaken: ("handle", member_words.HANDLE_TAKEN),
    NotRoles: ("roles", member_words.NO_ROLES),
}


def _invite_page(form: InviteForm) -> str:
    return render_template("members/invite.html", form=form)


def link_page(secret: str, handle: str, *, is_renewal: bool) -> str:
    """The address with its secret behind the #, and the secret to be typed; once only."""
    desk = urlsplit(context.service().settings.desk_url)
    page = f"{desk.scheme}://{desk.netloc}{url_for('invitation.show')}"
    return render_template(
        "members/link.html",
        handle=handle,
        is_renewal=is_renewal,
        page=page,
        address=f"{page}#{secret.replace(' ', '')}",
        secret=secret,
    )


@members.post("/invitations/<uuid:id_>/withdraw")
@permitted(Permission.INVITE)
def withdraw(id_: UUID) -> ResponseReturnValue:
    """Let a link open nothing any more."""
    if Press().is_accepted():
        invitations.withdraw(reader(), id_, now=context.now())
    return redirect(url_for(".everybody", said="withdrawn"), 303)


@members.get("/<uuid:member>")
@permitted(Permission.SEE_MEMBERS)
def show(member: UUID) -> ResponseReturnValue:
    """One member: who she is, what she holds, and what can be done."""
    shown = people.one(reader(), member)
    return member_page(shown, EnterForm(formdata=None, seen=" ".join(shown.roles)))


@members.post("/<uuid:member>/enter")
@permitted(Permission.ENTER)
def enter(member: UUID) -> ResponseReturnValue:
    """Let her in when the digits that were typed are those of her key."""
    shown, form = people.one(reader(), member), EnterForm()
    if not shown.is_waiting:  # somebody was quicker; her page says what she is now
        return redirect(url_for(".show", member=member), 303)
    if not is_proved(form):
        return member_page(shown, form), form.status
    typed, seen = form.fingerprint.data or "", form.seen.data or ""
    try:
        entering.enter(reader(), member, typed, proof_of(form), seen=seen, now=context.now())
    except FingerprintDiffers:
        return member_page(shown, form, alarm=gettext(ALARM)), 422
    except (NotWaiting, RingNotHeld, RosterDiffers) as error:
        form.fingerprint.errors = [sentence_of(error)]
        return member_page(shown, form), 409
    return redirect(url_for(".show", member=member, said="entered"), 303)


def member_page(member: Member, form: EnterForm, *, alarm: str = "") -> str:
    """Her page, with the form by which a coordinator enters whoever waits."""
    return render_template(
        "members/member.html",
        member=member,
        form=form,
        alarm=alarm,
        is_self=member.id == reader().member,
        may_enter=reader().may(Permission.ENTER),
        may_hand_on=reader().may(Permission.TAKE_CASE) and leaving.can_be_handed_on(member),
        given=renewal.given_alone(reader(), member.id),
        led=led_by(member),
        said=said(member),
        **words(),
    )


def led_by(member: Member) -> int:
    """In how many open cases this member leads help, as far as the reader may know."""
    if not reader().may(Permission.READ_QUEUE):
        return 0
    (count,) = counts_of(reader(), [Wish("all", (("lead", member.id.hex),))], now=context.now())
    return count


def said(member: Member) -> str:
    """What was done, and how many cases are left to be handed on."""
    done = SAID.get(request.args.get("said", ""))
    if not done:
        return ""
    left = member.cases if leaving.can_be_handed_on(member) else 0
    still = gettext(member_words.STILL_HERS, count=left) if left else ""
    return f"{gettext(done)} {still}".strip()


def words() -> dict[str, object]:
    """What the templates call states, roles and rings."""
    return {
        "states": member_words.STATES,
        "ring_names": member_words.rings,
        "role_names": lambda roles: role_words.in_words(map(Role, roles)),
    }


def sentence_of(error: CaseworkError) -> str:
    """What stood against it, in the reader's language."""
    if not isinstance(error, RingNotHeld):
        return gettext(_REFUSALS.get(type(error), member_words.NOT_ANY_MORE))
    names, ring = ", ".join(error.holders), _ring(error.ring)
    if not names:
        return gettext(member_words.HELD_BY_NOBODY, ring=ring)
    return gettext(member_words.NOT_HELD, ring=ring, handles=names)


_REFUSALS: Final[dict[type[CaseworkError], str]] = {
    RosterDiffers: member_words.ROSTER_DIFFERS,
    LastCoordinator: member_words.LAST_COORDINATOR,
    LastHandler: member_words.LAST_HANDLER,
    NotRoles: member_words.NO_ROLES,
    CannotHold: member_words.CANNOT_HOLD,
}


def _ring(ring: str) -> str:
    return member_words.rings((ring,))
