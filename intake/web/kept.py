"""What somebody wrote when something went wrong: shown again, ready to be sent once more."""

from collections.abc import Mapping, Sequence

from flask import g, redirect, render_template, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from intake import casework
from intake.form.text import _
from intake.web import context
from intake.web.access_forms import WRITTEN
from intake.web.directory_forms import FORMS as OF_DIRECTORY
from intake.web.filing_forms import FORMS as OF_FILINGS
from intake.web.filing_table_forms import FORMS as OF_TABLES
from intake.web.following_forms import FORMS as OF_FOLLOWING
from intake.web.forms import TOKEN
from intake.web.passkey_offers import offer
from intake.web.settings_forms import SETTINGS_FORMS
from intake.web.split_forms import FORMS as OF_SPLITS
from intake.web.staff_forms import FORMS as OF_STAFF
from intake.web.staff_forms import PROOF, Press, ShownForm, SignInForm, StaffForm
from intake.web.team.forms import FORMS as OF_TEAM
from intake.web.view_forms import FORMS as OF_VIEWS
from intake.web.work.step_forms import FORMS as OF_WORK
from intake.web.work.step_forms import form_at

FORMS = {
    **OF_STAFF,
    **WRITTEN,
    **SETTINGS_FORMS,
    **OF_TEAM,
    **OF_VIEWS,
    **OF_WORK,
    **OF_SPLITS,
    **OF_DIRECTORY,
    **OF_FILINGS,
    **OF_TABLES,
    **OF_FOLLOWING,
}
ENDED = _("Your session ended")
ENDED_WHILE_WRITING = _(
    "You were writing this when your session ended. Look through it and send it again."
)
SHEETS_WAIT = _(
    "Your session ended before the sheets were checked. They are still good: go on with the "
    "button below."
)
NOT_KNOWN_ANY_MORE = _(
    "You are not signed in any more. Sign in on another page of this browser, then come back "
    "here and send this again."
)
FULL = _("Not stored yet")
DISK_IS_FULL = _(
    "The disk of the server is full, so nothing was stored. What you wrote stands below. Tell "
    "whoever runs the server, and keep this page open until it can be sent."
)
DATABASE_IS_BUSY = _(
    "The database could not be written just now, so nothing was stored. What you wrote stands "
    "below: send it again in a moment."
)


def typed() -> dict[str, list[str]]:
    """What this request's form brought, without its token, the wish for a language, proof."""
    ours = {TOKEN, "language", *PROOF}
    return {name: values for name, values in request.form.lists() if name not in ours}


def session_ended(cookie: str | None) -> ResponseReturnValue:
    """To the sign-in page; what a POST brought travels with it, sealed to who wrote it."""
    if request.method != "POST" or not is_writing(request.path):
        return redirect(url_for("account.sign_in", to=_wanted()), 303)
    text = casework.keep_post(context.service(), cookie or "", request.path, typed())
    if text is None:
        return again(
            request.path, typed(), title=ENDED, explanation=NOT_KNOWN_ANY_MORE, status=401
        )
    return sign_in_page(SignInForm(formdata=None, kept=text), status=401)


def sign_in_page(
    form: SignInForm,
    *,
    note: str = "",
    wait: str = "",
    is_of_another: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    """Handle and passphrase, with what went wrong before."""
    page = render_template(
        "account/sign-in.html",
        form=form,
        note=note,
        wait=wait,
        is_of_another=is_of_another,
        offer=offer("sign-in"),
    )
    return page, status


def offered(text: str) -> ResponseReturnValue:
    """What was kept, ready to be sent; for another member, the page that goes on keeping it."""
    written = casework.kept_post(g.reader, text)
    if written is None or not is_writing(written[0]):
        return sign_in_page(SignInForm(formdata=None, kept=text), is_of_another=True)
    path, fields = written
    is_sheets = issubclass(_form_at(path) or Press, ShownForm)
    explanation = SHEETS_WAIT if is_sheets else ENDED_WHILE_WRITING
    return again(path, fields, title=ENDED, explanation=explanation)


def not_stored(*, full: bool) -> ResponseReturnValue:
    """Nothing could be written: what was typed comes back."""
    explanation = DISK_IS_FULL if full else DATABASE_IS_BUSY
    return again(request.path, typed(), title=FULL, explanation=explanation, status=503)


def again(
    path: str,
    fields: Mapping[str, Sequence[str]],
    *,
    title: str,
    explanation: str,
    status: int = 200,
) -> ResponseReturnValue:
    """A page with everything that was sent to `path`, ready to be sent there again."""
    kind = _form_at(path) or Press
    values = MultiDict([(name, value) for name, many in fields.items() for value in many])
    form = kind(formdata=values)
    page = render_template(
        "account/again.html",
        form=form,
        # A form without fields of its own shows what came by itself.
        shown=kind is Press,
        others=[(name, value) for name, value in values.items(multi=True) if name not in form],
        path=path,
        title=title,
        explanation=explanation,
    )
    return page, status


def is_writing(path: str) -> bool:
    """Whether what is sent to `path` may hold words of somebody's own."""
    return _form_at(path) is not None


def _wanted() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _form_at(path: str) -> type[StaffForm] | None:
    """The form that is sent to this address; None where nobody writes anything there."""
    adapter = request_ctx.url_adapter
    if adapter is None:
        return None
    try:
        endpoint, values = adapter.match(path, method="POST")
    except HTTPException:
        return None
    return FORMS.get(str(endpoint)) or form_at(str(endpoint), values)
