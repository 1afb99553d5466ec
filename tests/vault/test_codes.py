"""Return codes: one for each form, typed in many ways, and no slip of the pen passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.vault import (
    CodeError,
    CodeFault,
    Once,
    Stretching,
    code_keys,
    format_code,
    read_code,
    return_code,
)
from tests.vault.fixed import ONCE, fixed

CODE = return_code(ONCE)
SALT = fixed("salt")[:16]
CHEAP = Stretching(8, 1, 1, SALT)
ONCES = st.binary(min_size=32, max_size=32).map(Once)


def fault(text: str) -> CodeFault:
    with pytest.raises(CodeError) as caught:
        read_code(text)
    assert caught.value.args == (caught.value.reason,)
    return caught.value.reason


@given(ONCES)
def test_a_code_is_read_as_it_is_shown(once: Once) -> None:
    shown = format_code(return_code(once))
    assert [len(group) for group in shown.split(" ")] == [4] * 6
    assert read_code(shown) == return_code(once)


def test_the_same_form_always_gives_the_same_code() -> None:
    assert return_code(Once(ONCE.raw)) == CODE
    assert return_code(Once.random()) != CODE


@given(ONCES)
def test_every_wrong_digit_is_noticed(once: Once) -> None:
    code = return_code(once)
    wrong = [
        code[:at] + digit + code[at + 1 :]
        for at in range(24)
        for digit in "0123456789"
        if digit != code[at]
    ]
    assert {fault(typed) for typed in wrong} == {CodeFault.CHECK}


@given(ONCES)
def test_every_swap_of_neighbours_is_noticed(once: Once) -> None:
    code = return_code(once)
    swapped = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        for at in range(23)
        if code[at] != code[at + 1]
    ]
    assert {fault(typed) for typed in swapped} <= {CodeFault.CHECK}


@pytest.mark.parametrize(
    "typed",
    [
        format_code(CODE).replace(" ", "-"),
        format_code(CODE).replace(" ", "\u2014"),
        f"\u200e {format_code(CODE)}\r\n",
        format_code(CODE).replace(" ", "\u00a0"),
        ".".join(CODE),
        CODE.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
        CODE.translate({ord("0") + digit: 0x0660 + digit for digit in range(10)}),
        CODE.translate({ord("0") + digit: 0x06F0 + digit for digit in range(10)}),
        CODE.replace("0", "O").replace("1", "l"),
        CODE.replace("0", "\u043e").replace("1", "I"),
        CODE.replace("0", "\u041e").replace("1", "\u0456"),
        CODE.replace("0", "o").replace("1", "i"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", CodeFault.LENGTH),
        (CODE[:-1], CodeFault.LENGTH),
        (CODE + "0", CodeFault.LENGTH),
        ("1" * 10_000, CodeFault.LENGTH),
        (CODE[:-1] + "x", CodeFault.CHARACTERS),
        (CODE[:-1] + "\u00b2", CodeFault.CHARACTERS),
        ("my brother", CodeFault.CHARACTERS),
    ],
)
def test_what_is_no_code_is_named(typed: str, reason: CodeFault) -> None:
    assert fault(typed) == reason


@given(st.text(max_size=23))
def test_whatever_is_typed_gets_an_answer(typed: str) -> None:
    assert fault(typed) in {CodeFault.LENGTH, CodeFault.CHARACTERS}


def test_a_code_is_found_again_and_only_on_its_own_site() -> None:
    keys = code_keys(CODE, SALT, how=CHEAP)
    assert keys == code_keys(CODE, SALT, how=CHEAP)
    assert keys.look_up != code_keys(CODE, bytes(16), how=CHEAP).look_up
    assert keys.key != code_keys(CODE, bytes(16), how=CHEAP).key


def test_what_is_stored_of_a_code_is_not_its_key() -> None:
    keys = code_keys(CODE, SALT, how=CHEAP)
    assert keys.look_up != keys.key.raw


def test_a_code_is_stretched_at_full_cost_unless_said_otherwise() -> None:
    assert code_keys(CODE, SALT) == code_keys(CODE, SALT, how=Stretching.for_code(SALT))
