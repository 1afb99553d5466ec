"""Leaving, and handing on the cases of whoever goes."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from intake.casework import leaving
from intake.casework.leaving import CannotHold
from intake.casework.member_states import LEFT
from intake.roles import Permission
from intake.web import context
from intake.web.member_act_pages import done, other, page, take_out
from intake.web.member_act_words import HAND_ON, LEAVE
from intake.web.member_acts import members
from intake.web.members_forms import QUEUE, HandOnForm, LeaveForm
from intake.web.permitted import permitted, reader
from intake.web.proving import proof_of

__all__ = ["members"]


@members.get("/<uuid:member>/leave")
@permitted(Permission.SUSPEND)
def leaving_page(member: UUID) -> ResponseReturnValue:
    """What leaving means, and to whom her cases go."""
    return page(other(member), LEAVE, LeaveForm(formdata=None))


@members.post("/<uuid:member>/leave")
@permitted(Permission.SUSPEND)
def let_go(member: UUID) -> ResponseReturnValue:
    """Close her account first, then hand on what she holds."""
    shown, form = other(member), LeaveForm()

    def leave() -> None:
        to = _to(form)  # before anything is done
        take_out(member, LEFT, form)
        if shown.cases and reader().may(Permission.TAKE_CASE):
            leaving.hand_on(reader(), member, to, proof=proof_of(form), now=context.now())

    return done(shown, LEAVE, form, "left", leave)


@members.get("/<uuid:member>/cases")
@permitted(Permission.TAKE_CASE)
def cases(member: UUID) -> ResponseReturnValue:
    """To whom the cases go that she holds and cannot open any more."""
    return page(other(member), HAND_ON, HandOnForm(formdata=None))


@members.post("/<uuid:member>/cases")
@permitted(Permission.TAKE_CASE)
def give_cases(member: UUID) -> ResponseReturnValue:
    """Hand them on."""
    shown, form = other(member), HandOnForm()

    def hand_on() -> None:
        leaving.hand_on(reader(), member, _to(form), proof=proof_of(form), now=context.now())

    return done(shown, HAND_ON, form, "handed-on", hand_on)


def _to(form: LeaveForm | HandOnForm) -> UUID | None:
    """The colleague that was chosen; None for the queue."""
    if form.to.data == QUEUE:
        return None
    try:
        return UUID(form.to.data or "")
    except ValueError:
        raise CannotHold from None
