"""The wheel's build hook: compiles the catalogues, which are not tracked, and packs them."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Compiles beside the checkout: what may be running there reads its own catalogues."""

    def initialize(  # type: ignore[explicit-override] # typing_extensions is not at hand here
        self, _version: str, build_data: dict[str, Any]
    ) -> None:
        self.compiled = Path(tempfile.mkdtemp())
        for source in Path(self.root, "intake", "translations").glob("*/LC_MESSAGES/*.po"):
            place = source.relative_to(self.root).with_suffix(".mo")
            target = self.compiled / place
            target.parent.mkdir(parents=True)
            with source.open("rb") as read, target.open("wb") as written:
                write_mo(written, read_po(read))
            build_data["force_include"][str(target)] = str(place)

    def finalize(  # type: ignore[explicit-override] # as above
        self, _version: str, _build_data: dict[str, Any], _artifact_path: str
    ) -> None:
        shutil.rmtree(self.compiled)
