"""What was given to a specialist: her offers, her cases, one case as far as it is hers."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Slot
from intake.casework.files.reading import papers_in
from intake.casework.given import GivenReport, add_given_note, read_given
from intake.casework.given import answer as give_answer
from intake.casework.given import given as hers
from intake.casework.offers import Offer
from intake.form.compartments import Compartment
from intake.roles import Permission
from intake.web import access_words, context, papers, sections, staff_pages
from intake.web.access_forms import AnswerForm, GivenNoteForm
from intake.web.correspondence import PAGE_TOO_OLD
from intake.web.papers import Failed
from intake.web.permitted import permitted, reader
from intake.web.sections import CaseView, Part

ACCEPT: Final = "accept"

given = staff_pages.install(Blueprint("given", __name__, url_prefix="/desk/given"))


@given.get("/")
@permitted(Permission.READ_GRANTED)
def cases() -> ResponseReturnValue:
    """What waits for her answer, and what she has."""
    return _list_page(AnswerForm(formdata=None))


@given.post("/offers/<uuid:id_>")
@permitted(Permission.READ_GRANTED)
def answer(id_: UUID) -> ResponseReturnValue:
    """Accept an offer, or decline it."""
    form = AnswerForm()
    if not form.is_accepted():
        return _list_page(form, id_), 422
    is_accepted = request.form.get("go") == ACCEPT
    give_answer(reader(), id_, form.note.data or "", accepted=is_accepted, now=context.now())
    said = "yours" if is_accepted else "not-yours"
    return redirect(url_for(".cases", said=said), 303)


@given.get("/<ref>")
@permitted(Permission.READ_GRANTED)
def show(ref: str) -> ResponseReturnValue:
    """The case, as far as it was given to her."""
    return _case_page(ref, _empty_note())


@given.get("/<ref>/files/<uuid:file>/copy")
@permitted(Permission.READ_GRANTED)
def copy(ref: str, file: UUID) -> ResponseReturnValue:
    """A safe copy of a file that was given to her."""

    def page(failed: Failed) -> str:
        return _case_page(ref, _empty_note(), failed)

    return papers.copied(ref, file, page, needs=Permission.READ_GRANTED)


@given.post("/<ref>/files/<uuid:file>/original")
@permitted(Permission.READ_GRANTED)
def original(ref: str, file: UUID) -> ResponseReturnValue:
    """The same file as it was sent."""
    return papers.taken_out(ref, file, needs=Permission.READ_GRANTED)


@given.post("/<ref>/notes")
@permitted(Permission.READ_GRANTED)
def add_note(ref: str) -> ResponseReturnValue:
    """Leave the coordinators a note."""
    form = GivenNoteForm()
    if not form.is_accepted():
        return _case_page(ref, form), 422
    text, once = form.text.data or "", form.once.data or ""
    try:
        add_given_note(reader(), ref, text, once=once, now=context.now())
    except ValueError:
        form.once.data, form.text.errors = casework.new_once(), [PAGE_TOO_OLD]
        return _case_page(ref, form), 422
    return redirect(url_for(".show", ref=ref, said="noted", _anchor="notes"), 303)


def _said() -> str:
    code = request.args.get("said", "")
    return gettext(access_words.SAID[code]) if code in access_words.SAID else ""


def _list_page(form: AnswerForm, answered: UUID | None = None) -> str:
    return render_template(
        "desk/given/cases.html",
        given=hers(reader()),
        form=form,
        answered=answered,
        said=_said(),
        part_words=access_words.in_words,
    )


def _empty_note() -> GivenNoteForm:
    return GivenNoteForm(formdata=None, once=casework.new_once())


def _case_page(ref: str, form: GivenNoteForm, failed: Failed | None = None) -> str:
    read = read_given(reader(), ref, now=context.now())
    offer = read.case.offer
    report = sections.case_view(read.report, read, is_trained=Slot.INTIMATE in offer.parts)
    return render_template(
        "desk/given/case.html",
        case=read.case,
        parts_shown=list(_parts(report, offer)),
        papers=papers.shown(papers_in(read.report.sections), failed),
        papers_notice=gettext(sections.ABOUT_A_CHILD) if offer.is_about_child else "",
        contact=report.contact if Slot.IDENTITY in offer.parts else None,
        notes=read.notes,
        form=form,
        failed=bool(form.errors or failed),
        said=_said(),
        at=report.at,
        has_changed=bool(read.report.differences),
        not_given=_not_given(read),
        part_words=access_words.in_words,
        offer=offer,
    )


def _parts(report: CaseView, offer: Offer) -> Iterator[Part]:
    """What was given; material about a child lies folded behind a notice."""
    for part in report.parts:
        if part.sheets is None or part.key == Compartment.FACTS.value:
            continue
        is_folded = offer.is_about_child and not part.notice and part.key == Slot.ACCOUNT
        yield sections.with_notice(part) if is_folded else part


def _not_given(read: GivenReport) -> list[str]:
    parts = set(access_words.PARTS) - set(read.case.offer.parts)
    return access_words.in_words(parts)
