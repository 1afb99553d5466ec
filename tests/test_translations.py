"""Every text is translated into every language, whole and in that language's own letters."""

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from intake.form.questionnaire import QUESTIONS
from intake.form.urgent import STEP
from intake.form.vocabularies import VOCABULARIES
from intake.settings import LANGUAGES

ROOT = Path(__file__).parents[1]
SOURCE = "en"
TRANSLATED = sorted(set(LANGUAGES) - {SOURCE})
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
WORD = re.compile(r"[^\W\d_]+")
RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
ALPHABETS = {"ru": RUSSIAN, "kk": RUSSIAN | frozenset("әғқңөұүһі")}
# Latin letters that look like Cyrillic ones.
LOOK_ALIKES = frozenset("aceiopxyhABCEHIKMOPTXY")

Ids = tuple[str, ...]
every_language = pytest.mark.parametrize("language", TRANSLATED)


@cache
def catalogue(language: str) -> Catalog:
    path = ROOT / "intake" / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file)


@cache
def extracted() -> frozenset[Ids]:
    """What Babel finds in the sources, by the mapping of `pyproject.toml`."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    mapping = [(m["pattern"], m["method"]) for m in told["tool"]["babel"]["mappings"]]
    options = {pattern: {"silent": "false"} for pattern, _method in mapping}
    found = extract_from_dir(ROOT, mapping, options, DEFAULT_KEYWORDS)
    return frozenset(ids(message) for _file, _line, message, _comments, _context in found)


def ids(text: str | list[str] | tuple[str, ...]) -> Ids:
    """One text, or both of a text with a plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def pairs(language: str) -> Iterator[tuple[Ids, Ids]]:
    """Each source text with its translation, all plural forms of both."""
    return ((ids(message.id), ids(message.string or "")) for message in messages(language))


def words(language: str) -> Iterator[tuple[str, Ids]]:
    """Each word of the translations, with the source it stands for."""
    for source, forms in pairs(language):
        for form in forms:
            for word in WORD.findall(PLACEHOLDER.sub(" ", form)):
                yield word, source


def script(letter: str) -> str:
    """`LATIN`, `CYRILLIC` …"""
    return unicodedata.name(letter).split()[0]


def is_mixed(word: str) -> bool:
    return len({script(letter) for letter in word}) > 1


def marked(path: Path) -> Iterator[str]:
    """What stands in each `_(…)` of a module; what is no literal, as its source."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(text))]):
                yield text
            case ast.Call(func=ast.Name(id="_")):
                yield ast.unparse(node)
            case _:
                pass


@every_language
def test_every_text_is_translated(language: str) -> None:
    assert [
        source for source, forms in pairs(language) if not all(f.strip() for f in forms)
    ] == []


@every_language
def test_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in messages(language) if message.fuzzy] == []


@every_language
def test_a_catalogue_holds_what_the_sources_say_and_nothing_else(language: str) -> None:
    known = {source for source, _forms in pairs(language)}
    assert extracted() - known == set()
    assert known - extracted() == set()
    assert list(catalogue(language).obsolete) == []


def test_every_marked_text_of_a_module_is_extracted() -> None:
    known = {text for source in extracted() for text in source}
    modules = (ROOT / "intake").rglob("*.py")
    assert [(p.name, text) for p in modules for text in marked(p) if text not in known] == []


def test_every_word_of_the_form_is_extracted() -> None:
    known = {text for source in extracted() for text in source}
    asked = {text for q in (*QUESTIONS, *STEP.questions) for text in (q.label, q.hint)}
    headings = {text for group in STEP.groups for text in (group.title, group.hint)}
    assert {text for text in asked | headings | {STEP.title} if text} - known == set()


@every_language
def test_values_stand_in_every_form_of_a_translation(language: str) -> None:
    for source, forms in pairs(language):
        wanted = {frozenset(PLACEHOLDER.findall(text)) for text in source}
        assert {frozenset(PLACEHOLDER.findall(form)) for form in forms} == wanted, source
        assert [form for form in forms if "%" in PLACEHOLDER.sub("", form)] == [], source
    assert list(catalogue(language).check()) == []


@every_language
def test_a_plural_has_as_many_forms_as_the_language(language: str) -> None:
    told = catalogue(language)
    assert told.num_plurals == {"ru": 3, "kk": 2}[language]
    plurals = [forms for source, forms in pairs(language) if len(source) > 1]
    assert plurals
    assert {len(forms) for forms in plurals} == {told.num_plurals}


@every_language
def test_nothing_is_left_in_english(language: str) -> None:
    for source, forms in pairs(language):
        if WORD.search(PLACEHOLDER.sub("", source[0])):
            assert set(forms).isdisjoint(source)


@every_language
def test_no_word_mixes_latin_and_cyrillic_letters(language: str) -> None:
    assert [(word, source) for word, source in words(language) if is_mixed(word)] == []


@every_language
def test_no_cyrillic_word_is_written_in_latin_look_alikes(language: str) -> None:
    suspects = [(word, source) for word, source in words(language) if set(word) <= LOOK_ALIKES]
    assert [(w, source) for w, source in suspects if w not in " ".join(source)] == []


@every_language
def test_only_letters_of_the_language_are_used(language: str) -> None:
    cyrillic = {
        letter
        for word, _source in words(language)
        for letter in word
        if script(letter) == "CYRILLIC"
    }
    assert {letter.lower() for letter in cyrillic} - ALPHABETS[language] == set()


@every_language
def test_no_label_mixes_latin_and_cyrillic_letters(language: str) -> None:
    labels = [
        label
        for vocabulary in VOCABULARIES.values()
        for label in (
            vocabulary.title(language),
            *(t.label(language) for t in vocabulary.terms),
        )
    ]
    assert [label for label in labels for word in WORD.findall(label) if is_mixed(word)] == []
