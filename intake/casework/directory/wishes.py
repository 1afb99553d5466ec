"""What the person of a case wished of who talks with her, and what the case asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from intake.case.fitting import Wished
from intake.casework.case_file import CaseFile
from intake.casework.work.rules_of_contact import contact_rules
from intake.form.compartments import Compartment
from intake.form.people import INTERPRETER_LANGUAGE, PREFERRED_HANDLER_GENDER

_ONLY_CHOSEN = "language"
"""The rule of contact «only in the chosen language»."""


def wished(file: CaseFile) -> Wished:
    """The newest that was said of each; `needs_trained` is what every coordinator may know.

    Where only the language of the report was chosen, it binds if the person asked to be
    reached in the chosen language alone. That sexual violence was told shows nowhere here: the
    wish for a trained reader has the same mark (E11).
    """
    facts, told = file.facts, list(_told(file))
    languages = _newest(told, INTERPRETER_LANGUAGE.name)
    if not languages and _ONLY_CHOSEN in contact_rules(file):
        languages = (facts.language,)
    return Wished(
        sex=next(iter(_newest(told, PREFERRED_HANDLER_GENDER.name)), ""),
        languages=languages,
        region=facts.region,
        is_about_child=facts.is_minor,
        needs_trained=facts.needs_trained_reader,
    )


def _told(file: CaseFile) -> Iterator[Mapping[str, Any]]:
    """The answers about names and ways to answer, oldest first."""
    found = (
        document.content
        for document in file.documents("report", "correction")
        if document.compartment == Compartment.IDENTITY and document.content
    )
    for content in sorted(found, key=lambda content: str(content["at"])):
        yield content.get("answers") or {}


def _newest(told: list[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    for answers in reversed(told):
        value = answers.get(name)
        if isinstance(value, str) and value:
            return (value,)
        if isinstance(value, list) and value:
            return tuple(map(str, value))
    return ()
