"""What the advice for today says of the law: marked until a lawyer has checked it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from intake.form.text import _


@dataclass(frozen=True)
class Advice:
    """One line, under the code by which its mark is kept."""

    code: str
    words: str


_ADVICE: Final = (
    Advice(
        "doctor_injuries",
        _(
            "A doctor may have to tell the police about injuries. Ask first: “What must you "
            "pass on, and to whom?” Then decide what you tell."
        ),
    ),
    Advice(
        "doctor_under_18",
        _(
            "A doctor may have to tell the police, above all when somebody is under 18. Ask "
            "first what must be passed on. You need not say who did it."
        ),
    ),
    Advice(
        "protocol",
        _(
            "Ask for a copy of the paper about the detention, called the protocol. It must "
            "say the hour, the reason and who did it. If the hour is wrong, have that "
            "written on it."
        ),
    ),
    Advice(
        "hours_held",
        _(
            "Without a judge a person may be held for up to 48 hours, in rare cases 72. For a "
            "child it is 24."
        ),
    ),
    Advice(
        "protection",
        _(
            "A lawyer can ask for protection: a warning to whoever threatens you, or an order "
            "to keep away. A judge should decide within 24 hours."
        ),
    ),
    Advice(
        "child_questioned",
        _(
            "Nobody should question a child without a parent or another trusted grown-up, and "
            "without a lawyer. Say: “We wait for them.”"
        ),
    ),
    Advice(
        "doctor_of_choice",
        _(
            "You may ask that a doctor of your choice is there, and that you get the result in "
            "writing."
        ),
    ),
)
ADVICE: Final[Mapping[str, Advice]] = MappingProxyType({one.code: one for one in _ADVICE})
