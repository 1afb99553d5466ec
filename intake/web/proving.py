"""Fresh proof in the very form of a dangerous act: passphrase and second factor once more."""

from typing import Final

from flask_babel import gettext
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from intake import casework
from intake.casework import Proof
from intake.form.text import _
from intake.web import context, time_words
from intake.web.passkey_offers import Offer, offer
from intake.web.permitted import reader
from intake.web.staff_forms import StaffForm

NOT_PROVED: Final = _(
    "This passphrase and this code are not yours, or the code was used before. "
    "Wait for the next code."
)
NOT_PROVED_WITHOUT_CODE: Final = _("This is not your passphrase.")
TOO_MANY_TRIES: Final = _("There were too many wrong tries. Wait %(time)s, then try once more.")


class ProofForm(StaffForm):
    """Passphrase and second factor; `proof` is there once `is_proved` said so.

    `status` is what to answer with when it did not: 422, or 429 after too many tries.
    """

    passphrase = PasswordField(
        _("Your passphrase"), [InputRequired(_("Write your passphrase.")), Length(max=400)]
    )
    code = StringField(_("Code"), [Length(max=80)])
    passkey = HiddenField(validators=[Length(max=16_384)])

    proof: Proof | None = None
    status: int = 422

    @property
    def offer(self) -> Offer | None:
        """What a passkey needs on this page."""
        return offer("sign-in") if reader().has_factor else None

    @property
    def needs_code(self) -> bool:
        return reader().has_factor


def is_proved(form: ProofForm) -> bool:
    """Whether the form is good and it is she; else the right sentence stands on the form.

    Everything else is judged first, so that no code is used up by a form with another fault.
    """
    form.proof = _proof(form) if form.is_accepted() else None
    if form.proof is None:
        form.code.data = form.passkey.data = ""
    return form.proof is not None


def proof_of(form: ProofForm) -> Proof:
    """The proof of a form that `is_proved`."""
    if form.proof is None:
        raise ValueError("This form was not proved.")
    return form.proof


def _proof(form: ProofForm) -> Proof | None:
    try:
        return casework.prove(
            reader(),
            form.passphrase.data or "",
            form.code.data or "",
            passkey=form.passkey.data or "",
            now=context.now(),
        )
    except casework.WrongPassphrase:
        form.passphrase.errors = [NOT_PROVED if form.needs_code else NOT_PROVED_WITHOUT_CODE]
    except casework.SlowDown as slow:
        form.status = 429
        wait = time_words.seconds(slow.seconds)
        form.passphrase.errors = [gettext(TOO_MANY_TRIES, time=wait)]
    return None
