"""What the server boxes for itself: no label's box passes for another's."""

import pytest

from intake import vault
from intake.vault import Key, UnsealError
from tests.vault.fixed import MEMBER, ROW, SERVER_KEY, TEXT


def test_anything_can_be_boxed_for_a_label_and_place() -> None:
    boxed = vault.box_server(SERVER_KEY, "rota", TEXT, MEMBER, 3)
    assert vault.open_server(SERVER_KEY, "rota", boxed, MEMBER, 3) == TEXT


@pytest.mark.parametrize(
    ("label", "ids"), [("other", (MEMBER, 3)), ("rota", (ROW, 3)), ("rota", (MEMBER,))]
)
def test_it_opens_for_that_label_and_place_alone(
    label: str, ids: tuple[vault.Part, ...]
) -> None:
    boxed = vault.box_server(SERVER_KEY, "rota", TEXT, MEMBER, 3)
    with pytest.raises(UnsealError):
        vault.open_server(SERVER_KEY, label, boxed, *ids)


def test_a_copy_without_the_server_key_reads_no_address() -> None:
    boxed = vault.box_mail_address(SERVER_KEY, TEXT, member=MEMBER)
    with pytest.raises(UnsealError):
        vault.open_mail_address(Key.random(), boxed, member=MEMBER)


def test_a_cookie_costs_73_bytes_more_than_it_holds() -> None:
    assert len(vault.box_cookie(SERVER_KEY, TEXT, purpose="receipts")) == len(TEXT) + 73
