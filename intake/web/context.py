"""What each request knows: the installation, the time and the language."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import cast

from flask import Flask, g, has_request_context, request

from intake.casework import Service
from intake.casework import told as tellings
from intake.casework.told import Told
from intake.settings import LANGUAGES

INSTALLATION = "intake"
CLOCK = "intake_clock"
FALLBACK = "ru"


def install(app: Flask, service: Service) -> None:
    """Give every request `service` and one time; a test may put others in their place."""
    app.extensions[INSTALLATION] = service
    app.extensions.setdefault(CLOCK, _clock)

    @app.before_request
    def begin() -> None:
        g.service = app.extensions[INSTALLATION]
        g.now = cast("Callable[[], datetime]", app.extensions[CLOCK])()


def service() -> Service:
    """The installation that answers this request."""
    return cast("Service", g.service)


def told() -> Told:
    """What people are told now, the same through the whole request."""
    if "told" not in g:
        g.told = tellings.in_force(service())
    return cast("Told", g.told)


def told_anew() -> Told:
    """The same, asked of the database once more."""
    if not g.get("told_anew"):
        g.told_anew = True
        tellings.forget(service())
        g.pop("told", None)
    return told()


def now() -> datetime:
    """When this request began; aware, UTC."""
    return cast("datetime", g.now)


def local_day(moment: datetime) -> date:
    """The day that `moment` lies in where the coalition works."""
    return moment.astimezone(service().settings.zone).date()


def language() -> str:
    """The language of the page: by its address, else as the reader's browser prefers."""
    if not has_request_context():
        return FALLBACK
    known: str | None = g.get("language")
    if known is None:
        first = request.path.split("/", 2)[1]
        g.language = known = first if first in LANGUAGES else preferred_language()
    return known


def preferred_language() -> str:
    """The best of ours by `Accept-Language`."""
    return request.accept_languages.best_match(LANGUAGES, default=FALLBACK)


def _clock() -> datetime:
    return datetime.now(UTC)
