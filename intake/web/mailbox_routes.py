"""The addresses of a conversation's pages, the same behind the code and for who follows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from flask import Blueprint
from flask.typing import ResponseReturnValue

from intake.web import mailbox_answers, mailbox_consents, mailbox_conversation, uploading

View = Callable[..., ResponseReturnValue]
ROUTES: Final[tuple[tuple[str, View, str], ...]] = (
    ("GET", mailbox_conversation.ask_to_remove, "/remove/<uuid:id_>"),
    ("POST", mailbox_conversation.remove, "/remove/<uuid:id_>"),
    ("GET", mailbox_answers.more, "/more"),
    ("GET", mailbox_answers.page, "/more/<told:slug>"),
    ("POST", mailbox_answers.tell, "/more/<told:slug>"),
    ("GET", mailbox_answers.questions, "/questions/<uuid:about>"),
    ("POST", mailbox_answers.reply, "/questions/<uuid:about>"),
    ("POST", uploading.added_file_there, "/file"),
    ("POST", uploading.added_file_piece, "/file/piece"),
    ("GET", mailbox_consents.every, "/consents"),
    ("GET", mailbox_consents.one, "/consents/<code>"),
    ("POST", mailbox_consents.change, "/consents/<code>"),
)


def _anybody(view: View) -> View:
    return view


def install(
    blueprint: Blueprint, *, pages: Iterable[str], guard: Callable[[View], View] = _anybody
) -> Blueprint:
    """Put the conversation on `blueprint`, each view behind `guard`; `pages` where one writes.

    They name one another by what follows the blueprint, so that each audience stays on its own.
    """
    page = f"/<any({', '.join(map(repr, pages))}):page>"
    own = (
        ("GET", mailbox_conversation.show, page),
        ("POST", mailbox_conversation.send, page),
    )
    for method, view, rule in (*own, *ROUTES):
        blueprint.add_url_rule(rule, view.__name__, guard(view), methods=[method])
    return blueprint
