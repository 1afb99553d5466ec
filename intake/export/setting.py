"""Runs in a process of its own: a template and JSON in, a PDF out; the parent stays small.

Called with the folder of libraries, the folder of fonts and the template.
"""

import sys
from importlib import import_module
from typing import Any


def made(libraries: str, fonts: str, template: str | bytes, text: str, **how: Any) -> Any:  # noqa: ANN401 - typst's own
    """What Typst makes of the template and `text`: bytes, or for pictures one for each page."""
    if libraries not in sys.path:
        sys.path.append(libraries)
    typst = import_module("typst")
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    return typst.compile(
        template,
        font_paths=found,
        ignore_system_fonts=True,
        sys_inputs={"paper": text},
        timestamp=0,  # the same words make the same bytes, and nobody learns when
        **how,
    )


if __name__ == "__main__":
    libraries, fonts, template = sys.argv[1:]
    paper = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(made(libraries, fonts, template, paper, format="pdf"))
