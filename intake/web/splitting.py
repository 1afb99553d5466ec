"""Splitting a report that tells of several persons or matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake import casework
from intake.casework import Overview
from intake.casework.splitting.choosing import (
    NeedsTrainedReader,
    NobodyChosen,
    Person,
    Splitting,
)
from intake.casework.splitting.choosing import (
    splitting as to_split,
)
from intake.casework.splitting.making import split as split_report
from intake.form import repeating
from intake.form.vocabularies import vocabulary
from intake.roles import Permission
from intake.web import context, report_words, split_words, staff_pages
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.permitted import permitted, reader
from intake.web.split_forms import (
    IN_WORDS,
    PARTS,
    PERSON,
    SPLIT_FORM,
    THE_SAME,
    WHO,
    WhyForm,
    choice,
    described,
    empty,
    ticked,
)
from intake.web.staff_pages import label

TAB: Final = "cases.overview"
SURE, CHANGE = "sure", "change"
_MINOR: Final = vocabulary("age_band").codes_with("minor")

splitting = staff_pages.install(Blueprint("splitting", __name__, url_prefix="/desk/cases"))


@dataclass(frozen=True)
class PersonLine:
    """Somebody on the list of the report, in words; `about` are age, sex and where now."""

    id: str
    name: str
    about: str
    is_child: bool
    has_own_case: bool
    is_chosen: bool


@splitting.get("/<ref>/split")
@permitted(Permission.MOVE_CASE)
def ask(ref: str) -> ResponseReturnValue:
    """Whom the report tells of, and who may get a case of their own."""
    view = view_of(ref)
    if not view.is_opened:
        return unopened_page(view, TAB)
    return _split_page(view, None)


@splitting.post("/<ref>/split")
@permitted(Permission.MOVE_CASE)
def split(ref: str) -> ResponseReturnValue:
    """Show once more what is to be made, then make it."""
    view, form = view_of(ref), SPLIT_FORM()
    if not view.is_opened:
        return unopened_page(view, TAB)
    if not form.is_accepted():
        return _split_page(view, form), 422
    chosen = choice(form)
    if CHANGE in request.form:
        return _split_page(view, form)
    if not chosen.is_one:
        return _split_page(view, form, refused=split_words.NOBODY_CHOSEN), 422
    if SURE not in request.form:
        return _split_page(view, form, is_asking=True)
    return _made(view, form)


def _made(view: Overview, form: WhyForm) -> ResponseReturnValue:
    try:
        new = split_report(
            reader(),
            view.row.ref,
            choice(form),
            form.why.data or "",
            once=form.once.data or "",
            version=form.seen,
            now=context.now(),
        )
    except casework.Conflict:
        form.revision.data = str(view_of(view.row.ref).version)
        return _split_page(view, form, refused=split_words.CHANGED), 409
    except NobodyChosen:
        return _split_page(view, form, refused=split_words.NOBODY_CHOSEN), 422
    except NeedsTrainedReader:
        return _split_page(view, form, refused=split_words.NEEDS_TRAINED), 422
    except ValueError:
        form.once.data = casework.new_once()
        return _split_page(view, form, refused=split_words.PAGE_TOO_OLD), 422
    return redirect(url_for(TAB, ref=new, said="split-off"), 303)


def _split_page(
    view: Overview, typed: WhyForm | None, *, refused: str = "", is_asking: bool = False
) -> str:
    """The choice, or with `is_asking` what is to be made of it, to be confirmed."""
    found = to_split(reader(), view.row.ref, now=context.now())
    form: WhyForm = typed or empty(SPLIT_FORM, revision=found.version)
    who, parts = ticked(WHO), ticked(PARTS)
    persons = [_line(person, who) for person in found.persons]
    return tab_page(
        "desk/split.html",
        view,
        TAB,
        form=form,
        persons=persons,
        in_words=IN_WORDS in who,
        the_same=THE_SAME in who,
        name=described(form)[repeating.PERSON_NAME] or "",
        parts_offered=found.parts,
        parts_chosen=parts,
        sent=[*((WHO, one) for one in who), *((PARTS, one) for one in parts)],
        fields=[form[question.name] for question in PERSON.questions],
        may_read=found.may_read,
        needs_trained=gettext(split_words.NEEDS_TRAINED),
        is_asking=is_asking,
        refused=gettext(refused) if refused else "",
        failed=bool(refused or form.errors),
        has_changed=_differs(view, found),
        contents=report_words.kinds_of_content(view.facts),
    )


def _differs(view: Overview, found: Splitting) -> bool:
    return bool(view.differences or found.differences)


def _line(person: Person, who: Iterable[str]) -> PersonLine:
    told = person.answers
    about = (
        label("age_band", told[repeating.PERSON_AGE]),
        label("sex", told[repeating.PERSON_SEX]),
        label("victim_status", told[repeating.PERSON_STATUS]),
    )
    return PersonLine(
        person.id,
        told[repeating.PERSON_NAME] or gettext("Somebody without a name"),
        ", ".join(words for words in about if words),
        told[repeating.PERSON_AGE] in _MINOR,
        person.has_own_case,
        person.id in who,
    )
