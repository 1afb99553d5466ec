"""Which advice for today fits the answers."""

import pytest

from intake.form.answers import Answers, State, Stored
from intake.form.situations import UNTOLD, situations


@pytest.mark.parametrize(
    ("told", "fitting"),
    [
        ({"method": ("beat_hands",)}, ("injured",)),
        ({"injury": ("bruises",)}, ("injured",)),
        ({"urgent_signs": ("hurt_no_doctor",)}, ("injured",)),
        ({"method": ("rape_object",)}, ("injured", "sexual")),
        ({"injury": ("pregnancy_risk",)}, ("injured", "sexual")),
        ({"intimate_narrative": "It hurts to say."}, ("sexual",)),
        ({"sexual_choice": "said"}, ("sexual",)),
        ({"sexual_choice": "no"}, UNTOLD),
        ({"victim_status": "sizo"}, ("custody",)),
        ({"victim_status": "hospital_guarded", "injury": ("burns",)}, ("injured", "custody")),
        ({"victim_status": "missing"}, ("missing",)),
        ({"victim_status": "hiding"}, ("threatened",)),
        ({"reprisal": ("surveillance",)}, ("threatened",)),
        ({"age_band_then": "14_15"}, ("child",)),
        (
            {"urgent_signs": ("under_18",), "victim_status": "police_custody"},
            ("custody", "child"),
        ),
        ({"reporter_role": "guardian"}, ("child",)),
        ({"victim_status": "deceased"}, ("death",)),
    ],
)
def test_what_was_told_brings_the_advice_that_fits(
    told: dict[str, Stored], fitting: tuple[str, ...]
) -> None:
    assert situations(Answers(told)) == fitting


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"victim_status": "free", "reprisal": ("none",), "age_band_then": "25_39"},
        {"injury": ("none_visible",), "method": ("not_said",)},
        {"victim_status": State.PREFER_NOT_TO_SAY, "injury": State.SKIPPED},
    ],
)
def test_who_tells_nothing_is_shown_what_most_need(told: dict[str, Stored | State]) -> None:
    assert situations(Answers(told)) == UNTOLD


@pytest.mark.parametrize("status", ["missing", "deceased"])
def test_nobody_is_sent_to_a_doctor_with_somebody_missing_or_dead(status: str) -> None:
    told: dict[str, Stored | State] = {"victim_status": status, "injury": ("burns", "genital")}
    found = situations(Answers({**told, "age_band_then": "u14"}))
    assert found == (("missing",) if status == "missing" else ("death",))
