"""What was written before opens today, for the vault and for a reader of FORMAT.md alone."""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from intake import vault
from intake.vault import Ring, Sealed
from tests.vault import fixed, make_vectors, object_reader, reader
from tests.vault.samples import BY_NAME

VECTORS = Path(__file__).parent / "vectors"
OBJECTS = json.loads((VECTORS / "objects.json").read_text())
VALUES = json.loads((VECTORS / "values.json").read_text())


def test_every_object_has_its_vector() -> None:
    assert set(OBJECTS) == set(BY_NAME)


@pytest.mark.parametrize("name", OBJECTS)
def test_what_was_stored_before_opens(name: str) -> None:
    sealed = Sealed(base64.b64decode(OBJECTS[name]["sealed"]))
    assert BY_NAME[name].open(sealed) == BY_NAME[name].value


@pytest.mark.parametrize("name", OBJECTS)
def test_the_second_reader_opens_what_was_stored_before(name: str) -> None:
    assert object_reader.open_vector(OBJECTS[name]) == OBJECTS[name]["content"]


@pytest.mark.parametrize("name", OBJECTS)
def test_the_second_reader_opens_what_is_stored_now(name: str) -> None:
    sealed = base64.b64encode(BY_NAME[name].make()).decode()
    now = OBJECTS[name] | {"sealed": sealed}
    assert object_reader.open_vector(now) == OBJECTS[name]["content"]


@pytest.mark.parametrize("name", VALUES)
def test_what_follows_from_its_inputs_is_as_it_was(name: str) -> None:
    assert make_vectors.values()[name] == VALUES[name]


@pytest.mark.parametrize("vector", VALUES["contexts"])
def test_the_second_reader_builds_the_same_contexts(vector: dict[str, Any]) -> None:
    assert reader.context(vector["place"]).hex() == vector["context"]


@pytest.mark.parametrize("vector", VALUES["derived keys"])
def test_the_second_reader_derives_the_same_keys(vector: dict[str, str]) -> None:
    key = bytes.fromhex(vector["key"])
    assert reader.derive(key, vector["place"]).hex() == vector["derived"]


@pytest.mark.parametrize("vector", VALUES["macs"])
def test_the_second_reader_makes_the_same_macs(vector: dict[str, str]) -> None:
    key, message = bytes.fromhex(vector["key"]), bytes.fromhex(vector["message"])
    assert reader.mac(key, vector["label"], message).hex() == vector["mac"]


@pytest.mark.parametrize("vector", VALUES["key pairs"])
def test_the_second_reader_expands_seeds_alike(vector: dict[str, str]) -> None:
    seed, public = bytes.fromhex(vector["seed"]), base64.b64decode(vector["public"])
    assert reader.public_key(seed) == public
    assert reader.fingerprint(public) == vector["fingerprint"]
    assert reader.derive(seed, ["symmetric"]).hex() == vector["symmetric"]


@pytest.mark.parametrize(("size", "padded"), VALUES["padded sizes"])
def test_the_second_reader_pads_alike(size: int, padded: int) -> None:
    assert reader.padme(max(size + 4, 512)) == padded


@pytest.mark.parametrize("vector", VALUES["stretched"])
def test_the_second_reader_stretches_alike(vector: dict[str, str]) -> None:
    pepper = vector["pepper"] and bytes.fromhex(vector["pepper"])
    key = reader.stretch(vector["text"], bytes.fromhex(vector["how"]), pepper or None)
    assert key.hex() == vector["key"]


@pytest.mark.parametrize("vector", VALUES["return codes"])
def test_the_second_reader_makes_the_same_return_code(vector: dict[str, str]) -> None:
    assert reader.return_code(bytes.fromhex(vector["once"])) == vector["code"]
    master = reader.stretch(vector["code"], bytes.fromhex(vector["how"]), None)
    assert reader.derive(master, ["code-lookup"]).hex() == vector["look_up"]
    assert reader.derive(master, ["code-key"]).hex() == vector["key"]


@pytest.mark.parametrize("vector", VALUES["drafts"])
def test_the_second_reader_finds_and_opens_the_same_draft(vector: dict[str, str]) -> None:
    once = bytes.fromhex(vector["once"])
    id_ = UUID(bytes=reader.derive(once, ["draft id"])[:16], version=4)
    assert str(id_) == vector["id"]
    assert reader.derive(once, ["draft"]).hex() == vector["key"]


def test_the_second_reader_chains_the_same_audit_line() -> None:
    vector = VALUES["audit"]
    key, case = bytes.fromhex(vector["key"]), UUID(vector["case"])
    line = reader.audit_line(
        bytes.fromhex(vector["sealed"]), 1, vector["pseudonym"], 2, vector["digest"]
    )
    assert reader.mac(key, "pseudonym", case.bytes)[:16].hex() == vector["pseudonym"]
    assert reader.mac(key, "audit", bytes(32) + line).hex() == vector["mac"]


def test_pins_written_before_are_read() -> None:
    pins = vault.Pins.parse((VECTORS / "rings.pub").read_text())
    assert pins.rings == fixed.PINS
    assert pins.rings[Ring.CASE].public == fixed.RINGS[Ring.CASE].public
    assert pins.recovery == fixed.RECOVERY_SEED.public


def test_pins_tell_since_when_a_later_generation_is_in_force() -> None:
    pins = vault.Pins.parse((VECTORS / "rings-later.pub").read_text())
    assert pins.rings == fixed.LATER_PINS
    assert pins.rings[Ring.CASE].since == fixed.SINCE


def test_sheets_printed_before_give_the_recovery_key_back() -> None:
    first, _, third = (VECTORS / "sheets.txt").read_text().splitlines()
    expected = fixed.RECOVERY_SEED.public
    assert vault.read_sheets([third, first], expected=expected) == fixed.RECOVERY_SEED
