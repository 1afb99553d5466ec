"""The queue: which reports wait, for how long and why, in views, filters and pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from intake import casework
from intake.casework import QueuePage, Row, Wish
from intake.form.text import _
from intake.form.vocabularies import VOCABULARIES
from intake.roles import Permission
from intake.web import context, staff_pages, time_words, views
from intake.web.permitted import permitted, reader
from intake.web.staff_pages import label

HEADINGS: Final = (
    ("time", _("Time left")),
    ("ref-head", _("Case")),
    ("why-head", _("Why it is here")),
    ("place", _("Where")),
    ("stage", _("Stage")),
    ("with", _("With")),
)
SORTS: Final = {
    "urgency": _("Most urgent first"),
    "due": _("Least time left first"),
    "newest": _("Newest first"),
}
NOTHING: Final = {
    "triage": _("Nothing waits."),
    "mine": _("You hold no open case."),
    "late": _("Nothing is late."),
    "custody": _("Nobody in the open cases is held now."),
    "waiting": _("No case waits for the reporter."),
    "automated": _("Nothing looks automated."),
    "closed": _("No case is closed yet."),
    "all": _("There are no cases yet."),
}
LONGEST_NUMBER: Final = 5

desk = staff_pages.install(Blueprint("desk", __name__))


@dataclass(frozen=True)
class Filter:
    """One choice above the table: its name in the address, its words, and what is chosen."""

    name: str
    title: str
    nothing: str
    chosen: str
    options: Sequence[tuple[str, str]]


@desk.get("/desk/")
@permitted(Permission.READ_QUEUE)
def queue() -> ResponseReturnValue:
    """The cases that the address asks for, most pressing first."""
    wish = wish_of(request.args)
    page = casework.queue(reader(), wish, now=context.now())
    return render_template(
        "desk/queue.html",
        page=page,
        wish=wish,
        is_narrowed=_is_narrowed(wish),
        title=views.TITLES[wish.view],
        nothing=NOTHING[wish.view],
        headings=HEADINGS,
        filters=_filters(wish),
        views=views.shown(wish.view, page.counts),
        latest=_latest(page),
        address=lambda **changes: views.address(replace(wish, **changes)),
        clock=_clock,
        other_factors=_other_factors,
        came_by=_came_by,
        place=_place,
    )


def wish_of(asked: MultiDict[str, str]) -> Wish:
    """What the address asks for; codes that are not ours are left aside."""
    return Wish(
        view=_one_of(asked.get("view"), casework.VIEWS) or "triage",
        level=_one_of(asked.get("level"), VOCABULARIES["urgency"].codes),
        region=_one_of(asked.get("region"), VOCABULARIES["region"].codes),
        stage=_one_of(asked.get("stage"), VOCABULARIES["stage"].codes),
        sort=_one_of(asked.get("sort"), casework.SORTS) or "urgency",
        page=_number(asked.get("page", "1")),
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 1


def _one_of(code: str | None, codes: Sequence[str]) -> str | None:
    return code if code in codes else None


def _is_narrowed(wish: Wish) -> bool:
    return bool(wish.level or wish.region or wish.stage)


def _filters(wish: Wish) -> tuple[Filter, ...]:
    return (
        Filter("level", _("Urgency"), _("any"), wish.level or "", _options("urgency")),
        Filter("region", _("Region"), _("any"), wish.region or "", _options("region")),
        Filter("stage", _("Stage"), _("any"), wish.stage or "", _options("stage")),
        Filter("sort", _("Order"), "", wish.sort, _translated(SORTS)),
    )


def _options(vocabulary: str) -> list[tuple[str, str]]:
    terms = VOCABULARIES[vocabulary].terms
    return [(term.code, term.label(context.language())) for term in terms]


def _translated(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, gettext(text)) for code, text in words.items()]


def _latest(page: QueuePage) -> str:
    return time_words.hours_ago(page.latest, context.now()) if page.latest else ""


def _clock(row: Row) -> str:
    """Which clock runs, and its hours on this level: «opened by a coordinator, 2 h»."""
    return staff_pages.clock_label(row.due.clock, row.level) if row.due else ""


def _other_factors(row: Row) -> list[str]:
    return [staff_pages.factor_label(code) for code in row.factors[1:]]


def _came_by(row: Row) -> str:
    """How the report came and from whom, in the reader's language."""
    said = (label("channel", row.channel), label("reporter_role", row.reporter_role))
    return ", ".join(word for word in said if word)


def _place(row: Row) -> str:
    """Town and kind of place; of several kinds the first, since the case names them all."""
    kinds = staff_pages.labels("place_type", row.place_type)[:1]
    kind = kinds[0] if kinds else label("victim_status", row.status)
    return ", ".join(word for word in (label("locality", row.locality), kind) if word)
