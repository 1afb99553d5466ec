"""Where a page leads once it is kept, button by button."""

from __future__ import annotations

from dataclasses import replace

from flask import request, url_for

from intake.form import journey
from intake.form.draft import Draft
from intake.web import filed, journey_visit
from intake.web.journey_form import Place
from intake.web.journey_page import CHECK, address, came_from


def in_language(place: Place) -> str:
    """The same page in the language that was pressed; of a filing the cookie names that."""
    if filed.is_filed():
        return address(place)
    return url_for(
        ".show",
        language=request.form["to"],
        slug=place.step.slug,
        id=place.item or None,
        then=came_from(),
    )


def back(place: Place, draft: Draft) -> str:
    """From a thing to its list, from a changed page to the check, else one page back."""
    if place.item:
        return address(replace(place, item=""))
    if came_from():
        return url_for(".check")
    earlier = journey.step_before(place.step.slug, draft.answers)
    return url_for(".begin") if earlier is None else address(Place(earlier))


def onward(place: Place, before: Draft, draft: Draft) -> str:
    """From a thing to its list; to what a changed answer asks anew, else to the check."""
    if place.item:
        return address(replace(place, item=""))
    if not came_from():
        return journey_visit.address_of(draft)
    known = {step.slug for step in journey.asked_steps(before.answers)} | {*draft.passed}
    fresh = (s for s in journey.asked_steps(draft.answers) if s.slug not in known)
    step = next(fresh, None)
    if step is None:
        return url_for(".check")
    return url_for(".show", slug=step.slug, then=CHECK)
