"""The operators' command `intake`; each subcommand's module is loaded when it is called."""

import os
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

import click
from typing_extensions import override

from intake import instance, logs
from intake.settings import SettingsError, load

COMMANDS: Mapping[str, str] = {
    "audit": "intake.cli.audit:audit",
    "backup": "intake.cli.backup:backup",
    "demo": "intake.cli.demo:demo",
    "doctor": "intake.cli.doctor:doctor",
    "export": "intake.cli.export:export",
    "import": "intake.cli.import_:import_",
    "init": "intake.cli.init:init",
    "keys": "intake.cli.keys:keys",
    "lockdown": "intake.cli.lockdown:lockdown",
    "member": "intake.cli.member:member",
    "purge": "intake.cli.purge:purge",
    "recover": "intake.cli.recover:recover",
    "restore": "intake.cli.backup:restore",
    "run": "intake.cli.run:run",
    "serve": "intake.cli.serve:serve",
    "worker": "intake.cli.worker:worker",
}


class LoadedWhenCalled(click.Group):
    """A group that knows its commands by name; it shows those this installation has."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, place in COMMANDS.items() if find_spec(place.split(":")[0])]

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=LoadedWhenCalled)
@click.pass_context
def main(context: click.Context) -> None:
    """Secure intake of torture complaints."""
    logs.configure()
    os.umask(0o077)
    try:
        context.obj = load(os.environ, instance.folder(os.environ))
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
