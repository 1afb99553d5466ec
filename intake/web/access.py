"""Who reads a case: the tab Access, offering parts to a specialist, taking them back."""

from typing import Final
from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Overview, Slot
from intake.casework.access import Access, GrantShown
from intake.casework.access import access as look
from intake.casework.directory.choosing import NotAsWished
from intake.casework.grant_wraps import GivenAlready, NoSpecialist
from intake.casework.grants import narrow as leave_only
from intake.casework.grants import take_back as take_all_back
from intake.casework.offering import NotConsented
from intake.casework.offering import offer as make_offer
from intake.roles import Permission
from intake.web import access_words, context, directory_words, role_words, staff_pages
from intake.web.access_forms import NarrowForm, OfferForm, member_of, parts_of
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press
from intake.web.work.words import Missing, missing_lines

TAB: Final = "access.show"
_FAULTS: Final[dict[type[casework.CaseworkError], tuple[str, str]]] = {
    NoSpecialist: ("member", access_words.NO_SPECIALIST),
    GivenAlready: ("member", access_words.CHANGED_MEANWHILE),
    NotAsWished: ("agreed", directory_words.NOT_AS_WISHED),
}
"""Which field it is about, and what it says."""

access = staff_pages.install(Blueprint("access", __name__, url_prefix="/desk/cases"))


@access.get("/<ref>/access")
@permitted(Permission.GRANT)
def show(ref: str) -> ResponseReturnValue:
    """Who can open what, since when, who gave it, who has read it."""
    view = view_of(ref)
    if not view.is_opened:
        return unopened_page(view, TAB)
    return _page(view, OfferForm(formdata=None))


@access.post("/<ref>/access/offer")
@permitted(Permission.GRANT)
def offer(ref: str) -> ResponseReturnValue:
    """Offer parts of the case to a specialist."""
    form, view = OfferForm(), view_of(ref)
    if not (form.is_accepted() and _is_offered(ref, form)):
        return _page(view, form), 422
    return redirect(url_for(".show", ref=ref, said="offered"), 303)


def _is_offered(ref: str, form: OfferForm) -> bool:
    """Whether the offer is made; else the form says why not."""
    member, parts = member_of(form.member.data), parts_of(form.parts)
    if member is None:
        form.member.errors = [access_words.NO_SPECIALIST]
        return False
    if fault := _fault(parts):
        form.parts.errors = [fault]
        return False
    try:
        make_offer(
            reader(),
            ref,
            member,
            parts,
            form.note.data or "",
            agreed=bool(form.agreed.data),
            now=context.now(),
        )
    except (NoSpecialist, GivenAlready, NotAsWished) as error:
        name, fault = _FAULTS[type(error)]
        form[name].errors = [fault]
    except NotConsented as refused:
        form.parts.errors = [one.words for one in _missing(ref, refused.missing)]
    return not form.errors


def _missing(ref: str, codes: tuple[str, ...]) -> list[Missing]:
    """Why nothing may be offered now, in sentences, each with the way to change it."""
    told = access_words.ASKED
    asked = [Missing(code, gettext(told[code])) for code in codes if code in told]
    return asked or missing_lines(ref, codes, "gate")


def _fault(parts: tuple[Slot, ...]) -> str:
    if not parts:
        return access_words.NO_PARTS
    is_alone = Slot.INTIMATE in parts and Slot.ACCOUNT not in parts
    return access_words.WITH_ACCOUNT if is_alone else ""


@access.get("/<ref>/access/<uuid:member>")
@permitted(Permission.GRANT)
def grant(ref: str, member: UUID) -> ResponseReturnValue:
    """What one specialist has, to give her less of it or nothing."""
    return _grant_page(view_of(ref), member, NarrowForm(formdata=None))


@access.post("/<ref>/access/<uuid:member>/narrow")
@permitted(Permission.GRANT)
def narrow(ref: str, member: UUID) -> ResponseReturnValue:
    """Leave her fewer parts."""
    form = NarrowForm()
    parts = parts_of(form.parts)
    is_good = form.is_accepted()
    if is_good and (fault := _fault(parts)):
        form.parts.errors = [fault]
    if not is_good or form.errors:
        return _grant_page(view_of(ref), member, form), 422
    try:
        leave_only(reader(), ref, member, parts, now=context.now())
    except casework.NotAllowed:
        form.parts.errors = [access_words.FEWER]
        return _grant_page(view_of(ref), member, form), 422
    return redirect(url_for(".show", ref=ref, said="narrowed"), 303)


@access.post("/<ref>/access/<uuid:member>/take-back")
@permitted(Permission.GRANT)
def take_back(ref: str, member: UUID) -> ResponseReturnValue:
    """Take everything back."""
    if not Press().is_accepted():
        return redirect(url_for(".grant", ref=ref, member=member), 303)
    take_all_back(reader(), ref, member, now=context.now())
    return redirect(url_for(".show", ref=ref, said="taken-back"), 303)


def _page(view: Overview, form: OfferForm) -> str:
    seen = look(reader(), view.row.ref, now=context.now())
    return tab_page(
        "desk/access/access.html",
        view,
        TAB,
        seen=seen,
        form=form,
        failed=bool(form.errors),
        has_changed=bool(seen.differences),
        missing=_missing(view.row.ref, seen.missing),
        offered_parts=_choices(seen.offered_parts),
        can_keep=seen.holds_every_key,
        part_words=access_words.in_words,
        role_names=role_words.in_words,
        fitting=directory_words,
    )


def _choices(parts: tuple[Slot, ...]) -> list[tuple[str, str]]:
    return [(part.value, access_words.in_words([part])[0]) for part in parts]


def _grant_page(view: Overview, member: UUID, form: NarrowForm) -> str:
    seen = look(reader(), view.row.ref, now=context.now())
    shown = _grant(seen, member)
    return tab_page(
        "desk/access/grant.html",
        view,
        TAB,
        grant=shown,
        form=form,
        failed=bool(form.errors),
        has_changed=bool(seen.differences),
        offered_parts=_choices(shown.parts),
        part_words=access_words.in_words,
        role_names=role_words.in_words,
    )


def _grant(seen: Access, member: UUID) -> GrantShown:
    found = next((grant for grant in seen.grants if grant.member == member), None)
    if found is None:
        raise casework.UnknownCase
    return found
