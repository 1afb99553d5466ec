"""The pages of the form: each shows what was answered and keeps what is sent."""

from __future__ import annotations

from typing import Final

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from intake import casework
from intake.form.draft import Draft
from intake.form.questionnaire import SECTIONS
from intake.form.sections import recorded
from intake.web import (
    arriving,
    filed,
    journey_ended,
    journey_visit,
    limits,
    staff_pages,
    step_addresses,
)
from intake.web.context import service
from intake.web.forms import Form
from intake.web.journey_form import Place, filled
from intake.web.journey_page import Page, address, around, drawn_page, is_id
from intake.web.journey_taking import NOT_KEPT, take_page
from intake.web.journey_words import name_of, things

STEPS: Final = {step.slug: step for section in SECTIONS for step in section.steps}


def show(slug: str, id: str = "") -> ResponseReturnValue:
    """A page with what was answered; one that is not asked any more leads on."""
    place, visit = _place(slug, id), journey_visit.current()
    try:
        draft = journey_visit.opened(visit).draft
    except casework.SessionEnded:
        return journey_ended.gone()
    if place is None or not place.step.is_asked(draft.answers):
        return journey_visit.go_on(draft)
    if slug == place.step.slug:  # typed by hand; no page of ours leads to what tells so much
        return journey_visit.to(address(place, away="ask" if "away" in request.args else None))
    page = _removal(place, draft) if _asks_to_remove(place, draft) else _shown(place, draft)
    return journey_visit.renewed(make_response(page), visit)


def take(slug: str, id: str = "") -> ResponseReturnValue:
    """Keep what the page says, whichever button was pressed, and go where it leads."""
    # Room beyond the longest text: a page that is too long comes back with all its words.
    limits.allow(2 * service().settings.urgent_body_bytes)
    arriving.expect(journey_visit.current(), _addressed(slug, id))
    place = _place(slug, id, named=request.form.get(step_addresses.FIELD, ""))
    if filed.is_filed():  # only now is known where a file of this form goes
        staff_pages.read_language()
    if place is None:
        return show(slug, id)
    try:
        if journey_ended.asks_to_enter():
            return journey_ended.entered(place)
        return take_page(place, journey_visit.current())
    except casework.SessionEnded:
        return journey_ended.ended(place)
    except (casework.StorageFull, casework.StorageBusy, casework.Busy) as error:
        is_full = isinstance(error, casework.StorageFull)
        return journey_ended.unkept(place, NOT_KEPT, is_full=is_full)


def _place(word: str, id: str, *, named: str = "") -> Place | None:
    """The page that the form names, or its address; None for a name of another report."""
    place = _addressed(named, id) or _addressed(word, id)
    if place is not None:
        return place
    if not step_addresses.is_name(word) or (id and not is_id(id)):
        abort(404)
    return None


def _addressed(word: str, id: str) -> Place | None:
    """The page of this slug, or of this name in addresses."""
    step = STEPS.get(step_addresses.of_draft().slug_of(word))
    if step is not None and step.slug in recorded.STEPS and not filed.is_recorded():
        return None
    if step is not None and (not id or (step.repeats is not None and is_id(id))):
        return Place(step, id)
    return None


def _asks_to_remove(place: Place, draft: Draft) -> bool:
    is_thing = bool(place.item) and draft.answers.item(place.repeated, place.item) is not None
    return is_thing and "away" in request.args


def _shown(place: Place, draft: Draft) -> str:
    return drawn_page(Page(place, draft, filled(place, draft)))


def _removal(place: Place, draft: Draft) -> str:
    form = Form(formdata=None)
    known = {thing.id: thing for thing in things(place.repeated, draft.answers)}
    return render_template(
        "report/journey/remove.html",
        form=form,
        judged=form,
        name=name_of(place, draft),
        thing=known[place.item],
        **around(place, draft),
    )
