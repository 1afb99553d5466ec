"""The one base of every form here: Flask-WTF with stateless tokens and our own words."""

from __future__ import annotations

from typing import Any

from flask import g, request
from flask_babel import gettext
from flask_wtf import FlaskForm
from typing_extensions import override
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, ValidationError
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from intake.form.text import _
from intake.web import context, tokens

TOKEN = "token"  # noqa: S105 - the name of the hidden field
FROM_REQUEST = object()
TOO_OLD = _(
    "This page was open for a long time. Everything you typed is still here. Send it once more."
)


def token_key() -> bytes:
    """The key that signs form tokens."""
    return context.service().keys.server.derive("form tokens").raw


def of_session() -> str:
    """What tokens of the member who is signed in are good for; empty where nobody is."""
    return f"desk/{g.reader.session_id.hex}" if "reader" in g else ""


class _StatelessTokens(CSRF):
    """Flask-WTF's own tokens need a session cookie; these need none."""

    @override
    def setup_form(self, form: BaseForm) -> list[tuple[str, UnboundField[Any]]]:
        self.purpose = form.token_purpose() if isinstance(form, Form) else ""
        return list(super().setup_form(form))

    @override
    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        return tokens.issue(token_key(), self.purpose, now=context.now())

    @override
    def validate_csrf_token(self, form: BaseForm, field: CSRFTokenField) -> None:
        if not tokens.is_good(token_key(), self.purpose, field.data or "", now=context.now()):
            raise ValidationError(gettext(TOO_OLD))


class Form(FlaskForm):
    """A form whose token is checked as one of its fields, so that nothing typed is lost."""

    def __init__(self, formdata: object = FROM_REQUEST, **kwargs: object) -> None:
        super().__init__(formdata, **kwargs)

    class Meta(FlaskForm.Meta):
        """WTForms' switches."""

        csrf = True
        csrf_class = _StatelessTokens  # type: ignore[assignment] # theirs is narrower
        csrf_field_name = TOKEN

        @override
        def wrap_formdata(  # type: ignore[override] # Flask-WTF's own marker arrives here too
            self, form: BaseForm, formdata: object
        ) -> MultiDict[str, str] | None:
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            return request.form if request.method == "POST" else None

        @override
        def get_translations(self, form: BaseForm) -> None:  # type: ignore[override]
            return None  # every message is written here and translated when it is raised

    @classmethod
    def token_purpose(cls) -> str:
        """What the token is good for: for one session, where a member writes this form."""
        return of_session() or "public"

    def is_accepted(self) -> bool:
        """Whether this is a submission and every answer in it is good."""
        return bool(self.validate_on_submit())


class OnceForm(Form):
    """A form that may be sent twice and is taken once."""

    once = HiddenField()
