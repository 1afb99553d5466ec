# ruff: noqa: RUF001 - people write in Cyrillic letters
"""Finding towns in what people type."""

from datetime import date

import pytest

from intake.form.folding import folded
from intake.form.places import find_localities, locality_in, unit_in, unit_of
from intake.form.vocabularies import vocabulary

# domain 3.2: the names as the seeds and other texts write them, each row one place.
SPELLINGS = {
    "taldykorgan": "Taldyqorghan Taldyqorghhan Taldykorgan Талдыкорган Талдықорған",
    "aktobe": "Aqtobe Aktobe Актобе Ақтөбе Aktyubinsk",
    "oskemen": "Oskemen Öskemen Өскемен Усть-Каменогорск Ust-Kamenogorsk",
    "oral": "Uralsk Oral Орал Уральск",
    "semey": "Semey Семей Semipalatinsk",
    "kostanay": "Kostanay Kostanai Qostanay Қостанай",
    "karaganda": "Karaganda Qaraghandy Қарағанды Караганда",
    "kyzylorda": "Kyzylorda Qyzylorda Кызылорда Қызылорда",
    "almaty": "Almaty Алматы Alma-Ata",
    "tekeli": "Tekeli Текели Текелі",
    "taraz": "Taraz Тараз",
    "atyrau": "Atyrau Атырау",
    "ekibastuz": "Ekibastuz Экибастуз Екібастұз",
    "shymkent": "Shymkent Шымкент Чимкент",
    "zhanaozen": "Zhanaozen Жанаозен Жаңаөзен",
    "aktau": "Aktau Актау Ақтау Aqtau",
    "astana": "Astana Nur-Sultan Нұр-Сұлтан",
}
CASES = [(code, name) for code, names in SPELLINGS.items() for name in names.split()]


@pytest.mark.parametrize(("code", "name"), CASES)
def test_a_town_is_found_in_every_spelling(code: str, name: str) -> None:
    assert find_localities(name)[0].code == code
    assert locality_in(f"{name}, police") is not None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("ИВС г. Талдыкорган", "taldykorgan"),
        ("в Талдыкоргане, отдел полиции", "taldykorgan"),
        ("его держат в Караганде", "karaganda"),
        ("в Семее", "semey"),
        ("Жезказганский СИЗО", "zhezkazgan"),
        ("СИЗО города Усть-Каменогорска", "oskemen"),
        ("Таразда, тергеу изоляторы", "taraz"),
        ("Қарағандыдағы колония", "karaganda"),
        ("Өскеменде", "oskemen"),
        ("ALMATY", "almaty"),
        ("Алматы облысы, Талғар", "talgar"),
    ],
)
def test_a_town_is_found_in_a_sentence(words: str, code: str) -> None:
    found = locality_in(words)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "words",
    ["", "не знаю", "где-то за городом", "Караганда или Астана", "Алматы облысы", "..."],
)
def test_no_town_is_made_up(words: str) -> None:
    assert locality_in(words) is None


def test_a_word_of_one_letter_names_no_town() -> None:
    assert find_localities("Отдел полиции у рынка") == ()


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Жетісу облысы", "KZ-33"),
        ("область Жетісу", "KZ-33"),
        ("Zhetysu Region", "KZ-33"),
        ("Jetisu region", "KZ-33"),
        ("Карагандинская область, посёлок", "KZ-35"),
        ("в Карагандинской области", "KZ-35"),
        ("Абай облысында", "KZ-10"),
        ("Алматы облысы, Талғар", "KZ-19"),
        ("West Kazakhstan Region", "KZ-27"),
    ],
)
def test_a_region_is_found_by_its_name(words: str, unit: str) -> None:
    assert unit_in(words) == unit


def test_a_town_is_no_region() -> None:
    assert unit_in("Атырау") is None


def test_towns_are_offered_while_somebody_types() -> None:
    assert "taldykorgan" in {term.code for term in find_localities("Талд")}
    assert "taldykorgan" in {term.code for term in find_localities("tald")}
    assert find_localities("") == ()
    assert len(find_localities("а", limit=3)) == 3


@pytest.mark.parametrize(
    ("town", "day", "unit"),
    [
        ("taldykorgan", date(2022, 6, 7), "KZ-19"),
        ("taldykorgan", date(2022, 6, 8), "KZ-33"),
        ("tekeli", date(2022, 1, 8), "KZ-19"),
        ("semey", date(2022, 1, 12), "KZ-63"),
        ("semey", date(2023, 1, 1), "KZ-10"),
        ("zhezkazgan", date(2022, 3, 30), "KZ-35"),
        ("shymkent", date(2018, 1, 1), "KZ-61"),
        ("shymkent", date(2022, 3, 30), "KZ-79"),
        ("oskemen", date(2022, 1, 1), "KZ-63"),
        ("atlantis", date(2022, 1, 1), "unknown"),
    ],
)
def test_a_town_lies_where_it_lay_on_that_day(town: str, day: date, unit: str) -> None:
    assert unit_of(town, day) == unit


@pytest.mark.parametrize("term", vocabulary("locality").terms, ids=lambda term: term.code)
def test_a_town_is_found_by_its_own_labels(term: object) -> None:
    labels = term.labels.values()  # type: ignore[attr-defined]
    assert all(term in find_localities(label) for label in labels)


@pytest.mark.parametrize(
    "names",
    [
        ("Әбілқасова", "Абилкасова", "Abilkasova", "Abilqasova"),
        ("Жаңаөзен", "Zhanaozen", "Жанаозен"),
        ("  Ust – Kamenogorsk ", "усть каменогорск"),
    ],
)
def test_spellings_of_one_name_fold_to_one(names: tuple[str, ...]) -> None:
    assert len({folded(name) for name in names}) == 1
