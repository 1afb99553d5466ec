"""Who fits what a person wished: the wish binds, the rest orders, each with its reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.case.fitting import RULES, Known, Wished, fit

WOMAN = Wished(sex="female")
KAZAKH = Wished(languages=("kk", "uz"))
SHE = Known(sex="female", languages=("kk", "ru"), regions=("KZ-75",))


def holds(wished: Wished, known: Known) -> dict[str, bool | None]:
    return {reason.code: reason.holds for reason in fit(wished, known).reasons}


def test_without_a_wish_everybody_fits_and_nothing_is_asked() -> None:
    assert fit(Wished(), Known()).fits
    assert holds(Wished(), Known()) == {"here": True, "room": True}
    assert not Wished(sex="any").is_binding
    assert holds(Wished(sex="any"), Known(sex="male")) == {"here": True, "room": True}


@pytest.mark.parametrize(
    ("wished", "known", "against"),
    [
        (WOMAN, SHE, ()),
        (WOMAN, Known(sex="male"), ("sex",)),
        (WOMAN, Known(sex="another"), ("sex",)),
        (WOMAN, Known(), ("sex",)),
        (WOMAN, Known(sex="prefer_not_to_say"), ("sex",)),
        (KAZAKH, SHE, ()),
        (KAZAKH, Known(languages=("ru", "en")), ("language",)),
        (KAZAKH, Known(), ("language",)),
        (Wished(languages=("other",)), Known(languages=("other", "ru")), ("language",)),
        (Wished(languages=("other", "ru")), Known(languages=("ru",)), ()),
        (Wished(sex="male", languages=("en",)), SHE, ("sex", "language")),
    ],
)
def test_sex_and_language_bind_and_what_is_not_known_is_not_kept(
    wished: Wished, known: Known, against: tuple[str, ...]
) -> None:
    assert fit(wished, known).against == against


def test_what_is_not_known_is_told_from_what_does_not_fit() -> None:
    assert holds(WOMAN, Known())["sex"] is None
    assert holds(WOMAN, Known(sex="male"))["sex"] is False
    assert holds(KAZAKH, Known())["language"] is None
    assert holds(KAZAKH, Known(languages=("en",)))["language"] is False


def test_only_the_languages_that_fit_are_named() -> None:
    (reason,) = (one for one in fit(KAZAKH, SHE).reasons if one.code == "language")
    assert reason.about == ("kk",)


def test_region_child_and_survivors_order_and_never_bind() -> None:
    wished = Wished(region="KZ-75", is_about_child=True, needs_trained=True)
    assert fit(wished, Known(regions=("KZ-10",))).fits
    told = holds(wished, Known(regions=("KZ-10",)))
    assert (told["region"], told["child"], told["trained"]) == (False, False, False)


def test_who_can_do_it_comes_before_who_is_near_and_who_has_fewer_cases() -> None:
    wished = Wished(sex="female", region="KZ-75", is_about_child=True)
    for_children = Known(sex="female", regions=("KZ-10",), with_children=True, open=4)
    near = Known(sex="female", regions=("KZ-75",))
    far = Known(sex="female", regions=("KZ-10",), open=1)
    busier = Known(sex="female", regions=("KZ-10",), open=2)
    away = Known(sex="female", regions=("KZ-75",), away_until=date(2026, 12, 1))
    he = Known(sex="male", regions=("KZ-75",), with_children=True)
    people = [he, away, busier, far, near, for_children]
    ordered = sorted(people, key=lambda one: fit(wished, one).place)
    assert ordered == [for_children, near, far, busier, away, he]


def test_who_has_as_many_cases_as_she_takes_has_no_room() -> None:
    assert Known(open=3, most=4).has_room
    assert not Known(open=4, most=4).has_room
    assert Known(open=40).has_room
    assert not Known(open=0, most=0).has_room
    assert fit(WOMAN, Known(sex="female", open=4, most=4)).fits


CODES = st.sampled_from(["", "female", "male", "any", "another", "unknown"])
LANGUAGES = st.lists(st.sampled_from(["kk", "ru", "uz", "other"]), unique=True).map(tuple)


@given(CODES, LANGUAGES, CODES, LANGUAGES)
def test_nobody_fits_whose_sex_and_language_are_not_those_that_were_wished(
    sex: str, languages: tuple[str, ...], hers: str, spoken: tuple[str, ...]
) -> None:
    found = fit(Wished(sex=sex, languages=languages), Known(sex=hers, languages=spoken))
    is_her_sex = sex in {"", "any"} or sex == hers != "unknown"
    speaks = not languages or bool(set(languages) & set(spoken) - {"other"})
    assert found.fits == (is_her_sex and speaks)


def test_binding_rules_stand_first() -> None:
    assert [rule.code for rule in RULES if rule.binds] == [rule.code for rule in RULES[:2]]
