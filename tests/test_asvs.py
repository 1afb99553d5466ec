"""`docs/asvs.md` against the requirements, the tests and files it names, and all imports."""

import ast
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/asvs.md").read_text("utf-8")
LEVELS = dict(
    line.split()
    for line in Path(__file__).with_name("asvs-ids.txt").read_text("ascii").splitlines()
)
VERDICTS = ("met", "not met", "does not apply")
NAMED = re.compile(r"`((?:docs|intake|static|templates|tests)/[^`\s]+|[\w.-]+\.(?:txt|toml))`")
CHAPTERS = ("V6", "V7", "V8", "V11")
LIBRARIES = (
    "cryptography",
    "hashlib",
    "hmac",
    "itsdangerous",
    "random",
    "secrets",
    "shamir_mnemonic",
    "ssl",
    "webauthn",
)
"""Whatever encrypts, hashes, signs, stretches or draws at random here."""


@dataclass(frozen=True)
class Row:
    """What the page says of one requirement."""

    number: str
    level: str
    asks_for: str
    verdict: str
    shown_by: str


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


ROWS = [Row(*cells(line)) for line in PAGE.splitlines() if re.match(r"\| V\d+\.", line)]


def named() -> list[str]:
    return sorted(set(NAMED.findall(PAGE)))


@cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_requirement_has_one_row_and_its_level() -> None:
    assert [(row.number, row.level) for row in ROWS] == list(LEVELS.items())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_a_row_gives_one_of_three_verdicts_and_says_why(row: Row) -> None:
    assert row.verdict in VERDICTS
    assert row.asks_for
    assert row.shown_by
    if row.verdict == "met":
        assert NAMED.search(row.shown_by)


@pytest.mark.parametrize("name", named())
def test_what_the_page_names_is_there(name: str) -> None:
    path, _colons, function = name.partition("::")
    assert (ROOT / path).exists()
    assert not function or function in functions(ROOT / path)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_sums_are_those_of_the_tables(chapter: str) -> None:
    found = Counter(row.verdict for row in ROWS if row.number.split(".")[0] == chapter)
    (line,) = (line for line in PAGE.splitlines() if line.startswith(f"| {chapter} "))
    assert cells(line)[1:] == [str(found[verdict]) for verdict in VERDICTS]


def importers() -> Mapping[str, list[str]]:
    """Our modules that import each of `LIBRARIES` themselves."""
    graph = grimp.build_graph("intake", include_external_packages=True, cache_dir=None)
    return {
        library: sorted(graph.find_modules_that_directly_import(library))
        for library in LIBRARIES
        if library in graph.modules
    }


def test_every_module_that_calls_cryptography_stands_in_the_inventory() -> None:
    stated = {
        cells(line)[0].strip("`"): sorted(re.findall(r"`([^`]+)`", cells(line)[1]))
        for line in PAGE.splitlines()
        if cells(line)[0].strip("`") in LIBRARIES
    }
    found = {
        library: [module.removeprefix("intake.") for module in modules]
        for library, modules in importers().items()
    }
    assert stated == found
