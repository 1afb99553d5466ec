"""A passphrase that was drawn here: signed on its page, typed once before it is taken."""

from typing import Final

from wtforms import StringField

from intake.form.text import _
from intake.web import context, tokens
from intake.web.forms import token_key

NOT_THE_SAME: Final = _("These are not the words above. Read them once more, or take others.")


def issue(field: StringField, purpose: str, words: str) -> None:
    """Sign the words into `field`, so that nobody can be led to words of somebody else."""
    field.data = tokens.issue(token_key(), purpose, now=context.now(), value=words)


def words_in(field: StringField, purpose: str) -> str | None:
    """The words that were signed for `purpose`, else None."""
    return tokens.opened(token_key(), purpose, field.data or "", now=context.now())


def are_same(typed: str, words: str) -> bool:
    """Whether these are the words, with spaces or hyphens between them."""
    return _parts(typed) == _parts(words)


def _parts(words: str) -> list[str]:
    return words.casefold().replace("-", " ").split()
