"""One page of the form as it is drawn: its questions, what stands around them, its buttons."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from flask import render_template, request, url_for

from intake.casework.blank_form import number_on_paper
from intake.casework.statements import fixed
from intake.form import journey
from intake.form.answers import ITEM_ID, Item
from intake.form.body import Regions
from intake.form.draft import Draft
from intake.form.figures import figure
from intake.form.questions import AnyQuestion, Attached, Tick
from intake.form.sections.consents import ABOUT_COMPLAINTS
from intake.form.steps import Step
from intake.web import context, filed, journey_words, shown_words
from intake.web.fields import ChosenCodes, state_name
from intake.web.forms import Form, OnceForm
from intake.web.journey_form import Place, fingerprint, offering
from intake.web.typed import Typed

CHECK: Final = "check"
"""The page that somebody came from and goes back to, in the address and in the form."""
UNFOLDED: Final = 25  # options
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz234567"
_LENGTH: Final = 8


class CodeForm(OnceForm):
    """The return code, asked for where the visit ended while somebody wrote."""

    code = Typed(most=200)


@dataclass(frozen=True)
class Page:
    """A page with what stands in its form, and what goes with it this time.

    `is_full` says that the disk has no room for it, but still has some for the short page.
    `seen` is the fingerprint to send back where it is not that of `draft`; `code` is there
    where the visit has ended.
    """

    place: Place
    draft: Draft = field(repr=False)
    form: Form = field(repr=False)
    notice: str = ""
    is_full: bool = False
    clash: tuple[AnyQuestion, ...] = ()
    seen: str | None = None
    code: CodeForm | None = None

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """What is asked, in the order of the page: all that its form has."""
        return tuple(q for q in self.place.questions if q.name in self.form)

    @property
    def heading(self) -> AnyQuestion | None:
        """The question that is the page's heading, where nothing else stands on it."""
        step = self.place.step
        is_alone = len(self.questions) == 1 and step.repeats is None and not step.told
        only = self.questions[0] if is_alone else None
        return None if isinstance(only, Tick) else only

    @property
    def is_known(self) -> bool:
        """Whether the thing that the page is about is in the draft already."""
        return any(thing.id == self.place.item for thing in self._things)

    @property
    def _things(self) -> tuple[Item, ...]:
        repeated = self.place.step.repeats
        return self.draft.answers.of(repeated) if repeated else ()

    @property
    def title(self) -> str:
        """What stands over the page where no question is its heading."""
        if self.place.item:
            return journey_words.name_of(self.place, self.draft)
        return journey_words.title_of(self.place.step, self.draft.answers)


def address(place: Place, *, anchor: str | None = None, away: str | None = None) -> str:
    """Where the page is; it goes on leading back to the check where it did."""
    return url_for(
        ".show",
        slug=place.step.slug,
        id=place.item or None,
        then=came_from(),
        away=away,
        _anchor=anchor,
    )


def came_from() -> str | None:
    """`check` where somebody came from there to change something."""
    return CHECK if request.values.get("then") == CHECK else None


def fresh_id() -> str:
    """The id of a thing that is not told of yet."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def is_id(text: str) -> bool:
    """Whether this may be the id of a thing."""
    return ITEM_ID.fullmatch(text) is not None


def drawn_page(page: Page) -> str:
    """The page: a list of things where its step repeats, else questions."""
    is_list = page.place.step.repeats is not None and not page.place.item
    offering(page.form, page.place.around(page.draft))
    _unfold(page)
    words = shown_words.shown(page.draft.words)
    return render_template(
        "report/journey/things.html" if is_list else "report/journey/step.html",
        page=page,
        form=page.form,
        judged=page.code or page.form,
        seen=fingerprint(page.place, page.draft) if page.seen is None else page.seen,
        states=journey_words.STATES,
        label_of=partial(_label_of, page),
        state_name=state_name,
        standing=journey_words.standing(page.place, page.draft, page.clash),
        hint_of=partial(journey_words.hint_of, shown=words),
        explained=partial(journey_words.explained, shown=words),
        words=words.field(shown_words.codes_of(page.questions)),
        has_unchecked=has_unchecked(page.place.step),
        units=journey_words.units,
        upload=_upload_address(page),
        figure=_figure(page),
        **around(page.place, page.draft),
        **_things(page.place, page.draft) if is_list else {},
    )


def _label_of(page: Page, question: AnyQuestion) -> str:
    """What is asked; for who types in a form on paper, with the number that it has there."""
    label = journey_words.label_of(question, page.draft.answers)
    if not filed.is_recorded():
        return label
    number = number_on_paper(page.place.step.slug, question.name)
    return f"{number} {label}" if number else label


def _figure(page: Page) -> str:
    """Which body is drawn; none where no place is asked for that lies on the pictures."""
    is_drawn = any(isinstance(q, Regions) and q.drawn for q in page.questions)
    return figure(page.draft.answers) if is_drawn else ""


def _upload_address(page: Page) -> str:
    """Where a file of this page may go in pieces; empty where none may come."""
    is_asked = any(isinstance(question, Attached) for question in page.questions)
    if not is_asked or not page.place.item or page.code:
        return ""
    return url_for(".file_there", slug=page.place.step.slug, id=page.place.item)


def has_unchecked(step: Step) -> bool:
    """Whether the page begins with what the law says and no lawyer has checked."""
    notice = fixed()["notice.complaint"]
    return step.told == ABOUT_COMPLAINTS and not context.told().is_checked(notice)


def _unfold(page: Page) -> None:
    """A list that has the page to itself need not be folded up."""
    only = page.form[page.questions[0].name] if len(page.questions) == 1 else None
    if isinstance(only, ChosenCodes) and only.kind == "select" and len(only.terms) <= UNFOLDED:
        only.kind = "choice"


def around(place: Place, draft: Draft) -> dict[str, object]:
    """What each page of a step says about where it stands."""
    section, asked = journey.section_of(place.step), journey.sections_for(draft.answers)
    return {
        "step": place.step,
        "item": place.item,
        "section": section,
        "part": asked.index(section) + 1,
        "sections": len(asked),
        "then": came_from(),
    }


def _things(place: Place, draft: Draft) -> dict[str, object]:
    if place.step.repeats is None:
        return {}
    things = journey_words.things(place.step.repeats, draft.answers)
    return {
        "things": things,
        "fresh": fresh_id() if len(things) < place.step.repeats.most else "",
    }
