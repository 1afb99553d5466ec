"""The address of a queue and what it asks for: codes only, whatever somebody typed there."""

from collections.abc import Callable, Collection, Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from flask import url_for
from werkzeug.datastructures import MultiDict

from intake.casework import SORTS, VIEWS, Wish
from intake.casework.finding import (
    BY_NAME,
    FOR_TRAINED,
    ME,
    NARROWING,
    NOBODY,
    SEXUAL,
)
from intake.form.vocabularies import VOCABULARIES

LONGEST_NUMBER: Final = 5
MOST: Final = 40
"""Codes that one address may choose."""
VOCABULARY: Final[Mapping[str, str]] = {
    "level": "urgency",
    "stage": "stage",
    "reason": "factor",
    **{name: facet.vocabulary for name, facet in BY_NAME.items() if facet.vocabulary},
}
OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "held": ("yes",),
    "minor": ("yes",),
    "asked": ("withdrawal", "erasure"),
}
"""Codes of what no vocabulary lists."""
_LONGEST_ID: Final = 32


def wish_of(asked: MultiDict[str, str], *, is_trained: bool) -> Wish:
    """What the address asks for; codes that are not ours, or not for her, are left aside."""
    chosen = (
        (name, code)
        for name in NARROWING
        for code in asked.getlist(name)
        if _is_known(name, code) and (is_trained or not is_for_trained(name, code))
    )
    return Wish(
        view=_one_of(asked.get("view"), VIEWS) or "triage",
        chosen=tuple(dict.fromkeys(chosen))[:MOST],
        sort=_one_of(asked.get("sort"), SORTS) or "urgency",
        page=_number(asked.get("page", "1")),
    )


def wish_in(query: str, *, is_trained: bool) -> Wish:
    """The wish that `query_of` wrote."""
    try:
        pairs = parse_qsl(query, max_num_fields=2 * MOST, errors="strict")
    except ValueError:  # a number of fields that no page of ours writes, or no text
        pairs = []
    return wish_of(MultiDict(pairs), is_trained=is_trained)


def query_of(wish: Wish) -> str:
    """The wish as the query of an address; never empty, so that it can be carried along."""
    return urlencode(_pairs(wish) or [("view", wish.view)])


def address(wish: Wish, **more: str | int) -> str:
    """The address that asks for `wish`; what goes without saying is left out."""
    pairs = [*_pairs(wish), *((name, str(value)) for name, value in more.items())]
    return f"{url_for('desk.queue')}?{urlencode(pairs)}" if pairs else url_for("desk.queue")


def is_for_trained(name: str, code: str) -> bool:
    """Whether only a trained handler filters by it (E11)."""
    return (name, code) in FOR_TRAINED or (name == "reason" and code in SEXUAL)


def _pairs(wish: Wish) -> list[tuple[str, str]]:
    said = [("view", wish.view)] if wish.view != "triage" else []
    said += wish.chosen
    said += [("sort", wish.sort)] if wish.sort != "urgency" else []
    return said + ([("page", str(wish.page))] if wish.page > 1 else [])


def _is_known(name: str, code: str) -> bool:
    if name in OWN:
        return code in OWN[name]
    if name in _FREE:
        return _FREE[name](code)
    return code in VOCABULARIES[VOCABULARY[name]]


def _is_holder(code: str) -> bool:
    return code in {ME, NOBODY} or _is_id(code)


def _is_lead(code: str) -> bool:
    return code == ME or _is_id(code)


def _is_id(code: str) -> bool:
    """Whether it is an id as hex, of a member or of a tag."""
    if len(code) != _LONGEST_ID or not code.isascii() or not code.isalnum():
        return False
    try:
        return UUID(hex=code).hex == code
    except ValueError:
        return False


def _is_track(code: str) -> bool:
    track, _dot, status = code.partition(".")
    return track in VOCABULARIES["track"] and status in VOCABULARIES["track_status"]


_FREE: Final[Mapping[str, Callable[[str], bool]]] = {
    "holder": _is_holder,
    "lead": _is_lead,
    "tag": _is_id,
    "track": _is_track,
}


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 1


def _one_of(code: str | None, codes: Collection[str]) -> str | None:
    return code if code in codes else None
