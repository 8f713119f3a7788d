"""The plugins and the linter that a command works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.cli.options import spoken
from nianbao.linter import Linter
from nianbao.messages import Text
from nianbao.plugins.host import load
from nianbao.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.plugins.registry import Plugins

_BROKEN = Text(
    "nianbao：插件“{name}”坏了，不起作用：{error}", "nianbao: plugin {name!r} is broken and gives nothing: {error}"
)


def make_linter(settings: Settings = Settings(), *, external: bool | None = None) -> Linter:
    """Return the linter of a command, with the plugins that its settings require.

    Args:
        settings: The settings of the run.
        external: Whether installed plugins are asked; unless ``NIANBAO_NO_PLUGINS`` is set when ``None``.

    Raises:
        UsageError: a plugin that is required is missing or broken.
    """
    return Linter(settings, plugins=plugged(settings.plugins, external=external))


def plugged(required: Iterable[str] = (), *, external: bool | None = None) -> Plugins:
    """Return what plugins give, and tell of each that is broken.

    Args:
        required: Names of plugins that must be there.
        external: Whether installed plugins are asked; unless ``NIANBAO_NO_PLUGINS`` is set when ``None``.

    Raises:
        UsageError: one that is required is missing or broken.
    """
    plugins = load(external=external)
    for one in plugins.broken:
        click.echo(spoken().say(_BROKEN, name=one.name, error=one.error), err=True)
    plugins.require(required)
    return plugins
