"""Behind the return code: where the report stands, messages both ways, taking it back."""

from typing import Final
from uuid import UUID

from flask import Blueprint, Response, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.form.people import TRAINED_ONLY
from intake.web import cookies, limits, mailbox_pages, mailbox_words, receipts
from intake.web.context import now, service
from intake.web.fields import Ticked, Typed
from intake.web.forms import OnceForm
from intake.web.journey import resume
from intake.web.languages import PREFIX
from intake.web.mailbox_pages import LONGEST, BehindForm, CodeForm, code_page
from intake.web.start import told

mailbox = Blueprint("mailbox", __name__, url_prefix=f"{PREFIX}/return")
PAGES: Final = {
    "messages": "message",
    "add": "information",
    "take-back": "withdrawal",
    "erase": "erasure",
}
SENDING_IS_ENOUGH: Final = frozenset({"withdrawal", "erasure"})  # words may stand with them
_PAGE: Final = "<any('messages', 'add', 'take-back', 'erase'):page>"


class WriteForm(OnceForm):
    """Words for the coordinators."""

    text = Typed(most=LONGEST)
    trained = Ticked(TRAINED_ONLY)


@mailbox.get("/")
def ask() -> ResponseReturnValue:
    """The page that asks for the code."""
    answer = make_response(code_page(CodeForm()))
    cookies.begin(answer)
    return answer


@mailbox.post("/")
def enter() -> ResponseReturnValue:
    """Open what the code opens, and send what waited for it."""
    limits.allow(service().settings.urgent_body_bytes)
    form = CodeForm()
    if mailbox_pages.asks_for_language():
        return code_page(form)
    if not form.is_accepted():
        return code_page(form), 422
    try:
        came = casework.come_back(service(), form.code.typed, now=now())
    except casework.Busy:
        return code_page(form, notice=mailbox_words.BUSY), 503
    except (casework.CodeError, casework.UnknownCode, casework.ExpiredCode) as error:
        form.code.errors = [gettext(mailbox_pages.said_about(error))]
        return code_page(form), 422
    return _entered(form, came)


@mailbox.get(f"/{_PAGE}")
def show(page: str) -> ResponseReturnValue:
    """One page of the open conversation."""
    try:
        return _answered(page, WriteForm(), mailbox_pages.visit())
    except casework.SessionEnded:
        return _ended(page, CodeForm(formdata=None))


@mailbox.post(f"/{_PAGE}")
def send(page: str) -> ResponseReturnValue:
    """Send what was written; or show it again, whatever went wrong."""
    limits.allow(service().settings.urgent_body_bytes)
    form = WriteForm()
    try:
        return _sent(page, form, mailbox_pages.visit())
    except casework.SessionEnded:
        return _ended(page, CodeForm(), is_waiting=True)
    except (casework.StorageFull, casework.StorageBusy, casework.Busy):
        answer = _answered(page, form, mailbox_pages.visit(), notice=mailbox_words.NOT_SENT)
        answer.status_code = 503
        return answer


@mailbox.get("/remove/<uuid:id_>")
def ask_to_remove(id_: UUID) -> ResponseReturnValue:
    """A message, and what it means to remove it from here."""
    try:
        form = BehindForm(formdata=None, once=casework.new_once())
        return mailbox_pages.shown(_removal(id_, form))
    except casework.SessionEnded:
        return mailbox_pages.ended()


@mailbox.post("/remove/<uuid:id_>")
def remove(id_: UUID) -> ResponseReturnValue:
    """Show a message no more to whoever has the code."""
    form = BehindForm()
    once = receipts.once_of(form)
    try:
        return mailbox_pages.sent(
            form,
            lambda notice: _removal(id_, form, notice=notice),
            lambda visit: casework.dismiss(service(), visit, id_, once=once, now=now()),
            url_for(".show", page="messages"),
        )
    except casework.SessionEnded:
        return mailbox_pages.ended()


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


def _entered(form: CodeForm, came: casework.CameBack) -> ResponseReturnValue:
    kind, words = form.kind.typed, form.text.typed
    is_writing = kind in PAGES.values() and (words or kind in SENDING_IS_ENOUGH)
    if came.conversation is None:
        if is_writing:
            form.code.errors = [gettext(mailbox_pages.ONLY_A_DRAFT)]
            return code_page(form), 422
        return resume(came.draft or "")
    if is_writing:
        try:
            _write(form, came.conversation, kind)
        except (casework.StorageFull, casework.StorageBusy):
            return code_page(form, notice=mailbox_words.NOT_SENT), 503
    return _opened(came, came.conversation)


def _opened(came: casework.CameBack, visit: str) -> ResponseReturnValue:
    kept = cookies.reporter()
    if kept is None:  # a browser without cookies reads, and types the code again to write
        return _conversation_page("messages", WriteForm(formdata=None), visit)
    answer = redirect(url_for(".show", page="messages"), 303)
    kept = kept.with_conversation(visit)
    (kept.with_draft(came.draft) if came.draft else kept).keep_in(answer)
    return answer


def _sent(page: str, form: WriteForm, visit: str) -> ResponseReturnValue:
    if mailbox_pages.asks_for_language():
        return _answered(page, form, visit)
    is_good = form.is_accepted()
    if is_good and not form.text.typed and PAGES[page] not in SENDING_IS_ENOUGH:
        form.text.errors = [gettext(mailbox_words.WRITE_SOMETHING)]
    if form.errors:
        answer = _answered(page, form, visit)
        answer.status_code = 422
        return answer
    _write(form, visit, PAGES[page])
    gone = redirect(url_for(".show", page="messages"), 303)
    mailbox_pages.renewed(visit).keep_in(gone)
    return gone


def _write(form: WriteForm | CodeForm, visit: str, kind: str) -> None:
    casework.write(
        service(),
        visit,
        form.text.typed,
        kind=kind,
        once=receipts.once_of(form),
        now=now(),
        trained_only=kind == "information" and bool(form.trained.data),
    )


def _answered(page: str, form: WriteForm, visit: str, *, notice: str = "") -> Response:
    answer = make_response(_conversation_page(page, form, visit, notice=notice))
    mailbox_pages.renewed(visit).keep_in(answer)
    return answer


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
        has_draft=_has_draft(),
        **told(),
    )


def _has_draft() -> bool:
    """Whether this browser also has a part open that is not sent yet."""
    kept = cookies.reporter()
    try:
        opened = casework.read_draft(service(), kept.draft if kept else "", now=now())
    except casework.SessionEnded:
        return False
    return bool(opened.draft.answers or opened.draft.passed)


def _removal(id_: UUID, form: BehindForm, *, notice: str = "") -> str:
    said = casework.conversation(service(), mailbox_pages.visit(), now=now())
    entry = said.entry(id_)
    if entry is None or entry.kind != "message":
        abort(404)
    return render_template("mailbox/remove.html", form=form, entry=entry, notice=notice)


def _ended(page: str, form: CodeForm, *, is_waiting: bool = False) -> ResponseReturnValue:
    """The visit is over: the page that asks for the code, with the words that wait for it."""
    if is_waiting:
        form.kind.typed = PAGES[page]
    return code_page(form, notice=mailbox_words.ENDED)
