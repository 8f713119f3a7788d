"""Makes the linter of a command."""

from __future__ import annotations

import click

from nianbao.cli.options import spoken
from nianbao.linter import Linter
from nianbao.messages import Text
from nianbao.plugins.host import load
from nianbao.settings import Settings

_BROKEN = Text(
    "nianbao：插件“{name}”坏了，不起作用：{error}", "nianbao: plugin {name!r} is broken and gives nothing: {error}"
)


def make_linter(settings: Settings = Settings(), *, external: bool | None = None) -> Linter:
    """Return the linter of a command, and report broken plugins on standard error.

    Args:
        settings: The settings of the run.
        external: Whether installed plugins are used; when ``None``, they are unless ``NIANBAO_NO_PLUGINS`` is set.

    Raises:
        UsageError: a plugin that the settings require is missing or broken.
    """
    plugins = load(external=external)
    for plugin in plugins.broken:
        click.echo(spoken().say(_BROKEN, name=plugin.name, error=plugin.error), err=True)
    return Linter(settings, plugins=plugins)
