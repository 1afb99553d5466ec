"""Pins: the file says which keys are sealed to, and a changed file is refused."""

import pytest

from intake.vault import Pin, Pins, PinsError, Ring, Seed
from tests.vault.fixed import PINS, RECOVERY_SEED, RINGS

WHOLE = Pins(PINS, RECOVERY_SEED.public)
TEXT = WHOLE.to_text()


@pytest.mark.parametrize("pins", [WHOLE, Pins(), Pins(PINS), Pins({}, RECOVERY_SEED.public)])
def test_pins_come_back_from_their_file(pins: Pins) -> None:
    read = Pins.parse(pins.to_text())
    assert read.rings == pins.rings
    assert read.recovery == pins.recovery


def test_the_file_shows_fingerprints_and_fits_a_terminal() -> None:
    assert all(pin.public.fingerprint() in TEXT for pin in PINS.values())
    assert max(len(line) for line in TEXT.splitlines()) <= 96


def test_a_replaced_ring_key_is_another_pin() -> None:
    replaced = PINS | {Ring.CASE: Pin(2, Seed.random().public)}
    assert Pins.parse(Pins(replaced, None).to_text()).rings[Ring.CASE] != PINS[Ring.CASE]


def test_a_key_replaced_below_its_fingerprint_is_refused() -> None:
    other = Pins({Ring.CASE: Pin(2, Seed.random().public)}).to_text()
    fingerprint = RINGS[Ring.CASE].public.fingerprint()
    stranger = next(line for line in other.splitlines() if line.startswith("fingerprint"))
    with pytest.raises(PinsError):
        Pins.parse(other.replace(stranger, f'fingerprint = "{fingerprint}"'))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "format = 2\n",
        TEXT.replace("format = 1", ""),
        TEXT.replace("[case]", "[everybody]"),
        TEXT.replace("generation = 2", "generation = 0"),
        TEXT.replace("generation = 2", 'generation = "2"'),
        TEXT.replace("generation = 2", "generation = true"),
        TEXT.replace("generation = 2\n", ""),
        TEXT.replace("generation = 2\n", 'generation = 2\nsince = "2026-11-18"\n'),
        TEXT.replace("generation = 2\n", "generation = 2\nsince = 2026-11-18T09:30:00Z\n"),
        TEXT.replace('key = """', 'key = """AAAA'),
        TEXT.replace('key = """', 'key = """!'),
        TEXT + "[case]\n",
        "format = 1\ncase = 3\n",
        "format = 1\n[case]\ngeneration = 1\nfingerprint = 1\nkey = 1\n",
    ],
)
def test_a_file_that_is_not_whole_is_refused(text: str) -> None:
    with pytest.raises(PinsError):
        Pins.parse(text)
