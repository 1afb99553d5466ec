"""What the demo's coordinators give to specialists, and what these have answered."""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.resources import files
from tomllib import loads

from intake.casework.given import answer, given
from intake.casework.offering import offer
from intake.casework.reader import Reader
from intake.vault import Slot

Readers = Callable[[str], Reader]


def give(reader_of: Readers, refs: Mapping[str, str], now: datetime) -> None:
    """Offer the cases of `refs`, by their keys; `reader_of` gives who has a handle."""
    text = (files("intake.casework") / "data" / "demo_given.toml").read_text("utf-8")
    for row in loads(text)["given"]:
        specialist = reader_of(row["to"])
        parts = tuple(map(Slot, row["parts"]))
        giver, ref = reader_of(row["by"]), refs[row["key"]]
        offer(giver, ref, specialist.member, parts, row["note"], now=now)
        if "answer" in row:
            (told,) = given(specialist).offers
            answer(specialist, told.id, row["answer"], accepted=True, now=now)
