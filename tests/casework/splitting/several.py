"""Reports that tell of several persons, and their splitting in short."""

from typing import Final

from intake.casework import Incoming, Reader, new_once
from intake.casework.splitting.choosing import splitting
from intake.casework.splitting.making import split
from intake.casework.splitting.telling import Choice
from intake.form.answers import Answers, Item, Stored
from tests.people import NOW, Sent, send_and_open, sister_report

AIDOS, MIRA = "aidosaid", "miramira"
WHY: Final = "He is another person with another wish."
PERSONS: Final = {
    AIDOS: {
        "person_name": "Aidos Thornapple",
        "person_sex": "m",
        "person_age": "25_39",
        "person_status": "free",
        "person_knows": "no",
        "person_contact": "Through his aunt, after six",
    },
    MIRA: {
        "person_name": "Mira Thornapple",
        "person_age": "14_15",
        "person_status": "police_custody",
    },
}


def told_of_several(**told: Stored) -> Incoming:
    """The sister's report, which names two other people and an officer."""
    common: dict[str, Stored] = {
        "victims_count": 3,
        "method": ("beating",),
        "place_name": "The station beside the market",
        "agency": ("police",),
    }
    report = sister_report(told={**common, **told})
    persons = tuple(Item(id_, Answers(values)) for id_, values in PERSONS.items())
    officer = Item("officera", Answers({"officer_name": "Major Hemlock"}))
    items = {"persons": persons, "officers": (officer,)}
    answers = Answers(report.answers.values, items)
    return Incoming(
        answers,
        language=report.language,
        route="report",
        channel="web_form",
        received_at=NOW,
    )


def several(reader: Reader, **told: Stored) -> Sent:
    """Such a report, opened by `reader`."""
    return send_and_open(reader, told_of_several(**told))


def split_off(reader: Reader, ref: str, choice: Choice, *, once: str = "") -> str:
    """Split the case as it stands; the reference of the new one."""
    version = splitting(reader, ref, now=NOW).version
    once = once or new_once()
    return split(reader, ref, choice, WHY, once=once, version=version, now=NOW)
