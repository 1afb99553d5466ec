"""Town and first-level unit of a case, out of what was chosen and what was written."""

from datetime import date

from intake.form import conditions, events, towns
from intake.form.answers import Answers
from intake.form.places import locality_in, unit_in, unit_of, unit_then
from intake.form.vocabularies import vocabulary


def whereabouts(answers: Answers, today: date) -> dict[str, str | None]:
    """Town, unit today and unit on the day of the event; a choice is believed before words."""
    chosen, words = answers[events.REGION_OF_EVENT], _words(answers)
    town = _chosen_town(answers)
    if town is None:
        named = next(filter(None, map(_town_in, words)), None)
        # Words may name the town where somebody is held now, the choice is about the event.
        town = named if named and chosen in {None, unit_of(named, today)} else None
    region = unit_of(town, today) if town else chosen or _unit_in(words)
    day = _event_day(answers, today)
    then = unit_of(town, day) if town else region and unit_then(region, day)
    return {"locality": town, "region": region, "region_then": then}


def _chosen_town(answers: Answers) -> str | None:
    town = answers[towns.TOWN]
    return town if town in vocabulary("locality") else None


def _town_in(words: str) -> str | None:
    town = locality_in(words)
    return town.code if town else None


def _unit_in(words: tuple[str, ...]) -> str | None:
    return next(filter(None, map(unit_in, words)), None)


def _words(answers: Answers) -> tuple[str, ...]:
    """What was written about places, the telling words first: where somebody is held now."""
    of_event = (answers[towns.TOWN_SAID] or "", answers[events.PLACE_NAME] or "")
    of_custody = answers[events.CUSTODY_PLACE] or ""
    is_free = answers[events.VICTIM_STATUS] and not (
        conditions.in_custody(answers) or conditions.is_missing(answers)
    )
    return (*of_event, of_custody) if is_free else (of_custody, *of_event)


def _event_day(answers: Answers, today: date) -> date:
    said = answers[events.ACT_DATE_FROM] or answers[events.DETAINED_ON]
    return said.day if said else today
