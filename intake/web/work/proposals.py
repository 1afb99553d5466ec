"""What waits for a second coordinator: the list, one of them to look at, the decision."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.case.kinds import KINDS, page_of
from intake.case.stages import BY_CODE
from intake.casework import AlreadyDecided, GateClosed, NotYet, Overview, Proposal
from intake.form.steps import Step
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.case_pages import view_of
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press
from intake.web.work import shown, words
from intake.web.work.step_forms import DecisionForm
from intake.web.work.words import Missing

CHANGED: Final = _(
    "Somebody changed the case since this page was shown. Look at it once more; what you wrote "
    "is still here."
)
SAY_WHY: Final = _("Write why, so that your colleague can go on.")
ENDED: Final = _(
    "This has ended: %(handle)s may no longer decide on this case. What you wrote is still "
    "here."
)
WHO_WAS_FIRST: Final = _("%(handle)s decided it before you. What you wrote is still here.")

proposals = staff_pages.install(Blueprint("proposals", __name__, url_prefix="/desk/proposals"))


@proposals.get("/")
@permitted(Permission.DECIDE)
def waiting() -> ResponseReturnValue:
    """What others ask her to decide with them, and what she asked for herself."""
    found = casework.proposals_of(reader())
    said = request.args.get("said", "")
    return render_template(
        "desk/work/proposals.html",
        to_decide=[one for one in found if not one.by_me and not one.is_hidden],
        for_trained=[one for one in found if not one.by_me and one.is_hidden],
        own=[one for one in found if one.by_me],
        proposal_title=words.proposal_title,
        said=gettext(words.SAID[said]) if said in words.SAID else "",
    )


@dataclass
class Sheet:
    """One proposal with the form of the decision, and what stands in its way."""

    proposal: Proposal
    view: Overview
    form: DecisionForm
    missing: list[Missing] = field(default_factory=list)
    notice: str = ""

    @property
    def has_form(self) -> bool:
        """Whether she may decide it now."""
        one = self.proposal
        is_hers = one.by_me or one.is_hidden or one.has_ended
        return one.is_waiting and not is_hers


@proposals.get("/<uuid:proposal>")
@permitted(Permission.DECIDE)
def show(proposal: UUID) -> ResponseReturnValue:
    """What is asked for, why, and about which case."""
    found = casework.proposal(reader(), proposal, now=context.now())
    view = view_of(found.ref)
    form = DecisionForm(formdata=None, revision=view.version)
    return _page(Sheet(found, view, form))


@proposals.post("/<uuid:proposal>")
@permitted(Permission.DECIDE)
def decide(proposal: UUID) -> ResponseReturnValue:
    """Agree or not; it is done only when it is still possible."""
    form, go = DecisionForm(), request.form.get("go")
    is_good = form.is_accepted() and go in {"agree", "refuse"}
    if is_good and go == "refuse" and not (form.words.data or "").strip():
        form.words.errors = [SAY_WHY]
    if not is_good or form.errors:
        return _page(_sheet(proposal, form)), 422
    try:
        casework.decide(
            reader(),
            proposal,
            agrees=go == "agree",
            words=form.words.data or "",
            version=form.seen,
            now=context.now(),
        )
    except NotYet as refused:
        return _held_back(proposal, form, refused.missing, "missing")
    except GateClosed as closed:
        return _held_back(proposal, form, closed.missing, "gate")
    except (casework.Conflict, AlreadyDecided):
        return _too_late(proposal, form)
    return redirect(url_for(".waiting", said="agreed" if go == "agree" else "said-no"), 303)


def _sheet(proposal: UUID, form: DecisionForm) -> Sheet:
    found = casework.proposal(reader(), proposal, now=context.now())
    return Sheet(found, view_of(found.ref), form)


def _held_back(
    proposal: UUID, form: DecisionForm, codes: tuple[str, ...], vocabulary: str
) -> ResponseReturnValue:
    """What was typed, under what is missing by now."""
    sheet = _sheet(proposal, form)
    sheet.missing = words.missing_lines(sheet.view.row.ref, codes, vocabulary)
    return _page(sheet), 409


def _too_late(proposal: UUID, form: DecisionForm) -> ResponseReturnValue:
    sheet = _sheet(proposal, form)
    one = sheet.proposal
    if one.has_ended:
        sheet.notice = gettext(ENDED, handle=one.by)
    elif one.is_waiting:
        sheet.notice = gettext(CHANGED)
    else:
        sheet.notice = gettext(WHO_WAS_FIRST, handle=one.decided_by)
    form.revision.data = str(sheet.view.version)
    return _page(sheet), 409


@proposals.post("/<uuid:proposal>/withdraw")
@permitted(Permission.DECIDE)
def withdraw(proposal: UUID) -> ResponseReturnValue:
    """Take back what she asked for, or take off the list what waits in vain."""
    if not Press().is_accepted():
        return redirect(url_for(".show", proposal=proposal), 303)
    try:
        casework.withdraw_proposal(reader(), proposal, now=context.now())
    except AlreadyDecided:
        return redirect(url_for(".show", proposal=proposal), 303)
    return redirect(url_for(".waiting", said="withdrawn"), 303)


@proposals.post("/<uuid:proposal>/anew")
@permitted(Permission.DECIDE)
def ask_anew(proposal: UUID) -> ResponseReturnValue:
    """Ask in her own name for what waits in vain."""
    form = DecisionForm(formdata=None)
    if not Press().is_accepted():
        return redirect(url_for(".show", proposal=proposal), 303)
    try:
        casework.propose_anew(reader(), proposal, now=context.now())
    except NotYet as refused:
        return _held_back(proposal, form, refused.missing, "missing")
    except GateClosed as closed:
        return _held_back(proposal, form, closed.missing, "gate")
    except (casework.Conflict, AlreadyDecided):
        return redirect(url_for(".show", proposal=proposal), 303)
    return redirect(url_for(".waiting", said="proposed"), 303)


def _asked(proposal: Proposal) -> Step:
    if proposal.action == "move":
        return page_of(BY_CODE[proposal.code])
    return KINDS[proposal.code].page


def _page(sheet: Sheet) -> str:
    one, answers = sheet.proposal, sheet.proposal.answers
    return render_template(
        "desk/work/proposal.html",
        sheet=sheet,
        one=one,
        view=sheet.view,
        form=sheet.form,
        failed=bool(sheet.form.errors or sheet.notice or sheet.missing),
        title=words.proposal_title(one.action, one.code),
        lines=shown.answered(_asked(one), answers) if answers else (),
        ended_title=KINDS[one.ends.what].title if one.ends else "",
        ended=shown.answered(KINDS[one.ends.what].page, one.ends.answers) if one.ends else (),
    )
