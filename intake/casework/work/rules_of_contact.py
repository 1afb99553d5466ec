"""The rules by which somebody wants to be reached, out of what she told."""

from collections.abc import Mapping
from typing import Any, Final

from intake.casework.case_file import CaseFile
from intake.form.compartments import Compartment
from intake.form.people import CONTACT_RULES

_NAME: Final = CONTACT_RULES.name


def contact_rules(file: CaseFile) -> tuple[str, ...]:
    """Codes of `contact_rule`; what is told anew takes the place of what was told before."""
    told = [
        document.content
        for document in file.documents("report", "correction")
        if document.compartment == Compartment.IDENTITY and document.content
    ]
    found: tuple[str, ...] = ()
    for content in sorted(told, key=lambda content: str(content["at"])):
        before = () if _NAME in content.get("replaces", ()) else found
        found = tuple(dict.fromkeys((*before, *_codes(content.get("answers") or {}))))
    return found


def _codes(answers: Mapping[str, Any]) -> tuple[str, ...]:
    codes = answers.get(_NAME)
    return tuple(map(str, codes if isinstance(codes, list) else ()))
