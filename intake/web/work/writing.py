"""Writing one step down: the form of its kind, and what keeps it back; no word is lost."""

from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.case.kinds import KINDS, TRACKS, Kind
from intake.case.kinds.help import TRACK_AGREED
from intake.case.kinds.striking import STRUCK
from intake.case.steps import CaseStep
from intake.casework import GateClosed, Lacking, NotYet, Overview, Work, Written
from intake.casework.directory.choosing import Choosing
from intake.casework.work.referring import referring
from intake.form.answers import Answers
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.roles import Permission
from intake.web import context, directory_words, staff_pages
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.work import shown, step_forms, words
from intake.web.work.step_forms import AnswersForm, step_in
from intake.web.work.step_sheet import Sheet, newest, step_named
from intake.web.work.steps import TAB

CORRECTED: Final = _(
    "Somebody corrected this while you were writing. Look at both sides, and send yours again "
    "if it still holds: then it stands instead."
)
CHANGED: Final = _(
    "Somebody changed this case while you were writing. Look at it, and send yours again if it "
    "still holds."
)
ABOUT_IS_GONE: Final = _(
    "What this follows was corrected while you were writing. Choose it once more and send "
    "yours again."
)
GONE: Final = _(
    "This entry was corrected or struck out while you were writing. Look at it once more on "
    "the tab “Steps and deadlines”."
)

writing = staff_pages.install(Blueprint("writing", __name__, url_prefix="/desk/cases"))


@writing.get("/<ref>/steps/<kind>")
@permitted(Permission.WRITE_STEPS)
def ask(ref: str, kind: str) -> ResponseReturnValue:
    """The form of one kind of step; where it corrects another, with what stands there."""
    known, view = _kind(kind), view_of(ref)
    if not view.is_opened:
        return unopened_page(view, TAB)
    work = casework.work(reader(), ref, now=context.now())
    form = step_forms.empty_form(step_forms.page_for(kind), revision=work.version)
    _prepare(form, known, work)
    if kind == STRUCK and not form.about.data:
        raise casework.UnknownCase
    return _page(Sheet(view, work, known, form))


def _kind(code: str) -> Kind:
    if code not in step_forms.WRITTEN:
        raise casework.UnknownCase
    return KINDS[code]


def _prepare(form: AnswersForm, kind: Kind, work: Work) -> None:
    """Put into the form what the address says: what it corrects, what it is about."""
    about = step_named(work, request.args.get("about"))
    if kind.code == STRUCK:
        about = _to_strike(work, about)
    old = newest(work, step_named(work, request.args.get("replaces")))
    if old is not None and old.what == kind.code and old.id not in work.hidden:
        form.replaces.data = str(old.id)
        about = step_named(work, str(old.about)) if old.about else None
        step_forms.fill(form, step_forms.page_for(kind.code), old.answers)
    if about is not None and about.what in kind.about:
        form.about.data = str(about.id)
    if kind.code == "objection" and old is None:
        form["objects_to"].show(work.record.objects_to)  # type: ignore[attr-defined] # ours
    track = request.args.get("track")
    if kind.code == "track" and track in TRACKS:
        _fill_track(form, kind, work, track)


def _to_strike(work: Work, step: CaseStep | None) -> CaseStep | None:
    """What stands by now in the place of a step, unless a part of it is not hers to see."""
    found = newest(work, step)
    is_hers = found is not None and found.id in work.standing - work.hidden
    return found if is_hers else None


def _fill_track(form: AnswersForm, kind: Kind, work: Work, track: str) -> None:
    """How this kind of help stands, so that only what changed is typed."""
    known = (s for s in work.record.of("track") if s.answers.values.get("track") == track)
    for step in known:
        step_forms.fill(form, kind.page, step.answers)
    form["track"].show(track)  # type: ignore[attr-defined] # one of our fields


@writing.post("/<ref>/steps/<kind>")
@permitted(Permission.WRITE_STEPS)
def add(ref: str, kind: str) -> ResponseReturnValue:
    """Write the step down, or show again what was typed and why it is not kept."""
    known, view, page = _kind(kind), view_of(ref), step_forms.page_for(kind)
    form = step_forms.form_class(page)()
    is_good = form.is_accepted()
    answers = step_forms.told(form, page)
    if is_good:
        step_forms.ask_for(form, {question.name for question in known.lacking(answers)})
    if not is_good or form.errors:
        return _page(_sheet(view, known, form)), 422
    return _kept(view, known, form, answers)


