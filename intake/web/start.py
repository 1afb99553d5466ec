"""The first pages: who runs this and what to expect, what helps today, how to stay safer."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from intake.casework.statements import fixed
from intake.form.law import ADVICE
from intake.settings import EmergencyNumber
from intake.web import context
from intake.web.languages import PREFIX

start = Blueprint("start", __name__)


@start.get("/")
def root() -> ResponseReturnValue:
    """To the start page in the language the browser prefers."""
    answer = redirect(f"/{context.preferred_language()}/", 302)
    answer.vary.add("Accept-Language")
    return answer


@start.get(f"{PREFIX}/")
def home() -> str:
    """Who runs this, what happens next, what is not promised, and two ways in."""
    return render_template("report/start.html", **told())


@start.get(f"{PREFIX}/today/")
def today() -> str:
    """What can be done today, by situation; nobody is asked which one it is."""
    return render_template("site/today.html", **told())


@start.get(f"{PREFIX}/real/")
def real() -> str:
    """Our true address as we tell it, how to compare it, and safer ways in."""
    told = context.told()
    return render_template(
        "site/real.html",
        addresses=told.public_addresses,
        onion_address=told.onion_address,
        printed_where=told.printed_where.said_in(context.language()),
    )


@start.get(f"{PREFIX}/safety/")
def safety() -> str:
    """Devices, traces, what becomes of what is typed, and what leaving does and does not."""
    return render_template("report/safety.html", **told())


def told() -> dict[str, Any]:
    """What is told about the coalition, in the language of the page."""
    settings, told = context.service().settings, context.told()
    return {
        "coalition": told.coalition.said_in(context.language()),
        "duty_hours": told.duty_hours.said_in(context.language()),
        "emergency_numbers": [_line(n) for n in told.emergency_numbers if n.checked],
        "draft_days": settings.draft_days,
        "idle_hours": settings.public_idle_hours,
    }


@dataclass(frozen=True)
class LawLine:
    """A line about the law, and whether a lawyer has checked these words."""

    words: str
    is_checked: bool


def law_line(code: str) -> LawLine:
    """One line of the advice, by its code."""
    statement = fixed()[f"advice.{code}"]
    return LawLine(ADVICE[code].words, context.told().is_checked(statement))


def _line(number: EmergencyNumber) -> tuple[str, str]:
    return number.number, number.label.said_in(context.language())
