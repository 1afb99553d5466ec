"""What comes first for who has just signed in: her passphrase, a second factor, the sheets."""

from flask import url_for

from intake.casework import Reader


def first_step(reader: Reader) -> str | None:
    """The page of the first step that is still to be done; None when she is settled."""
    if reader.must_choose_passphrase:
        return url_for("first_steps.passphrase")
    if reader.must_add_factor:
        return url_for("factors.show")
    if reader.must_make_sheets:
        return url_for("first_steps.sheets")
    return url_for("account.home") if reader.is_waiting else None
