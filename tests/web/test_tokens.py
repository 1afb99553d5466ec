"""Form tokens: good for their purpose and a day, and for nothing else."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.web import tokens
from tests.people import NOW

KEY = b"k" * 32
TOKEN = tokens.issue(KEY, "public", now=NOW)


@pytest.mark.parametrize("hours", [0, 1, 24])
def test_a_token_is_good_for_a_day(hours: int) -> None:
    assert tokens.is_good(KEY, "public", TOKEN, now=NOW + timedelta(hours=hours))


def test_a_token_older_than_a_day_is_not_good() -> None:
    late = NOW + tokens.LIFETIME + timedelta(seconds=1)
    assert not tokens.is_good(KEY, "public", TOKEN, now=late)


def test_a_token_of_another_purpose_or_key_is_not_good() -> None:
    assert not tokens.is_good(KEY, "desk", TOKEN, now=NOW)
    assert not tokens.is_good(b"x" * 32, "public", TOKEN, now=NOW)


def test_a_token_from_the_future_is_not_good() -> None:
    assert not tokens.is_good(KEY, "public", TOKEN, now=NOW - timedelta(minutes=5))


@given(value=st.text(max_size=60))
def test_a_token_carries_what_it_was_given(value: str) -> None:
    token = tokens.issue(KEY, "receipt", now=NOW, value=value)
    assert tokens.opened(KEY, "receipt", token, now=NOW) == value


@given(text=st.text(max_size=120))
def test_no_other_text_is_a_token(text: str) -> None:
    assert tokens.opened(KEY, "public", text, now=NOW) is None
