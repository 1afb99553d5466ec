"""What every page of the staff has in common: language, labels, times and the bar on top."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, g, request, url_for

from intake.case.clocks import CLOCKS
from intake.form.vocabularies import LANGUAGES, VOCABULARIES
from intake.roles import Permission
from intake.web import (
    arriving,
    beside,
    context,
    cookies,
    limits,
    navigation,
    places,
    time_words,
    views,
)
from intake.web.staff_forms import LanguageForm, Press, language_asked_for
from intake.web.time_words import TimeLeft

LANGUAGE: Final = "l"
SWITCH: Final = "language"  # the name of its buttons
NO_SHORTCUTS: Final = "h"
"""The cookie of who switched the shortcuts off."""
UNTRAINED: Final = "untrained:"
WITHOUT_VIEWS: Final = frozenset({"first_steps"})


def install(blueprint: Blueprint) -> Blueprint:
    """Give the pages of `blueprint` what templates of the staff need."""
    blueprint.before_request(_begin)
    blueprint.after_request(_keep_language)
    blueprint.context_processor(_words)
    beside.install(blueprint)
    return blueprint


def _begin() -> None:
    chosen = cookies.read(LANGUAGE)
    g.language = chosen if chosen in LANGUAGES else context.preferred_language()
    if request.method != "POST":
        return
    if request.mimetype == "multipart/form-data":
        arriving.expect_nothing()  # the page that takes a file says so itself
    elif request.mimetype == "application/x-www-form-urlencoded":
        limits.allow(context.service().settings.urgent_body_bytes)
        read_language()


def read_language() -> None:
    """Answer in the language whose button sent this form, where one did."""
    chosen = request.form.get(SWITCH)
    if chosen in LANGUAGES:
        g.asked_language = g.language = chosen


def _keep_language(response: Response) -> Response:
    if chosen := language_asked_for():
        cookies.keep(response, LANGUAGE, chosen)
        if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
            response.status_code = HTTPStatus.OK  # nothing was judged
    return response


def label(vocabulary: str, code: str | None) -> str:
    """What a code is called in the reader's language; nothing for no code."""
    return VOCABULARIES[vocabulary].label(code, context.language()) if code else ""


def labels(vocabulary: str, codes: str | Sequence[str] | None) -> list[str]:
    """The labels of one code or several."""
    several = (codes,) if isinstance(codes, str) else codes or ()
    return [label(vocabulary, code) for code in several if code]


def factor_label(code: str) -> str:
    """A reason of urgency; who is no trained handler reads the untold form of it (E11)."""
    return _of_factor(code, "untrained") or label("factor", code.removeprefix(UNTRAINED))


def factor_detail(code: str) -> str:
    """What a reason means, in a sentence; none where the reason itself is not told."""
    return "" if code.startswith(UNTRAINED) else _of_factor(code, "detail")


def _of_factor(code: str, attribute: str) -> str:
    is_told = not code.startswith(UNTRAINED)
    term = VOCABULARIES["factor"].by_code.get(code.removeprefix(UNTRAINED))
    if term is None or (attribute == "untrained" and is_told):
        return ""
    words = term.attributes.get(attribute, {})
    return str(words.get(context.language()) or words.get("en", ""))


def clock_label(code: str, level: str) -> str:
    """What must have happened and within how long: «First attempt at safe contact, 4 h»."""
    hours = CLOCKS[code].hours.get(level)
    words = label("clock", code)
    return f"{words}, {time_words.hours(hours)}" if hours else words


def clock_time(moment: datetime) -> str:
    """The local time of a moment."""
    return time_words.clock_time(moment, context.now(), context.service().settings.zone)


def left_until(at: datetime | None, *, waiting: bool = False) -> TimeLeft:
    """How long is left from now."""
    return time_words.time_left(at, waiting=waiting, now=context.now())


def ago(moment: datetime) -> str:
    """How long ago something was."""
    return time_words.ago(moment, context.now())


def _words() -> dict[str, Any]:
    reader = g.get("reader")
    may_read = reader is not None and reader.may(Permission.READ_QUEUE)
    return {
        "reader": reader,
        "home": places.home(reader) if reader else url_for("account.sign_in"),
        "views": views.shown(None, {}) if may_read and _has_views() else (),
        "navigation": navigation.shown(reader) if reader is not None and _has_views() else (),
        "needs_sheets": may_read and _has_views() and reader.must_make_sheets,
        "label": label,
        "labels": labels,
        "factor_label": factor_label,
        "factor_detail": factor_detail,
        "clock_label": clock_label,
        "at_time": clock_time,
        "ago": ago,
        "left_until": left_until,
        "beside_case": beside.of_case,
        "has_shortcuts": may_read and cookies.read(NO_SHORTCUTS) is None,
        "press": Press(formdata=None),
        "language_form": LanguageForm(formdata=None, to=_here()),
    }


def _has_views() -> bool:
    return request.blueprint not in WITHOUT_VIEWS and not g.reader.must_choose_passphrase


def _here() -> str:
    """Where a change of language leads back to: this page, or after a POST the first one."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return places.home(g.reader) if "reader" in g else url_for("account.sign_in")
