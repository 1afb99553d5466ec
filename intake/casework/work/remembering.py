"""What was told of some facts before a step said more, so that it can be put back."""

from dataclasses import replace
from typing import Any

from intake.casework.case_file import CaseFile
from intake.triage import Facts


def remember(file: CaseFile, *names: str) -> None:
    """Keep these facts as they are, unless they are kept already."""
    now = file.facts.to_json()
    new = {name: now.get(name) for name in names if name not in file.kept.told}
    if new:
        file.keep(replace(file.kept, told={**file.kept.told, **new}))


def remembered(file: CaseFile, name: str) -> Any:  # noqa: ANN401 - any of the facts
    """The fact as it was kept; as it is by default where it was empty or never kept."""
    value = file.kept.told.get(name)
    return getattr(Facts.from_json({} if value is None else {name: value}), name)


def forget(file: CaseFile, name: str) -> None:
    """Keep it no more."""
    told = {other: value for other, value in file.kept.told.items() if other != name}
    if told != file.kept.told:
        file.keep(replace(file.kept, told=told))
