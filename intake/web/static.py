"""The few files that pages load: read once, compressed in memory, named by their content."""

import gzip
import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, request

TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
}
FOREVER: Final = "public, max-age=31536000, immutable"
FAVICON: Final = "favicon.png"
UNKEPT: Final = "body-"
"""How the names of pictures begin that no browser keeps: which one it saw is an answer."""


@dataclass(frozen=True)
class Asset:
    """One file as it is served."""

    body: bytes
    packed: bytes
    content_type: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:10]


def folder(name: str) -> Path:
    """`templates` or `static`: inside the installed package, or beside it in a checkout."""
    package = Path(str(files("intake")))
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def read_assets(static: Path) -> dict[str, Asset]:
    """Every file of a known type in `static`, by name."""
    return {
        path.name: Asset(body, gzip.compress(body, 9, mtime=0), TYPES[path.suffix])
        for path in sorted(static.iterdir())
        if path.suffix in TYPES
        for body in (path.read_bytes(),)
    }


def install(app: Flask) -> None:
    """Serve the files and give templates `asset(name)`, the address of one."""
    assets = read_assets(folder("static"))
    addresses = {name: f"/static/{asset.digest}/{name}" for name, asset in assets.items()}
    app.jinja_env.globals["asset"] = addresses.__getitem__

    @app.get("/static/<digest>/<name>")
    def asset(digest: str, name: str) -> Response:
        if name not in assets:
            abort(404)
        # A page of the version before or after may ask: it gets the file, but does not keep it.
        is_current = digest == assets[name].digest
        return _answer(assets[name], lasting=is_current and not name.startswith(UNKEPT))

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return _answer(assets[FAVICON], lasting=True)


def _answer(asset: Asset, *, lasting: bool) -> Response:
    packed = len(asset.packed) < len(asset.body) and request.accept_encodings["gzip"] > 0
    response = Response(
        asset.packed if packed else asset.body,
        content_type=asset.content_type,
        headers={"Cache-Control": FOREVER if lasting else "no-store"},
    )
    response.vary.add("Accept-Encoding")
    if packed:
        response.content_encoding = "gzip"
    return response
