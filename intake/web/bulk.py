"""One act on several cases of the queue, and what became of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.finding import Row, bulk
from intake.casework.finding.bulk import (
    Act,
    Give,
    GiveBack,
    Move,
    PutOff,
    Result,
    ShowAgain,
    Tag,
    Take,
    Untag,
)
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, pace, wishes
from intake.web.bulk_forms import SAID, BulkForm, bulk_form
from intake.web.desk import desk, shown, wish_asked
from intake.web.filter_words import Filters
from intake.web.permitted import permitted, reader
from intake.web.staff_pages import labels
from intake.web.team.forms import day_chosen

__all__ = ["desk"]

NONE_CHOSEN: Final = _("Tick one case or more, then press the button again.")
NOT_CHOSEN: Final = _("Choose from the list beside the button, then press it again.")
WHY: Final = {
    "held": _("%(more)s holds it."),
    "not_yours": _("You do not hold it."),
    "not_yet": _("Something is missing: %(more)s"),
    "no_way": _(
        "It cannot go there from its stage: %(more)s. Open the case to see where it can go."
    ),
    "unknown": _("It is not there any more, or it is kept for others."),
    "not_opened": _("Open the report first, then try it there."),
    "not_allowed": _("Your roles do not allow it. Ask a colleague whose roles do."),
    "not_done": _("It could not be done from here. Open the case and try it there."),
    "changed": _("Somebody changed it at the same moment."),
    "cannot_hold": _("This colleague cannot open it."),
    "not_as_wished": _(
        "This colleague does not fit what the person wished, or it is not known. Open the case "
        "and give it there."
    ),
    "too_many_tags": _("It already has as many tags as a case can carry."),
    "too_long": _("It is too urgent to be put off for so long."),
    "not_stored": _("It could not be stored just now."),
}


@dataclass(frozen=True)
class Line:
    """What became of one case, in words; `row` is None where she may not see the case."""

    ref: str
    words: str
    row: Row | None


@desk.post("/desk/bulk")
@permitted(Permission.READ_QUEUE)
def do_with_several() -> ResponseReturnValue:
    """Do it with each case that is ticked; where one is left, say why."""
    wish = wish_asked()
    found = Filters(reader(), wish)
    form = bulk_form(found, is_sent=True)
    refs = request.form.getlist("case")
    is_good = form.is_accepted()
    act = _act(form, found) if is_good else None
    if act is None or not refs:
        problem = _problem(form, has_refs=bool(refs))
        return _queue_again(form, refs, problem), 422
    results = bulk.do(reader(), refs, act, now=context.now())
    if all(one.is_done for one in results):
        pressed = request.form["act"]
        return redirect(wishes.address(wish, done=len(results), act=pressed), 303)
    return render_template("desk/bulk.html", **_told(results), back=wishes.address(wish))


@desk.get("/desk/bulk")
@permitted(Permission.READ_QUEUE)
def no_more_results() -> ResponseReturnValue:
    """Results are told once; who comes back is led to the queue."""
    return redirect(wishes.address(wish_asked()), 303)


def _queue_again(form: BulkForm, refs: list[str], problem: str) -> str:
    page = casework.queue(reader(), wish_asked(), now=context.now())
    values = {**shown(reader(), page), "bulk": form, "ticked": refs, "problem": problem}
    return render_template("desk/queue.html", **values)


def _problem(form: BulkForm, *, has_refs: bool) -> str:
    told = [gettext(str(error)) for errors in form.errors.values() for error in errors]
    if told:
        return told[0]
    return gettext(NOT_CHOSEN) if has_refs else gettext(NONE_CHOSEN)


def _act(form: BulkForm, found: Filters) -> Act | None:
    """What the pressed button asks for; None where its list has no such thing."""
    made = _ACTS.get(request.form.get("act", ""))
    return made(form, found) if made else None


def _give(form: BulkForm, found: Filters) -> Act | None:
    to = form.to.data
    return Give(UUID(hex=to)) if to in found.handles else None


def _tag(form: BulkForm, found: Filters) -> Act | None:
    return Tag(form.tag.data) if form.tag.data in found.tags else None


def _untag(form: BulkForm, found: Filters) -> Act | None:
    return Untag(form.tag.data) if form.tag.data in found.tags else None


def _put_off(form: BulkForm, _found: Filters) -> Act | None:
    until = day_chosen(form.days.data)
    return PutOff(until) if until else None


def _move(form: BulkForm, _found: Filters) -> Act | None:
    to, once = form.stage.data, form.once.data or casework.new_once()
    return Move(to, once) if to in bulk.TARGETS else None


_ACTS: Final[Mapping[str, Callable[[BulkForm, Filters], Act | None]]] = {
    "take": lambda _form, _found: Take(),
    "give": _give,
    "back": lambda _form, _found: GiveBack(),
    "tag": _tag,
    "untag": _untag,
    "off": _put_off,
    "again": lambda _form, _found: ShowAgain(),
    "move": _move,
}


def _told(results: tuple[Result, ...]) -> dict[str, object]:
    done = [_line(one) for one in results if one.is_done]
    not_done = [_line(one) for one in results if not one.is_done]
    return {
        "done": done,
        "not_done": not_done,
        "title": gettext(
            "%(done)s done, %(not_done)s not", done=len(done), not_done=len(not_done)
        ),
        "act": gettext(SAID[request.form["act"]]),
    }


def _line(result: Result) -> Line:
    words = "" if result.is_done else _why(result)
    try:
        row = casework.overview(reader(), result.ref, now=context.now()).row
    except casework.UnknownCase:
        pace.tell_nothing()
        return Line(result.ref, words, None)
    return Line(result.ref, words, row)


def _why(result: Result) -> str:
    more = ", ".join(result.more)
    if result.why == "not_yet":
        more = " ".join(labels("missing", result.more))
    if result.why == "no_way":
        more = ", ".join(labels("stage", result.more))
    return gettext(WHY[result.why], more=more)
