"""Moving a case to another stage: what it means, what is missing, who decides it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.case.guards import Way
from intake.case.kinds import moving as kinds
from intake.case.kinds import page_of
from intake.case.stages import BY_CODE, Transition
from intake.casework import NotYet, Overview, Work, Written
from intake.casework.splitting.shown import LinkShown, linked
from intake.form.answers import Answers
from intake.form.steps import Step
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.staff_pages import label
from intake.web.work import shown, step_forms, words
from intake.web.work.step_forms import AnswersForm
from intake.web.work.steps import TAB
from intake.web.work.words import Missing

TOO_LATE: Final = _(
    "Somebody changed this case while you were writing. Look at both sides and send yours "
    "again if it still holds."
)
TEMPLATES: Final[Mapping[str, str]] = {
    words.WITHDRAWAL: "desk/work/withdrawal.html",
    words.ERASING: "desk/work/erasing.html",
}

THEN: Final = "then"
"""What an address of ours leads back to after the move, instead of the steps."""
BACK: Final[Mapping[str, str]] = {"overview": "cases.overview"}
SAME_AS: Final = "same_as"
"""What an address of ours names the case by that a report repeats."""
MERGING: Final = BY_CODE["screening_to_closed"]
CONFIRMED: Final = BY_CODE["screening_to_contacting"]
NO_CONTACT: Final = ("none",)

moving = staff_pages.install(Blueprint("moving", __name__, url_prefix="/desk/cases"))


@dataclass
class Sheet:
    """A way with its form, and what keeps the case from going it."""

    view: Overview
    work: Work
    way: Transition
    form: AnswersForm
    missing: list[Missing] = field(default_factory=list)
    notice: str = ""
    was_sent: bool = False

    @property
    def page(self) -> Step:
        return page_of(self.way)

    @property
    def waiting(self) -> bool:
        """Whether a second coordinator has been asked for it already."""
        return any(
            one.is_waiting
            and not one.has_ended
            and (one.action, one.code) == ("move", self.way.code)
            for one in self.work.proposals
        )

    @property
    def has_form(self) -> bool:
        """Whether something can be typed; what was typed is never taken away."""
        return self.was_sent or not (self.missing or self.waiting)


def confirming(view: Overview) -> AnswersForm | None:
    """One button for what most new reports need: the urgency as it stands, and contact.

    None where the case stands elsewhere, or the person wants no contact.
    """
    if view.row.stage != CONFIRMED.source or view.facts.contact_method == NO_CONTACT:
        return None
    return step_forms.empty_form(page_of(CONFIRMED), revision=view.version)


@moving.get("/<ref>/move/<way>")
@permitted(Permission.MOVE_CASE)
def ask(ref: str, way: str) -> ResponseReturnValue:
    """What the way means, what must be done before, and its questions."""
    known, view = _way(way), view_of(ref)
    if not view.is_opened:
        return unopened_page(view, TAB)
    work = casework.work(reader(), ref, now=context.now())
    form = step_forms.empty_form(page_of(known), revision=work.version)
    step_forms.fill(form, page_of(known), _named(known))
    return _page(Sheet(view, work, known, form, _before(view, work, known)))


def _named(way: Transition) -> Answers:
    """The case that the address names as the one that is repeated."""
    named = request.args.get(SAME_AS, "")
    if way is not MERGING or not named:
        return Answers()
    return Answers().having(kinds.OUTCOME, kinds.DUPLICATE).having(kinds.SAME_AS, named)


def _way(code: str) -> Transition:
    if code not in BY_CODE or code == words.OPENING:
        raise casework.UnknownCase
    return BY_CODE[code]


def _before(view: Overview, work: Work, way: Transition) -> list[Missing]:
    found: Way | None = next((one for one in work.ways if one.code == way.code), None)
    codes = found.missing if found else ("stage",)
    return words.missing_lines(view.row.ref, codes, "missing")


@moving.post("/<ref>/move/<way>")
@permitted(Permission.MOVE_CASE)
def move(ref: str, way: str) -> ResponseReturnValue:
    """Go the way, or ask a second coordinator; else show what was typed and what is missing."""
    known, view = _way(way), view_of(ref)
    form = step_forms.form_class(page_of(known))()
    if not form.is_accepted():
        return _page(_sheet(view, known, form)), 422
    return _gone(view, known, form)


def _gone(view: Overview, way: Transition, form: AnswersForm) -> ResponseReturnValue:
    try:
        done = casework.move(
            reader(),
            view.row.ref,
            way.code,
            step_forms.told(form, page_of(way)),
            version=form.seen,
            once=form.once.data or "",
            now=context.now(),
        )
    except NotYet as refused:
        sheet = _sheet(view, way, form)
        sheet.missing = _marked(sheet, refused.missing)
        return _page(sheet), 422
    except casework.Conflict:
        sheet = _sheet(view, way, form)
        sheet.notice, form.revision.data = gettext(TOO_LATE), str(sheet.work.version)
        return _page(sheet), 409
    except ValueError:  # the mark of the form is none of ours
        sheet = _sheet(view, way, form)
        sheet.notice = step_forms.start_anew(form)
        return _page(sheet), 422
    if done is Written.DONE and way.code == words.ERASING:
        return redirect(url_for("desk.queue"), 303)
    said = "moved" if done is Written.DONE else "proposed"
    back = BACK.get(request.args.get(THEN, ""), TAB)
    return redirect(url_for(back, ref=view.row.ref, said=said), 303)


def _belonging(sheet: Sheet) -> tuple[LinkShown, ...]:
    """What stays where a case is erased."""
    if sheet.way.code != words.ERASING:
        return ()
    return tuple(one for one in linked(reader(), sheet.view.row.ref) if one.stands)


def _marked(sheet: Sheet, codes: tuple[str, ...]) -> list[Missing]:
    """What is missing beside the questions that ask for it, and the rest."""
    asked = {question.name for question in sheet.page.questions}
    for code in codes:
        if words.ASKED_AT.get(code) in asked:
            sheet.form[words.ASKED_AT[code]].errors = [label("missing", code)]
    rest = (code for code in codes if words.ASKED_AT.get(code) not in asked)
    return words.missing_lines(sheet.view.row.ref, rest, "missing")


def _sheet(view: Overview, way: Transition, form: AnswersForm) -> Sheet:
    work = casework.work(reader(), view.row.ref, now=context.now())
    return Sheet(view_of(view.row.ref), work, way, form, was_sent=True)


def _page(sheet: Sheet) -> str:
    form, way = sheet.form, sheet.way
    return tab_page(
        TEMPLATES.get(way.code, "desk/work/move.html"),
        sheet.view,
        TAB,
        sheet=sheet,
        form=form,
        way=way,
        failed=bool(form.errors or sheet.notice or (sheet.was_sent and sheet.missing)),
        has_changed=bool(sheet.view.differences or sheet.work.differences),
        title=words.way_title(way.code),
        linked=_belonging(sheet),
        hint_of=step_forms.hint_of,
        fields=[form[question.name] for question in sheet.page.questions],
        typed=shown.answered(sheet.page, step_forms.told(form, sheet.page)),
    )
