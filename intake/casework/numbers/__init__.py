"""The numbers of the team: what came, what waits, how soon people were answered, and why."""

from intake.casework.numbers.figures import PERIODS, Numbers, numbers
from intake.casework.numbers.tally import ANY_TRAINED, KEPT

__all__ = ["ANY_TRAINED", "KEPT", "PERIODS", "Numbers", "numbers"]
