"""Letting a page of the form bring a file: where it goes, and how large it may be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from threading import BoundedSemaphore
from typing import Final
from uuid import UUID

from flask import Flask, abort, g, request

from intake import casework
from intake.casework.files import rooms
from intake.casework.files.arriving import Arriving, FileRefused, Room
from intake.casework.files.rooms import NOWHERE
from intake.form.answers import Answers
from intake.form.files import attached
from intake.form.questions import Attached
from intake.settings import Settings
from intake.settings.values import MIB
from intake.web import journey_visit, limits
from intake.web.attached import Sealing
from intake.web.context import now, service
from intake.web.journey_form import Place

BESIDE: Final = 1 * MIB
"""What a form with a file may carry besides it."""
SMALL: Final = 4 * MIB
_ARRIVED: Final = "intake.arrived"
_PLACE: Final = "intake.place"
PLACES: Final = "intake.places"
FOR_WORDS: Final = 3
"""The threads of a process that stay free for words, however many large files arrive."""


def expect(visit: str, place: Place | None) -> None:
    """Let this request bring a file for this page of the report that is being written."""

    def room() -> Room:
        if place is None or not any(isinstance(q, Attached) for q in place.questions):
            return NOWHERE
        answers = journey_visit.opened(visit).draft.answers
        others = answers.without_item(place.repeated, place.item)
        return rooms.in_draft(service(), visit, others, now=now())

    _expect(room)


def expect_nothing() -> None:
    """Let this request bring its words, and let go whatever file comes with them."""
    _expect(lambda: NOWHERE)


def expect_behind(visit: str) -> None:
    """The same for an answer behind the return code."""
    _expect(lambda: rooms.behind_code(service(), visit, now=now()))


def _expect(find_room: Callable[[], Room]) -> None:
    """Say, before anything is read, what becomes of a file that comes.

    Ends with 503 where so many large ones arrive that nobody else could write any more.
    """
    if request.mimetype != "multipart/form-data":
        return
    if is_large():
        wait_for_a_place()
    try:
        room = _for_one(find_room())
    except (casework.SessionEnded, casework.UnknownCode, casework.ExpiredCode):
        room = NOWHERE
    arrived: list[Sealing] = request.environ.setdefault(_ARRIVED, [])

    def receive(name: str) -> Sealing:
        arrived.append(Sealing(Arriving(service(), name, room)))
        return arrived[-1]

    limits.allow_files(service().settings.file_bytes + BESIDE, receive)


def is_large() -> bool:
    """Whether much comes with this request, or nobody says how much."""
    length = request.content_length
    return length is None or length > SMALL


def _for_one(room: Room) -> Room:
    """Room for one file of a request; every other is let go as soon as it is known as one."""
    begun: list[UUID] = []

    def begin(file: UUID) -> None:
        if begun:
            raise FileRefused("two")
        begun.append(file)
        room.begin(file)

    return Room(room.bytes, begin)


def keep(stored: Answers) -> None:
    """Keep what arrived with this request and stands in what was stored now, nothing else."""
    held = {one.manifest.id for one in attached(stored)}
    arrived: list[Sealing] = request.environ.pop(_ARRIVED, [])
    request.environ[_ARRIVED] = [sealing for sealing in arrived if sealing.id not in held]


def wait_for_a_place() -> None:
    """Let this request bring much; 503 where so many do that nobody else could write."""
    if _PLACE in request.environ:
        return
    places: BoundedSemaphore = g.places
    if not places.acquire(blocking=False):
        limits.drain()
        abort(503)
    request.environ[_PLACE] = stack = ExitStack()
    stack.callback(places.release)


def install(app: Flask, settings: Settings) -> None:
    """Give places to large files; after each request what was not kept goes, and its place."""
    app.extensions[PLACES] = BoundedSemaphore(max(1, settings.threads - FOR_WORDS))

    @app.before_request
    def begin() -> None:
        g.places = app.extensions[PLACES]

    @app.teardown_request
    def over(_error: BaseException | None) -> None:
        with request.environ.pop(_PLACE, ExitStack()):
            for sealing in request.environ.pop(_ARRIVED, ()):
                with suppress(casework.CaseworkError):  # the nightly sweep comes by
                    sealing.forget()
