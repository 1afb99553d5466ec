"""What is done to a member, each on a page of its own and with fresh proof."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from intake.casework import renewal
from intake.casework.leaving_rules import LastCoordinator, LastHandler
from intake.casework.member_roles import change_roles
from intake.casework.member_states import SUSPENDED
from intake.roles import Permission
from intake.web import context
from intake.web.member_act_pages import done, other, page, take_out
from intake.web.member_act_words import AGAIN, GIVE_AGAIN, RENEW, ROLES, SUSPEND
from intake.web.members import link_page, members, sentence_of
from intake.web.members_forms import KnowingForm, RolesForm, roles_of
from intake.web.permitted import permitted, reader
from intake.web.proving import ProofForm, is_proved, proof_of

__all__ = ["members"]


@members.get("/<uuid:member>/roles")
@permitted(Permission.SUSPEND)
def roles(member: UUID) -> ResponseReturnValue:
    """The roles she has, to be changed."""
    shown = other(member)
    return page(shown, ROLES, RolesForm(formdata=None, roles=list(shown.roles)))


@members.post("/<uuid:member>/roles")
@permitted(Permission.SUSPEND)
def give_roles(member: UUID) -> ResponseReturnValue:
    """Give her the roles that are ticked."""
    shown, form = other(member), RolesForm()
    return done(
        shown,
        ROLES,
        form,
        "roles",
        lambda: change_roles(
            reader(),
            member,
            roles_of(form.roles),
            proof_of(form),
            knowing=bool(form.knowing.data),
            now=context.now(),
        ),
    )


@members.get("/<uuid:member>/suspend")
@permitted(Permission.SUSPEND)
def suspension(member: UUID) -> ResponseReturnValue:
    """What suspending means."""
    return page(other(member), SUSPEND, KnowingForm(formdata=None))


@members.post("/<uuid:member>/suspend")
@permitted(Permission.SUSPEND)
def suspend(member: UUID) -> ResponseReturnValue:
    """Take her keys and sessions away."""
    shown, form = other(member), KnowingForm()
    return done(shown, SUSPEND, form, "suspended", lambda: take_out(member, SUSPENDED, form))


@members.get("/<uuid:member>/again")
@permitted(Permission.SUSPEND)
def again(member: UUID) -> ResponseReturnValue:
    """What letting in again means."""
    return page(other(member), AGAIN, ProofForm(formdata=None))


@members.post("/<uuid:member>/again")
@permitted(Permission.SUSPEND)
def let_in_again(member: UUID) -> ResponseReturnValue:
    """Let her sign in and wait."""
    shown, form = other(member), ProofForm()
    return done(
        shown,
        AGAIN,
        form,
        "again",
        lambda: renewal.let_in_again(reader(), member, proof=proof_of(form), now=context.now()),
    )


@members.get("/<uuid:member>/renew")
@permitted(Permission.INVITE)
def renewal_page(member: UUID) -> ResponseReturnValue:
    """What new keys mean."""
    return page(other(member), RENEW, KnowingForm(formdata=None))


@members.post("/<uuid:member>/renew")
@permitted(Permission.INVITE)
def make_renewal(member: UUID) -> ResponseReturnValue:
    """The link, shown this once."""
    shown, form = other(member), KnowingForm()
    if not is_proved(form):
        return page(shown, RENEW, form), form.status
    proof, knowing = proof_of(form), bool(form.knowing.data)
    try:
        secret = renewal.renew(
            reader(), member, proof=proof, knowing=knowing, now=context.now()
        )
    except (LastCoordinator, LastHandler) as error:
        return page(shown, RENEW, form, refused=sentence_of(error)), 409
    return link_page(secret, shown.handle, is_renewal=True)


@members.get("/<uuid:member>/grants")
@permitted(Permission.GRANT)
def grants(member: UUID) -> ResponseReturnValue:
    """What giving again means."""
    return page(other(member), GIVE_AGAIN, ProofForm(formdata=None))


@members.post("/<uuid:member>/grants")
@permitted(Permission.GRANT)
def give_grants_again(member: UUID) -> ResponseReturnValue:
    """Seal to her new key what she was given before."""
    shown, form = other(member), ProofForm()

    def give_again() -> None:
        renewal.give_again(reader(), member, proof=proof_of(form), now=context.now())

    return done(shown, GIVE_AGAIN, form, "given-again", give_again)
