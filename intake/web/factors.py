"""Second factors: an app that shows codes, passkeys, and recovery codes on paper."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import segno
from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework import Factor
from intake.form.text import _
from intake.web import context, passkey_offers, places, staff_pages, tokens, way_in
from intake.web.account_forms import NewAppForm, NewPasskeyForm
from intake.web.forms import token_key
from intake.web.notice_words import FACTORS
from intake.web.permitted import permitted, reader
from intake.web.proving import ProofForm, is_proved, proof_of
from intake.web.staff_forms import language_asked_for

NOT_THE_CODE: Final = _(
    "This is not the code that the app shows now. Check the clock of the phone, and that the "
    "app has the secret that stands here."
)
NO_PASSKEY: Final = _("No passkey was made. Press the button once more.")
THE_LAST: Final = _(
    "This is your last second factor. Add another one first, then this one can go."
)
SAID: Final = {
    "added": _("The second factor is added. It is asked for when you sign in."),
    "removed": _("The second factor is taken away."),
}

factors = staff_pages.install(Blueprint("factors", __name__, url_prefix="/account/factors"))


@factors.get("/")
@permitted(factor=False)
def show() -> ResponseReturnValue:
    """Her second factors; for who has none, the first one."""
    if reader().must_add_factor:
        return _app_page()
    return render_template(
        "account/factors.html",
        said=SAID.get(request.args.get("said", "")),
        factors=casework.factors_of(reader()),
        kinds=FACTORS,
        codes_left=casework.codes_left(reader()),
        may_add_passkey=passkey_offers.offer("add") is not None,
    )


@factors.get("/app")
@permitted(factor=False)
def app() -> ResponseReturnValue:
    """A fresh secret for an app."""
    return _app_page()


@factors.post("/app")
@permitted(factor=False)
def add_app() -> ResponseReturnValue:
    """Take the app once it shows the right code and it is proved who she is."""
    form = NewAppForm()
    secret = tokens.opened(token_key(), _purpose(), form.drawn.data or "", now=context.now())
    if secret is None:
        return _app_page()
    if language_asked_for():
        return _app_page(secret, form)
    if not is_proved(form):
        return _app_page(secret, form), form.status
    try:
        codes = casework.add_app(
            reader(), proof_of(form), secret, form.first_code.data or "", now=context.now()
        )
    except casework.NotTheCode:
        form.first_code.errors = [NOT_THE_CODE]
        return _app_page(secret, form), 422
    return _added(codes)


def _app_page(secret: str = "", form: NewAppForm | None = None) -> str:
    form = form or NewAppForm(formdata=None)
    made = casework.new_app(reader(), secret)
    form.drawn.data = tokens.issue(
        token_key(), _purpose(), now=context.now(), value=made.secret
    )
    groups = [made.secret[at : at + 4] for at in range(0, len(made.secret), 4)]
    return render_template(
        "account/app.html", form=form, groups=groups, picture=_picture(made.address)
    )


def _picture(text: str) -> Sequence[bytes]:
    """Rows of dark (1) and light (0) squares: drawn by the page, so that no policy loosens."""
    return [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]


@factors.get("/passkey")
@permitted()
def passkey() -> ResponseReturnValue:
    """What a passkey is, and the button that makes one."""
    return _passkey_page(NewPasskeyForm(formdata=None))


@factors.post("/passkey")
@permitted()
def add_passkey() -> ResponseReturnValue:
    """Take the passkey that the browser made."""
    form = NewPasskeyForm()
    if not is_proved(form):
        return _passkey_page(form), form.status
    name = (form.name.data or "").strip()
    try:
        codes = casework.add_passkey(
            reader(), proof_of(form), form.made.data or "", name, now=context.now()
        )
    except casework.NotTheCode:
        form.name.errors = [NO_PASSKEY]
        return _passkey_page(form), 422
    return _added(codes)


def _passkey_page(form: NewPasskeyForm) -> str:
    if (offer := passkey_offers.offer("add")) is None:
        abort(404)
    form.made.data = ""
    return render_template(
        "account/passkey.html",
        form=form,
        make=offer,
        known=" ".join(casework.passkey_ids(reader())),
    )


@factors.get("/<uuid:factor>/remove")
@permitted()
def remove(factor: UUID) -> ResponseReturnValue:
    """Whether she really wants to take it away."""
    return _remove_page(_hers(factor), ProofForm(formdata=None))


@factors.post("/<uuid:factor>/remove")
@permitted()
def take_away(factor: UUID) -> ResponseReturnValue:
    """Take it away, unless it is the last one."""
    found, form = _hers(factor), ProofForm()
    if not is_proved(form):
        return _remove_page(found, form), form.status
    try:
        casework.remove_factor(reader(), proof_of(form), factor, now=context.now())
    except casework.TheLastFactor:
        form.passphrase.errors = [THE_LAST]
        return _remove_page(found, form), 422
    return redirect(url_for(".show", said="removed"), 303)


def _hers(id: UUID) -> Factor:
    found = next((one for one in casework.factors_of(reader()) if one.id == id), None)
    return found if found is not None else abort(404)


def _remove_page(factor: Factor, form: ProofForm) -> str:
    return render_template(
        "account/remove-factor.html", form=form, factor=factor, kind=FACTORS[factor.kind]
    )


@factors.get("/codes")
@permitted()
def codes() -> ResponseReturnValue:
    """What recovery codes are for, and how many are left."""
    return _codes_page(ProofForm(formdata=None))


@factors.post("/codes")
@permitted()
def make_codes() -> ResponseReturnValue:
    """Ten new ones, shown once."""
    form = ProofForm()
    if not is_proved(form):
        return _codes_page(form), form.status
    made = casework.new_codes(reader(), proof_of(form), now=context.now())
    return _shown(made)


def _codes_page(form: ProofForm) -> str:
    left = casework.codes_left(reader())
    return render_template("account/codes.html", form=form, left=left)


def _added(codes: Sequence[str]) -> ResponseReturnValue:
    """The recovery codes that came with a first factor, or the list."""
    if codes:
        return _shown(codes)
    return redirect(url_for(".show", said="added"), 303)


def _shown(codes: Sequence[str]) -> str:
    g.reader.has_factor = True
    then = way_in.first_step(reader())
    return render_template(
        "account/codes-shown.html", codes=codes, then=then or places.home(reader())
    )


def _purpose() -> str:
    return f"authenticator-app/{reader().session_id.hex}"
