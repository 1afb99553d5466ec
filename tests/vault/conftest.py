"""Settings for the vault's properties."""

from hypothesis import settings

settings.register_profile("vault", deadline=None)  # a busy machine is no fault
settings.load_profile("vault")
