"""Facts of every kind, around a fixed time."""

from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from intake.form.dates import CivilDate
from intake.form.vocabularies import vocabulary
from intake.triage import FACTORS, Facts, Level, Raise

NOW: Final = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


def codes(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *vocabulary(name).codes])


def several(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(vocabulary(name).codes), max_size=4, unique=True).map(tuple)


def days(first: int, last: int) -> st.SearchStrategy[CivilDate | None]:
    """A day between so many days before and after now, said more or less exactly."""
    said = st.builds(
        lambda days, precision: CivilDate((NOW + timedelta(days=days)).date(), precision),
        st.integers(first, last),
        st.sampled_from(["exact", "exact", "approx", "month", "year"]),
    )
    return st.none() | said.map(lambda date: CivilDate.from_text(str(date)))


def exact_days(first: int, last: int) -> st.SearchStrategy[CivilDate]:
    return st.integers(first, last).map(lambda n: CivilDate((NOW + timedelta(days=n)).date()))


def moments() -> st.SearchStrategy[datetime | None]:
    return st.none() | st.integers(-90_000, 0).map(
        lambda minutes: NOW + timedelta(minutes=minutes)
    )


raises = st.none() | st.builds(Raise, st.sampled_from(Level), st.just("someone"), st.just(NOW))
times = st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0))
yes_no = codes("yes_no")
harmless = st.sampled_from([()] * 3 + [(factor.code,) for factor in FACTORS])

facts: st.SearchStrategy[Facts] = st.builds(
    Facts,
    received_at=st.integers(0, 200).map(lambda hours: NOW - timedelta(hours=hours)),
    language=st.sampled_from(["", "en", "ru", "kk"]),
    reporter_role=codes("reporter_role"),
    minors_among=st.integers(0, 2),
    minor_held_among=st.booleans(),
    sexual_told=st.booleans(),
    contact_method=several("contact_method"),
    victim_status=codes("victim_status"),
    custody_acknowledged=codes("custody_acknowledged"),
    detained_on=days(-8, 0),
    detained_time=times,
    held_by_agency=codes("agency"),
    last_ill_treatment_on=days(-50, 0),
    last_ill_treatment_time=times,
    continues=yes_no,
    methods=several("method"),
    injuries=several("injury"),
    still_present=yes_no,
    injured=st.booleans(),
    agency=several("agency"),
    perpetrator_identified_in_post=yes_no,
    pattern_count=st.integers(0, 4),
    age_band_then=codes("age_band"),
    minor_now=st.booleans(),
    vulnerability=several("vulnerability"),
    occupation_profile=several("occupation_profile"),
    reprisals=several("reprisal"),
    self_harm_marked=st.booleans(),
    medical_denied_now=st.booleans(),
    isolated_now=st.booleans(),
    removal_on=days(-1, 20),
    removal_soon=st.booleans(),
    medical_exam=several("medical_exam"),
    death_on=days(-12, 0),
    died_in_custody=yes_no,
    burial_or_autopsy_pending=yes_no,
    signed=several("signed"),
    lawyer_access=codes("lawyer_access"),
    legal_steps=several("legal_step"),
    complaint_filed_on=days(-3, 0),
    erdr_number_known=st.booleans(),
    hearing_on=days(-1, 20),
    hearing_time=times,
    deadlines=st.lists(days(-1, 30).filter(bool), max_size=2).map(tuple),
    raised=raises,
    switched_off=harmless,
    switched_off_at=moments(),
    first_contact_at=moments(),
    first_from_coalition_at=moments(),
    last_from_coalition_at=moments(),
    last_from_reporter_at=moments(),
)
# Most people say little: mild facts have few fields, so that low levels are met as well.
mild: st.SearchStrategy[Facts] = st.builds(
    Facts,
    received_at=st.just(NOW),
    victim_status=st.sampled_from(["", "free", "deceased", "police_custody"]),
    detained_on=days(-8, 0),
    last_ill_treatment_on=days(-50, 0),
    last_ill_treatment_time=times,
    methods=several("method").map(lambda found: found[:1]),
    injuries=several("injury").map(lambda found: found[:1]),
    removal_on=days(-1, 20),
    death_on=days(-12, 0),
    complaint_filed_on=days(-3, 0),
    hearing_on=days(-1, 20),
    hearing_time=times,
    deadlines=st.lists(days(-1, 30).filter(bool), max_size=2).map(tuple),
    switched_off=harmless,
    switched_off_at=moments(),
)
any_facts = facts | mild
# A free person with a hearing to come: nothing presses now, so time alone must raise it.
rising: st.SearchStrategy[Facts] = st.builds(
    Facts,
    received_at=st.just(NOW - timedelta(days=4)),
    victim_status=st.just("free"),
    last_ill_treatment_on=st.none() | exact_days(-50, -8),
    methods=st.sampled_from([(), ("beat_hands",), ("rape",)]),
    removal_on=st.none() | exact_days(4, 30),
    complaint_filed_on=st.none() | st.just(CivilDate(NOW.date())),
    hearing_on=exact_days(4, 30),
    hearing_time=times,
    deadlines=st.lists(exact_days(16, 40), max_size=2).map(tuple),
)
