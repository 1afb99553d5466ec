"""The addresses of the form's pages, the same for the public, for lawyers and for staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint
from flask.typing import ResponseReturnValue

from intake.web import journey_end, journey_steps, uploading

View = Callable[..., ResponseReturnValue]
_PAGE: Final = ("/<step:slug>", "/<step:slug>/<id>")
ROUTES: Final[tuple[tuple[str, View, tuple[str, ...]], ...]] = (
    ("GET", journey_steps.show, _PAGE),
    ("POST", journey_steps.take, _PAGE),
    ("GET", journey_end.check, ("/check",)),
    ("POST", journey_end.send, ("/check",)),
    ("GET", journey_end.kept, ("/kept",)),
    ("POST", journey_end.keep, ("/kept",)),
    ("GET", journey_end.ask_to_forget, ("/forget",)),
    ("POST", journey_end.forget, ("/forget",)),
    ("POST", uploading.file_there, ("/<step:slug>/<id>/file",)),
    ("POST", uploading.file_piece, ("/<step:slug>/<id>/file/piece",)),
)


def _anybody(view: View) -> View:
    return view


def install(blueprint: Blueprint, *, guard: Callable[[View], View] = _anybody) -> Blueprint:
    """Put the pages on `blueprint`, each behind `guard`; it has a page `begin` of its own.

    They name one another by what follows the blueprint, so that each audience stays on its own.
    """
    for method, view, rules in ROUTES:
        guarded = guard(view)
        for rule in rules:
            blueprint.add_url_rule(rule, view.__name__, guarded, methods=[method])
    return blueprint
