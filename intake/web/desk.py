"""The queue: which reports wait, for how long and why, in views, filters and pages."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework import QueuePage, Reader, Row, Wish
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, staff_pages, time_words, views, wishes
from intake.web.bulk_forms import bulk_form, done_in_words
from intake.web.filter_words import Filters
from intake.web.permitted import permitted, reader
from intake.web.staff_pages import label
from intake.web.views import View

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
    "oldest": _("Oldest first"),
}
NOTHING: Final = {
    "triage": _("Nothing waits."),
    "mine": _("You hold no open case."),
    "leading": _("You lead no kind of help in an open case."),
    "unassigned": _("Somebody holds every open case."),
    "late": _("Nothing is late."),
    "today": _("Nothing more is due today."),
    "week": _("Nothing is due in the next seven days."),
    "custody": _("Nobody in the open cases is held now."),
    "news": _("You have read everything that reporters wrote."),
    "waiting": _("No case waits for the reporter."),
    "on_hold": _("No case is on hold."),
    "snoozed": _("No case is put off."),
    "automated": _("Nothing looks automated."),
    "closed": _("No case is closed yet."),
    "erasing": _("No closed case is to be erased now."),
    "all": _("There are no cases yet."),
}

MORE: Final = _("All views, counted")

desk = staff_pages.install(Blueprint("desk", __name__))


@desk.get("/desk/")
@permitted(Permission.READ_QUEUE)
def queue() -> ResponseReturnValue:
    """The cases that the address asks for, most pressing first."""
    wish = wish_asked()
    page = casework.queue(reader(), wish, now=context.now())
    values = shown(reader(), page)
    return render_template("desk/queue.html", **values)


@desk.get("/desk/filters")
@permitted(Permission.READ_QUEUE)
def filters() -> ResponseReturnValue:
    """Everything that the queue can be narrowed by; sending it opens the queue."""
    wish = wish_asked()
    return render_template(
        "desk/filters.html",
        wish=wish,
        title=views.TITLES[wish.view],
        groups=list(Filters(reader(), wish).groups()),
        views=views.shown(wish.view, {}),
        back=wishes.address(replace(wish, page=1)),
    )


def wish_asked() -> Wish:
    """What the address of this request asks for."""
    return wishes.wish_of(request.args, is_trained=reader().is_trained)


def shown(who: Reader, page: QueuePage) -> dict[str, object]:
    """What the template of the queue shows of a page."""
    wish, found = page.wish, Filters(who, page.wish)
    has_tags = any(row.tags for row in page.rows)
    return {
        "page": page,
        "wish": wish,
        "chosen": found.chosen(),
        "tag_names": found.tags if has_tags else {},
        "title": views.TITLES[wish.view],
        "nothing": NOTHING[wish.view],
        "headings": HEADINGS,
        "sorts": SORTS,
        "views": _views(who, page),
        "latest": _latest(page),
        "carried": wishes.query_of(replace(wish, page=page.page)),
        "address": lambda **changes: wishes.address(replace(wish, **changes)),
        "clock": _clock,
        "other_factors": _other_factors,
        "came_by": _came_by,
        "place": _place,
        "bulk": bulk_form(found),
        "ticked": (),
        "problem": "",
        "said": done_in_words(request.args.get("act", ""), request.args.get("done", "")),
    }


def _views(who: Reader, page: QueuePage) -> tuple[View, ...]:
    """The standard views, those that were kept, and where all of them are counted."""
    kept = views.kept_lines(who, page.wish)
    is_kept = any(one.is_shown for one in kept)
    standard = views.shown(None if is_kept else page.wish.view, page.counts)
    more = View(MORE, url_for("desk.all_views"), None, is_shown=False)
    return (*standard, *kept, more)


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
