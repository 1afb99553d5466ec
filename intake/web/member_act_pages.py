"""The page of one act about a member, and how it is done once it is proved who asks."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from intake import casework
from intake.casework import members as people
from intake.casework.entering import RingNotHeld
from intake.casework.leaving import CannotHold
from intake.casework.leaving_rules import LastCoordinator, LastHandler
from intake.casework.member_roles import NotRoles
from intake.casework.members import Member
from intake.casework.roster import RosterDiffers
from intake.form.text import _
from intake.roles import Permission
from intake.web import context
from intake.web.member_act_words import Act
from intake.web.members import led_by, sentence_of, words
from intake.web.members_forms import QUEUE, HandOnForm, KnowingForm, LeaveForm
from intake.web.permitted import reader
from intake.web.proving import ProofForm, is_proved, proof_of
from intake.web.staff_forms import choices

IN_THE_QUEUE: Final = _("back to the queue")
_REFUSALS: Final = (
    RingNotHeld,
    RosterDiffers,
    LastCoordinator,
    LastHandler,
    NotRoles,
    CannotHold,
)


def other(member: UUID) -> Member:
    """Somebody else than oneself: nobody gives herself a role, nor takes her last one."""
    if member == reader().member:
        raise casework.NotAllowed
    return people.one(reader(), member)


def take_out(member: UUID, state: str, form: KnowingForm) -> None:
    """Take the member out, by who just proved who she is."""
    people.take_out(
        reader(),
        member,
        state=state,
        proof=proof_of(form),
        knowing=bool(form.knowing.data),
        now=context.now(),
    )


def done(
    member: Member, act: Act, form: ProofForm, said: str, do: Callable[[], None]
) -> ResponseReturnValue:
    """Do it, when it is she who asks; back to the member's page, or what stands against it."""
    if not is_proved(form):
        return page(member, act, form), form.status
    try:
        do()
    except _REFUSALS as error:
        return page(member, act, form, refused=sentence_of(error)), 409
    return redirect(url_for(".show", member=member.id, said=said), 303)


def page(member: Member, act: Act, form: ProofForm, *, refused: str = "") -> str:
    """What the act means, and the form that does it; `refused`: what stood against it."""
    if isinstance(form, LeaveForm | HandOnForm):
        form.to.choices = _receivers(member)
    return render_template(
        "members/act.html",
        member=member,
        act=act,
        form=form,
        refused=refused,
        asks_cases=bool(member.cases) and reader().may(Permission.TAKE_CASE),
        is_last_handler=people.is_last_handler(reader(), member.id),
        led=led_by(member),
        **words(),
    )


def _receivers(member: Member) -> list[SelectChoice]:
    offered = {QUEUE: gettext(IN_THE_QUEUE)}
    if reader().may(Permission.TAKE_CASE):
        offered |= {
            str(one.id): one.handle for one in people.colleagues(reader(), beside=member.id)
        }
    return choices(offered)
