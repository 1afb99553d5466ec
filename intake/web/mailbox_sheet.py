"""A page of questions behind the return code; knows no request."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from intake.form import pages
from intake.form.pages import Asked
from intake.form.questions import AnyQuestion


@dataclass(frozen=True)
class Sheet:
    """A page of questions: what is asked, under which title, and what the form is made of."""

    title: str
    asked: tuple[Asked, ...]
    about: UUID | None = None
    slug: str = ""

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """The questions under the names of their fields."""
        return pages.fields_of(self.asked)

    @property
    def warning(self) -> str:
        """What a page of the form says where it may hurt."""
        return self.asked[0].step.warning if self.slug else ""

    @property
    def is_contact(self) -> bool:
        return self.slug == pages.CONTACT
