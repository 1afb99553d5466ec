"""The page on which a case changes hands: offer, answer, give back, give to somebody."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework.directory.choosing import NotAsWished
from intake.casework.leaving import CannotHold
from intake.casework.team import handing as acts
from intake.casework.team.handing import NotTheHolder, OfferedAlready, OfferEnded
from intake.roles import Permission
from intake.web import context, directory_words, staff_pages
from intake.web.case_pages import tab_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press
from intake.web.team import words
from intake.web.team.forms import HandOverForm, OfferAnswerForm, ReleaseForm

TAB: Final = "cases.overview"
_REFUSED: Final[dict[type[casework.CaseworkError], str]] = {
    NotTheHolder: words.NOT_THE_HOLDER,
    OfferedAlready: words.OFFERED_ALREADY,
    OfferEnded: words.OFFER_ENDED,
}
_FAULTS: Final[dict[type[casework.CaseworkError], tuple[str, str]]] = {
    CannotHold: ("to", words.CANNOT_HOLD),
    NotAsWished: ("agreed", directory_words.NOT_AS_WISHED),
}
"""Which field it is about, and what it says."""

handing = staff_pages.install(Blueprint("handing", __name__, url_prefix="/desk/cases"))


@handing.get("/<ref>/hand-over")
@permitted(Permission.HAND_OVER)
def show(ref: str) -> ResponseReturnValue:
    """Who holds the case, and how it can change hands."""
    return _page(ref)


@handing.post("/<ref>/hand-over/offer")
@permitted(Permission.HAND_OVER)
def offer(ref: str) -> ResponseReturnValue:
    """Offer the case to a colleague, who may accept or decline."""
    form = HandOverForm()

    def do() -> str:
        acts.offer(
            reader(),
            ref,
            form.receiver,
            form.note.data or "",
            once=form.once.data or "",
            version=form.seen,
            agreed=bool(form.agreed.data),
            now=context.now(),
        )
        return "handed-over"

    return _done(ref, form, do)


@handing.post("/<ref>/hand-over/assign")
@permitted(Permission.HAND_OVER)
def assign(ref: str) -> ResponseReturnValue:
    """Give the case to a colleague at once."""
    form = HandOverForm()

    def do() -> str:
        given = acts.assign(
            reader(),
            ref,
            form.receiver,
            form.note.data or "",
            once=form.once.data or "",
            version=form.seen,
            agreed=bool(form.agreed.data),
            now=context.now(),
        )
        if not given.won:
            raise NotTheHolder
        return "assigned"

    return _done(ref, form, do)


@handing.post("/<ref>/hand-over/release")
@permitted(Permission.HAND_OVER)
def release(ref: str) -> ResponseReturnValue:
    """Give the case back to the queue."""
    form = ReleaseForm()

    def do() -> str:
        note, once = form.note.data or "", form.once.data or ""
        seen = form.seen
        acts.release(reader(), ref, note, once=once, version=seen, now=context.now())
        return "released"

    return _done(ref, form, do)


@handing.post("/<ref>/hand-over/withdraw")
@permitted(Permission.HAND_OVER)
def withdraw(ref: str) -> ResponseReturnValue:
    """Take an offer back."""
    if Press().is_accepted():
        acts.withdraw(reader(), ref, now=context.now())
    return redirect(url_for(".show", ref=ref, said="offer-withdrawn"), 303)


@handing.post("/<ref>/hand-over/accept")
@permitted(Permission.HAND_OVER)
def accept(ref: str) -> ResponseReturnValue:
    """Take over what was offered."""
    return _answered(ref, accepts=True)


@handing.post("/<ref>/hand-over/decline")
@permitted(Permission.HAND_OVER)
def decline(ref: str) -> ResponseReturnValue:
    """Leave it with who offered it."""
    return _answered(ref, accepts=False)


def _answered(ref: str, *, accepts: bool) -> ResponseReturnValue:
    form = OfferAnswerForm()

    def do() -> str:
        said, once = form.words.data or "", form.once.data or ""
        acts.answer(reader(), ref, said, accepts=accepts, once=once, now=context.now())
        return "accepted" if accepts else "declined"

    return _done(ref, form, do)


def _done(
    ref: str, form: ReleaseForm | OfferAnswerForm, do: Callable[[], str]
) -> ResponseReturnValue:
    """Do it; else the page with what was typed, and what stood against it."""
    if not form.is_accepted():
        return _page(ref, form), 422
    try:
        said = do()
    except (CannotHold, NotAsWished) as error:
        name, fault = _FAULTS[type(error)]
        form[name].errors = [fault]
        return _page(ref, form), 422
    except ValueError:
        form.once.data = casework.new_once()
        return _page(ref, form, refused=words.PAGE_TOO_OLD), 422
    except casework.Conflict:
        return _page(ref, form, refused=words.TOO_LATE, is_conflict=True), 409
    except (NotTheHolder, OfferedAlready, OfferEnded) as error:
        return _page(ref, form, refused=_REFUSED[type(error)], is_conflict=True), 409
    return redirect(url_for("cases.overview", ref=ref, said=said), 303)


def _page(
    ref: str,
    typed: ReleaseForm | OfferAnswerForm | None = None,
    *,
    refused: str = "",
    is_conflict: bool = False,
) -> str:
    view = view_of(ref)
    now = acts.holding(reader(), view.row.ref, now=context.now())
    once = casework.new_once()
    answer = OfferAnswerForm(formdata=None, once=once)
    form: ReleaseForm = ReleaseForm(formdata=None, once=once, revision=view.version)
    if isinstance(typed, OfferAnswerForm):
        answer = typed
    elif typed is not None:
        form = typed
    if is_conflict:
        form.revision.data = str(view.version)
    return tab_page(
        "desk/team/hand-over.html",
        view,
        TAB,
        form=form,
        answer=answer,
        choosing=now.choosing,
        fitting=directory_words,
        written=_written(typed) if is_conflict else "",
        offer=now.offer,
        has_form=now.offer.is_for_me if now.offer else _is_free(view),
        has_colleagues=bool(now.colleagues),
        refused=gettext(refused) if refused else "",
        failed=bool(refused or form.errors or answer.errors),
    )


def _is_free(view: casework.Overview) -> bool:
    return view.row.is_mine or view.row.holder is None


def _written(typed: ReleaseForm | OfferAnswerForm | None) -> str:
    """The words that were typed, beside what stands now."""
    if isinstance(typed, OfferAnswerForm):
        return typed.words.data or ""
    return (typed.note.data or "") if typed else ""
