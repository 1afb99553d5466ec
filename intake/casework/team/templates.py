"""Reply templates: words that the team sends often, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from intake.casework import log
from intake.casework.codec import instant, moment
from intake.casework.errors import UnknownCase
from intake.casework.reader import Reader
from intake.casework.team import papers
from intake.casework.team.papers import Paper
from intake.form.vocabularies import LANGUAGES
from intake.roles import Permission

KIND: Final = "template"


@dataclass(frozen=True)
class Template:
    """A template; languages in which nobody has written it yet are left out of `texts`."""

    id: UUID
    revision: int
    title: str
    texts: Mapping[str, str] = field(repr=False)
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """What pages name it by."""
        return self.id.hex

    def in_language(self, language: str) -> tuple[str, str]:
        """The language nearest to the one that is wanted, and the text in it."""
        order = (language, *(code for code in ("ru", "en", "kk") if code != language))
        found = next(code for code in order if code in self.texts)
        return found, self.texts[found]


def templates(reader: Reader) -> tuple[Template, ...]:
    """Every template, by title."""
    reader.demand(Permission.OPEN_CASE)
    with reader.service.reading() as session:
        found = [_template(paper) for paper in papers.shared(reader, session, KIND)]
    return tuple(sorted(found, key=lambda one: one.title.casefold()))


def template(reader: Reader, id_: UUID) -> Template:
    """One template; `UnknownCase` where there is none."""
    for one in templates(reader):
        if one.id == id_:
            return one
    raise UnknownCase


def keep_template(
    reader: Reader,
    id_: UUID,
    title: str,
    texts: Mapping[str, str],
    *,
    seen: int,
    now: datetime,
) -> None:
    """Keep a template; `seen` is its revision on the page, `papers.NEW` for a new one.

    Raises `Conflict` when it was changed meanwhile, `ValueError` without any text.
    """
    reader.demand(Permission.KEEP_TEAM)
    written = {code: texts[code] for code in LANGUAGES if texts.get(code, "").strip()}
    if not written or not title.strip():
        raise ValueError("A template has a title and at least one text.")
    content = {"title": title, "texts": written, "by": reader.handle, "at": instant(now)}
    with reader.service.writing() as session:
        if _is_kept(reader, session, id_, (title, written)):
            return
        if papers.keep_shared(reader, session, KIND, id_, content, seen=seen):
            log.append(session, reader.service, "template_kept", by=reader.member, now=now)


def remove_template(reader: Reader, id_: UUID, *, seen: int, now: datetime) -> None:
    """Take a template away; `Conflict` when it was changed meanwhile."""
    reader.demand(Permission.KEEP_TEAM)
    with reader.service.writing() as session:
        if papers.take_out(session, KIND, id_, seen=seen):
            log.append(session, reader.service, "template_removed", by=reader.member, now=now)


def _is_kept(
    reader: Reader, session: Session, id_: UUID, written: tuple[str, Mapping[str, str]]
) -> bool:
    """Whether it stands like this already: the same form sent again."""
    found = (_template(paper) for paper in papers.shared(reader, session, KIND))
    return any(one.id == id_ and (one.title, one.texts) == written for one in found)


def _template(paper: Paper) -> Template:
    told = paper.content
    return Template(
        paper.id, paper.revision, told["title"], told["texts"], told["by"], moment(told["at"])
    )
