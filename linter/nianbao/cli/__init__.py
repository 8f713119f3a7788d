"""The command line: one module for each command, imported when the command is called."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from enum import IntEnum
from typing import TYPE_CHECKING, NoReturn

import click

from nianbao.cli.streams import prepare_streams
from nianbao.errors import NianbaoError, UsageError
from nianbao.version import __version__

if TYPE_CHECKING:
    from nianbao.voice import Voice

_COLLECTION_OBJECTS = 50_000  # objects created between two collections: start-up creates many, and keeps them all
_COMMANDS = ("check", "diff", "explain", "eval", "extract", "fix", "names", "new", "plugins", "rules", "schema", "test")
_HELP = """检查政府信息公开工作年度报告。

Check annual reports on government information disclosure. Exit codes: 0 nothing found, 1 findings, 2 wrong usage,
settings, rule or plugin, 3 an input could not be read, 4 an error of nianbao itself.
"""


class ExitCode(IntEnum):
    """The exit codes of the process; unreadable inputs take precedence over findings."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    INTERNAL = 4
    INTERRUPTED = 130


class _Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module  # noqa: PLC0415 - part of the delay

        command: click.Command = import_module(f"nianbao.cli.{cmd_name}").command
        return command


@click.group(cls=_Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nianbao")
def nianbao() -> None:
    """Check annual reports."""


def main() -> NoReturn:
    """Run the command line and end the process with one of ``ExitCode``."""
    gc.set_threshold(_COLLECTION_OBJECTS)
    prepare_streams()
    if any(argument.lower().endswith(".pdf") for argument in sys.argv[1:]):
        from nianbao.readers.pdf import start_reading  # noqa: PLC0415 - only then

        start_reading()  # while the command's own modules are imported
    code = run(sys.argv[1:])
    with suppress(UsageError):  # output that an error left unwritten; the error was reported already
        sys.stdout.flush()
    gc.freeze()  # the process ends: existing objects need not be examined again
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code; print errors in plain lines."""
    spoken: dict[str, Voice] = {}  # a command stores the voice of its settings here
    try:
        result = nianbao.main(arguments, prog_name="nianbao", standalone_mode=False, obj=spoken)
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except Exception as error:  # the last line of defence
        known = isinstance(error, click.ClickException | NianbaoError)
        if not known and os.environ.get("NIANBAO_DEBUG"):
            raise
        from nianbao.cli.mistakes import tell, wanted_voice  # noqa: PLC0415 - only for mistakes

        tell(wanted_voice(arguments, spoken), error)
        return ExitCode.USAGE if known else ExitCode.INTERNAL
    return int(result or 0)
