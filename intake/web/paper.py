"""The blank form to print, in three languages; the page shows nothing of any case."""

from typing import Final

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from intake.casework.blank_form import blank_form
from intake.form.questionnaire import VERSION
from intake.roles import Permission
from intake.settings import LANGUAGES
from intake.web import context, staff_pages
from intake.web.permitted import permitted

PDF: Final = "application/pdf"

paper = staff_pages.install(Blueprint("paper", __name__, url_prefix="/desk/paper"))


@paper.get("/")
@permitted(Permission.READ_QUEUE)
def show() -> ResponseReturnValue:
    """Where the form is fetched in each language, and what to know before it is given out."""
    return render_template("desk/paper.html", languages=LANGUAGES, version=VERSION)


@paper.get(f"/<any({', '.join(LANGUAGES)}):tongue>")
@permitted(Permission.READ_QUEUE)
def download(tongue: str) -> ResponseReturnValue:
    """The form in one language, to be kept and printed."""
    answer = Response(blank_form(context.service(), tongue), mimetype=PDF)
    # The name says nothing to who finds it on a disk.
    answer.headers.set("Content-Disposition", "attachment", filename=f"form-{tongue}.pdf")
    return answer
