"""One case: overview, report and timeline, and what a coordinator does with it."""

from typing import Final

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Overview
from intake.casework.finding.places import same_place
from intake.casework.splitting.shown import linked
from intake.casework.team.marks import marks
from intake.form.text import _
from intake.roles import Permission
from intake.web import (
    case_words,
    consent_words,
    context,
    report_words,
    sections,
    staff_pages,
    wishes,
)
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press, RaiseForm, choices
from intake.web.work import moving, next_limits
from intake.web.work import words as work_words

TOO_LATE: Final = _(
    "Somebody changed this case while you were writing. What stands now is on the left, what "
    "you wrote is on the right. Look at both and send yours again if it still holds."
)
NO_RISE: Final = _("Choose a level that is more urgent than the one the case has now.")

cases = staff_pages.install(Blueprint("cases", __name__, url_prefix="/desk/cases"))


@cases.get("/<ref>")
@permitted(Permission.OPEN_CASE)
def overview(ref: str) -> ResponseReturnValue:
    """Why it cannot wait, who it is about as far as codes tell, and what must happen next."""
    view = view_of(ref)
    if view.row.ref != ref:
        return redirect(url_for(".overview", ref=view.row.ref))
    return _overview_page(view, _raise_form(view))


@cases.post("/<ref>/open")
@permitted(Permission.OPEN_CASE)
def open_case(ref: str) -> ResponseReturnValue:
    """Open the report; the first opening tells the reporter."""
    if not Press().is_accepted():
        return redirect(url_for(".overview", ref=ref), 303)
    casework.open_case(reader(), ref, now=context.now())
    return redirect(url_for(".report", ref=ref, said="opened"), 303)


@cases.post("/<ref>/take")
@permitted(Permission.TAKE_CASE)
def take(ref: str) -> ResponseReturnValue:
    """Hold the case, or learn who was quicker."""
    if not Press().is_accepted():
        return redirect(url_for(".overview", ref=ref), 303)
    taken = casework.take(reader(), ref, now=context.now())
    said = "taken" if taken.won else "not-taken"
    return redirect(url_for(".overview", ref=ref, said=said), 303)


@cases.post("/<ref>/urgency")
@permitted(Permission.RAISE_URGENCY)
def raise_urgency(ref: str) -> ResponseReturnValue:
    """Make the case more urgent than its answers say, with a reason."""
    view, form = view_of(ref), RaiseForm()
    form.level.choices = choices(case_words.higher(view))
    is_good = form.is_accepted()
    if is_good and form.level.data not in case_words.higher(view):
        form.level.errors = [NO_RISE]
    if not is_good or form.errors:
        return _overview_page(view, form), 422
    level, reason = str(form.level.data), form.reason.data or ""
    try:
        casework.raise_urgency(
            reader(), ref, level, reason, version=form.seen, now=context.now()
        )
    except casework.Conflict:
        form.revision.data = str(view.version)
        return _overview_page(view, form, conflict=gettext(TOO_LATE)), 409
    except ValueError:  # the level that is stored stands higher than the one time has left
        form.level.errors = [NO_RISE]
        return _overview_page(view, form), 422
    return redirect(url_for(".overview", ref=ref, said="raised"), 303)


@cases.get("/<ref>/report")
@permitted(Permission.OPEN_CASE)
def report(ref: str) -> ResponseReturnValue:
    """What was reported, by who may read it."""
    view = view_of(ref)
    if not view.is_opened:
        return unopened_page(view, "cases.report")
    read = casework.read_report(reader(), ref, now=context.now())
    if view.row.has_news:  # what it asks for was taken in just now
        view = view_of(ref)
    return tab_page(
        "desk/cases/report.html",
        view,
        "cases.report",
        report=sections.case_view(read, view, is_trained=reader().is_trained),
        has_changed=bool(read.differences),
        confirming=moving.confirming(view),
        contents=report_words.kinds_of_content(view.facts),
    )


@cases.get("/<ref>/timeline")
@permitted(Permission.OPEN_CASE)
def timeline(ref: str) -> ResponseReturnValue:
    """Who did what, and when."""
    view = view_of(ref)
    lines = casework.timeline(reader(), ref, now=context.now())
    return tab_page(
        "desk/cases/timeline.html",
        view,
        "cases.timeline",
        lines=lines,
        acts=case_words.ACTS,
        deed=work_words.deed_title,
    )


def _overview_page(view: Overview, form: RaiseForm, *, conflict: str = "") -> str:
    return tab_page(
        "desk/cases/overview.html",
        view,
        "cases.overview",
        form=form,
        can_rise=bool(case_words.higher(view)),
        confirming=moving.confirming(view),
        conflict=conflict,
        failed=bool(form.errors or conflict),
        is_unfolded=bool(form.errors or conflict or form.reason.data),
        limits=next_limits.shown(view),
        person=case_words.person(view),
        lately=case_words.lately(view),
        given=consent_words.in_force(view, context.now()),
        withdrawn=consent_words.taken_back(view),
        missing=consent_words.missing(view),
        contents=report_words.kinds_of_content(view.facts),
        marks=marks(reader(), view.row.ref),
        linked=linked(reader(), view.row.ref),
        same_place=_same_place(view),
    )


def _same_place(view: Overview) -> str:
    """The address of the queue of reports on the same place, where they are a pattern."""
    wish = same_place(view.facts) if "cluster" in view.flags else None
    return wishes.address(wish) if wish else ""


def _raise_form(view: Overview) -> RaiseForm:
    form = RaiseForm(formdata=None, revision=view.version)
    form.level.choices = choices(case_words.higher(view))
    return form
