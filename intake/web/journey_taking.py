"""What becomes of a page that is sent: with every button it is kept, and leads on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from flask import make_response, request, url_for
from werkzeug import Response

from intake import casework
from intake.casework.files.owning import forgotten
from intake.form.answers import Answers
from intake.form.draft import Draft
from intake.form.questions import AnyQuestion
from intake.form.text import _
from intake.settings import LANGUAGES
from intake.web import arriving, consent_end, filed, journey_visit, shown_words
from intake.web.attached import AttachedFile
from intake.web.context import now, service
from intake.web.fields import page_class
from intake.web.forms import TOKEN, Form
from intake.web.journey_form import Place, drawn, fingerprint, is_said, overwritten, taken
from intake.web.journey_leading import back, in_language, onward
from intake.web.journey_page import Page, address, drawn_page
from intake.web.staff_forms import language_asked_for

ON: Final = "on"
"""The button that judges what was typed; every other one keeps it as it is."""
BUTTONS: Final = frozenset({"back", "skip", "save", "finish", "find", "remove", "open", "anew"})
NOT_KEPT: Final = _(
    "We could not keep this page just now. Nothing is lost: what you typed is still here. "
    "Press the button again in a minute."
)
TOO_LONG: Final = _(
    "This report is too long for one sending, so this page is not kept yet. What you typed is "
    "still here. Send the report as it is: with its code you can add more afterwards."
)
NO_ROOM: Final = _("There is no room for one more here. Write the rest in your own words.")
CHANGED: Final = _(
    "This page was changed in another window. Nothing is overwritten yet: what you typed is "
    "here, and what is kept now stands beside it. Press a button again to keep what you typed."
)


@dataclass
class Overwritten(Exception):  # noqa: N818 - what would be
    """Other answers came to the draft since the page was drawn."""

    draft: Draft = field(repr=False)
    questions: tuple[AnyQuestion, ...] = field(repr=False)


class NoRoom(Exception):  # noqa: N818
    """There are as many things of this kind as may be."""


@dataclass(frozen=True)
class Sent:
    """A page as it came: where it belongs, its form, and whether all of it can be read."""

    place: Place
    form: Form = field(repr=False)
    questions: tuple[AnyQuestion, ...]
    is_good: bool
    is_refused: bool = False
    """Whether it brought a file that is not taken: whichever button sent it must say so."""

    @property
    def files(self) -> list[AttachedFile]:
        return [field for field in self.form if isinstance(field, AttachedFile)]

    def without_files(self) -> Form:
        """The form, which says that no file of it is kept."""
        for brought in self.files:
            brought.lose()
        return self.form

    @classmethod
    def of(cls, place: Place, draft: Draft) -> Sent:
        """What this request carries for a page that this draft drew."""
        questions = drawn(place, draft, request.form)
        form = page_class(questions)()
        is_good = all([form.is_accepted(), consent_end.is_to_come(form)])
        refused = [f for f in form if isinstance(f, AttachedFile) and f.errors]
        if pressed() != ON:
            for unjudged in (f for f in form if f.name != TOKEN and f not in refused):
                unjudged.errors = ()
        return cls(place, form, questions, is_good, is_refused=bool(refused))


def pressed() -> str:
    """Which button sent the page; Enter presses Continue."""
    if request.form.get("to") in LANGUAGES or language_asked_for():
        return "to"
    go = request.form.get("go", ON)
    return go if go in BUTTONS else ON


def take_page(place: Place, visit: str) -> Response:
    """Keep what the page says and go where it leads; or show it again, and say why.

    Raises `SessionEnded`, `StorageFull`, `StorageBusy` and `vault.BusyError`.
    """
    stored = journey_visit.opened(visit).draft
    sent = Sent.of(place, stored)
    as_sent = Page(place, stored, sent.form, seen=seen())
    if sent.form[TOKEN].errors:
        sent.without_files()
        return _again(as_sent, visit, HTTPStatus.UNPROCESSABLE_ENTITY)
    before: list[Draft] = []  # in the transaction: what was sent meanwhile is not forgotten

    def how(draft: Draft) -> Draft:
        before[:] = [draft]
        return _kept(sent, draft)

    try:
        draft = journey_visit.changed(visit, how)
    except Overwritten as clash:
        form = sent.without_files()
        page = Page(place, clash.draft, form, notice=CHANGED, clash=clash.questions)
        return _again(page, visit, HTTPStatus.CONFLICT)
    except (casework.DraftTooLong, NoRoom) as error:
        notice = NO_ROOM if isinstance(error, NoRoom) else TOO_LONG
        sent.without_files()
        return _again(replace(as_sent, notice=notice), visit, HTTPStatus.UNPROCESSABLE_ENTITY)
    arriving.keep(draft.answers)
    forgotten(service(), before[0].answers, draft.answers)
    return _answer(sent, visit, stored, draft)


def _answer(sent: Sent, visit: str, before: Draft, draft: Draft) -> Response:
    if sent.is_refused or (pressed() == ON and not sent.is_good):
        page = Page(sent.place, draft, _with_kept_files(sent, draft))
        return _again(page, visit, HTTPStatus.UNPROCESSABLE_ENTITY)
    if pressed() == "save" and filed.is_filed():
        return journey_visit.to(url_for(".kept"))
    if pressed() == "save":
        saved = casework.save_draft(service(), visit, now=now())
        return journey_visit.keeping(journey_visit.to(url_for(".kept")), saved.visit)
    return journey_visit.renewed(journey_visit.to(way_on(sent, before, draft)), visit)


def _with_kept_files(sent: Sent, draft: Draft) -> Form:
    answers = sent.place.answers(draft)
    for brought in sent.files:
        if (kept := answers[brought.question]) is not None:
            brought.show(kept)
    return sent.form


def seen() -> str:
    """The fingerprint that the page was drawn with."""
    return request.form.get("seen", "")


def _again(page: Page, visit: str, status: int) -> Response:
    return journey_visit.renewed(make_response(drawn_page(page), status), visit)


def _kept(sent: Sent, before: Draft) -> Draft:
    if is_removed(sent.place):
        return sent.place.put(before, Answers(), _typed_elsewhere(sent.place, before))
    if _is_full(sent.place, before):
        raise NoRoom
    after = taken(sent.place, before, sent.form, sent.questions)
    if seen() != fingerprint(sent.place, before):
        lost = overwritten(sent.place, before, after, sent.questions)
        if lost:
            raise Overwritten(before, lost)
    return _passed(sent, _with_words(sent, after))


def _with_words(sent: Sent, draft: Draft) -> Draft:
    """The draft with the versions of the words that this page showed."""
    codes = shown_words.codes_of(sent.questions)
    if not codes:
        return draft
    named = shown_words.shown(draft.words).named(codes)
    return replace(draft, words=MappingProxyType({**draft.words, **named}))


def way_on(sent: Sent, before: Draft, draft: Draft) -> str:
    """Where the button that was pressed leads."""
    place = sent.place
    here = {
        "find": lambda: address(place, anchor="found"),
        "open": lambda: address(place),
        "anew": lambda: address(place),
        "to": lambda: in_language(place),
        "finish": lambda: url_for(".check"),
        "back": lambda: back(place, draft),
    }
    if pressed() in here:
        return here[pressed()]()
    if pressed() == "remove" and not is_removed(place):
        return address(place, away="ask")
    if pressed() == ON and opened_here(sent, draft):
        return address(place)
    return onward(place, before, draft)


def is_removed(place: Place) -> bool:
    """Whether the page asked for the thing to be taken away, and that was wished."""
    return bool(place.item) and pressed() == "remove" and "sure" in request.form


def opened_here(sent: Sent, draft: Draft) -> bool:
    """Whether these answers ask for more on the same page than stood on it."""
    return any(question not in sent.questions for question in sent.place.asked(draft))


def _is_full(place: Place, draft: Draft) -> bool:
    if not place.item or draft.answers.item(place.repeated, place.item):
        return False
    return len(draft.answers.of(place.repeated)) >= place.repeated.most


def _typed_elsewhere(place: Place, draft: Draft) -> dict[str, str]:
    mine = {place.key(question) for question in place.questions}
    return {key: text for key, text in draft.typed.items() if key not in mine}


def _passed(sent: Sent, draft: Draft) -> Draft:
    slug = sent.place.step.slug
    if pressed() == "skip" and not sent.place.item:
        return draft.passing(slug, skipping=not is_said(sent.place, draft))
    is_through = pressed() == ON and sent.is_good and not opened_here(sent, draft)
    return draft.passing(slug) if is_through and not sent.place.item else draft
