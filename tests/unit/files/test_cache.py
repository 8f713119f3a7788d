"""The cache of parsed data: reused, and never missed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from nianbao.files.cache import cache_key, load_cached, store_cached
from nianbao.files.resources import data_dir
from nianbao.yamlfiles.source import parse, parse_shipped

if TYPE_CHECKING:
    from pathlib import Path

FORM = data_dir("schemas").joinpath("forms").joinpath("zfxxgk-2021.yaml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a cache folder of its own."""
    monkeypatch.setenv("NIANBAO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_kept_is_what_was_parsed(folder: Path) -> None:
    """The second reading comes from the cache and gives the same data."""
    first, second = parse_shipped(FORM, "form"), parse_shipped(FORM, "form")

    assert len(list(folder.iterdir())) == 1
    assert first.data == second.data == parse(FORM.read_text(encoding="utf-8"), "form").data


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"0" * 64 + b"\n[]", b"[" * 100_000])
def test_a_corrupted_cache_does_no_harm(folder: Path, content: bytes) -> None:
    """Whatever stands in the cache, the data are those of the file, and the cache is mended."""
    expected = parse_shipped(FORM, "form").data
    (kept,) = folder.iterdir()
    kept.write_bytes(content)

    assert parse_shipped(FORM, "form").data == expected
    assert kept.read_bytes() != content


def test_no_cache_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty setting means none; a place that cannot be written to is as good as none."""
    file = tmp_path / "file"
    file.touch()
    for place in ("", str(file), os.devnull):
        monkeypatch.setenv("NIANBAO_CACHE", place)
        store_cached(cache_key("x"), [1])
        assert load_cached(cache_key("x")) is None
        assert parse_shipped(FORM, "form").data["id"] == "zfxxgk-2021"


def test_the_user_s_folder_is_used_unless_another_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a setting the data stand in the user's cache folder."""
    monkeypatch.delenv("NIANBAO_CACHE", raising=False)
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path))

    store_cached(cache_key("x"), {"a": [1, 2]})

    assert load_cached(cache_key("x")) == {"a": [1, 2]}
    assert (tmp_path / "nianbao").is_dir()
