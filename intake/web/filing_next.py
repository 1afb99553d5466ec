"""The next one of the same place and day: for a lawyer what differs is asked on one page."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.filings import beginning, sending
from intake.form import acting, events, journey, people
from intake.form.draft import Draft
from intake.form.steps import Group, Step
from intake.form.text import _
from intake.web import context, filed, journey_words, shown_words
from intake.web.fields import page_class, state_name
from intake.web.filing_forms import NextForm
from intake.web.filings import PAGE_TOO_OLD
from intake.web.forms import Form
from intake.web.journey_form import Place, drawn, filled, is_said, offering, taken
from intake.web.journey_steps import STEPS
from intake.web.permitted import reader

OF: Final = ("acting", "authority", "knowledge", "silence", "story")
"""The pages of the form whose questions about a client stand on this one."""
DIFFERS: Final = frozenset(
    question.name
    for question in (
        acting.CLIENT_NAME_FOR_US,
        acting.AUTHORITY_DOC,
        acting.AUTHORITY_UNTIL,
        people.VICTIM_KNOWLEDGE,
        events.NARRATIVE,
        people.TRAINED_ONLY,
    )
)
_ASKED: Final = (q for slug in OF for q in STEPS[slug].questions if q.name in DIFFERS)
PAGE: Final = Place(Step("next", _("The next client"), (Group("", tuple(_ASKED)),)))
ON: Final = "on"
"""The button that leads on through the form; the other one leads to its end."""


def ask_another() -> ResponseReturnValue:
    """What differs for the next client."""
    if filed.is_recorded():
        return redirect(url_for(".begin"), 303)
    draft = _carried()
    return _page(draft, filled(PAGE, draft))


def another() -> ResponseReturnValue:
    """Begin the next one's report with what happened at the same place on the same day."""
    return _next_recorded() if filed.is_recorded() else _next_client()


def _next_recorded() -> ResponseReturnValue:
    form, draft = NextForm(), _carried()
    id_ = _begun(draft, form, is_recorded=True) if form.is_accepted() else None
    if id_ is None:  # the page came broken: it is shown anew, with a button that works
        return redirect(url_for(".begin"), 303)
    return redirect(url_for(".go_on", filing=id_), 303)


def _next_client() -> ResponseReturnValue:
    once, draft = NextForm(), _carried()
    form = page_class(drawn(PAGE, draft, request.form))()
    if not once.is_accepted():
        return _page(draft, form, once), 422
    if not form.is_accepted():
        return _page(draft, form), 422
    id_ = _begun(_told(draft, form), once)
    if id_ is None:
        once.once.errors = [PAGE_TOO_OLD]
        return _page(draft, form, once), 422
    if not _kept(id_, form):
        return redirect(url_for(".begin", filing=id_), 303)
    leads_to = ".go_on" if request.form.get("go") == ON else ".check"
    return redirect(url_for(leads_to, filing=id_), 303)


def _carried() -> Draft:
    return sending.next_of(reader(), filed.current())


def _begun(draft: Draft, form: NextForm, *, is_recorded: bool = False) -> UUID | None:
    once = form.once.data or ""
    with suppress(ValueError):
        return beginning.begin(
            reader(), draft, once=once, now=context.now(), is_recorded=is_recorded
        )
    return None


def _kept(id_: UUID, form: Form) -> bool:
    """Keep what the page says where it began a report before; False where that was sent."""
    service, now = context.service(), context.now()
    with suppress(casework.UnknownCase, casework.SessionEnded):
        known = beginning.opened(reader(), id_, is_recorded=False)
        visit = beginning.visit_of(reader(), known, now=now)
        stands = casework.read_draft(service, visit, now=now).draft
        if stands != _told(stands, form):
            casework.change_draft(service, visit, lambda draft: _told(draft, form), now=now)
        return True
    return False


def _told(draft: Draft, form: Form) -> Draft:
    """The draft with what the page says; pages of the form that it fills count as passed."""
    told = taken(PAGE, draft, form, drawn(PAGE, draft, request.form))
    for step in journey.asked_steps(told.answers):
        if step.slug in OF and (not step.questions or is_said(Place(step), told)):
            told = told.passing(step.slug)
    return told


def _page(draft: Draft, form: Form, once: NextForm | None = None) -> str:
    fresh = NextForm(formdata=None, once=casework.new_once())
    answers, silence = draft.answers, STEPS["silence"]
    words = shown_words.shown(draft.words)
    return render_template(
        "filings/next.html",
        questions=[question for question in PAGE.questions if question.name in form],
        form=offering(form, answers),
        judged=once or form,
        once=fresh,
        told=silence.told if silence.is_asked(answers) else (),
        label_of=partial(journey_words.label_of, answers=answers),
        hint_of=partial(journey_words.hint_of, shown=words),
        state_name=state_name,
        states=journey_words.STATES,
    )
