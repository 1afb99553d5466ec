"""The forms about members: invite, enter, change roles, take out, hand on, come in."""

from typing import Final

from flask_babel import gettext
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from intake.form.text import _
from intake.roles import Role
from intake.web.member_words import NO_FINGERPRINT, NO_HANDLE, WRONG_INVITATION
from intake.web.proving import ProofForm
from intake.web.role_words import ROLES
from intake.web.staff_forms import StaffForm, choices

QUEUE: Final = "queue"
LONGEST_SECRET: Final = 400


def _roles() -> list[SelectChoice]:
    return choices({role.value: gettext(words) for role, words in ROLES.items()})


def roles_of(field: SelectMultipleField) -> tuple[Role, ...]:
    """The roles that are ticked, each once, in their own order."""
    ticked = set(field.data or ())
    return tuple(role for role in Role if role.value in ticked)


class InviteForm(StaffForm):
    """Whom to invite, and as what."""

    handle = StringField(
        _("Name to sign in with"),
        [InputRequired(NO_HANDLE), Length(max=80, message=NO_HANDLE)],
    )
    roles = SelectMultipleField(_("Roles"), choices=_roles, validate_choice=False)


class EnterForm(ProofForm):
    """The digits that the newcomer reads aloud, typed by a coordinator who saw her roles."""

    seen = HiddenField()
    fingerprint = StringField(
        _("The member's fingerprint"), [InputRequired(NO_FINGERPRINT), Length(max=200)]
    )


class KnowingForm(ProofForm):
    """An act after which nobody may be there for what only trained handlers read."""

    knowing = BooleanField(_("I know that this is the last trained handler."))


class RolesForm(KnowingForm):
    """The roles that she is to have."""

    roles = SelectMultipleField(_("Roles"), choices=_roles, validate_choice=False)


class HandOnForm(ProofForm):
    """To whom her cases go."""

    to = SelectField(_("The cases go to"), validate_choice=False, default=QUEUE)


class LeaveForm(KnowingForm):
    """Leaving, and to whom her cases go."""

    to = SelectField(_("The cases go to"), validate_choice=False, default=QUEUE)


class InvitationForm(StaffForm):
    """The secret of an invitation, pasted or typed."""

    secret = StringField(
        _("Your invitation"),
        [InputRequired(WRONG_INVITATION), Length(max=LONGEST_SECRET, message=WRONG_INVITATION)],
    )


class JoinForm(StaffForm):
    """The drawn passphrase, typed once to show that it was written down; `drawn` is signed."""

    secret = HiddenField(validators=[Length(max=LONGEST_SECRET)])
    drawn = HiddenField()
    again = PasswordField(_("Type the words"), [Optional(), Length(max=400)])
