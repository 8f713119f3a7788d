"""Finding plugins: only where one is installed is the slow way taken, and none is missed."""

from __future__ import annotations

import importlib.metadata
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from nianbao.plugins.entrypoints import installed

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = "[console_scripts]\nother = other:main\n\n[nianbao]\nown = own_module\n"


def put(folder: Path, name: str, entries: str) -> None:
    """Write the metadata of a distribution."""
    (folder / name).mkdir()
    file = "PKG-INFO" if name.endswith(".egg-info") else "METADATA"
    (folder / name / file).write_text("Metadata-Version: 2.1\nName: own\nVersion: 1.0\n", encoding="utf-8")
    (folder / name / "entry_points.txt").write_text(entries, encoding="utf-8")


@pytest.mark.parametrize("name", ["own-1.0.dist-info", "own.egg-info"])
def test_a_plugin_is_found_wherever_modules_are(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wheels and older installations alike; the entry point is by the name it has."""
    put(tmp_path, name, ENTRY)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])

    assert [(one.name, one.value) for one in installed()] == [("own", "own_module")]


def test_a_plugin_in_an_archive_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives cannot be looked into in passing, so the slow way is taken for them."""
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.writestr("own-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: own\nVersion: 1.0\n")
        archive.writestr("own-1.0.dist-info/entry_points.txt", ENTRY)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "packed.zip")])

    assert [one.name for one in installed()] == ["own"]


def test_other_distributions_are_no_plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry points of other groups, folders that are gone and metadata without entry points give none."""
    put(tmp_path, "own-1.0.dist-info", "[nianbao.other]\nown = own_module\n")
    (tmp_path / "bare-1.0.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path / "gone"), str(tmp_path)])

    assert installed() == ()


def test_without_a_plugin_the_slow_way_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``importlib.metadata`` is not asked where no file speaks of plugins."""
    put(tmp_path, "other-1.0.dist-info", "[console_scripts]\nother = other:main\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: pytest.fail("asked"))

    assert installed() == ()
