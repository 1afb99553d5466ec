"""Marking text for the translators."""


def _(text: str) -> str:
    """Mark `text` for extraction; the page translates it when it is shown."""
    return text
