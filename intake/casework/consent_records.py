"""What a report allows, as records: each consent with who gave it, when, and until when."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from intake.consent import Consent
from intake.form import conditions, consenting, people
from intake.form.answers import Answers
from intake.form.consent_texts import consent_text
from intake.form.dates import CivilDate
from intake.form.moments import latest, midnight

STORE, CONTACT = "store", "contact"
OWN: Final = frozenset({STORE, CONTACT})
"""What everybody allows for their own words and their own telephone, with no end but theirs."""

_UNSAID: Final = frozenset({None, "prefer_not_to_say"})


def consents_in(
    answers: Answers, *, now: datetime, words: Mapping[str, str]
) -> tuple[Consent, ...]:
    """The consents that `answers`, sent at `now`, give; what nobody gives is not among them.

    `words` are the versions of the words that were shown, by code.

    Sending is consent to keep the report; every other takes a tick of its own (E05). A giver
    is empty where somebody allows it who is neither the person nor acts for her.
    """
    until = _end(answers[consenting.CONSENT_UNTIL])
    return tuple(
        Consent(code, giver, now, _version(code, words), None if code in OWN else until)
        for code in dict.fromkeys(_codes(answers))
        if (giver := _giver(code, answers)) is not None
    )


def _version(code: str, words: Mapping[str, str]) -> str:
    return words.get(code) or consent_text(code).version


def _codes(answers: Answers) -> Iterator[str]:
    yield STORE
    if answers[people.CONSENT_CONTACT]:
        yield CONTACT
    yield from answers[people.CONSENT] or ()


def _giver(code: str, answers: Answers) -> str | None:
    giver = conditions.consent_giver(answers)
    if giver != "none":
        return giver
    if answers[people.REPORTER_ROLE] in _UNSAID and answers[consenting.CONSENT_GIVER] is None:
        return "victim"
    return "" if code in OWN else None


def _end(said: CivilDate | None) -> datetime | None:
    """The end of the last day that was said."""
    if said is None:
        return None
    return latest(said, None) or midnight(date(said.day.year + 1, 1, 1))
