"""A git repository with the hooks of nianbao, run by pre-commit or prek as people run them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

RUNNERS = ("pre-commit", "prek")
_BIN = Path(sys.executable).parent
_MANIFEST = Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml"
_PATIENCE = 300  # seconds


def manifest() -> dict[str, dict[str, Any]]:
    """Return the hooks that the repository offers, by id."""
    return {hook["id"]: hook for hook in yaml.safe_load(_MANIFEST.read_text(encoding="utf-8"))}


def has_runner(name: str) -> bool:
    """Whether a program that runs hooks is installed beside Python."""
    return (_BIN / name).exists() or (_BIN / f"{name}.exe").exists()


class Repository:
    """A fresh git repository whose commits a hook checks.

    Args:
        folder: An empty folder.
        runner: ``pre-commit`` or ``prek``.
        hook: The id of the hook; it runs with the Python of the tests, and is not installed anew.
        changed: What the user's configuration changes about it.
    """

    def __init__(self, folder: Path, runner: str, *, hook: str = "nianbao", **changed: object) -> None:
        self.folder = folder
        self._variables = {
            **os.environ,
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(folder / ".git" / "pre-commit"),
            "PREK_HOME": str(folder / ".git" / "prek"),
            "PYTHONUTF8": "1",
        }
        self.run("git", "init", "-q")
        for name, value in (("user.name", "clerk"), ("user.email", "clerk@example.gov.cn"), ("gc.auto", "0")):
            self.run("git", "config", name, value)
        command, *rest = manifest()[hook]["entry"].split()
        entry = " ".join([f"'{Path(sys.executable).as_posix()}' -m {command}", *rest])
        own = {**manifest()[hook], "entry": entry, "language": "system", **changed}
        config = {"repos": [{"repo": "local", "hooks": [own]}]}
        (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        self.commit({})
        self.run(str(_BIN / runner), "install")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the repository."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self._variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=_PATIENCE,
            check=False,
        )

    def commit(self, files: Mapping[str, bytes]) -> subprocess.CompletedProcess[str]:
        """Write files, and commit all; what a commit that was stopped had added is taken out again."""
        for name, data in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        self.run("git", "add", "--all")
        done = self.run("git", "commit", "-q", "-m", "reports")
        if done.returncode:
            self.run("git", "reset", "-q", "--hard")
        return done
