"""What machines and hostile people send: odd addresses, odd fields, odd bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, quote_from_bytes, urlencode

from flask import Flask
from hypothesis import strategies as st
from werkzeug.routing import Rule

from intake.casework import new_once
from intake.form import pages
from intake.form.questionnaire import BY_NAME, OF_WHO_TELLS, REPEATED
from intake.form.questions import Listed
from intake.form.vocabularies import vocabulary
from intake.web.fields import state_name

NAMES: Final = (
    *("leave_empty", "receipt", "code", "text", "kind", "note", "level", "reason", "revision"),
    *("handle", "kept", "to", "language", "drawn", "again", "step", "count", "threshold"),
    *("sealed", "first_word", "second_word", "mail", "always", "days0", "since0", "until0"),
    *("view", "region", "stage", "sort", "page", "said", "go", "then", "seen", "sure", "asked"),
    *("remove", "trained", "until", "giver", "find", "once", "token"),
)
STEPS: Final = {step.slug: step for section in OF_WHO_TELLS for step in section.steps}
ASKED: Final = {
    name for question in BY_NAME.values() for name in (question.name, state_name(question))
}
BEHIND: Final = {
    name
    for page in pages.pages()
    for question in pages.fields_of(page.asked)
    for name in (question.name, state_name(question))
}
ALL_NAMES: Final = (*NAMES, *sorted(ASKED), *sorted(BEHIND))
CODES: Final = tuple(
    sorted(
        {
            code
            for question in BY_NAME.values()
            if isinstance(question, Listed)
            for code in vocabulary(question.vocabulary).codes
        }
    )
)
BUTTONS: Final = ("on", "back", "skip", "save", "finish", "find", "remove", "open", "anew")
ODD: Final = (
    *("", " ", "\0", "\x1b[2J", "\u202e", "'; DROP TABLE", "<script>", "%(count)s", "{{ 7 }}"),
    *("-1", "0", "1e9", "9" * 30, "٣", "2026-02-30", "31.02.2026", "00.00.0000", "25:61"),
    *("yes", "y", "u1", "u4", "kk", "missing", "message", "withdrawal", "phone", "a" * 30_000),
    *("[]", "{}", "null", "None", "true", "../../etc/passwd", "ж" * 20_001, "check", "unknown"),
    *("1.1.1", "0001-01-01", "9999-12-31", "12.2026", "2200", "1234 " * 6, "\ufdd0", "\u2028"),
)
KINDS: Final = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain; charset=utf-16",
    "application/x-www-form-urlencoded; charset=utf-7",
    "",
)
values = st.text(max_size=40) | st.sampled_from(ODD) | st.sampled_from((*CODES, *BUTTONS))
names = st.sampled_from(ALL_NAMES) | st.text(max_size=8)


@dataclass
class Target:
    """The application, who is in it, and what makes a request go deeper.

    `desk` is a coordinator's cookie, `reporter` that of somebody with a conversation and a
    draft; `known` fills in the parts of addresses.
    """

    app: Flask
    desk: str
    reporter: str
    known: Mapping[str, tuple[str, ...]]
    tokens: tuple[str, ...]
    once: str

    @property
    def rules(self) -> list[Rule]:
        return sorted(self.app.url_map.iter_rules(), key=str)


def path_of(rule: Rule, data: st.DataObject, target: Target) -> str:
    """An address of the rule with parts that fit, or that do not."""
    path = str(rule)
    for name in rule.arguments:
        fitting = target.known.get(name, ("x",))
        odd = quote(data.draw(st.text(max_size=20)), safe="")
        part = data.draw(st.sampled_from((*fitting, *fitting, odd)))
        path = _without(path, name, part)
    asked = data.draw(st.dictionaries(names, values, max_size=2))
    return f"{path}?{urlencode(asked, errors='ignore')}"


def _without(path: str, name: str, part: str) -> str:
    before, _, rest = path.partition("<")
    inside, _, after = rest.partition(">")
    if inside.split(":")[-1] == name:
        return f"{before}{part}{after}"
    return f"{before}<{inside}>{_without(after, name, part)}"


def body_of(kind: str, data: st.DataObject, target: Target) -> bytes:
    """Bytes, or fields in one of many shapes, mostly with a token that is good."""
    if data.draw(st.integers(0, 5)) == 0:
        return data.draw(st.binary(max_size=2_000))
    fields = dict(data.draw(st.one_of(ordinary, repeated, many, nested)))
    fields["token"] = [data.draw(st.sampled_from(target.tokens) | values)]
    fields["once"] = [data.draw(st.sampled_from((target.once, new_once())) | values)]
    if kind.endswith("boundary=x"):
        return b"".join(_part(n, v) for n, all_ in fields.items() for v in all_) + b"--x--\r\n"
    encoded = urlencode(fields, doseq=True, errors="ignore").encode()
    return encoded + data.draw(broken)


def fields_of(step: str) -> st.SearchStrategy[dict[str, list[str]]]:
    """Answers to a page of the form by the names of its own fields, right or wrong."""
    things = STEPS[step].repeats
    asked = things.questions if things else STEPS[step].questions
    own = [name for question in asked for name in (question.name, state_name(question))]
    mine = st.sampled_from([*own, "seen", "then"])
    return st.dictionaries(mine, st.lists(values, min_size=1, max_size=3), max_size=12)


ordinary = st.dictionaries(names, st.lists(values, min_size=1, max_size=2), max_size=8)
repeated = st.builds(
    lambda name, value, count: {name: [value] * count},
    names,
    st.text(max_size=3),
    st.sampled_from((200, 3_000)),
)
many = st.builds(
    lambda name, count: {f"{name}{number}": ["x"] for number in range(count)},
    names,
    st.sampled_from((300, 5_000)),
)
nested = st.builds(
    lambda name, shape, value: {shape % name: [value]},
    st.sampled_from(ALL_NAMES),
    st.sampled_from(("%s[]", "%s[0][x]", "%s.x", "__proto__[%s]", "%s%%00", "%s\0", " %s ")),
    values,
)
broken = st.binary(max_size=12).map(
    lambda raw: b"&" + quote_from_bytes(raw).encode() + b"=%ff%fe%ZZ&" + raw if raw else b""
)
THINGS: Final = tuple(REPEATED)


def _part(name: str, value: str) -> bytes:
    is_file = value.startswith("a")
    told = f'form-data; name="{name}"' + ('; filename="x.png"' if is_file else "")
    return f"--x\r\nContent-Disposition: {told}\r\n\r\n{value}\r\n".encode("utf-8", "ignore")


def parts_of_addresses(**known: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the parts of our addresses may be; `known` are those that exist."""
    yield "language", ("kk", "ru", "en")
    yield "page", ("messages", "add", "take-back", "erase", "done")
    yield "slug", tuple(STEPS)
    yield "id", ("abcdefgh", "zzzzzzz2", "ABCDEFGH")
    yield "code", vocabulary("consent").codes
    yield from ((name, (value,)) for name, value in known.items())
