"""`intake serve`: the pages, for everybody or for one side."""

import socket
from dataclasses import replace
from typing import Literal

import click

from intake import create_app
from intake.cli import gunicorn, locks
from intake.cli.opening import ready, told_plainly
from intake.cli.process import protect
from intake.settings import Settings

Surface = Literal["both", "public", "desk"]


@click.command()
@click.option("--surface", type=click.Choice(["both", "public", "desk"]), default="both")
@click.option("--host", help="Instead of the setting.")
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of the setting.")
@click.pass_obj
def serve(settings: Settings, surface: Surface, host: str | None, port: int | None) -> None:
    """Serve the pages until it is told to stop; requests that have begun are finished."""
    protect()
    with told_plainly():
        ready(settings).engine.dispose()
    chosen = replace(settings, host=host or settings.host, port=port or settings.port)
    _refuse_if_taken(chosen)
    with locks.using(chosen):
        gunicorn.serve(chosen, lambda: create_app(chosen, surface=surface))


def _refuse_if_taken(settings: Settings) -> None:
    """One sentence for what gunicorn would try five times and then tell in its own words."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}. "
                "INTAKE_PORT chooses another port."
            ) from None
