"""Codes of apps, recovery codes, and that each opens once."""

import base64

import pytest

from intake import vault
from tests.vault.fixed import MEMBER_SEED, fixed

SECRET = b"12345678901234567890"  # RFC 6238, appendix B
STEP = 59_000_000


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert vault.totp_code(SECRET, vault.totp_step(seconds)) == code


@pytest.mark.parametrize(
    ("off", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_one_step_off(off: int, *, is_taken: bool) -> None:
    typed = vault.totp_code(SECRET, STEP + off)
    found = vault.used_step(SECRET, typed, step=STEP, last=0)
    assert found == (STEP + off if is_taken else None)


@pytest.mark.parametrize("last", [STEP, STEP + 1, STEP + 9])
def test_no_code_is_taken_twice_nor_one_before_it(last: int) -> None:
    typed = vault.totp_code(SECRET, STEP)
    assert vault.used_step(SECRET, typed, step=STEP, last=last) is None


@pytest.mark.parametrize("typed", ["", "1", "abcdef", "00000", "1" * 400, "\0", "٣"])
def test_what_is_no_code_is_not_taken(typed: str) -> None:
    assert vault.used_step(SECRET, typed, step=STEP, last=0) is None


def test_a_code_is_read_forgivingly() -> None:
    code = vault.totp_code(SECRET, STEP)
    arabic = code.translate({ord("0") + digit: 0x660 + digit for digit in range(10)})
    for typed in (f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}", arabic):
        assert vault.used_step(SECRET, typed, step=STEP, last=0) == STEP


def test_the_address_names_no_coalition_and_carries_the_secret() -> None:
    address = vault.totp_address(SECRET, "coordinator", issuer="Desk")
    assert address.startswith("otpauth://totp/Desk:coordinator?")
    assert base64.b32encode(SECRET).decode() in address


def test_fresh_secrets_and_codes_are_never_the_same() -> None:
    assert len({vault.fresh_totp() for _ in range(50)}) == 50
    codes = {vault.recovery_code() for _ in range(50)}
    assert len(codes) == 50
    assert all([len(group) for group in code.split()] == [4, 4, 4] for code in codes)


def test_a_recovery_code_is_known_again_by_its_member_alone() -> None:
    code = vault.recovery_code()
    other = vault.Seed(fixed("other seed"))
    kept = vault.recovery_mac(MEMBER_SEED, code)
    assert vault.recovery_mac(MEMBER_SEED, code.replace(" ", "-")) == kept
    assert vault.recovery_mac(other, code) != kept


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"response": 1}', '{"response": {}}', "{" * 9000, "x" * 20_000]
)
def test_what_is_no_answer_of_an_authenticator_is_refused(text: str) -> None:
    with pytest.raises(vault.PasskeyError):
        vault.read_passkey_answer(text)
