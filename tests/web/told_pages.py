"""A page of the form as somebody meets it: what it asks, what it shows, what she puts there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from hypothesis import strategies as st

from intake.form.questionnaire import BY_NAME
from intake.form.questions import Day, Number, TimeOfDay
from intake.form.table.text import tidy
from tests.html import Element, Page

OURS: Final = frozenset({"token", "seen", "then", "code", "sure", "leave_empty"})
Key: TypeAlias = tuple[str, str]
"""The id of one thing of several, or nothing, and the name of a field."""
Answer: TypeAlias = str | frozenset[str]
"""A text, or the codes that are ticked."""
Fields: TypeAlias = Mapping[str, list[str]]
NOTHING: Final = frozenset({"", frozenset()})

# What was typed, and how the page shows it afterwards.
DAYS: Final = {
    "5.11.2025": "05.11.2025",
    "2025-10-09": "09.10.2025",
    "10.2025": "10.2025",
    "2024": "2024",
    "31.02.2026": "31.02.2026",
    "the day after the feast": "the day after the feast",
    "\u202e01.01.3030": "\u202e01.01.3030",
    "٣.٣.٢٠٢٥": "٣.٣.٢٠٢٥",
}
TIMES: Final = {"9:30": "09:30", "7": "07:00", "25:70": "25:70", "before dawn": "before dawn"}
NUMBERS: Final = {"3": "3", "017": "17", "-1": "-1", "about ten": "about ten"}
SHORT: Final = {Day: DAYS, TimeOfDay: TIMES, Number: NUMBERS}
ODD: Final = (
    *("", " ", "\0", "a\r\nb\rc", "\x1b[2J", "\u202e\u0645\u0631\u062d\u0628\u0627\u202c"),
    *(
        "\U0001f469\u200d\U0001f467 \U0001f54a",
        "<b>&amp;</b>",
        "Әже, ұлың қайда?",
        "e\u0301 = \xe9",
    ),
    *("\ufeff\u200b", "\n\n\n", "&#0;", "ж" * 25_000),
)
free_texts = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=20
)


@dataclass(frozen=True)
class Asked:
    """One field of a page: what it shows, and what may be ticked where nothing is typed."""

    name: str
    shown: Answer
    options: tuple[str, ...] | None
    is_many: bool = False

    @property
    def is_state(self) -> bool:
        return self.name.endswith("-state")

    @property
    def short(self) -> Mapping[str, str] | None:
        """How dates, times and numbers come back, where one of them is asked for."""
        return SHORT.get(type(BY_NAME.get(self.name)))  # type: ignore[arg-type] # others: None


def asked_on(page: Page) -> dict[str, Asked]:
    """Every field of the page's form that somebody fills in, by name."""
    form = page.form()
    sent = page.fields(form)
    found: dict[str, list[Element]] = {}
    for control in page.controls():
        name = control.get("name") or ""
        if form in control.ancestors and name not in OURS:
            found.setdefault(name, []).append(control)
    return {name: _asked(name, controls, sent) for name, controls in found.items()}


def _asked(name: str, controls: list[Element], sent: Fields) -> Asked:
    values, first = sent.get(name, []), controls[0]
    if first.tag == "textarea" or first.get("type") == "text":
        return Asked(name, values[0] if values else "", None)
    offered = first.children if first.tag == "select" else controls
    options = tuple(code for element in offered if (code := element.get("value")))
    is_many = first.get("type") == "checkbox"
    return Asked(name, frozenset(filter(None, values)), options, is_many=is_many)


def values_for(asked: Asked, number: int) -> st.SearchStrategy[list[str]]:
    """What somebody may put there; `number` makes each text unlike all others."""
    if asked.options is None:
        if asked.short is not None:
            return st.sampled_from([[""], *([typed] for typed in asked.short)])
        said = free_texts.map(lambda text: [f"w{number}w {text}"])
        return st.one_of(said, said, said, st.just([""]))
    most = 3 if asked.is_many else 1
    return st.lists(st.sampled_from(asked.options), unique=True, max_size=most)


def standing(asked: Asked) -> list[str]:
    """What the browser sends of a field that is left as it is."""
    return [asked.shown] if isinstance(asked.shown, str) else sorted(asked.shown)


def becomes(asked: Asked, sent: Fields) -> Answer:
    """What the field shows from then on, once the page is taken."""
    values = sent.get(asked.name, [])
    if asked.options is None:
        typed = tidy(values[0]).strip() if values else ""
        return (asked.short or {}).get(typed, typed)
    if asked.is_many and not asked.is_state:
        return frozenset(values)
    return frozenset([code for code in asked.options if code in values][:1])


def is_unread(asked: Asked, answer: Answer) -> bool:
    """Whether it is typed where a date, a time or a number is asked for, and is none."""
    return asked.short is not None and answer in {t for t, s in asked.short.items() if t == s}
