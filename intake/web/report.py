"""The urgent page: one page of questions, and the receipt that follows it."""

from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Incoming, Receipt
from intake.form import urgent
from intake.form.questionnaire import SECTIONS
from intake.form.situations import UNTOLD
from intake.form.text import _
from intake.settings import LANGUAGES
from intake.web import cookies, fields, limits, receipts, shown_words
from intake.web.context import language, now, service
from intake.web.forms import OnceForm
from intake.web.languages import PREFIX
from intake.web.start import told

report = Blueprint("report", __name__, url_prefix=f"{PREFIX}/urgent")
DISK_FULL: Final = _(
    "Our disk is full, so your report is not stored yet. Nothing is lost: everything you typed "
    "is still here. Press the button again in a minute."
)
BUSY: Final = _(
    "Your report is not stored yet, because very much arrives just now. Nothing is lost: "
    "everything you typed is still here. Press the button again in a minute."
)


@report.get("/")
def ask() -> ResponseReturnValue:
    """The page with its questions, and the cookie that may later show the code again."""
    answer = make_response(_page(_form()))
    cookies.begin(answer)
    return answer


@report.post("/")
def send() -> ResponseReturnValue:
    """Store the report; or show the page again with everything typed."""
    limits.allow(service().settings.urgent_body_bytes)
    form = _form()
    if request.form.get("to") in LANGUAGES:
        return _page(form)
    if not _is_complete(form):
        return _page(form), 422
    try:
        form.once.data, receipt = casework.submit_anew(
            service(), _report(form), once=str(form.once.data)
        )
    except (casework.StorageFull, casework.StorageBusy, casework.Busy) as error:
        notice = DISK_FULL if isinstance(error, casework.StorageFull) else BUSY
        return _page(form, notice=notice), 503
    return _sent(form, receipt)


@report.get("/sent")
def sent() -> ResponseReturnValue:
    """The codes that this browser may still show."""
    answer = make_response(_receipts(receipts.of_cookie(), page_text=""))
    # Chromium keeps a page for Back unless its cookie changes, and after a redirect sees
    # the change on leaving only when this answer has set the cookie too.
    if kept := cookies.reporter():
        kept.keep_in(answer)
    return answer


@report.post("/sent")
def sent_in_another_language() -> ResponseReturnValue:
    """The same receipt for a browser without cookies, out of the page itself."""
    if shown := receipts.of_page():
        return _receipts(shown, page_text=request.form[receipts.FIELD])
    return _receipts(receipts.of_cookie(), page_text="")


@report.post("/written")
def written() -> ResponseReturnValue:
    """Forget the codes: they are written down."""
    answer = redirect(url_for(".done"), 303)
    kept = cookies.reporter()
    if kept is not None and OnceForm().is_accepted():
        kept.with_receipts("").keep_in(answer)
    return answer


@report.get("/done")
def done() -> str:
    """What is left to say once the code is written down."""
    return render_template("report/done.html", **told())


def _form() -> OnceForm:
    form = fields.form_class(urgent.STEP)()
    form.once.data = receipts.once_of(form)
    return form


def _is_complete(form: OnceForm) -> bool:
    is_good = form.is_accepted()
    for name, sentence in urgent.problems(fields.answers_of(form, urgent.STEP)).items():
        if not form[name].errors:
            form[name].errors = [gettext(sentence)]
            is_good = False
    return is_good


def _page(form: OnceForm, *, notice: str = "") -> str:
    words = shown_words.shown()
    return render_template(
        "report/urgent.html",
        form=form,
        trap=form[fields.TRAP],
        step=urgent.STEP,
        notice=notice,
        store_words=words.published(shown_words.STORE),
        contact_words=words.published(shown_words.CONTACT),
        words=words.field([shown_words.STORE, shown_words.CONTACT]),
        **told(),
    )


def _report(form: OnceForm) -> Incoming:
    return Incoming(
        answers=fields.answers_of(form, urgent.STEP),
        language=language(),
        route="urgent",
        channel="web_form",
        received_at=now(),
        automated=bool(form[fields.TRAP].data),
        words=shown_words.of_all(),
    )


def _sent(form: OnceForm, receipt: Receipt) -> ResponseReturnValue:
    once, kept = str(form.once.data), cookies.reporter()
    if kept is None:
        return _receipts((receipt,), page_text=receipts.page_text(once, receipt.received_at))
    answer = redirect(url_for(".sent"), 303)
    receipts.added(kept, once, receipt.received_at, _notes(form)).keep_in(answer)
    return answer


def _notes(form: OnceForm) -> receipts.Notes:
    answers = fields.answers_of(form, urgent.STEP)
    filled = (g for g in urgent.STEP.groups if any(answers[q] is not None for q in g.questions))
    shown = shown_words.shown().named([shown_words.CONTACT])
    return receipts.Notes.of_urgent(answers, tuple(group.title for group in filled), shown)


def _receipts(shown: tuple[Receipt, ...], *, page_text: str) -> str:
    notes = receipts.notes()
    return render_template(
        "report/sent.html",
        receipts=shown,
        received=_received(notes) if shown else (),
        situations=notes.situations or UNTOLD,
        may_go_on=bool(shown) and not page_text and notes.is_urgent,
        page_text=page_text,
        form=OnceForm(formdata=None),
        **told(),
    )


def _received(notes: receipts.Notes) -> tuple[str, ...]:
    """The parts of the form that were filled in, by name: never what was said in them."""
    titles = {section.slug: section.title for section in SECTIONS}
    return tuple(gettext(titles.get(part, part)) for part in notes.parts)
