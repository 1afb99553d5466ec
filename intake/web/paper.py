"""The blank form to print, in three languages; the page shows nothing of any case."""

from typing import Final

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from intake.casework.blank_form import blank_form, short_form
from intake.form.questionnaire import VERSION
from intake.roles import Permission
from intake.settings import LANGUAGES
from intake.web import context, staff_pages
from intake.web.permitted import permitted

PDF: Final = "application/pdf"
TONGUE: Final = f"any({', '.join(LANGUAGES)}):tongue"

paper = staff_pages.install(Blueprint("paper", __name__, url_prefix="/desk/paper"))


@paper.get("/")
@permitted(Permission.READ_QUEUE)
def show() -> ResponseReturnValue:
    """Where the form is fetched in each language, and what to know before it is given out."""
    return render_template("desk/paper.html", languages=LANGUAGES, version=VERSION)


@paper.get(f"/<{TONGUE}>")
@permitted(Permission.READ_QUEUE)
def download(tongue: str) -> ResponseReturnValue:
    """The form in one language, to be kept and printed."""
    return _file(blank_form(context.service(), tongue), f"form-{tongue}.pdf")


@paper.get(f"/short/<{TONGUE}>")
@permitted(Permission.READ_QUEUE)
def download_short(tongue: str) -> ResponseReturnValue:
    """The form of one leaf."""
    return _file(short_form(context.service(), tongue), f"form-short-{tongue}.pdf")


def _file(made: bytes, name: str) -> Response:
    answer = Response(made, mimetype=PDF)
    # The name says nothing to who finds it on a disk.
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
