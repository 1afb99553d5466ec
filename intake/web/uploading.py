"""A file in pieces, for browsers with JavaScript: what is there, and the piece that comes next.

Answers are JSON for our own script; without it the page brings the file by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote

from flask import abort, jsonify, request
from flask_babel import gettext
from werkzeug import Response

from intake import casework
from intake.casework.files.arriving import FileRefused
from intake.casework.files.in_draft import InDraft
from intake.casework.files.on_its_way import OnItsWay
from intake.casework.files.pieces import AT_ONCE, CutShort
from intake.casework.files.uploading import Holder, OutOfTurn, Upload
from intake.form.manifest import Manifest
from intake.form.questions import Attached
from intake.settings.values import KIB
from intake.web import (
    arriving,
    journey_visit,
    limits,
    mailbox_pages,
    step_addresses,
    tokens,
)
from intake.web.attached import REFUSED
from intake.web.context import now, service
from intake.web.errors import RETRY_SECONDS
from intake.web.forms import Form, token_key
from intake.web.journey_page import is_id
from intake.web.journey_steps import STEPS
from intake.web.journey_taking import NO_ROOM, TOO_LONG

TOKEN, NAME, LENGTH, INDEX = "Upload-Token", "Upload-Name", "Upload-Length", "Upload-Piece"
CARRIED: Final = "Upload-Carried"
"""Headers: what a file is called does not stand in addresses. The name is percent-encoded."""
PART: Final = 256 * KIB
REFUSALS: Final = {**REFUSED, "things": NO_ROOM}
STATUSES: Final = {"kind": 415, "empty": 422, "gone": 410}
"""Of what is not taken; the others are 413, because there is no room."""
ANSWERS: Final[Mapping[type[Exception], tuple[int, str]]] = {
    casework.SessionEnded: (410, REFUSED["gone"]),
    casework.DraftTooLong: (413, TOO_LONG),
    casework.StorageFull: (413, REFUSED["full"]),
    casework.StorageBusy: (503, REFUSED["busy"]),
    casework.Busy: (503, REFUSED["busy"]),
    CutShort: (400, ""),
}
MOST_DIGITS: Final = 18
Act = Callable[[Upload], Manifest | None]


def file_there(slug: str, id: str) -> Response:
    """How many pieces are there of the file that the headers tell of; it renews the visit."""
    answer = _answered(partial(_in_draft, slug, id), Upload.there)
    if answer.status_code != HTTPStatus.OK:
        return answer
    # Pieces set no cookie: a slow one would put back what another window was told meanwhile.
    return journey_visit.renewed(answer, journey_visit.current())


def file_piece(slug: str, id: str) -> Response:
    """Keep the next piece, which is the body as it is."""
    return _with_piece(partial(_in_draft, slug, id))


def added_file_there() -> Response:
    """The same for a file that comes into a conversation."""
    answer = _answered(_on_its_way, Upload.there)
    if answer.status_code != HTTPStatus.OK:
        return answer
    return mailbox_pages.keeping(answer, mailbox_pages.visit())


def added_file_piece() -> Response:
    """Keep the next piece of it."""
    return _with_piece(_on_its_way)


def _with_piece(find: Callable[[], Holder]) -> Response:
    limits.allow(AT_ONCE + 1)  # a stream that ends just there looks like one that was cut off
    if arriving.is_large():
        arriving.wait_for_a_place()
    answer = _answered(find, lambda upload: upload.take(_number(INDEX), _parts()))
    for _rest in _parts():  # a browser shows no answer before it sent everything
        pass
    return answer


def _answered(find: Callable[[], Holder], act: Act) -> Response:
    """What `act` finds, or why it does not happen."""
    token = request.headers.get(TOKEN, "")
    if not tokens.is_good(token_key(), Form.token_purpose(), token, now=now()):
        return _told(HTTPStatus.FORBIDDEN)
    name = unquote(request.headers.get(NAME, ""))
    try:
        holder = find()
        found = act(Upload(service(), holder, name, _number(LENGTH)))
    except OutOfTurn as out:
        return _told(HTTPStatus.CONFLICT, have=out.have)
    except (casework.CaseworkError, casework.Busy) as error:
        return _refused(error)
    return _told(
        HTTPStatus.OK,
        have=found.pieces if found else 0,
        is_whole=found is not None and found.is_whole,
        carried=holder.carried if isinstance(holder, OnItsWay) else "",
    )


def _refused(error: Exception) -> Response:
    """Why nothing more is kept, in the words of the page."""
    if isinstance(error, FileRefused):
        return _told(STATUSES.get(error.why, 413), words=REFUSALS[error.why])
    if type(error) not in ANSWERS:
        raise error
    status, words = ANSWERS[type(error)]
    answer = _told(status, words=words)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _told(
    status: int, *, have: int = 0, is_whole: bool = False, carried: str = "", words: str = ""
) -> Response:
    """An answer; each brings a fresh token, however long the page is open."""
    answer = jsonify(
        have=have,
        whole=is_whole,
        carried=carried,
        token=tokens.issue(token_key(), Form.token_purpose(), now=now()),
        words=gettext(words) if words else "",
    )
    answer.status_code = status
    return answer


def _in_draft(slug: str, id: str) -> InDraft:
    visit = journey_visit.current()
    step = STEPS.get(step_addresses.of_draft().slug_of(slug))
    if step is None or step.repeats is None or not is_id(id):
        journey_visit.opened(visit)  # without it no name of a page can be read back
        abort(404)
    if not any(isinstance(question, Attached) for question in step.repeats.questions):
        abort(404)
    return InDraft(service(), visit, step.repeats, id, now())


def _on_its_way() -> OnItsWay:
    carried = request.headers.get(CARRIED, "")
    return OnItsWay(service(), mailbox_pages.visit(), carried, now())


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        abort(400)
    return int(text)


def _parts() -> Iterator[bytes]:
    while part := request.stream.read(PART):
        yield part
