"""A sheet of questions as a form: how it is drawn, judged and kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from flask import render_template, request, url_for
from flask_babel import gettext

from intake import casework
from intake.casework.files.arriving import FileRefused
from intake.casework.files.on_its_way import OnItsWay
from intake.form import pages
from intake.form.answers import Answers, State
from intake.form.people import CONSENT_CONTACT, CONTACT_METHOD, CONTACT_VALUE
from intake.form.questions import AnyQuestion, Attached
from intake.form.text import _
from intake.form.urgent import HOW_TO_REACH
from intake.web import arriving, mailbox_pages, receipts, shown_words
from intake.web.attached import CARRIED, AttachedFile
from intake.web.context import language, now, service
from intake.web.fields import StateTicks, page_class, state_name
from intake.web.journey_words import STATES
from intake.web.mailbox_pages import BehindForm
from intake.web.mailbox_sheet import Sheet

ANSWER_SOMETHING: Final = _(
    "Answer at least one question before you send this, or go back. You need not answer any."
)
_WITHOUT_VALUE: Final = frozenset({"mailbox", "none"})


def form_class(sheet: Sheet) -> type[BehindForm]:
    """The form that asks the questions of this sheet."""
    return _form_class(sheet.questions, is_contact=sheet.is_contact)


@lru_cache(maxsize=512)
def _form_class(questions: tuple[AnyQuestion, ...], *, is_contact: bool) -> type[BehindForm]:
    also = (CONSENT_CONTACT,) if is_contact else ()
    return type("answers_form", (BehindForm, page_class((*questions, *also))), {})


def says_something(sheet: Sheet, form: BehindForm) -> bool:
    """Whether there is something to keep; a way to answer needs its number or address."""
    first = sheet.questions[0].name
    if not _wants_to_skip(sheet) and not (_filled(sheet, form) or carried(sheet)):
        form[first].errors = [gettext(ANSWER_SOMETHING)]
    elif sheet.is_contact and _needs_value(_told(sheet, form)):
        form[first].errors = [gettext(HOW_TO_REACH)]
    return not form.errors


def _needs_value(answers: Answers) -> bool:
    others = set(answers[CONTACT_METHOD] or ()) - _WITHOUT_VALUE
    return bool(others) and not answers[CONTACT_VALUE]


def _wants_to_skip(sheet: Sheet) -> bool:
    return sheet.about is not None and request.form.get("go") == "skip"


def keep(sheet: Sheet, form: BehindForm, visit: str) -> None:
    """Add what was answered to the report that `visit` opens."""
    once = receipts.once_of(form)
    if sheet.is_contact:
        allowed = bool(form[CONSENT_CONTACT.name].data)
        answers = _told(sheet, form)
        if allowed:
            answers = answers.having(CONSENT_CONTACT, value=True)
        casework.change_contact(
            service(),
            visit,
            answers,
            allowed=allowed,
            once=once,
            now=now(),
            words=shown_words.shown().of(shown_words.CONTACT).version,
        )
        return
    answers = (
        pages.skipped(sheet.asked) if _wants_to_skip(sheet) else _told(sheet, form, visit=visit)
    )
    is_new = casework.answer(
        service(),
        visit,
        answers,
        language=language(),
        once=once,
        now=now(),
        about=sheet.about,
        passed=(sheet.slug,) if sheet.slug else (),
    )
    if is_new:
        arriving.keep(answers)


def carried(sheet: Sheet) -> dict[str, str]:
    """What the page carries of files that came in pieces, by the names of their questions."""
    files = (one.name for one in sheet.questions if isinstance(one, Attached))
    texts = {name: request.form.get(f"{CARRIED}{name}", "") for name in files}
    return {name: text for name, text in texts.items() if text}


def _told(sheet: Sheet, form: BehindForm, *, visit: str = "") -> Answers:
    """What was answered, with the files that `visit` opens; `FileRefused` where one is gone."""
    item = casework.item_id(receipts.once_of(form))
    answers, came = _filled(sheet, form), carried(sheet)
    for question in sheet.questions:
        if question.name in came and answers[question] is None:
            file = OnItsWay(service(), visit, came[question.name], now()).whole()
            answers = answers.having(question, file)
    return pages.told(sheet.asked, answers, item=item)


def _filled(sheet: Sheet, form: BehindForm) -> Answers:
    """What was answered, under the names of the fields."""
    answers = Answers()
    for question in sheet.questions:
        value = form[question.name].data
        if value is None and question.states:
            value = _state(form, question)
        if value is not None:
            answers = answers.having(question, value)
    return answers


def _state(form: BehindForm, question: AnyQuestion) -> State | None:
    ticks = form[state_name(question)]
    return ticks.data if isinstance(ticks, StateTicks) else None


def drawn(sheet: Sheet, form: BehindForm, *, notice: str = "") -> str:
    """The page with these questions, and everything that is typed there."""
    files = [field for field in form if isinstance(field, AttachedFile)]
    for brought in files:
        brought.lose()
    return render_template(
        "mailbox/answers.html",
        sheet=sheet,
        form=form,
        plain=_drawn_questions(sheet, form, is_intimate=False),
        intimate=_drawn_questions(sheet, form, is_intimate=True),
        consent=form[CONSENT_CONTACT.name] if sheet.is_contact else None,
        words=_words() if sheet.is_contact else None,
        keys=[one.key for one in sheet.asked] if sheet.about else (),
        upload=url_for(".added_file_there") if files and not form.asks_code else "",
        carried=_still_carried(sheet, files),
        notice=notice,
        state_name=state_name,
        state_words=STATES,
    )


def _still_carried(sheet: Sheet, files: Sequence[AttachedFile]) -> dict[str, str]:
    """What the page goes on to carry, shown where it can be opened."""
    texts = carried(sheet)
    for field in files:
        if field.name not in texts:
            continue
        try:
            file = OnItsWay(service(), mailbox_pages.visit(), texts[field.name], now())
            field.show(file.whole())
        except FileRefused:
            del texts[field.name]
        except casework.SessionEnded:  # the code is asked for on this page
            pass
    return texts


def _words() -> dict[str, str]:
    """The words of the one permission that this page asks for, and their version."""
    words = shown_words.shown()
    return {
        "published": words.published(shown_words.CONTACT),
        "version": words.field([shown_words.CONTACT]),
    }


def _drawn_questions(sheet: Sheet, form: BehindForm, *, is_intimate: bool) -> Sequence[object]:
    """The fields to draw; what a page of the form itself is about is not folded on it."""
    pairs = zip(sheet.asked, sheet.questions, strict=True)
    return [
        form[question.name]
        for asked, question in pairs
        if (asked.is_intimate and sheet.about is not None) is is_intimate
    ]
