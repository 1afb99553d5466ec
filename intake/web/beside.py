"""The list beside a case: the address names it, and carries it from tab to tab."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, g, request

from intake.casework import Reader
from intake.casework.finding import Beside, beside
from intake.roles import Permission
from intake.web import context, views, wishes

IN: Final = "in"
LONGEST: Final = 2_000


@dataclass(frozen=True)
class BesideCase:
    """The list, its name and its address; `query` is what links of the list carry along."""

    title: str
    address: str
    query: str
    found: Beside


def install(blueprint: Blueprint) -> None:
    """Let addresses of a case carry the list along in which it stands."""
    blueprint.url_defaults(_carry)


def of_case(ref: str) -> BesideCase | None:
    """The list that the address names, None where it names none."""
    query, reader = _query(), g.get("reader")
    if not query or not isinstance(reader, Reader) or not reader.may(Permission.READ_QUEUE):
        return None
    wish = wishes.wish_in(query, is_trained=reader.is_trained)
    found = beside(reader, wish, ref, now=context.now())
    title = views.TITLES[wish.view]
    return BesideCase(title, wishes.address(wish), wishes.query_of(wish), found)


def _query() -> str:
    query = request.args.get(IN, "")
    return query if len(query) <= LONGEST else ""


def _carry(_endpoint: str, values: dict[str, Any]) -> None:
    here = (request.view_args or {}).get("ref")
    if here is not None and values.get("ref") == here and (query := _query()):
        values.setdefault(IN, query)
