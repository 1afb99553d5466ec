"""Blank forms for tests, and the words on them."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from functools import cache, partial

from intake.export.blank_form import blank_form
from intake.export.cover import Told
from intake.export.paper import Paper, Tongue
from intake.form.consent_texts import consent_text
from intake.translations import said_in

ENGLISH = Tongue("en", str)


@cache
def in_language(language: str) -> Paper:
    """The form as it stands without anything that a coalition tells."""
    told = Told(
        permission=lambda code: consent_text(code).text(language), unchecked="(not checked)"
    )
    return blank_form(Tongue(language, partial(said_in, language)), told)


def words_of(value: object) -> Iterator[str]:
    """Every text in values of JSON or of paper, in order."""
    match value:
        case str():
            yield value
        case Mapping():
            yield from words_of(tuple(value.values()))
        case tuple() | list():
            for one in value:
                yield from words_of(one)
        case _ if is_dataclass(value) and not isinstance(value, type):
            yield from words_of(asdict(value))
        case _:
            return
