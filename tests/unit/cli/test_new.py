"""``nianbao new``: what it writes works at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def pack(nianbao: Run, tmp_path: Path) -> Path:
    """Begin a pack."""
    folder = tmp_path / "my rules"
    assert nianbao("new", "pack", folder).returncode == 0
    return folder


def test_a_new_pack_passes_its_tests_and_runs(nianbao: Run, pack: Path) -> None:
    """The pack has a rule with examples that do what they say, and a report can be checked with it."""
    tested = nianbao("test", pack)
    checked = nianbao("check", "examples/linjiang-2024.txt", "--pack", pack, "--select", "Z")

    assert tested.returncode == 0
    assert tested.stdout.startswith("my-rules：1 条规则，4 个例子相符，0 个不符\n")
    assert tested.stdout.endswith("my-rules：可以使用\n")
    assert checked.returncode == 0
    assert "Z001" in nianbao("rules", "--pack", pack).stdout


def test_a_rule_is_added_to_a_pack(nianbao: Run, pack: Path) -> None:
    """A further rule stands in a file of its own."""
    done = nianbao("new", "rule", "Z002", "--pack", pack)

    assert done.returncode == 0
    assert (pack / "Z002.yaml").is_file()
    assert "2 条规则，8 个例子相符" in nianbao("test", "--quick", pack).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pack", "{pack}"), "is there already"),
        (("rule", "Z001", "--pack", "{pack}"), "there is a rule Z001 already"),
        (("rule", "A001", "--pack", "{pack}"), "there is a rule A001 already"),
        (("rule", "z2", "--pack", "{pack}"), "is no code"),
        (("rule", "Z002", "--pack", "{pack}/none"), "nianbao new pack"),
        (("rule", "Z002"), "--pack"),
    ],
)
def test_nothing_is_written_over(nianbao: Run, pack: Path, arguments: tuple[str, ...], said: str) -> None:
    """What is there stays as it is; the way out is told."""
    before = {file: file.read_bytes() for file in pack.iterdir()}

    done = nianbao("new", *(argument.format(pack=pack) for argument in arguments), NIANBAO_LANG="en")

    assert done.returncode == 2
    assert said in done.stderr
    assert {file: file.read_bytes() for file in pack.iterdir()} == before
