"""The whole schema: here every module that declares tables is imported."""

from intake.store import people, service, tables, team
from intake.store.columns import Base

MODULES = (tables, people, service, team)
METADATA = Base.metadata
