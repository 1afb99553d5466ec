"""How somebody may be answered: the newest rules first, and what holds whatever was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from flask_babel import gettext

from intake.form.compartments import Compartment
from intake.form.text import _
from intake.triage.facts import Facts
from intake.web import untold
from intake.web.form_pages import CONTACT, FormPage
from intake.web.reading import Reading
from intake.web.said import labels
from intake.web.told import Answer, Source, answers

NO_NAME: Final = _("Do not use the person's name.")
WATCHED: Final = _(
    "The person is held: assume that phone and visits are watched, and that letters are read. "
    "Send nothing to a phone that was taken."
)
UNKNOWING: Final = _(
    "The person may not know of this report or does not agree to it. Tell whoever reported "
    "nothing new about the person."
)
NOT_ALLOWED: Final = _(
    "Calling or writing was not allowed. Answer behind the return code only."
)
NEVER: Final = _("Do not get in touch. What must be said waits behind the return code.")
_UNASKED: Final = frozenset({"does_not_know", "knows_not_agreed", "cannot_ask", "objects"})
_WITHOUT_CONSENT: Final = frozenset({"mailbox", "none"})


@dataclass(frozen=True)
class SafeContact:
    """`rules` hold for everybody who answers; of `ways` the newest answer stands first.

    `is_locked` where this reader's keys do not open them.
    """

    rules: tuple[str, ...]
    ways: tuple[Answer, ...]
    empty: tuple[str, ...]
    is_locked: bool


def safe_contact(read: Reading) -> SafeContact:
    """How the reporter of this case may be answered."""
    sources = [
        of_contact(read, source) for source in read.sources.get(Compartment.IDENTITY, ())
    ]
    asked = [question for page in _pages(read) for question in page.questions]
    told_of = [source for source in sources if source.answers]
    ways = tuple(_newest_first(answer) for answer in answers(told_of, read.known, asked))
    return SafeContact(
        rules=(*_wishes(sources), *_general(read.facts)),
        ways=ways,
        empty=tuple(_empty(read)),
        is_locked=not read.is_open(Compartment.IDENTITY),
    )


def _newest_first(answer: Answer) -> Answer:
    newest, *older = reversed(answer.told)
    return replace(answer, told=(newest, *(replace(one, is_older=True) for one in older)))


def contact_names(read: Reading) -> frozenset[str]:
    """The questions about safe ways to answer."""
    return frozenset(question.name for page in _pages(read) for question in page.questions)


def _pages(read: Reading) -> list[FormPage]:
    return [page for page in read.way.pages if page.slug == CONTACT]


def of_contact(read: Reading, source: Source) -> Source:
    """What of one document is about safe ways to answer."""
    names = contact_names(read)
    return replace(source, answers={n: v for n, v in source.answers.items() if n in names})


def _wishes(sources: list[Source]) -> list[str]:
    """The rules that the reporter chose last."""
    held = [s.answers["contact_rules"] for s in sources if _holds("contact_rules", s)]
    newest = held[-1] if held else ()
    return labels("contact_rule", newest) if isinstance(newest, list) else []


def _holds(name: str, source: Source) -> bool:
    return name in source.answers and name not in source.older


def _general(facts: Facts) -> Iterator[str]:
    for applies, words in _GENERAL:
        if applies(facts):
            yield gettext(words)


def _is_not_allowed(facts: Facts) -> bool:
    other = set(facts.contact_method) - _WITHOUT_CONSENT
    return bool(other) and not facts.consent_contact


_GENERAL: Final[tuple[tuple[Callable[[Facts], bool], str], ...]] = (
    (lambda facts: "none" in facts.contact_method, NEVER),
    (_is_not_allowed, NOT_ALLOWED),
    (lambda _facts: True, NO_NAME),
    (lambda facts: facts.in_custody, WATCHED),
    (lambda facts: facts.victim_knowledge in _UNASKED, UNKNOWING),
)


def _empty(read: Reading) -> Iterator[str]:
    for page in _pages(read):
        yield from untold.left_empty(read.way, page, Compartment.IDENTITY)
