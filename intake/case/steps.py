"""One thing done or learned about a case, as it was written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from intake.form.answers import Answers
from intake.form.moments import earliest, latest, midnight
from intake.form.questions import Day, TimeOfDay


@dataclass(frozen=True)
class CaseStep:
    """A step: `what` is the code of its kind, `answers` are to the questions of that kind.

    `number` counts the steps of a case from 1. A correction `replaces` the step that it
    stands for; `about` is the step that it follows, such as the decision that is appealed.
    `second` is the member who decided it too, where two must. Beside what trained handlers
    wrote (`by_trained`) more may stand than others read. Moments are aware, in UTC.
    """

    id: UUID
    number: int
    at: datetime
    by: UUID
    what: str
    answers: Answers = field(default_factory=Answers, repr=False)
    replaces: UUID | None = None
    about: UUID | None = None
    second: UUID | None = None
    by_trained: bool = False

    @property
    def is_by_two(self) -> bool:
        """Whether two different members decided it."""
        return self.second is not None and self.second != self.by

    def began(self, day: Day, time: TimeOfDay | None = None) -> datetime | None:
        """The first moment the answer allows: a limit counted from it is never too long."""
        said = self.answers[day]
        if said is None:
            return None
        return earliest(said, self.answers[time] if time else None) or midnight(said.day)

    def done(self, day: Day, time: TimeOfDay | None = None) -> datetime:
        """When it had happened at the latest: by the answer, and by its being written down."""
        said = self.answers[day]
        moment = latest(said, self.answers[time] if time else None) if said else None
        return min(self.at, moment) if moment else self.at

    def to_json(self) -> dict[str, object]:
        """The step as JSON values; what is empty is left out."""
        found = {
            "id": self.id.hex,
            "number": self.number,
            "at": self.at.isoformat(),
            "by": self.by.hex,
            "what": self.what,
            "answers": self.answers.to_json(),
        }
        links = {"replaces": self.replaces, "about": self.about, "second": self.second}
        marks = {"by_trained": True} if self.by_trained else {}
        return found | {name: id_.hex for name, id_ in links.items() if id_} | marks

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> CaseStep:
        """The step that `to_json` wrote; raises `KeyError` or `ValueError` for others."""
        return cls(
            UUID(document["id"]),
            int(document["number"]),
            datetime.fromisoformat(document["at"]).astimezone(UTC),
            UUID(document["by"]),
            str(document["what"]),
            Answers.from_json(document["answers"]),
            _id(document.get("replaces")),
            _id(document.get("about")),
            _id(document.get("second")),
            by_trained=bool(document.get("by_trained")),
        )


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
