"""Signing in and out, and the language of the staff pages."""

from datetime import timedelta
from typing import Final

from flask import (
    Blueprint,
    Response,
    g,
    make_response,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework import SignedIn
from intake.form.text import _
from intake.settings.values import MIB
from intake.web import (
    browsers,
    context,
    cookies,
    kept,
    limits,
    places,
    staff_pages,
    time_words,
    way_in,
)
from intake.web.permitted import KNOWN, SESSION, permitted, reader
from intake.web.staff_forms import LanguageForm, Press, SignInForm

NOT_TOGETHER: Final = _(
    "This name, this passphrase and this code do not belong together, or the code was used "
    "before. Wait for the next code."
)
SIGNED_OUT: Final = _("You are signed out. Close this window if others use this computer.")

# Who tries other people's names slows down unknown browsers only, so ours must stay known.
KNOWN_FOR: Final = timedelta(days=180)

MOST_KEPT: Final = 2 * MIB
"""Of what was written when a session ended, sealed and as text."""

account = Blueprint("account", __name__)


@account.before_request
def _expect() -> None:
    if request.path == "/sign-in":
        limits.allow(MOST_KEPT)


staff_pages.install(account)


@account.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Handle, passphrase and second factor, in one form."""
    note = SIGNED_OUT if request.args.get("said") == "signed-out" else ""
    return kept.sign_in_page(
        SignInForm(formdata=None, to=request.args.get("to", "")), note=note
    )


@account.post("/sign-in")
def begin_session() -> ResponseReturnValue:
    """Begin a session; to set-up, to the page that was asked for, or to what was written."""
    form = SignInForm()
    if not form.is_accepted():
        return kept.sign_in_page(form, status=422)
    try:
        signed_in = casework.sign_in(
            context.service(),
            form.handle.data or "",
            form.passphrase.data or "",
            form.code.data or "",
            passkey=form.passkey.data or "",
            browser=browser(),
            known=cookies.read(KNOWN),
            now=context.now(),
        )
    except casework.WrongPassphrase:
        form.passphrase.errors = [NOT_TOGETHER]
        form.code.data = form.passkey.data = ""
        return kept.sign_in_page(form, status=422)
    except casework.SlowDown as slow:
        return _wait(form, slow.seconds)
    return remember(_after_sign_in(form, signed_in), signed_in)


def _wait(form: SignInForm, seconds: int) -> ResponseReturnValue:
    response = make_response(
        kept.sign_in_page(form, wait=time_words.seconds(seconds), status=429)
    )
    response.headers["Retry-After"] = str(seconds)
    return response


def _after_sign_in(form: SignInForm, signed_in: SignedIn) -> ResponseReturnValue:
    g.reader = casework.resume(context.service(), signed_in.cookie, now=context.now())
    if form.kept.data:
        return kept.offered(form.kept.data)
    if (step := way_in.first_step(reader())) is not None:
        return redirect(step, 303)
    return redirect(places.safe(form.to.data or "") or places.home(reader()), 303)


def browser() -> str:
    """The browser of this request, coarsely; told to its owner alone."""
    return browsers.coarse(request.headers.get("User-Agent", ""))


def remember(answer: ResponseReturnValue, signed_in: SignedIn) -> Response:
    """`answer`, with the cookies of a session that begins."""
    casework.end_before(context.service(), cookies.read(SESSION))
    response = make_response(answer)
    cookies.keep(response, SESSION, signed_in.cookie)
    cookies.keep(response, KNOWN, signed_in.known, lasting=KNOWN_FOR)
    return response


@account.post("/sign-out")
@permitted(set_up=False, renews=False)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    if not Press().is_accepted():
        return redirect(places.home(reader()), 303)
    casework.sign_out(reader(), now=context.now())
    return _signed_out()


@account.post("/sign-out-everywhere")
@permitted(set_up=False, renews=False)
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this member."""
    if not Press().is_accepted():
        return redirect(places.home(reader()), 303)
    casework.sign_out_everywhere(reader(), now=context.now())
    return _signed_out()


def _signed_out() -> Response:
    response = make_response(redirect(url_for(".sign_in", said="signed-out"), 303))
    cookies.forget(response, SESSION)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@account.post("/language")
def choose_language() -> ResponseReturnValue:
    """Back to the page, in the language that `staff_pages` read out of the button."""
    return redirect(places.safe(LanguageForm().to.data or "") or url_for(".sign_in"), 303)
