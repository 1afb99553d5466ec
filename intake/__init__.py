"""Secure intake of torture complaints."""

import os

from flask import Flask

from intake import instance, settings
from intake.casework import Service
from intake.settings import Settings
from intake.web import Surface, register


def create_app(chosen: Settings | None = None, *, surface: Surface = "both") -> Flask:
    """Put the layers together, for reporters, for the desk, or for both on one port."""
    chosen = chosen or settings.load(os.environ, instance.folder(os.environ))
    app = Flask(__name__, static_folder=None, template_folder=None)
    register(app, Service.open(chosen), surface=surface)
    return app
