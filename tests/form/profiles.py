"""People who write, by what they answered so far: together they meet every page of theirs."""

from typing import Final

from intake.form.answers import Answers, State, Stored
from intake.form.vocabularies import vocabulary


def told(**values: Stored | State) -> Answers:
    return Answers(values)


GROUPS: Final = tuple(code for code in vocabulary("method_group").codes if code != "sexual")
PROFILES: Final = {
    "nobody": told(),
    "free": told(
        reporter_role="victim",
        victim_status="free",
        age_band_then="25_39",
        in_detail="yes",
        method_group=GROUPS,
        sexual_choice="tell",
        injury=("bruises", "fear"),
        body_region=("nose", "upper_back", "hand_left", "sole_right", "private"),
        legal_step=("prosecutor",),
        evidence=("intimate_photo",),
        consent=("statistics",),
    ),
    "brief": told(reporter_role="victim", victim_status="free", in_detail="no"),
    "child": told(reporter_role="victim", victim_age=15, consent=("statistics",)),
    "held": told(reporter_role="relative", victim_status="police_custody"),
    "mother": told(reporter_role="guardian", victim_status="free", consent=("refer_internal",)),
    "searching": told(reporter_role="relative", victim_status="missing"),
    "mourning": told(reporter_role="relative", victim_status="deceased"),
    "unasked": told(reporter_role="witness", victim_knowledge="does_not_know"),
    "lawyer": told(
        reporter_role="lawyer",
        victim_status="sizo",
        victim_knowledge="agreed",
        authority_doc=("defence_notice",),
        legal_step=("prosecutor",),
        consent=("state_complaint",),
    ),
    "silenced": told(
        reporter_role="lawyer",
        victim_status="sizo",
        victim_knowledge="agreed",
        under_non_disclosure="yes",
        legal_step=("prosecutor",),
    ),
}
BY_STAFF: Final = {
    "recorded": told(channel="office_visit", reporter_role="victim", victim_status="free"),
}
"""What staff take down, on pages that nobody else meets."""
EVERYBODY: Final = PROFILES | BY_STAFF
