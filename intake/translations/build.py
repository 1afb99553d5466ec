"""The wheel's build hook: compiles the catalogues, which are not tracked, and packs them."""

from pathlib import Path
from typing import Any

from babel.messages.frontend import CommandLineInterface
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Runs before the files of a wheel are collected."""

    def initialize(  # type: ignore[explicit-override] # typing_extensions is not at hand here
        self, _version: str, build_data: dict[str, Any]
    ) -> None:
        catalogues = Path(self.root, "intake", "translations")
        command = ["pybabel", "--quiet", "compile", "--directory", str(catalogues)]
        if CommandLineInterface().run(command):
            raise RuntimeError("The catalogues do not compile.")
        build_data["artifacts"].append("intake/translations/**/*.mo")
