"""Fields for passphrases: masked, open to password managers, and read to the last letter."""

import pytest

from intake.casework import Reader, choose_passphrase, prove
from intake.vault.passphrases import passphrase, word_list
from tests.html import Element
from tests.people import COORDINATOR, NOW, PASSPHRASES, next_code
from tests.visitor import Visitor
from tests.web.test_account import sign_in

PAGES = (
    "/sign-in",
    "/account/passphrase",
    "/account/factors/app",
    "/account/factors/codes",
    "/first-steps/sheets",
)
FIELDS = {"passphrase": "current-password", "again": "new-password"}
LONG = "harbor pencil walnut thunder meadow copper lantern gravel orbit mustard canyons"


def fields(desk: Visitor, path: str) -> list[Element]:
    page = desk.get(path).page
    found = [e for e in page.all("input") if e.get("name") in FIELDS]
    assert found
    return found


@pytest.mark.parametrize("path", PAGES)
def test_what_is_typed_of_a_passphrase_is_masked(desk: Visitor, path: str) -> None:
    assert {field.get("type") for field in fields(desk, path)} == {"password"}


@pytest.mark.parametrize("path", PAGES)
def test_a_password_manager_knows_which_field_is_which(desk: Visitor, path: str) -> None:
    for field in fields(desk, path):
        assert field.get("autocomplete") == FIELDS[field.get("name") or ""]
        assert not {"readonly", "disabled"} & field.attributes.keys()


def test_the_shortest_passphrase_that_is_drawn_has_23_characters() -> None:
    words, shortest = passphrase().split("-"), min(map(len, word_list()))
    assert len(words) * (shortest + 1) - 1 == 23


def test_a_long_passphrase_counts_to_its_last_letter(
    visitor: Visitor, coordinator: Reader
) -> None:
    folder = coordinator.service.settings.instance
    code = next_code(folder, COORDINATOR, NOW)
    proof = prove(coordinator, PASSPHRASES[COORDINATOR], code, now=NOW)
    choose_passphrase(coordinator, LONG, now=NOW, proof=proof)

    assert len(LONG) > 64
    assert sign_in(visitor, words=LONG[:-1]).status == 422
    assert sign_in(visitor, words=LONG).status == 303
