"""Eleven clients in one SIZO, as their lawyer knows them: by heart, and out of her list."""

from collections.abc import Mapping
from typing import Final

CLIENTS: Final = 11
UNTIL: Final = "31.12.2027"
"""The last day of her papers."""
OF_HERSELF: Final[Mapping[str, str]] = {
    "reporter_name": "Saule A.",
    "under_non_disclosure": "yes",
}
OF_THE_PLACE: Final[Mapping[str, str]] = {
    "victim_status": "sizo",
    "custody_place": "Taldykorgan, SIZO",
    "detained_on": "02.11.2026",
    "act_date_from": "03.11.2026",
    "place_name": "The SIZO of Taldykorgan",
    "agency": "prison_staff",
}
CHOSEN: Final = frozenset(
    {"under_non_disclosure", "victim_status", "agency", "authority_doc", "victim_knowledge"}
)
"""What is ticked; the rest is typed."""
METHOD: Final = "beat_object"
TITLES: Final = (
    "Name for us",
    "Where the person is now",
    "Where the person is held",
    "Taken on",
    "Happened on",
    "Place",
    "",
    "What was done",
    "Your paper",
    "Your paper is good until",
    "Knows about the report",
    "What happened",
)
"""The seventh column lacks its title: who did it."""
WRONG_DAY, WRONG_METHOD, UNTITLED = "#cell-1-4", "#cell-2-8", "#column-7"


def of_client(number: int) -> dict[str, str]:
    """What differs from client to client."""
    return {
        "client_name_for_us": f"The one of cell {number}",
        "authority_doc": "defence_notice",
        "authority_until": UNTIL,
        "victim_knowledge": "agreed",
        "narrative": story(number),
    }


def story(number: int) -> str:
    """Words of one client, which no other report may hold."""
    return f"He told me how they beat him with a stick in cell {number}, night after night."


def listed(number: int) -> str:
    """What she calls somebody of her list."""
    return f"The one of list {number}"


def listed_story(number: int) -> str:
    """Words of somebody of her list."""
    return f"She told me what was done to her behind door {number}, and who stood by."


def table(count: int) -> str:
    """Her list as CSV, with three faults: no such day, no such method, no title."""
    rows = [list(TITLES), *(_row(number) for number in range(1, count + 1))]
    rows[1][3] = "31.11.2026"
    rows[2][7] = "Hit with keys"
    return "\n".join(";".join(row) for row in rows)


def _row(number: int) -> list[str]:
    return [
        listed(number),
        "SIZO",
        OF_THE_PLACE["custody_place"],
        OF_THE_PLACE["detained_on"],
        OF_THE_PLACE["act_date_from"],
        OF_THE_PLACE["place_name"],
        OF_THE_PLACE["agency"],
        METHOD,
        "defence_notice",
        UNTIL,
        "agreed",
        listed_story(number),
    ]
