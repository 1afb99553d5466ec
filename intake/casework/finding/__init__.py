"""Finding cases: the queue, its views and filters, and what a row of it says."""

from intake.casework.finding.beside import Beside, beside
from intake.casework.finding.facets import BY_NAME, FACETS, FOR_TRAINED, Facet
from intake.casework.finding.queue import PAGE_SIZE, QueuePage, counts_of, queue, row_of
from intake.casework.finding.rows import Row
from intake.casework.finding.sieve import SEXUAL
from intake.casework.finding.wish import ME, NARROWING, NOBODY, SORTS, VIEWS, Wish

__all__ = [
    "BY_NAME",
    "FACETS",
    "FOR_TRAINED",
    "ME",
    "NARROWING",
    "NOBODY",
    "PAGE_SIZE",
    "SEXUAL",
    "SORTS",
    "VIEWS",
    "Beside",
    "Facet",
    "QueuePage",
    "Row",
    "Wish",
    "beside",
    "counts_of",
    "queue",
    "row_of",
]