def _kept(
    view: Overview, kind: Kind, form: AnswersForm, answers: Answers
) -> ResponseReturnValue:
    try:
        done = casework.add_step(
            reader(),
            view.row.ref,
            kind.code,
            answers,
            once=form.once.data or "",
            about=step_in(form.about),
            replaces=step_in(form.replaces),
            now=context.now(),
        )
    except Lacking as refused:
        step_forms.ask_for(form, refused.names)
        return _page(_sheet(view, kind, form)), 422
    except GateClosed as closed:
        return _held_back(view, kind, form, closed.missing, "gate")
    except NotYet as refused:
        return _held_back(view, kind, form, refused.missing, "missing")
    except casework.Conflict:
        return _both_sides(_sheet(view, kind, form)), 409
    except ValueError:  # the mark of the form is none of ours
        sheet = _sheet(view, kind, form)
        sheet.notice = step_forms.start_anew(form)
        return _page(sheet), 422
    return redirect(url_for("steps.show", ref=view.row.ref, said=_said(done, kind, form)), 303)


def _said(done: Written, kind: Kind, form: AnswersForm) -> str:
    if done is Written.PROPOSED:
        return "proposed"
    if kind.code == STRUCK:
        return STRUCK
    return "corrected" if form.replaces.data else "written"


def _sheet(view: Overview, kind: Kind, form: AnswersForm) -> Sheet:
    return Sheet(view, casework.work(reader(), view.row.ref, now=context.now()), kind, form)


def _held_back(
    view: Overview, kind: Kind, form: AnswersForm, codes: tuple[str, ...], vocabulary: str
) -> ResponseReturnValue:
    """The form as it was typed, under what is missing and how to get it."""
    sheet = _sheet(view, kind, form)
    sheet.missing = words.missing_lines(sheet.ref, codes, vocabulary)
    return _page(sheet), 422


def _both_sides(sheet: Sheet) -> str:
    """What stands by now beside what was typed; sent again, it takes that one's place."""
    by_now = newest(sheet.work, sheet.corrected)
    sheet.is_conflict = True
    about = step_named(sheet.work, sheet.form.about.data)
    is_gone = bool(sheet.form.about.data) and about is None
    other = CORRECTED if by_now else ABOUT_IS_GONE if is_gone else CHANGED
    sheet.notice = gettext(GONE if sheet.kind.code == STRUCK else other)
    if by_now is not None:
        sheet.form.replaces.data = str(by_now.id)
    if about is None:
        sheet.form.about.data = ""
    return _page(sheet)


def _page(sheet: Sheet) -> str:
    kind, form, corrected = sheet.kind, sheet.form, sheet.corrected
    _offer_lower(sheet)
    choosing = _offer_leaders(sheet)
    unasked = {TRACK_AGREED.name} if choosing and not choosing.wished.is_binding else set()
    return tab_page(
        "desk/work/step.html",
        sheet.view,
        TAB,
        sheet=sheet,
        form=form,
        kind=kind,
        failed=bool(form.errors or sheet.missing or sheet.notice),
        has_changed=bool(sheet.view.differences or sheet.work.differences),
        title=sheet.page.title,
        hint_of=step_forms.hint_of,
        needed={question.name for question in kind.needed},
        ended=shown.step_line(sheet.ref, sheet.work, sheet.struck) if sheet.struck else None,
        fields=[form[q.name] for q in sheet.page.questions if q.name not in unasked],
        choosing=choosing,
        fitting=directory_words,
        stands=sheet.in_words(corrected.answers) if corrected else (),
        typed=sheet.in_words(step_forms.told(form, sheet.page)),
    )


def _offer_leaders(sheet: Sheet) -> Choosing | None:
    """Those whose work it is to lead this kind of help, first who fits what was wished."""
    if sheet.kind.code != "track":
        return None
    track = sheet.form["track"].data or ""
    found = referring(reader(), sheet.ref, track, now=context.now())
    offered = ((one.who.hex, directory_words.in_a_list(one)) for one in found.candidates)
    sheet.form["track_member"].offered = tuple(offered)  # type: ignore[attr-defined]
    return found


def _offer_lower(sheet: Sheet) -> None:
    """Of the levels, those that are lower than the one the case has."""
    if sheet.kind.code == "lowering":
        field, codes = sheet.form["lower_to"], VOCABULARIES["urgency"].codes
        lower = codes[codes.index(sheet.view.row.level) + 1 :]
        field.terms = tuple(t for t in field.terms if t.code in lower)  # type: ignore[attr-defined]
