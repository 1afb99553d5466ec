"""Who is away, and giving her cases to others meanwhile."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.leaving import CannotHold
from intake.casework.team import away as kept
from intake.casework.team import papers
from intake.casework.team.absences import KIND, Away
from intake.casework.team.away import AwayAlready
from intake.casework.team.colleagues import coordinators
from intake.form.text import _
from intake.roles import Permission
from intake.web import context
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press, choices
from intake.web.team import words
from intake.web.team.blueprint import team, team_page
from intake.web.team.forms import AwayForm, ReassignForm, member_in

TAB: Final = "team.away"
NOBODY: Final = _("nobody")
IN_THE_QUEUE: Final = _("back to the queue")


@team.get("/away")
@permitted(Permission.KEEP_TEAM)
def away() -> ResponseReturnValue:
    """Who is away now and soon, and a form for more."""
    return _page(AwayForm(formdata=None, once=casework.new_once(), since=_today()))


@team.post("/away")
@permitted(Permission.KEEP_TEAM)
def keep_away() -> ResponseReturnValue:
    """Remember that somebody is away; sent twice it is once."""
    form = AwayForm()
    if not (form.is_accepted() and _is_kept(form)):
        return _page(form), 422
    return redirect(url_for(".away", said="away-kept"), 303)


def _is_kept(form: AwayForm) -> bool:
    """Whether it is kept; else the form says why not."""
    member, since, until = member_in(form.member), form.since.data, form.until.data
    if member is None or since is None or until is None:
        return False
    try:
        kept.keep_away(
            reader(),
            papers.id_of(form.once.data or "", KIND),
            member,
            since,
            until,
            substitute=member_in(form.substitute),
            now=context.now(),
        )
    except AwayAlready:
        form.since.errors = [words.AWAY_ALREADY]
    except CannotHold:
        form.substitute.errors = [words.NO_SUBSTITUTE]
    except ValueError:
        form.once.data, form.since.errors = casework.new_once(), [words.PAGE_TOO_OLD]
    return not form.errors


@team.post("/away/<uuid:paper>/remove")
@permitted(Permission.KEEP_TEAM)
def end_away(paper: UUID) -> ResponseReturnValue:
    """She is back."""
    if Press().is_accepted():
        kept.end_away(reader(), paper, now=context.now())
    return redirect(url_for(".away", said="away-ended"), 303)


@team.get("/away/<uuid:paper>/cases")
@permitted(Permission.HAND_OVER)
def ask_receiver(paper: UUID) -> ResponseReturnValue:
    """Who gets the cases of whoever is away."""
    found = _found(paper)
    receiver = str(found.substitute) if found.substitute else ""
    return _cases_page(found, ReassignForm(formdata=None, to=receiver))


@team.post("/away/<uuid:paper>/cases")
@permitted(Permission.HAND_OVER)
def reassign(paper: UUID) -> ResponseReturnValue:
    """Give them, as far as they may be given."""
    found, form = _found(paper), ReassignForm()
    if not form.is_accepted():
        return _cases_page(found, form), 422
    try:
        left = kept.reassign(
            reader(), paper, member_in(form.to), today=_today(), now=context.now()
        )
    except CannotHold:
        form.to.errors = [words.CANNOT_HOLD]
        return _cases_page(found, form), 422
    return redirect(url_for(".away", said="reassigned-some" if left else "reassigned"), 303)


def _found(paper: UUID) -> Away:
    for one in kept.away(reader(), today=_today()):
        if one.id == paper and (one.is_on(_today()) or one.member == reader().member):
            return one
    raise casework.UnknownCase


def _today() -> date:
    return context.local_day(context.now())


def _page(form: AwayForm) -> str:
    found = kept.away(reader(), today=_today())
    form.substitute.choices = choices({"": gettext(NOBODY), **_handles()})
    return team_page(
        "desk/team/away.html",
        TAB,
        form=form,
        away=found,
        failed=bool(form.errors),
        **_words(),
    )


def _cases_page(found: Away, form: ReassignForm) -> str:
    others = {id_: handle for id_, handle in _handles().items() if id_ != str(found.member)}
    form.to.choices = choices({"": gettext(IN_THE_QUEUE), **others})
    return team_page(
        "desk/team/away-cases.html",
        TAB,
        form=form,
        one=found,
        held=kept.held(reader(), found.member),
        failed=bool(form.errors),
        **_words(),
    )


def _handles() -> Mapping[str, str]:
    return {str(one.id): one.handle for one in coordinators(reader())}


def _words() -> dict[str, object]:
    return {"day": words.day, "today": _today()}
