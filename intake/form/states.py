"""The ways of not answering that stand beside a question."""

from typing import Final

from intake.form.answers import State

UNSAID: Final = (State.PREFER_NOT_TO_SAY,)
"""For what may be hard or dangerous to say."""
UNSURE: Final = (State.UNKNOWN,)
"""For what may not be known."""
UNSURE_OR_UNSAID: Final = (State.UNKNOWN, State.PREFER_NOT_TO_SAY)
