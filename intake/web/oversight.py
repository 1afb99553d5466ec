"""Oversight: the log without a word of any case, its head on paper, and who read how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, gettext

from intake.casework import oversight as overseeing
from intake.casework import readings as reading
from intake.casework.oversight import Sought
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, oversight_words, staff_pages, time_words
from intake.web.permitted import permitted, reader
from intake.web.staff_forms import Press

TABS: Final = (
    ("oversight.log", _("Log")),
    ("oversight.readings", _("Who read how much")),
    ("oversight.head", _("Today's head, to print")),
)
NO_DAY: Final = _("Write a day like 2026-11-18. What you wrote was ignored.")
PERIOD: Final = timedelta(days=30)
_DIGITS: Final = 4
_LONGEST: Final = 12  # digits of a sequence

oversight = staff_pages.install(Blueprint("oversight", __name__, url_prefix="/oversight"))


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as it was written there."""

    member: str
    act: str
    since: str
    until: str
    ref: str
    before: str

    @classmethod
    def of_request(cls) -> "Asked":
        names = ("member", "act", "since", "until", "ref", "before")
        return cls(**{name: request.args.get(name, "").strip() for name in names})

    @property
    def said(self) -> Mapping[str, Any]:
        """What is said at all, without where the page begins."""
        return {n: v for n, v in vars(self).items() if v and n != "before"}

    @property
    def has_bad_day(self) -> bool:
        return any(text and _day(text) is None for text in (self.since, self.until))

    def sought(self) -> Sought:
        """The same for the use case; what cannot be read asks for nothing."""
        is_number = self.before.isdecimal() and len(self.before) <= _LONGEST
        return Sought(
            member=_uuid(self.member),
            act=self.act if self.act in oversight_words.ACTS else "",
            since=_begin(_day(self.since)),
            until=_end(_day(self.until)),
            ref=self.ref,
            before=int(self.before) if is_number else None,
        )


@oversight.get("/")
@permitted(Permission.READ_LOG)
def log() -> ResponseReturnValue:
    """The log, newest first, narrowed as the address says."""
    asked = Asked.of_request()
    page = overseeing.page(reader(), asked.sought(), now=context.now())
    further = url_for(".log", **asked.said, before=page.before) if page.before else ""
    return _page(
        "oversight/log.html",
        page=page,
        asked=asked,
        further=further,
        people=[(str(member), handle) for member, handle in overseeing.people(reader())],
        acts=oversight_words.acts_to_choose(),
        words=oversight_words.act,
        details=oversight_words.details,
        service=oversight_words.SERVICE,
        may_open=reader().may(Permission.OPEN_CASE),
        note=gettext(NO_DAY) if asked.has_bad_day else "",
    )


@oversight.post("/verify")
@permitted(Permission.READ_LOG)
def verify() -> ResponseReturnValue:
    """Compare the whole log and every case."""
    if not Press().is_accepted():
        return redirect(url_for(".log"), 303)
    return _page(
        "oversight/verified.html", findings=overseeing.compare(reader(), now=context.now())
    )


@oversight.get("/head")
@permitted(Permission.READ_LOG)
def head() -> ResponseReturnValue:
    """The newest line in large groups, for paper."""
    newest = overseeing.head(reader())
    digits = newest.mac.hex()
    groups = [digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS)]
    at = str(format_datetime(context.now(), f"{time_words.pattern('yMMMd')}, HH:mm"))
    return _page("oversight/head.html", sequence=newest.sequence, groups=groups, printed_at=at)


@oversight.get("/readings")
@permitted(Permission.READ_LOG)
def readings() -> ResponseReturnValue:
    """Cases, openings and exports of each member in a period."""
    today = context.now().astimezone(context.service().settings.zone).date()
    asked = Asked.of_request()
    first, last = _day(asked.since) or today - PERIOD, _day(asked.until) or today
    since, until = _begin(first), _end(last)
    if since is None or until is None:  # a day at the end of what dates can name
        return redirect(url_for(".readings"), 303)
    return _page(
        "oversight/readings.html",
        period=reading.readings(reader(), since=since, until=until, now=context.now()),
        since=first.isoformat(),
        until=last.isoformat(),
        many=reading.MANY,
        note=gettext(NO_DAY) if asked.has_bad_day else "",
    )


def _page(template: str, **values: object) -> str:
    return render_template(template, tabs=TABS, endpoint=request.endpoint, **values)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _begin(day: date | None) -> datetime | None:
    """Midnight where the coalition works; None for no day, or one that no clock shows."""
    if day is None or not date(1970, 1, 2) <= day < date(9999, 1, 1):
        return None
    return datetime.combine(day, time(), context.service().settings.zone)


def _end(day: date | None) -> datetime | None:
    return _begin(day + timedelta(days=1)) if day and day < date(9999, 1, 1) else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
