"""The files of a case at the desk: a list, safe copies, and originals by a deliberate act."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake.casework.files import reading
from intake.casework.files.reading import CasePaper
from intake.cleaning import KINDS, LIMITS, NotCleaned, Why
from intake.form.files import FILE_SHOWS, FILE_WORDS, INTIMATE_FILE_WORDS
from intake.form.questions import AnyQuestion
from intake.form.text import _
from intake.roles import Permission
from intake.web import context, staff_pages
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.permitted import permitted, reader
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

case_files = staff_pages.install(Blueprint("case_files", __name__, url_prefix="/desk/cases"))


@case_files.get("/<ref>/files")
@permitted(Permission.OPEN_CASE)
def show(ref: str) -> ResponseReturnValue:
    """The files that her keys open, with what was said of each."""
    return _page(ref)


@case_files.get("/<ref>/files/<uuid:file>/copy")
@permitted(Permission.OPEN_CASE)
def copy(ref: str, file: UUID) -> ResponseReturnValue:
    """A safe copy; it leaves a line in the log."""
    try:
        made = reading.safe_copy(reader(), ref, file, now=context.now())
    except reading.NoSuchFile:
        abort(404)
    except reading.DamagedFile:
        return _page(ref, failed=file, why=gettext(WITHOUT_COPY[Why.DAMAGED])), 409
    except NotCleaned as error:
        return _page(ref, failed=file, why=gettext(WITHOUT_COPY[error.why])), 422
    answer = Response(made.content, mimetype=made.media_type)
    is_picture = made.media_type.startswith("image/")
    return _as_file(answer, f"{file.hex[:8]}{made.suffix}", inline=is_picture)


@case_files.post("/<ref>/files/<uuid:file>/original")
@permitted(Permission.OPEN_CASE)
def original(ref: str, file: UUID) -> ResponseReturnValue:
    """The file as it was sent, to be kept elsewhere; it leaves a line of its own."""
    if not Press().is_accepted():
        return redirect(url_for(".show", ref=ref), 303)
    try:
        paper, parts = reading.original(reader(), ref, file, now=context.now())
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


def _page(ref: str, *, failed: UUID | None = None, why: str = "") -> str:
    view = view_of(ref)
    if not view.is_opened:
        return unopened_page(view, "case_files.show")
    papers = reading.papers(reader(), ref, now=context.now())
    return tab_page(
        "desk/cases/files.html",
        view_of(ref) if view.row.has_news else view,
        "case_files.show",
        papers=[paper for paper in papers if not paper.is_intimate],
        intimate=[paper for paper in papers if paper.is_intimate],
        has_copy=_has_copy,
        lines=_lines,
        without_copy=failed,
        why=why,
        failed=bool(why),
        press=Press(formdata=None),
    )


def _has_copy(paper: CasePaper) -> bool:
    kind = KINDS[paper.manifest.kind]
    is_copied = kind.group == "picture" or kind.code in {"pdf", "txt"}
    return is_copied and paper.manifest.length <= LIMITS.content


def _lines(paper: CasePaper) -> list[Said]:
    """What was said of a file, besides the file itself."""
    told = paper.told.values
    return [said(question, told[question.name]) for question in ABOUT if question.name in told]
