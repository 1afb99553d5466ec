"""A visit that has ended: the page with everything typed on it, the code, or a new report."""

from __future__ import annotations

from http import HTTPStatus

from flask import make_response, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from intake import casework
from intake.form.draft import Draft
from intake.form.text import _
from intake.web import cookies, filed, journey_visit, mailbox_words, receipts, step_addresses
from intake.web.attached import REFUSED
from intake.web.context import language, now, service
from intake.web.forms import TOKEN
from intake.web.journey_form import Place, taken
from intake.web.journey_page import CodeForm, Page, drawn_page
from intake.web.journey_taking import Sent, pressed, seen, take_page
from intake.web.journey_words import with_typed_as_words

ENDED = _(
    "This browser no longer has the report open, because you were away for long or left. What "
    "you typed on this page is still here. Type your code to put it where it belongs, or begin "
    "a new report with it."
)
NOT_OPEN = _(
    "This report was sent or deleted in another window, so this page is kept nowhere. What you "
    "typed is still here: copy it, and add it to the report that was sent."
)
NO_CODE = _("Type the code from your paper, or begin a new report.")
IS_SENT = _(
    "The report of this code was sent already. What you allow can be changed there: go to “I "
    "have a code”. Or begin a new report with what stands here."
)


def gone() -> Response:
    """For who comes to a page of a report that is not open: in this browser, or any more."""
    if filed.is_filed():
        return journey_visit.to_beginning()
    return make_response(
        render_template("report/journey/gone.html", has_cookie=cookies.reporter() is not None)
    )


def unkept(
    place: Place,
    notice: str,
    *,
    is_full: bool = False,
    status: HTTPStatus = HTTPStatus.SERVICE_UNAVAILABLE,
) -> Response:
    """The page as it came, because it could not be stored.

    Where the disk `is_full`, it leads to the short page too, which has room of its own.
    """
    form = Sent.of(place, Draft()).without_files()
    page = Page(place, Draft(), form, notice=notice, is_full=is_full, seen=seen())
    return make_response(drawn_page(page), status)


def ended(place: Place, *, wrong: str = "", notice: str = ENDED) -> Response:
    """The page as it came, and a field for the code; nothing is typed on a list of things."""
    if place.step.repeats is not None and not place.item:
        return gone()
    if filed.is_filed():
        return unkept(place, NOT_OPEN, status=HTTPStatus.CONFLICT)
    sent = Sent.of(place, Draft())
    refused = [field for field in sent.files if field.errors]
    for field in (f for f in sent.form if f.name != TOKEN and f not in refused):
        field.errors = ()
    sent.without_files()
    code = CodeForm()
    code.once.data = receipts.once_of(code)
    if wrong:
        code.code.errors = [gettext(wrong)]
    page = Page(place, Draft(), sent.form, notice=notice, seen=seen(), code=code)
    return make_response(drawn_page(page), HTTPStatus.UNPROCESSABLE_ENTITY if wrong else 200)


def entered(place: Place) -> Response:
    """What somebody chose on the page of an ended visit: the code, or a new report."""
    form = CodeForm()
    if not form.is_accepted():
        return ended(place)
    if pressed() == "anew":
        return take_page(place, journey_visit.begun())
    try:
        came = casework.come_back(service(), form.code.typed, now=now())
    except (casework.CodeError, casework.UnknownCode, casework.ExpiredCode) as error:
        return ended(place, wrong=_said_about(error) if form.code.typed else NO_CODE)
    return _entered(place, came, once=receipts.once_of(form))


def _entered(place: Place, came: casework.CameBack, *, once: str) -> Response:
    if came.draft is not None:
        return take_page(place, step_addresses.entering(came.draft))
    if came.conversation is None or place.step.slug.startswith("consent"):
        return ended(place, wrong=IS_SENT)
    return _added(place, came.conversation, once=once)


def _added(place: Place, conversation: str, *, once: str) -> Response:
    """Add what the page says to the report that was sent, and open its conversation."""
    sent = Sent.of(place, Draft())
    if sent.is_refused:  # nothing says yet where a file of this page belongs
        return ended(place, notice=REFUSED["gone"])
    draft = with_typed_as_words(taken(place, Draft(), sent.form, sent.questions))
    if draft.answers:
        casework.answer(
            service(), conversation, draft.answers, language=language(), once=once, now=now()
        )
    kept = cookies.reporter() or cookies.Reporter()
    answer = journey_visit.to(url_for("mailbox.show", page="messages"))
    kept.with_conversation(conversation).with_draft("").keep_in(answer)
    return answer


def asks_to_enter() -> bool:
    """Whether a button of the page of an ended visit was pressed."""
    return request.form.get("go") in {"open", "anew"}


def _said_about(error: Exception) -> str:
    match error:
        case casework.CodeError(reason=reason):
            return mailbox_words.CODE_FAULTS[reason]
        case casework.ExpiredCode():
            return mailbox_words.EXPIRED
        case _:
            return mailbox_words.UNKNOWN
