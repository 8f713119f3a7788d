"""Plugins that are installed for one test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def with_plugins(*places: Path) -> str:
    """Return a search path for modules with these places in front."""
    return os.pathsep.join([*map(str, places), os.environ.get("PYTHONPATH", "")])


def installed(folder: Path, source: str, name: str = "broken") -> str:
    """Install a module as a plugin and return the search path that finds it."""
    (folder / f"{name}.py").write_text(source, encoding="utf-8")
    metadata = folder / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[nianbao]\n{name} = {name}\n", encoding="utf-8")
    return with_plugins(folder)
