"""Which answer belongs to which compartment of the case."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeAlias

from intake.form.answers import Answers, Item, State, Stored
from intake.form.compartments import Compartment
from intake.form.questionnaire import BY_NAME
from intake.form.questions import AnyQuestion, Listed
from intake.form.vocabularies import Term, vocabulary

_Part: TypeAlias = Callable[[str, Stored | State], Stored | State | None]
REPORTED: Final = (
    Compartment.IDENTITY,
    Compartment.ACCOUNT,
    Compartment.INTIMATE,
    Compartment.FACTS,
)
"""The compartments that a report fills, always all of them."""


def split(answers: Answers) -> Mapping[Compartment, dict[str, object]]:
    """The answers as JSON, by compartment; answers to unknown questions count as account.

    A thing that repeats keeps its id in each compartment that holds a part of it.
    """
    return {place: _in(answers, partial(_own, place)).to_json() for place in REPORTED}


def documents(answers: Answers) -> Mapping[Compartment, dict[str, object]]:
    """What the sealed documents hold: their own answers, and each coded answer as it was told.

    Facts keep of the codes only what triage and counting read. Ways to answer and consents
    stand with the names, all others in the account; a list with codes of sexual violence stands
    whole in `intimate`, and without them in the account (E11).
    """
    places = (place for place in REPORTED if place is not Compartment.FACTS)
    return {place: _in(answers, partial(_told_in, place)).to_json() for place in places}


def later_documents(answers: Answers) -> tuple[dict[str, object], dict[str, object]]:
    """What is told later, for two documents: of names and ways to answer, and all else."""
    of_people = _in(answers, partial(_told_in, Compartment.IDENTITY))
    return of_people.to_json(), _in(answers, _not_of_people).to_json()


def is_intimate(term: Term | None) -> bool:
    """Whether a code tells of sexual violence or of intimate pictures (E11)."""
    return term is not None and (
        term.attributes.get("group") == "sexual" or term.has("sensitive")
    )


def is_intimate_code(question: AnyQuestion | None, code: object) -> bool:
    """Whether this answer out of a list is for trained handlers alone."""
    if not isinstance(question, Listed):
        return False
    return is_intimate(vocabulary(question.vocabulary).by_code.get(str(code)))


def _in(answers: Answers, part: _Part) -> Answers:
    """Of each answer the part that belongs here."""
    told = {name: part(name, value) for name, value in answers.values.items()}
    values = {name: value for name, value in told.items() if value is not None}
    items = {name: _items_in(things, part) for name, things in answers.items.items()}
    return Answers(values, {name: things for name, things in items.items() if things})


def _items_in(things: tuple[Item, ...], part: _Part) -> tuple[Item, ...]:
    parts = (Item(thing.id, _in(thing.answers, part)) for thing in things)
    return tuple(part for part in parts if part.answers)


def _own(place: Compartment, name: str, value: Stored | State) -> Stored | State | None:
    return value if _place(name, value) is place else None


def _told_in(place: Compartment, name: str, value: Stored | State) -> Stored | State | None:
    question = BY_NAME.get(name)
    if question is None or home(question) is Compartment.INTIMATE:
        return _own(place, name, value)
    told = value if isinstance(value, tuple) else (value,)
    plain = tuple(code for code in told if not is_intimate_code(question, code))
    if place is Compartment.INTIMATE:
        return value if plain != told else None
    if place is not home(question) or not plain:
        return None
    return value if plain == told else tuple(map(str, plain))


def home(question: AnyQuestion) -> Compartment:
    """The document in which the answer is found; codes of sexual violence aside."""
    if question.compartment is not Compartment.FACTS:
        return question.compartment
    is_listed = isinstance(question, Listed) and question.vocabulary in _ANSWERING
    is_about_answering = is_listed or question.name.startswith("consent")
    return Compartment.IDENTITY if is_about_answering else Compartment.ACCOUNT


def _not_of_people(name: str, value: Stored | State) -> Stored | State | None:
    return value if _told_in(Compartment.IDENTITY, name, value) is None else None


_ANSWERING: Final = frozenset({"contact_method", "contact_rule", "consent", "consent_giver"})


def _place(name: str, value: Stored | State) -> Compartment:
    question = BY_NAME.get(name)
    if question is None:
        return Compartment.ACCOUNT
    # Facts hold what was answered; that somebody would not say it belongs to the account.
    is_unsaid = isinstance(value, State) and question.compartment is Compartment.FACTS
    return Compartment.ACCOUNT if is_unsaid else question.compartment
