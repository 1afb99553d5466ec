"""Files of a case on a page of the staff: a list, a safe copy, and the original as it was sent.

Beside the view `show` of such a page stand the views `copy` and `original`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from flask import Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake.casework.files import reading
from intake.casework.files.pieces import DamagedFile
from intake.casework.files.reading import CasePaper
from intake.cleaning import KINDS, LIMITS, NotCleaned, Why
from intake.form.files import FILE_SHOWS, FILE_WORDS, INTIMATE_FILE_WORDS
from intake.form.manifest import Manifest
from intake.form.questions import AnyQuestion
from intake.form.text import _
from intake.roles import Permission
from intake.web import context
from intake.web.permitted import reader
from intake.web.said import Said, said
from intake.web.staff_forms import Press

WITHOUT_COPY: Final = {
    Why.NO_COPY: _("No safe copy is made of films, sound or office documents."),
    Why.TOO_BIG: _("This file is too large for a safe copy."),
    Why.TOO_MANY_PIXELS: _("This picture is too large for a safe copy."),
    Why.TOO_MANY_PAGES: _("This paper has too many pages for a safe copy."),
    Why.TOO_SLOW: _("Making a safe copy took too long. Something may be wrong with this file."),
    Why.LOCKED: _("This paper opens with a password only, so no safe copy was made."),
    Why.DAMAGED: _("This file is damaged, or it is not what it seems. No safe copy was made."),
    Why.BUSY: _("Other copies are being made just now. Try once more in a minute."),
    Why.UNCONFINED: _("This server cannot make safe copies. Tell whoever runs it."),
}
ABOUT: Final[tuple[AnyQuestion, ...]] = (FILE_SHOWS, FILE_WORDS, INTIMATE_FILE_WORDS)


@dataclass(frozen=True)
class Failed:
    """A file of which no safe copy was made just now, and why."""

    file: UUID
    why: Why


@dataclass(frozen=True)
class Paper:
    """A file as a list shows it, with what was said of it.

    `without_copy` says why no safe copy of such a file is ever made, `failed` why none was made
    just now.
    """

    manifest: Manifest = field(repr=False)
    at: datetime | None
    lines: tuple[Said, ...] = field(repr=False)
    is_picture: bool
    without_copy: str
    failed: str


@dataclass(frozen=True)
class Papers:
    """The files of a case; private pictures and films stand apart."""

    plain: tuple[Paper, ...]
    intimate: tuple[Paper, ...]


def shown(papers: Iterable[CasePaper], failed: Failed | None) -> Papers:
    """The list of these files."""
    told = [(one.is_intimate, _paper(one, failed)) for one in papers]
    return Papers(
        tuple(paper for is_intimate, paper in told if not is_intimate),
        tuple(paper for is_intimate, paper in told if is_intimate),
    )


def copied(
    ref: str, file: UUID, page: Callable[[Failed], str], *, needs: Permission
) -> ResponseReturnValue:
    """A safe copy, which leaves a line in the log; or `page`, which says why there is none."""
    try:
        made = reading.safe_copy(reader(), ref, file, needs=needs, now=context.now())
    except reading.NoSuchFile:
        abort(404)
    except DamagedFile:
        return page(Failed(file, Why.DAMAGED)), 409
    except NotCleaned as error:
        return page(Failed(file, error.why)), 422
    answer = Response(made.content, mimetype=made.media_type)
    is_picture = made.media_type.startswith("image/")
    return _as_file(answer, f"{file.hex[:8]}{made.suffix}", inline=is_picture)


def taken_out(ref: str, file: UUID, *, needs: Permission) -> ResponseReturnValue:
    """The file as it was sent, to be kept elsewhere; it leaves a line of its own."""
    if not Press().is_accepted():
        return redirect(url_for(".show", ref=ref), 303)
    try:
        paper, parts = reading.original(reader(), ref, file, needs=needs, now=context.now())
    except reading.NoSuchFile:
        abort(404)
    # A name of ours: the one that came may name a person, or be made to deceive.
    answer = Response(parts, mimetype="application/octet-stream")
    answer.content_length = paper.manifest.length
    return _as_file(answer, f"{file.hex[:8]}{KINDS[paper.manifest.kind].suffix}")


def _as_file(answer: Response, name: str, *, inline: bool = False) -> Response:
    """`answer` such that no browser makes a page of it."""
    answer.headers.set(
        "Content-Disposition", "inline" if inline else "attachment", filename=name
    )
    return answer


def _paper(paper: CasePaper, failed: Failed | None) -> Paper:
    manifest, told = paper.manifest, paper.told.values
    is_failed = failed is not None and failed.file == manifest.id
    without = _without_copy(manifest)
    return Paper(
        manifest,
        paper.at,
        tuple(
            said(question, told[question.name]) for question in ABOUT if question.name in told
        ),
        is_picture=KINDS[manifest.kind].group == "picture",
        without_copy=gettext(WITHOUT_COPY[without]) if without else "",
        failed=gettext(WITHOUT_COPY[failed.why]) if failed and is_failed else "",
    )


def _without_copy(manifest: Manifest) -> Why | None:
    """Why no safe copy is offered, as far as that is known without opening the file."""
    kind = KINDS[manifest.kind]
    if kind.group != "picture" and kind.code not in {"pdf", "txt"}:
        return Why.NO_COPY
    return Why.TOO_BIG if manifest.length > LIMITS.content else None
