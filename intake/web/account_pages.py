"""A member's own page: who she is, what she is told, her sessions and her passphrase."""

from typing import Final
from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.form.text import _
from intake.web import browsers, context, drawn, role_words
from intake.web.account import account, browser, remember
from intake.web.account_forms import NewPassphraseForm
from intake.web.notice_words import notice_words
from intake.web.permitted import permitted, reader
from intake.web.proving import is_proved, proof_of
from intake.web.staff_forms import Press, language_asked_for

__all__ = ["account"]

SAID: Final = {
    "passphrase": _("Your passphrase is changed. Every other session of yours was ended."),
    "session": _("The session is ended."),
    "sessions": _("Every other session is ended."),
    "dismissed": _("The notice is put away."),
}


@account.get("/account/")
@permitted()
def home() -> ResponseReturnValue:
    """Who I am here, what happened to my account, where I am signed in."""
    will_see = [words for role, words in role_words.WILL_SEE.items() if role in reader().roles]
    return render_template(
        "account/home.html",
        said=SAID.get(request.args.get("said", "")),
        roles=role_words.in_words(reader().roles),
        fingerprint=reader().secret.seed.public.fingerprint(),
        will_see=will_see,
        notices=[(one, notice_words(one)) for one in casework.notices_for(reader())],
        sessions=[
            (one, browsers.in_words(one.browser)) for one in casework.open_sessions(reader())
        ],
        factors=casework.factors_of(reader()),
    )


@account.post("/account/notices/<uuid:notice>/dismiss")
@permitted()
def dismiss(notice: UUID) -> ResponseReturnValue:
    """Put a notice away."""
    if Press().is_accepted():
        casework.dismiss_notice(reader(), notice)
    return redirect(url_for(".home", said="dismissed"), 303)


@account.post("/account/sessions/<uuid:session>/end")
@permitted()
def end_session(session: UUID) -> ResponseReturnValue:
    """End one session, in whichever browser it is."""
    if Press().is_accepted():
        casework.end_session(reader(), session, now=context.now())
    return redirect(url_for(".home", said="session"), 303)


@account.post("/account/sessions/end-others")
@permitted()
def end_others() -> ResponseReturnValue:
    """End every session but this one."""
    if Press().is_accepted():
        casework.end_others(reader(), now=context.now())
    return redirect(url_for(".home", said="sessions"), 303)


@account.get("/account/passphrase")
@permitted()
def passphrase() -> ResponseReturnValue:
    """Six fresh words to keep in place of those of now."""
    return _passphrase_page(casework.propose_passphrase())


@account.post("/account/passphrase")
@permitted(renews=False)
def change_passphrase() -> ResponseReturnValue:
    """Take the words that were drawn, once they were typed and it is proved who types."""
    form = NewPassphraseForm()
    words = drawn.words_in(form.drawn, _purpose())
    if words is None or request.form.get("step") == "another":
        return _passphrase_page(casework.propose_passphrase())
    if language_asked_for():
        return _passphrase_page(words, form)
    if not drawn.are_same(form.again.data or "", words):
        form.again.errors = [drawn.NOT_THE_SAME]
        return _passphrase_page(words, form), 422
    if not is_proved(form):
        return _passphrase_page(words, form), form.status
    signed_in = casework.choose_passphrase(
        reader(), words, now=context.now(), proof=proof_of(form), browser=browser()
    )
    g.reader = casework.resume(context.service(), signed_in.cookie, now=context.now())
    return remember(redirect(url_for(".home", said="passphrase"), 303), signed_in)


def _passphrase_page(words: str, form: NewPassphraseForm | None = None) -> str:
    form = form or NewPassphraseForm(formdata=None)
    drawn.issue(form.drawn, _purpose(), words)
    return render_template("account/passphrase.html", form=form, words=words.split("-"))


def _purpose() -> str:
    return f"another-passphrase/{reader().session_id.hex}"
