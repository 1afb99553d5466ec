"""Answering behind the return code: questions a coordinator chose, or any page of the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.form import pages
from intake.form.pages import Asked, Page
from intake.form.text import _
from intake.web import (
    arriving,
    filed,
    limits,
    mailbox_pages,
    staff_pages,
    step_addresses,
)
from intake.web.context import now, service
from intake.web.mailbox_answering import drawn, form_class, keep, says_something
from intake.web.mailbox_sheet import Sheet

OUR_QUESTIONS: Final = _("Our questions to you")


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
    asked = _for_who_writes(pages.asked_by(request.form.getlist("asked")))
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
    asked = _for_who_writes(pages.asked_by(entry.questions if entry else ()))
    if not asked:
        abort(404)
    return Sheet(OUR_QUESTIONS, asked, about)


def _for_who_writes(asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """How to be reached is for who holds the code to say, whatever was asked of a lawyer."""
    if not filed.is_filed():
        return asked
    return tuple(one for one in asked if one.step.slug != pages.CONTACT)


def _fresh(find: Callable[[], Sheet]) -> ResponseReturnValue:
    try:
        sheet = find()
        form = form_class(sheet)(formdata=None)
        form.once.data = casework.new_once()
        return mailbox_pages.shown(drawn(sheet, form))
    except casework.SessionEnded:
        return mailbox_pages.ended()


def _taken(sheet: Sheet, to: str) -> ResponseReturnValue:
    form = form_class(sheet)()
    return mailbox_pages.sent(
        form,
        lambda notice: drawn(sheet, form, notice=notice),
        lambda visit: keep(sheet, form, visit),
        to,
        is_good=lambda: says_something(sheet, form),
    )
