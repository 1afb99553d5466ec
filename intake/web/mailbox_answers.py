"""Answering behind the return code: questions a coordinator chose, or any page of the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.form import pages
from intake.form.answers import Answers, State
from intake.form.pages import Page
from intake.form.people import CONSENT_CONTACT, CONTACT_METHOD, CONTACT_VALUE
from intake.form.questions import AnyQuestion
from intake.form.text import _
from intake.form.urgent import HOW_TO_REACH
from intake.web import (
    arriving,
    filed,
    limits,
    mailbox_pages,
    receipts,
    shown_words,
    staff_pages,
    step_addresses,
)
from intake.web.context import language, now, service
from intake.web.fields import StateTicks, page_class, state_name
from intake.web.journey_words import STATES
from intake.web.mailbox_pages import BehindForm
from intake.web.mailbox_sheet import Sheet

OUR_QUESTIONS: Final = _("Our questions to you")
ANSWER_SOMETHING: Final = _(
    "Answer at least one question before you send this, or go back. You need not answer any."
)
_WITHOUT_VALUE: Final = frozenset({"mailbox", "none"})


def more() -> ResponseReturnValue:
    """Every page of the form, to tell more on the one that fits."""
    try:
        return mailbox_pages.shown(
            render_template(
                "mailbox/more.html",
                sections=_by_section(),
                contact=None if filed.is_filed() else pages.page_called(pages.CONTACT),
                was_sent=request.args.get("said") == "sent",
            )
        )
    except casework.SessionEnded:
        return mailbox_pages.ended()


def page(slug: str) -> ResponseReturnValue:
    """One page of the form, empty: what was told before is never shown here."""
    known = _known(slug)
    if not mailbox_pages.is_open():
        return mailbox_pages.ended()
    if known is None:
        return redirect(url_for(".more"), 303)
    if slug == known.step.slug:  # typed by hand; no page of ours leads to what tells so much
        return redirect(url_for(".page", slug=slug), 303)
    return _fresh(lambda: _of_form(known))


def tell(slug: str) -> ResponseReturnValue:
    """Add what was answered on one page of the form."""
    limits.allow(service().settings.urgent_body_bytes)
    _expect_file()
    known = _known(slug, named=request.form.get(step_addresses.FIELD, ""))
    if known is None:
        return page(slug)
    return _taken(_of_form(known), url_for(".more", said="sent"))


def questions(about: UUID) -> ResponseReturnValue:
    """The questions that one message asks."""
    return _fresh(lambda: _of_message(about))


def reply(about: UUID) -> ResponseReturnValue:
    """Add the answers; the page itself names its questions, for a visit that has ended."""
    _expect_file()
    asked = pages.asked_by(request.form.getlist("asked"))
    if not asked or pages.is_too_much(asked):
        abort(404)
    sheet = Sheet(OUR_QUESTIONS, asked, about)
    return _taken(sheet, url_for(".show", page="messages"))


def _expect_file() -> None:
    arriving.expect_behind(mailbox_pages.visit())
    if filed.is_filed():  # only now is known where a file of this form goes
        staff_pages.read_language()


def _by_section() -> list[tuple[str, list[Page]]]:
    found: dict[str, list[Page]] = {}
    for one in pages.pages():
        if one.step.slug != pages.CONTACT:
            found.setdefault(one.section.title, []).append(one)
    return list(found.items())


def _known(word: str, *, named: str = "") -> Page | None:
    """The page that the form names, or its address; None for a name of another report."""
    slug = step_addresses.of_conversation().slug_of(word)
    known = pages.page_called(named) or pages.page_called(slug)
    if known is None and not step_addresses.is_name(word):
        abort(404)
    if filed.is_filed() and known is not None and known.step.slug == pages.CONTACT:
        abort(404)  # how to answer is for who holds the code to say
    return known


def _of_form(known: Page) -> Sheet:
    return Sheet(known.step.title, known.asked, slug=known.step.slug)


def _of_message(about: UUID) -> Sheet:
    said = casework.conversation(service(), mailbox_pages.visit(), now=now())
    entry = said.entry(about)
    asked = pages.asked_by(entry.questions if entry else ())
    if not asked:
        abort(404)
    return Sheet(OUR_QUESTIONS, asked, about)


def _fresh(find: Callable[[], Sheet]) -> ResponseReturnValue:
    try:
        sheet = find()
        form = _form_class(sheet.questions, is_contact=sheet.is_contact)(formdata=None)
        form.once.data = casework.new_once()
        return mailbox_pages.shown(_drawn(sheet, form))
    except casework.SessionEnded:
        return mailbox_pages.ended()


@lru_cache(maxsize=512)
def _form_class(questions: tuple[AnyQuestion, ...], *, is_contact: bool) -> type[BehindForm]:
    also = (CONSENT_CONTACT,) if is_contact else ()
    return type("answers_form", (BehindForm, page_class((*questions, *also))), {})


def _taken(sheet: Sheet, to: str) -> ResponseReturnValue:
    form = _form_class(sheet.questions, is_contact=sheet.is_contact)()
    return mailbox_pages.sent(
        form,
        lambda notice: _drawn(sheet, form, notice=notice),
        lambda visit: _keep(sheet, form, visit),
        to,
        is_good=lambda: _says_something(sheet, form),
    )


def _says_something(sheet: Sheet, form: BehindForm) -> bool:
    """Whether there is something to keep; a way to answer needs its number or address."""
    first = sheet.questions[0].name
    if not _wants_to_skip(sheet) and not _filled(sheet, form):
        form[first].errors = [gettext(ANSWER_SOMETHING)]
    elif sheet.is_contact and _needs_value(_told(sheet, form)):
        form[first].errors = [gettext(HOW_TO_REACH)]
    return not form.errors


def _needs_value(answers: Answers) -> bool:
    others = set(answers[CONTACT_METHOD] or ()) - _WITHOUT_VALUE
    return bool(others) and not answers[CONTACT_VALUE]


def _wants_to_skip(sheet: Sheet) -> bool:
    return sheet.about is not None and request.form.get("go") == "skip"


def _keep(sheet: Sheet, form: BehindForm, visit: str) -> None:
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
    answers = pages.skipped(sheet.asked) if _wants_to_skip(sheet) else _told(sheet, form)
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


def _told(sheet: Sheet, form: BehindForm) -> Answers:
    item = casework.item_id(receipts.once_of(form))
    return pages.told(sheet.asked, _filled(sheet, form), item=item)


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


def _drawn(sheet: Sheet, form: BehindForm, *, notice: str = "") -> str:
    return render_template(
        "mailbox/answers.html",
        sheet=sheet,
        form=form,
        plain=_drawn_questions(sheet, form, is_intimate=False),
        intimate=_drawn_questions(sheet, form, is_intimate=True),
        consent=form[CONSENT_CONTACT.name] if sheet.is_contact else None,
        words=_words() if sheet.is_contact else None,
        keys=[one.key for one in sheet.asked] if sheet.about else (),
        notice=notice,
        state_name=state_name,
        state_words=STATES,
    )


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
