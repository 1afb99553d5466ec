"""Counting: plain values in, plain tables out; knows no case, no member and no framework."""

from intake.statistics.ages import BANDS, TURNS, Ages, Band, Waiting, ages
from intake.statistics.lateness import Late, Lateness, lateness
from intake.statistics.loads import Held, Load, loads
from intake.statistics.reasons import Fired, fired
from intake.statistics.responses import First, Response, responses
from intake.statistics.spread import nearest_rank
from intake.statistics.weeks import Arrivals, Came, arrivals, mondays

__all__ = [
    "BANDS",
    "TURNS",
    "Ages",
    "Arrivals",
    "Band",
    "Came",
    "Fired",
    "First",
    "Held",
    "Late",
    "Lateness",
    "Load",
    "Response",
    "Waiting",
    "ages",
    "arrivals",
    "fired",
    "lateness",
    "loads",
    "mondays",
    "nearest_rank",
    "responses",
]
