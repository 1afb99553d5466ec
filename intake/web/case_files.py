"""The files of a case at the desk."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from intake.casework.files import reading
from intake.roles import Permission
from intake.web import context, papers, staff_pages
from intake.web.case_pages import tab_page, unopened_page, view_of
from intake.web.papers import Failed
from intake.web.permitted import permitted, reader

case_files = staff_pages.install(Blueprint("case_files", __name__, url_prefix="/desk/cases"))


@case_files.get("/<ref>/files")
@permitted(Permission.OPEN_CASE)
def show(ref: str) -> ResponseReturnValue:
    """The files that her keys open, with what was said of each."""
    return _page(ref)


@case_files.get("/<ref>/files/<uuid:file>/copy")
@permitted(Permission.OPEN_CASE)
def copy(ref: str, file: UUID) -> ResponseReturnValue:
    """A safe copy."""
    return papers.copied(ref, file, lambda why: _page(ref, why), needs=Permission.OPEN_CASE)


@case_files.post("/<ref>/files/<uuid:file>/original")
@permitted(Permission.OPEN_CASE)
def original(ref: str, file: UUID) -> ResponseReturnValue:
    """The file as it was sent."""
    return papers.taken_out(ref, file, needs=Permission.OPEN_CASE)


def _page(ref: str, failed: Failed | None = None) -> str:
    view = view_of(ref)
    if not view.is_opened:
        return unopened_page(view, "case_files.show")
    hers = reading.papers(reader(), ref, now=context.now())
    return tab_page(
        "desk/cases/files.html",
        view_of(ref) if view.row.has_news else view,
        "case_files.show",
        papers=papers.shown(hers, failed),
        failed=failed is not None,
    )
