"""The plugins that a command works with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.plugins import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.plugins import Plugins


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
        click.echo(f"nianbao: plugin {one.name!r} is broken and gives nothing: {one.error}", err=True)
    plugins.require(required)
    return plugins
