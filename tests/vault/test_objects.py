"""Every object opens only whole and unchanged."""

from collections.abc import Iterator

import pytest

from intake.vault import Sealed, UnsealError
from tests.vault.samples import BY_NAME, SAMPLES

MADE = {sample.name: sample.make() for sample in SAMPLES}
SMALL = [name for name, sealed in MADE.items() if len(sealed) <= 1700]
LARGE = [name for name in MADE if name not in SMALL and not name.startswith("addition")]


def flipped(sealed: bytes, places: range) -> Iterator[Sealed]:
    for place in places:
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        yield Sealed(bytes(changed))


@pytest.mark.parametrize("name", MADE)
def test_an_object_opens_in_its_place(name: str) -> None:
    assert BY_NAME[name].open(MADE[name]) == BY_NAME[name].value


@pytest.mark.parametrize("name", SMALL)
def test_no_bit_of_a_small_object_can_be_changed(name: str) -> None:
    for changed in flipped(MADE[name], range(len(MADE[name]) * 8)):
        with pytest.raises(UnsealError):
            BY_NAME[name].open(changed)


@pytest.mark.parametrize("name", LARGE)
def test_no_bit_at_the_ends_of_a_large_object_can_be_changed(name: str) -> None:
    bits = len(MADE[name]) * 8
    for places in (range(1000), range(bits - 300, bits)):
        for changed in flipped(MADE[name], places):
            with pytest.raises(UnsealError):
                BY_NAME[name].open(changed)


@pytest.mark.parametrize("name", MADE)
def test_no_shortened_object_opens(name: str) -> None:
    sealed = MADE[name]
    for length in {*range(0, len(sealed), 37), 1, len(sealed) - 16, len(sealed) - 1}:
        with pytest.raises(UnsealError):
            BY_NAME[name].open(Sealed(sealed[:length]))


@pytest.mark.parametrize("name", MADE)
def test_no_lengthened_object_opens(name: str) -> None:
    for more in (b"\0", b"\0" * 16, MADE[name]):
        with pytest.raises(UnsealError):
            BY_NAME[name].open(Sealed(MADE[name] + more))


@pytest.mark.parametrize("name", MADE)
def test_no_object_opens_in_the_place_of_another(name: str) -> None:
    strangers = [
        sealed for other, sealed in MADE.items() if BY_NAME[other].place != BY_NAME[name].place
    ]
    for stranger in strangers:
        with pytest.raises(UnsealError):
            BY_NAME[name].open(stranger)
