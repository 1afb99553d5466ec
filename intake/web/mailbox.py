"""Behind the return code: where the report stands, messages both ways, taking it back."""

from typing import Final

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.settings import LANGUAGES
from intake.web import cookies, limits, mailbox_words, receipts
from intake.web.context import now, service
from intake.web.fields import Typed
from intake.web.forms import OnceForm
from intake.web.languages import PREFIX
from intake.web.start import told

mailbox = Blueprint("mailbox", __name__, url_prefix=f"{PREFIX}/return")
LONGEST: Final = 20_000
PAGES: Final = {"messages": "message", "add": "information", "take-back": "withdrawal"}
SENDING_IS_ENOUGH: Final = "withdrawal"  # words may stand with it, but need not


class WriteForm(OnceForm):
    """Words for the coordinators."""

    text = Typed(most=LONGEST)


class CodeForm(WriteForm):
    """The return code, and words that wait for it because the visit had ended."""

    code = Typed(most=200)
    kind = Typed(most=20)


@mailbox.get("/")
def ask() -> ResponseReturnValue:
    """The page that asks for the code."""
    answer = make_response(_code_page(CodeForm()))
    cookies.begin(answer)
    return answer


@mailbox.post("/")
def enter() -> ResponseReturnValue:
    """Open the conversation of the code, and send what waited for it."""
    limits.allow(service().settings.urgent_body_bytes)
    form = CodeForm()
    if _asks_for_language():
        return _code_page(form)
    if not form.is_accepted():
        return _code_page(form), 422
    try:
        visit = casework.enter(service(), form.code.typed, now=now())
    except casework.Busy:
        return _code_page(form, notice=mailbox_words.BUSY), 503
    except (casework.CodeError, casework.UnknownCode, casework.ExpiredCode) as error:
        form.code.errors = [gettext(_said_about(error))]
        return _code_page(form), 422
    return _entered(form, visit)


@mailbox.get("/<any('messages', 'add', 'take-back'):page>")
def show(page: str) -> ResponseReturnValue:
    """One page of the open conversation."""
    try:
        return _answered(page, WriteForm(), _visit())
    except casework.SessionEnded:
        return _ended(page, CodeForm(formdata=None))


@mailbox.post("/<any('messages', 'add', 'take-back'):page>")
def send(page: str) -> ResponseReturnValue:
    """Send what was written; or show it again, whatever went wrong."""
    limits.allow(service().settings.urgent_body_bytes)
    form = WriteForm()
    try:
        return _sent(page, form, _visit())
    except casework.SessionEnded:
        return _ended(page, CodeForm())
    except (casework.StorageFull, casework.StorageBusy, casework.Busy):
        answer = _answered(page, form, _visit(), notice=mailbox_words.NOT_SENT)
        answer.status_code = 503
        return answer


@mailbox.post("/close")
def close() -> ResponseReturnValue:
    """Forget the conversation in this browser."""
    answer = redirect(url_for(".ask"), 303)
    kept = cookies.reporter()
    if kept is not None and OnceForm().is_accepted():
        kept.with_conversation("").keep_in(answer)
    return answer


@mailbox.get("/lost")
def lost() -> str:
    """What can be done without the code."""
    return render_template("mailbox/lost.html", **told())


def _asks_for_language() -> bool:
    return request.form.get("to") in LANGUAGES


def _visit() -> str:
    kept = cookies.reporter()
    return kept.conversation if kept else ""


def _said_about(error: Exception) -> str:
    match error:
        case casework.CodeError(reason=reason):
            return mailbox_words.CODE_FAULTS[reason]
        case casework.ExpiredCode():
            return mailbox_words.EXPIRED
        case _:
            return mailbox_words.UNKNOWN


def _entered(form: CodeForm, visit: str) -> ResponseReturnValue:
    kind, words = form.kind.typed, form.text.typed
    if kind in PAGES.values() and (words or kind == SENDING_IS_ENOUGH):
        once = receipts.once_of(form)
        try:
            casework.write(service(), visit, words, kind=kind, once=once, now=now())
        except (casework.StorageFull, casework.StorageBusy):
            return _code_page(form, notice=mailbox_words.NOT_SENT), 503
    kept = cookies.reporter()
    if kept is None:  # a browser without cookies reads, and types the code again to write
        return _conversation_page("messages", WriteForm(formdata=None), visit)
    answer = redirect(url_for(".show", page="messages"), 303)
    kept.with_conversation(visit).keep_in(answer)
    return answer


def _sent(page: str, form: WriteForm, visit: str) -> ResponseReturnValue:
    if _asks_for_language():
        return _answered(page, form, visit)
    if form.is_accepted() and not form.text.typed and PAGES[page] != SENDING_IS_ENOUGH:
        form.text.errors = [gettext(mailbox_words.WRITE_SOMETHING)]
    if form.errors:
        answer = _answered(page, form, visit)
        answer.status_code = 422
        return answer
    once = receipts.once_of(form)
    casework.write(service(), visit, form.text.typed, kind=PAGES[page], once=once, now=now())
    gone = redirect(url_for(".show", page="messages"), 303)
    _renew(visit).keep_in(gone)
    return gone


def _answered(page: str, form: WriteForm, visit: str, *, notice: str = "") -> Response:
    answer = make_response(_conversation_page(page, form, visit, notice=notice))
    _renew(visit).keep_in(answer)
    return answer


def _renew(visit: str) -> cookies.Reporter:
    kept = cookies.reporter() or cookies.Reporter()
    return kept.with_conversation(casework.renewed_pass(service(), visit, now=now()))


def _conversation_page(page: str, form: WriteForm, visit: str, *, notice: str = "") -> str:
    form.once.data = receipts.once_of(form)
    return render_template(
        f"mailbox/{page}.html",
        form=form,
        page=page,
        notice=notice,
        conversation=casework.conversation(service(), visit, now=now()),
        stages=mailbox_words.STAGES,
        news=mailbox_words.NEWS,
        **told(),
    )


def _ended(page: str, form: CodeForm) -> ResponseReturnValue:
    """The visit is over: the page that asks for the code, with the words that wait for it."""
    if request.method == "POST":
        form.kind.typed = PAGES[page]
    return _code_page(form, notice=mailbox_words.ENDED)


def _code_page(form: CodeForm, *, notice: str = "") -> str:
    form.once.data = receipts.once_of(form)
    return render_template("mailbox/code.html", form=form, notice=notice, longest=LONGEST)
