"""The reports behind two published tables, told anew; the same ones each time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any, Final, TypeAlias

from intake.casework.demo_report import FULL, URGENT, DemoReport, with_gates
from intake.form.answers import Answers, Stored
from intake.form.moments import ZONE

Row: TypeAlias = Mapping[str, Any]

TABLES: Final = ("january", "march")
_UNREST: Final = date(2022, 1, 5)
_SEX: Final = {"man": "male", "boy": "male", "woman": "female"}
_ADULT: Final = ("25_39", "18_24", "40_59", "25_39", "60plus")
_CHILD: Final = ("16_17", "14_15")
_INITIALS: Final = {
    "kk": "АӘБҒДЕЖИКҚЛМНСТҰШ",
    "ru": "АБВГДЕЖИКЛМНОПРСТ",
    "en": "ABDEGIKLMNORSTUYZ",
}
_JANUARY: Final = {"kk": "{} қаңтарда", "ru": "{} января", "en": "on {} January"}
_BY_PHONE: Final = frozenset({"phone", "messenger", "office_visit"})


@dataclass(frozen=True)
class _Told:
    """One report to be made up: the `number`th of its table, about `who` in `place`."""

    number: int
    who: str
    place: Row
    language: str
    received_at: datetime
    teller: Row
    deed: Row
    after: Row

    @property
    def taken(self) -> date:
        """The day of January on which the person was taken, three days before at least."""
        day = _UNREST + timedelta(days=self.number * 3 % 8)
        return min(day, self.received_at.astimezone(ZONE).date() - timedelta(days=3))


def briefing_reports() -> tuple[DemoReport, ...]:
    """All 142 in the order in which they came, the 24 of January first."""
    found = [_report(table, told) for table in TABLES for told in _told(table)]
    return tuple(sorted(found, key=lambda report: report.received_at))


@cache
def _data() -> dict[str, Any]:
    text = (files("intake.casework") / "data" / "demo_briefing.toml").read_text("utf-8")
    return loads(text)


def _told(table: str) -> Iterator[_Told]:
    """What each count of a table stands for; everything follows from its number."""
    for number, (place, who) in enumerate(_counted(table)):
        after = _nth(_fitting("after", who, held=True if who == "unsaid" else None), number)
        yield _Told(
            number,
            who,
            place,
            _nth(place["languages"], number),
            _received(_data()[table], number),
            _nth(_fitting("teller", who, held=after["held"]), number),
            _nth(_fitting("deed", who), number * 3),
            after,
        )


def _counted(table: str) -> Iterator[tuple[Row, str]]:
    for place in _data()["place"]:
        for who, count in place.get(table, {}).items():
            yield from ((place, who) for _ in range(count))


def _fitting(kind: str, who: str, *, held: bool | None = None) -> list[Row]:
    """The rows that may be told of such a person."""
    rows = (row for row in _data()[kind] if who in row.get("who", (who,)))
    return [row for row in rows if held is None or row.get("held", held) == held]


def _nth(rows: Sequence[Any], number: int) -> Any:  # noqa: ANN401 - of whatever there is
    return rows[number % len(rows)]


def _received(table: Row, number: int) -> datetime:
    """A time in the working hours of one of the table's days."""
    days = (table["last"] - table["first"]).days + 1
    day = table["first"] + timedelta(days=number * 11 % days)
    at = time(9 + number * 5 % 9, number * 17 % 60)
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def _report(table: str, told: _Told) -> DemoReport:
    is_urgent = told.who == "unsaid"
    return DemoReport(
        key=f"{table}_{told.number + 1:03}",
        language=told.language,
        route=URGENT if is_urgent else FULL,
        channel=_nth(told.teller["channels"], told.number),
        received_at=told.received_at,
        answers=Answers(_urgent(told)) if is_urgent else with_gates(Answers(_full(told))),
    )


def _urgent(told: _Told) -> dict[str, Stored]:
    """What the urgent page asks, and no more."""
    return {
        **_common(told),
        "custody_place": ", ".join((_town(told), _kind_of_place(told))),
        "agency": tuple(told.deed["answers"]["agency"]),
        "victim_status": told.after["answers"]["victim_status"],
        "urgent_signs": ("no_contact",),
        "contact_method": ("mailbox",),
    }


def _full(told: _Told) -> dict[str, Stored]:
    answers = {**told.deed["answers"], **told.after["answers"], **told.teller["answers"]}
    return {
        **{name: _stored(value) for name, value in answers.items()},
        **_common(told),
        **_person(told),
        **_where_and_when(told),
        **_way(told),
    }


def _stored(value: Any) -> Stored:  # noqa: ANN401 - as TOML reads it
    return tuple(value) if isinstance(value, list) else value


def _common(told: _Told) -> dict[str, Stored]:
    parts = (told.teller, told.deed, told.after)
    day = _JANUARY[told.language].format(told.taken.day)
    words = " ".join(part[told.language] for part in parts)
    return {
        "victim_name": _initials(told),
        "narrative": words.replace("{day}", day),
        "detained_on": told.taken.isoformat(),
    }


def _initials(told: _Told) -> str:
    letters = _INITIALS[told.language]
    return f"{_nth(letters, told.number * 5)}. {_nth(letters, told.number * 7 + 3)}."


def _person(told: _Told) -> dict[str, Stored]:
    ages = _CHILD if told.who == "boy" else _ADULT
    return {"victim_sex": _SEX[told.who], "age_band_then": _nth(ages, told.number)}


def _town(told: _Told) -> str:
    return str(told.place["words"][told.language])


def _kind_of_place(told: _Told) -> str:
    return str(told.deed["where"][told.language])


def _where_and_when(told: _Told) -> dict[str, Stored]:
    last = told.taken + timedelta(days=1)
    found: dict[str, Stored] = {
        "town_said": _town(told),
        "place_name": _kind_of_place(told),
        "event_context": ("january_2022",),
        "act_date_to": last.isoformat(),
    }
    # Whoever names a region only finds no town to choose.
    if "town" in told.place:
        found["town"] = told.place["town"]
    if told.after["held"]:
        found["custody_place"] = _town(told)
    else:
        found["released_on"] = (last + timedelta(days=1)).isoformat()
    if "intimate" in told.deed:
        found["intimate_narrative"] = told.deed["intimate"][told.language]
    return found


def _way(told: _Told) -> dict[str, Stored]:
    if _nth(told.teller["channels"], told.number) not in _BY_PHONE:
        return {"contact_method": ("mailbox",)}
    number = f"+7 000 000 {told.number // 100:02} {told.number % 100:02}"
    return {"contact_method": ("phone",), "contact_value": number, "consent_contact": True}
