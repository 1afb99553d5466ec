"""The report being written: by the cookie that each answer renews, or by a member's filing.

A filing names its draft by itself; then no cookie of reporters is read or set.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, url_for
from werkzeug import Response

from intake import casework
from intake.casework import OpenDraft
from intake.form import journey
from intake.form.draft import Draft
from intake.web import cookies, filed, step_addresses
from intake.web.context import now, service


def current() -> str:
    """The visit's text, of the filing or out of the cookie; empty where there is none."""
    if filed.is_filed():
        return filed.visit_written() or ""
    kept = cookies.reporter()
    return kept.draft if kept else ""


def opened(visit: str) -> OpenDraft:
    """What is being written; `SessionEnded` when the visit is over."""
    return casework.read_draft(service(), visit, now=now())


def changed(visit: str, how: Callable[[Draft], Draft]) -> Draft:
    """The draft after `how`, kept; raises `SessionEnded`, `StorageFull` and `StorageBusy`."""
    return casework.change_draft(service(), visit, how, now=now()).draft


def made_ready(visit: str, how: Callable[[Draft], Draft]) -> None:
    """As `changed`, to send it: there is room for that in a full draft too."""
    casework.change_draft(service(), visit, how, now=now(), most=casework.MOST_TO_SEND)


def begun(draft: Draft | None = None, *, once: str = "") -> str:
    """A visit with a draft of its own."""
    once = once or casework.new_once()
    visit = casework.begin_draft(service(), once=once, now=now(), draft=draft or Draft())
    return step_addresses.entering(visit)


def renewed(answer: Response, visit: str) -> Response:
    """`answer` with the idle time of the visit starting again.

    Chromium keeps a page for Back unless its cookie changes: each page that shows what was
    written sets the cookie, so that leaving changes it.
    """
    return keeping(answer, casework.renewed_draft(service(), visit, now=now()))


def keeping(answer: Response, visit: str) -> Response:
    """`answer` with the cookie of this visit; an empty one forgets the draft alone."""
    if filed.is_filed():
        return answer
    kept = cookies.reporter() or cookies.Reporter()
    kept.with_draft(visit).keep_in(answer)
    return answer


def address_of(draft: Draft) -> str:
    """Where somebody goes on: the first page that is asked and not passed, else the check."""
    step = journey.next_step(draft)
    if step is None:
        return url_for(".check")
    return url_for(".show", slug=step.slug)


def go_on(draft: Draft) -> Response:
    """To the page where somebody goes on."""
    return to(address_of(draft))


def to_beginning() -> Response:
    """To the page that says what the form is, and leads on where a report is being written."""
    return to(url_for(".begin"))


def to(address: str) -> Response:
    """Where a form leads."""
    return redirect(address, 303)
