"""The end of the form: reading everything again, sending it, keeping it, deleting it."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from intake import casework
from intake.casework import OpenDraft
from intake.casework.filings import sending
from intake.form import journey
from intake.form.conditions import is_young_reporter
from intake.form.draft import Draft
from intake.form.situations import situations
from intake.form.text import _
from intake.web import (
    cookies,
    filed,
    journey_ended,
    journey_visit,
    journey_words,
    receipts,
    shown_words,
)
from intake.web.context import language, now, service
from intake.web.fields import TRAP
from intake.web.forms import Form
from intake.web.journey_chapters import chapters
from intake.web.journey_form import print_of
from intake.web.permitted import reader
from intake.web.start import told
from intake.web.typed import Typed

NOT_SENT: Final = _(
    "Your report is not sent yet, because very much arrives just now or our disk is full. "
    "Nothing is lost: everything you wrote is kept. Press the button again in a minute."
)
NOT_SAVED: Final = _(
    "We could not make your code just now. Nothing is lost: what you wrote is kept in this "
    "browser. Press the button again in a minute."
)
CHANGED: Final = _(
    "Something was changed in another window since this page was shown. Read it once more, "
    "and then send it."
)


class SendForm(Form):
    """Sending what stands on the page; beside it the field for machines."""

    seen = Typed(most=64)
    leave_empty = Typed(most=2000)


def check() -> ResponseReturnValue:
    """Everything that was answered, and what sending means."""
    try:
        return _checked(SendForm(formdata=None), journey_visit.current())
    except casework.SessionEnded:
        return journey_ended.gone()


def send() -> ResponseReturnValue:
    """Send what was written; sent again, the same receipt."""
    form, visit = SendForm(), journey_visit.current()
    try:
        return _sent(form, visit)
    except (casework.SessionEnded, casework.NothingToSend):
        return _sent_before()
    except (casework.StorageFull, casework.StorageBusy, casework.Busy):
        return _checked(form, visit, notice=NOT_SENT, status=503)


def kept() -> ResponseReturnValue:
    """Until when the report is kept, and its code as long as that may be shown."""
    if filed.is_filed():
        return journey_visit.to(filed.list_address(said="kept"))
    try:
        return _kept(journey_visit.current())
    except casework.SessionEnded:
        return journey_ended.gone()


def keep() -> ResponseReturnValue:
    """Keep the report for later; or show its code no more, once it is written down."""
    if filed.is_filed():
        return kept()
    visit = journey_visit.current()
    try:
        if not Form().is_accepted():
            return _kept(visit, status=422)
        fresh = _written_down(visit) or _saved(visit)
    except casework.SessionEnded:
        return journey_ended.gone()
    except (casework.StorageFull, casework.StorageBusy, casework.Busy):
        return _kept(visit, notice=NOT_SAVED, status=503)
    return journey_visit.keeping(journey_visit.to(url_for(".kept")), fresh)


def ask_to_forget() -> ResponseReturnValue:
    """Whether to delete what was written; or that nothing is kept in this browser."""
    visit = journey_visit.current()
    try:
        opened = journey_visit.opened(visit)
    except casework.SessionEnded:
        return journey_ended.gone() if filed.is_filed() else _forgetting(None)
    return journey_visit.renewed(make_response(_forgetting(opened)), visit)


def forget() -> ResponseReturnValue:
    """Delete what was written and is not sent."""
    answer, visit = journey_visit.to(url_for(".ask_to_forget")), journey_visit.current()
    if not visit:
        return answer
    with suppress(casework.SessionEnded):  # its cookie goes all the same
        if not (form := Form()).is_accepted():
            page = _forgetting(journey_visit.opened(visit), form)
            return journey_visit.renewed(make_response(page, 422), visit)
        casework.forget_draft(service(), visit)
    if filed.is_filed():
        sending.forget(reader(), filed.current())
        return journey_visit.to(filed.list_address(said="deleted"))
    return journey_visit.keeping(answer, "")


def _checked(form: SendForm, visit: str, *, notice: str = "", status: int = 200) -> Response:
    opened = journey_visit.opened(visit)
    draft = opened.draft
    words = shown_words.shown(draft.words)
    page = render_template(
        "report/journey/check.html",
        form=form,
        trap=form[TRAP],
        notice=notice,
        chapters=chapters(draft),
        can_be_sent=journey.is_sendable(draft),
        say_something=journey.SAY_SOMETHING,
        story="story-young" if is_young_reporter(draft.answers) else "story",
        seen=print_of(draft),
        store_words=words.published(shown_words.STORE),
        words=words.field([shown_words.STORE]),
        next_address=journey_visit.address_of(draft),
        back_address=_last_page(draft),
        **told(),
    )
    return journey_visit.renewed(make_response(page, status), visit)


def _last_page(draft: Draft) -> str:
    """The last page of the form that was passed."""
    passed = [s for s in journey.asked_steps(draft.answers) if s.slug in draft.passed]
    if not passed:
        return url_for(".begin")
    return url_for(".show", slug=passed[-1].slug)


def _sent(form: SendForm, visit: str) -> Response:
    draft = journey_visit.opened(visit).draft
    if not form.is_accepted():
        return _checked(form, visit, status=422)
    if draft != Draft():
        if form.seen.typed != print_of(draft):
            return _checked(form, visit, notice=CHANGED, status=409)
        if not journey.is_sendable(draft):
            return _checked(form, visit, notice=journey.SAY_SOMETHING, status=422)
    if draft.typed:
        journey_visit.made_ready(visit, journey_words.with_typed_as_words)
    return _filed(draft) if filed.is_filed() else _sent_by_browser(form, visit, draft)


def _sent_by_browser(form: SendForm, visit: str, draft: Draft) -> Response:
    once, _receipt = casework.send_draft(
        service(),
        visit,
        language=language(),
        now=now(),
        automated=bool(form.leave_empty.typed),
        words=shown_words.of_all(draft.words),
    )
    held = (cookies.reporter() or cookies.Reporter()).with_draft("")
    answer = journey_visit.to(url_for("report.sent"))
    # What is added to an older report shows its code for an hour from now, not from then.
    receipts.added(held, once, now(), _notes(draft)).keep_in(answer)
    return answer


def _filed(draft: Draft) -> Response:
    words = shown_words.of_all(draft.words)
    sending.send(reader(), filed.current(), language=language(), words=words, now=now())
    return journey_visit.to_beginning()


def _notes(draft: Draft) -> receipts.Notes:
    answers = journey.to_send(draft)
    parts = tuple(c.slug for c in chapters(draft) if c.is_said)
    return receipts.Notes(parts, situations(answers))


def _sent_before() -> Response:
    """There is nothing to send: to the code of what was sent, or to the beginning."""
    if not filed.is_filed() and receipts.of_cookie():
        return journey_visit.to(url_for("report.sent"))
    return journey_ended.gone()


def _kept(visit: str, *, notice: str = "", status: int = 200) -> Response:
    opened = journey_visit.opened(visit)
    page = render_template(
        "report/journey/kept.html",
        form=Form(),
        notice=notice,
        opened=opened,
        code=casework.draft_code(service(), visit, now=now()),
        next_address=journey_visit.address_of(opened.draft),
    )
    return journey_visit.renewed(make_response(page, status), visit)


def _written_down(visit: str) -> str | None:
    if request.form.get("go") != "written":
        return None
    return casework.written_down(service(), visit)


def _saved(visit: str) -> str:
    return casework.save_draft(service(), visit, now=now()).visit


def _forgetting(opened: OpenDraft | None, form: Form | None = None) -> str:
    form = form or Form(formdata=None)
    return render_template("report/journey/forget.html", form=form, opened=opened)
