"""The forms of giving: an offer, fewer parts, an answer, a note of a specialist."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from intake.casework import Slot
from intake.form.text import _
from intake.web.access_words import ASK_FIRST, CLIENT_AGREED, PARTS
from intake.web.directory_words import AGREED
from intake.web.staff_forms import A_FEW, NEEDED, NOT_TOO_LONG, StaffForm, choices

_CODES: Final = {part.value: words for part, words in PARTS.items()}


def parts_of(field: SelectMultipleField) -> tuple[Slot, ...]:
    """The parts that are ticked, each once."""
    ticked = set(field.data or ())
    return tuple(part for part in PARTS if part.value in ticked)


def member_of(text: str | None) -> UUID | None:
    """The member that a list named; None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def members_of(texts: Iterable[str] | None) -> tuple[UUID, ...]:
    """The members that are ticked, each once."""
    found = (member_of(text) for text in dict.fromkeys(texts or ()))
    return tuple(member for member in found if member is not None)


class NarrowForm(StaffForm):
    """The parts that are left."""

    parts = SelectMultipleField(_("Parts"), choices=choices(_CODES), validate_choice=False)


class OfferForm(NarrowForm):
    """To whom, which parts, and a note that she reads before she accepts."""

    member = SelectField(_("Specialist"), choices=[], validate_choice=False)
    agreed = BooleanField(AGREED)
    note = TextAreaField(_("Note to this colleague"), [A_FEW])


class CounselForm(StaffForm):
    """Which lawyer follows, and how the client said so; sent twice it is done once."""

    once = HiddenField(validators=[Length(max=200)])
    member = SelectField(_("Lawyer"), choices=[], validate_choice=False)
    agreed = BooleanField(CLIENT_AGREED, [InputRequired(ASK_FIRST)])
    words = TextAreaField(_("How the person said so"), [NEEDED, A_FEW])


class EndCounselForm(StaffForm):
    """Why a lawyer shall follow no more; sent twice it is done once."""

    once = HiddenField(validators=[Length(max=200)])
    words = TextAreaField(_("Who wanted it, and how we know"), [NEEDED, A_FEW])


class ReasonForm(StaffForm):
    """Who may not read the case, who may, and why."""

    conflicted = SelectField(_("Who has a conflict"), choices=[], validate_choice=False)
    named = SelectMultipleField(_("Who may read"), choices=[], validate_choice=False)
    reason = TextAreaField(_("Why"), [NEEDED, A_FEW])


class AnswerForm(StaffForm):
    """A specialist's answer; her buttons say which."""

    note = TextAreaField(_("A word to the coordinator"), [A_FEW])


class GivenNoteForm(StaffForm):
    """A note of a specialist; sent twice it is taken once."""

    once = HiddenField(validators=[Length(max=200)])
    text = TextAreaField(_("Note for the coordinators"), [NEEDED, NOT_TOO_LONG])


WRITTEN: Final[Mapping[str, type[StaffForm]]] = {
    "access.offer": OfferForm,
    "access.let_in": CounselForm,
    "access.let_out": EndCounselForm,
    "keeping.keep": ReasonForm,
    "given.answer": AnswerForm,
    "given.add_note": GivenNoteForm,
}
"""What somebody may have been writing when her session ended, by the view it was sent to."""
