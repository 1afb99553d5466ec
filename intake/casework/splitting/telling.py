"""What a case of its own tells: the answers about a person, and what is common to all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from intake.casework.splitting.concerns import OF_ALL, OF_WRITER, PARTS, SEXUAL
from intake.form import aftermath, people, repeating
from intake.form.answers import Answers, Item, State, Stored
from intake.form.files import EVERY
from intake.form.questionnaire import BY_NAME
from intake.form.questions import LongText
from intake.form.sorting import is_intimate_code

_Value = Stored | State
_AS_PERSON: Final[Mapping[str, str]] = {
    repeating.PERSON_NAME.name: people.VICTIM_NAME.name,
    repeating.PERSON_SEX.name: people.VICTIM_SEX.name,
    repeating.PERSON_AGE.name: people.AGE_BAND_THEN.name,
    repeating.PERSON_STATUS.name: "victim_status",
}
"""What the group of other people asks, under the names of the questions on the person."""
_KNOWS: Final[Mapping[str | None, str]] = {"yes": "knows_not_agreed", "no": "does_not_know"}
_UNKNOWN: Final = "unknown"
_TIED: Final = frozenset({"victim", "relative", "guardian", "prefer_not_to_say", None})
_WITNESS: Final = "witness"
FILES: Final = frozenset(things.name for things in EVERY)
_OF_AGE: Final = frozenset({"under_18"})


@dataclass(frozen=True)
class Choice:
    """For whom a case of its own is made: one of three.

    `persons` are ids in the group of other people. `described` is somebody of whom the report
    tells in words, as answers of that group. `is_same` is another matter of the same person.
    `parts` are codes of `split_part`: what was told of the first person and holds here too.
    """

    persons: tuple[str, ...] = ()
    described: Answers = field(default_factory=Answers, repr=False)
    is_same: bool = False
    parts: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether just one of the three was chosen."""
        return sum(map(bool, (self.persons, self.described, self.is_same))) == 1


def whole(told: Iterable[Answers]) -> Answers:
    """Everything that was told, oldest first: nothing that somebody wrote is left out."""
    answers = Answers()
    for one in told:
        answers = _both(answers, one)
    return answers


def about(answers: Answers, choice: Choice) -> Answers:
    """What the case of those chosen tells: them, who wrote, and what is common to all."""
    if choice.is_same:
        return _without_files(answers)
    things = [it for it in answers.of(repeating.PERSONS) if it.id in choice.persons]
    first, others = things[0].answers if things else choice.described, things[1:]
    carried = OF_WRITER | OF_ALL | _of_parts(choice.parts)
    values = {
        **_carried(answers.values, carried, sexual=SEXUAL in choice.parts),
        **_writer(answers),
        **_person(first, answers),
    }
    items = {name: its for name, its in answers.items.items() if name in carried}
    if others:
        items[repeating.PERSONS.name] = tuple(others)
    return Answers(MappingProxyType(values), MappingProxyType(items))


def _without_files(answers: Answers) -> Answers:
    """Files stay with the case that they came with, which is linked."""
    kept = {name: things for name, things in answers.items.items() if name not in FILES}
    return Answers(answers.values, MappingProxyType(kept))


def _of_parts(parts: Collection[str]) -> frozenset[str]:
    return frozenset(name for part in parts for name in PARTS[part])


def _carried(
    values: Mapping[str, _Value], names: Collection[str], *, sexual: bool
) -> dict[str, _Value]:
    told = {name: value for name, value in values.items() if name in names}
    parts = {name: value if sexual else _plain(name, value) for name, value in told.items()}
    return {name: value for name, value in parts.items() if value is not None}


def _plain(name: str, value: _Value) -> _Value | None:
    """An answer without codes of sexual violence, and without the age of another."""
    if not isinstance(value, tuple):
        return value
    left = tuple(code for code in value if not _is_of_another(name, code))
    return left or None


def _is_of_another(name: str, code: str) -> bool:
    is_age = name == aftermath.URGENT_SIGNS.name and code in _OF_AGE
    return is_age or is_intimate_code(BY_NAME.get(name), code)


def _writer(answers: Answers) -> dict[str, _Value]:
    """Who wrote, as seen from another person: of a tie to that one nothing was told (E14)."""
    role = answers[people.REPORTER_ROLE]
    told: dict[str, _Value] = {}
    if role in _TIED:
        told[people.REPORTER_ROLE.name] = _WITNESS
    name = answers[people.VICTIM_NAME]
    if role == "victim" and name and not answers[people.REPORTER_NAME]:
        told[people.REPORTER_NAME.name] = name
    return told


def _person(person: Answers, answers: Answers) -> dict[str, _Value]:
    values = person.values
    told = {to: values[name] for name, to in _AS_PERSON.items() if name in values}
    knows = person[repeating.PERSON_KNOWS]
    return {**told, people.VICTIM_KNOWLEDGE.name: _KNOWS.get(knows) or _unsaid(answers)}


def _unsaid(answers: Answers) -> str:
    """What holds where nobody said that this person knows: as little as of the first."""
    before = answers[people.VICTIM_KNOWLEDGE]
    return before if before in {"does_not_know", "cannot_ask"} else _UNKNOWN


def _both(before: Answers, later: Answers) -> Answers:
    values = dict(before.values)
    for name, value in later.values.items():
        values[name] = _beside(name, values.get(name), value)
    items = {name: list(things) for name, things in before.items.items()}
    for name, things in later.items.items():
        items[name] = _things(items.get(name, []), things)
    return Answers(values, {name: tuple(things) for name, things in items.items()})


def _beside(name: str, before: _Value | None, later: _Value) -> _Value:
    """Lists hold the codes of both, words stand one after the other, of others the last."""
    if isinstance(before, tuple) and isinstance(later, tuple):
        return tuple(dict.fromkeys((*before, *later)))
    is_words = isinstance(before, str) and isinstance(later, str) and before != later
    if is_words and isinstance(BY_NAME.get(name), LongText):
        return f"{before}\n\n{later}"
    return later


def _things(before: list[Item], later: Iterable[Item]) -> list[Item]:
    found = {thing.id: thing for thing in before}
    for thing in later:
        known = found.get(thing.id)
        whole_one = _both(known.answers, thing.answers) if known else thing.answers
        found[thing.id] = Item(thing.id, whole_one)
    return list(found.values())
