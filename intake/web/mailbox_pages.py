"""What the pages behind the return code have in common: the visit, and how a form is sent.

A lawyer who follows a conversation reads the same pages, without code and cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final, TypeAlias

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug import Response

from intake import casework
from intake.casework.files.arriving import FileRefused
from intake.casework.filings.joining import NotSentYet
from intake.form.people import TRAINED_ONLY
from intake.form.text import _
from intake.settings import LANGUAGES
from intake.web import cookies, filed, filed_over, limits, mailbox_words, receipts
from intake.web.attached import REFUSED
from intake.web.context import now, service
from intake.web.fields import Ticked, Typed
from intake.web.forms import OnceForm
from intake.web.staff_forms import language_asked_for

LONGEST: Final = 20_000
ONLY_A_DRAFT: Final = _(
    "The report of this code is not sent yet. Open it with the code first, and send it. What "
    "you wrote is still here."
)
FAULTS: Final = (
    casework.CodeError,
    casework.UnknownCode,
    casework.ExpiredCode,
    FileRefused,
)
Draw: TypeAlias = Callable[[str], str]
"""The page with everything typed on it, and a notice on top."""


class OnlyADraft(casework.UnknownCode):
    """The code opens a report that is not sent yet, and no conversation."""


class CodeForm(OnceForm):
    """The return code, and what waits for it because the visit had ended."""

    code = Typed(most=200)
    text = Typed(most=LONGEST)
    kind = Typed(most=20)
    trained = Ticked(TRAINED_ONLY)


class BehindForm(OnceForm):
    """A form behind the code; `code` is asked for on the page where the visit had ended."""

    code = Typed(most=200)

    @property
    def asks_code(self) -> bool:
        """Whether this browser has no conversation open any more."""
        return not is_open()


def code_page(form: CodeForm, *, notice: str = "") -> str:
    """The page that asks for the code, with the words that wait for it."""
    form.once.data = receipts.once_of(form)
    return render_template("mailbox/code.html", form=form, notice=notice)


def ended() -> ResponseReturnValue:
    """The page that asks for the code, for who comes to a page behind it."""
    if filed.is_filed():
        return filed_over.over()
    return code_page(CodeForm(formdata=None), notice=mailbox_words.ENDED)


def asks_for_language() -> bool:
    """Whether a button of the language switch sent this form; nothing is judged then."""
    return request.form.get("to") in LANGUAGES or language_asked_for() is not None


def visit() -> str:
    """The visit's text, of the filing or out of the cookie; empty where there is none."""
    if filed.is_filed():
        return filed.visit_followed() or ""
    kept = cookies.reporter()
    return kept.conversation if kept else ""


def is_open() -> bool:
    """Whether the visit of this browser still holds."""
    try:
        casework.renewed_pass(service(), visit(), now=now())
    except casework.SessionEnded:
        return False
    return True


def keeping(answer: Response, text: str) -> Response:
    """`answer` with the idle time of the visit starting again; raises `SessionEnded`."""
    if not filed.is_filed():
        kept = cookies.reporter() or cookies.Reporter()
        fresh = casework.renewed_pass(service(), text, now=now())
        kept.with_conversation(fresh).keep_in(answer)
    return answer


def said_about(error: Exception) -> str:
    """What is wrong with a code."""
    match error:
        case OnlyADraft():
            return ONLY_A_DRAFT
        case NotSentYet():
            return mailbox_words.NOT_SENT_YET
        case casework.CodeError(reason=reason):
            return mailbox_words.CODE_FAULTS[reason]
        case casework.ExpiredCode():
            return mailbox_words.EXPIRED
        case _:
            return mailbox_words.UNKNOWN


def shown(page: str) -> Response:
    """A page of the open conversation, with its cookie renewed; raises `SessionEnded`."""
    return keeping(make_response(page), visit())


def sent(
    form: BehindForm,
    draw: Draw,
    act: Callable[[str], None],
    to: str,
    *,
    is_good: Callable[[], bool] = lambda: True,
) -> ResponseReturnValue:
    """Do `act` with the visit and go on `to`; or show the page again with everything typed.

    `is_good` judges what the fields alone do not tell, and puts its words beside them.
    """
    limits.allow(service().settings.urgent_body_bytes)
    form.once.data = receipts.once_of(form)
    if asks_for_language():
        return draw("")
    if not form.is_accepted() or not is_good():
        return draw(""), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        text = _opened(form)
        act(text)
    except FAULTS as error:
        return _told_of(error, form, draw), HTTPStatus.UNPROCESSABLE_ENTITY
    except casework.SessionEnded:
        return filed_over.over() if filed.is_filed() else draw(mailbox_words.ENDED)
    except (casework.StorageFull, casework.StorageBusy, casework.Busy):
        return draw(mailbox_words.NOT_SENT), HTTPStatus.SERVICE_UNAVAILABLE
    return keeping(redirect(to, 303), text)


def _told_of(error: Exception, form: BehindForm, draw: Draw) -> str:
    """The page again: what is wrong with the code, or that a file of it is not there."""
    if isinstance(error, FileRefused):
        return draw(REFUSED[error.why])
    form.code.errors = [gettext(said_about(error))]
    return draw("")


def _opened(form: BehindForm) -> str:
    """The visit: this browser's, or the one that the code typed on the page opens."""
    if is_open() or not form.code.typed:
        return visit()
    text = casework.come_back(service(), form.code.typed, now=now()).conversation
    if text is None:
        raise OnlyADraft
    return text
