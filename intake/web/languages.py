"""The languages of the pages: the first part of a public address, and what Babel is told."""

from collections.abc import MutableMapping
from datetime import datetime
from functools import cache, partial
from gettext import NullTranslations
from importlib.resources import files
from typing import Any, Final

from babel.support import Translations
from flask import Flask, g, request, url_for
from flask_babel import Babel, format_date, format_time, gettext
from markupsafe import Markup  # noqa: TID251 - of our own texts, as Jinja does

from intake.settings import LANGUAGES
from intake.web import context

NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
_FOLDER: Final = str(files("intake") / "translations")
_DOMAIN: Final = "messages"
PREFIX = f"/<any({', '.join(LANGUAGES)}):language>"


def install(app: Flask, *, time_zone: str) -> None:
    """Read the language out of public addresses, write it into new ones, and tell Babel."""
    babel = Babel(
        app,
        default_locale="en",
        default_timezone=time_zone,
        default_domain=_DOMAIN,
        default_translation_directories=_FOLDER,
        locale_selector=context.language,
    )
    # Read before the first request: a page depends on no file that may be changed meanwhile.
    with app.app_context():
        texts = babel.domain_instance.cache
    texts.update({(language, _DOMAIN): catalogue(language) for language in LANGUAGES})
    # Flask-Babel looks the catalogue up for each text: a queue page asks three hundred times.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: catalogue(context.language()).gettext(text),
        lambda one, many, count: catalogue(context.language()).ngettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update(
        _=said,
        language=context.language,
        language_names=NAMES,
        address_in=address_in,
        clock=partial(format_time, format="HH:mm"),
        moment=_moment,
        day=partial(format_date, format="long"),
    )

    @app.url_value_preprocessor
    def read(_endpoint: str | None, values: MutableMapping[str, Any] | None) -> None:
        if values and "language" in values:
            g.language = values.pop("language")

    @app.url_defaults
    def write(endpoint: str, values: MutableMapping[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "language"):
            values.setdefault("language", context.language())


def said(text: str, **values: object) -> Markup:
    """`text` in the language of the page; `values` are escaped.

    What Jinja makes of it itself goes through three calls more, some hundred times a page.
    """
    translated = Markup(catalogue(context.language()).gettext(text))  # noqa: S704 - ours
    return translated % values if values or "%" in translated else translated


@cache
def catalogue(language: str) -> NullTranslations:
    """The texts of the pages in a language, as they were when this process began."""
    return Translations.load(_FOLDER, [language], _DOMAIN)


def home_in(language: str) -> str:
    """The start page in a language; known even where a request has no address of ours."""
    return f"/{language}/"


def address_in(language: str, endpoint: str = "") -> str:
    """The same page, or `endpoint`, in another language; else that language's start page."""
    if endpoint:
        return url_for(endpoint, language=language)
    if request.endpoint is None or request.view_args is None or "language" not in _asked():
        return home_in(language)
    return url_for(request.endpoint, **{**request.view_args, "language": language})


def _moment(at: datetime) -> str:
    day, hour = format_date(at, "long"), format_time(at, "HH:mm")
    return gettext("%(day)s, %(time)s", day=day, time=hour)


def _asked() -> frozenset[str]:
    return frozenset(request.url_rule.arguments) if request.url_rule else frozenset()
