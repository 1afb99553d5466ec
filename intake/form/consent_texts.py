"""The full words of each permission, under the version that a given consent names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True)
class ConsentText:
    """What somebody agrees to: who gets what, what may happen, how to take it back."""

    code: str
    version: str
    texts: Mapping[str, str] = field(hash=False)

    def text(self, language: str) -> str:
        """The words in `language`, else in English."""
        return self.texts.get(language) or self.texts["en"]


def consent_text(code: str) -> ConsentText:
    """The words of a code of the vocabulary `consent`; raises `KeyError` for another code."""
    return _texts()[code]


@cache
def _texts() -> Mapping[str, ConsentText]:
    data = (files("intake.form") / "data" / "consents.toml").read_text("utf-8")
    return MappingProxyType({row["code"]: _read(row) for row in tomllib.loads(data)["consent"]})


def _read(row: Mapping[str, str]) -> ConsentText:
    texts = {key: words for key, words in row.items() if key not in {"code", "version"}}
    return ConsentText(row["code"], row["version"], MappingProxyType(texts))
