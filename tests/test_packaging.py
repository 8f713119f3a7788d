"""The distribution: what is in it, and that it works far away from the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nianbao.files.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[1]
DATA = ("rules", "schemas")
GOOD, BAD, PRIOR = "linjiang-2024.txt", "linjiang-2024-draft.txt", "linjiang-2023.txt"
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "build")
_IDENTITY = ("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")


def run(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command with no environment of the checkout in the way, and return what it printed."""
    strangers = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"}
    kept = {
        name: value for name, value in os.environ.items() if name not in strangers and not name.startswith("COVERAGE_")
    }
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={
            **kept,
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
            "COLUMNS": "100",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_COMPILE": "1",
            **variables,
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def must(*command: str | Path, cwd: Path, **variables: str) -> str:
    """Run a command that has to succeed, and return what it printed."""
    done = run(*command, cwd=cwd, **variables)
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def files(folder: Path) -> Iterator[str]:
    """Give the data files of the checkout's ``rules`` or ``schemas``, named as in the package."""
    return (f"nianbao/{path.relative_to(ROOT).as_posix()}" for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout as it stands, committed to a repository of its own."""
    copy = tmp_path_factory.mktemp("checkout") / "nianbao"
    shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
    must("git", "init", "--quiet", cwd=copy)
    must("git", "add", "--all", cwd=copy)
    must("git", *_IDENTITY, "commit", "--quiet", "--no-verify", "--message", "as it stands", cwd=copy)
    return copy


@pytest.fixture(scope="module")
def built(checkout: Path) -> Path:
    """Return a folder with the source distribution and the wheel that was built from it."""
    target = checkout.parent / "built"
    must(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, checkout, cwd=checkout.parent)
    return target


def environment(folder: Path, *wanted: str | Path) -> Path:
    """Make a virtual environment with nothing but a package and what it needs; return the folder of its programs."""
    venv.create(folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet")
    must(*pip, *wanted, cwd=folder)
    return programs


def assert_checks(programs: Path, cwd: Path) -> None:
    """Assert that the installed command passes the clean example and finds the fault in the draft."""
    for name in (GOOD, BAD, PRIOR):
        shutil.copy(ROOT / "examples" / name, cwd)

    clean = run(programs / "nianbao", "check", GOOD, "--prior", PRIOR, cwd=cwd)
    draft = run(programs / "nianbao", "check", BAD, "--prior", PRIOR, cwd=cwd)

    assert clean.returncode == 0, clean.stdout
    assert draft.returncode == 1, draft.stdout
    assert "A002" in draft.stdout
    assert "A003" in draft.stdout


def test_the_wheel_holds_all_rules_and_schemas(built: Path) -> None:
    """The wheel has every file of rules/ and schemas/, no other, and none of the checkout's other folders."""
    names = zipfile.ZipFile(next(built.glob("*.whl"))).namelist()
    data = {name for name in names if name.startswith(tuple(f"nianbao/{folder}/" for folder in DATA))}
    tops = {name.split("/")[0] for name in names}

    assert data == {name for folder in DATA for name in files(ROOT / folder)}
    assert all(any(name.startswith(f"nianbao/{folder}/") for name in data) for folder in DATA)
    assert {top for top in tops if not top.endswith(".dist-info")} == {"nianbao"}
    assert {"nianbao/py.typed", "nianbao/outputs/html/page.css", "nianbao/outputs/html/page.js"} <= set(names)
    assert [name for name in names if name.endswith((".md", ".pyc", ".orig", ".rej"))] == []


def test_the_source_distribution_holds_what_it_takes_to_work_on_it(built: Path) -> None:
    """The source distribution has the tests, the docs, the scripts and the examples, and no environment."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {"/".join(name.split("/")[1:]) for name in archive.getnames()}

    assert {"LICENSE", "README.md", "pyproject.toml", "scripts/test", "tests/conftest.py", f"examples/{BAD}"} <= names
    assert not [name for name in names if name.startswith((".venv/", ".git/")) or "__pycache__" in name]


def test_a_checkout_serves_its_own_rules() -> None:
    """In development the rules are those of the checkout: an edited rule is seen at once."""
    assert {name: Path(str(data_dir(name))) for name in DATA} == {name: ROOT / name for name in DATA}


def test_the_wheel_works_in_an_empty_environment(built: Path, tmp_path: Path) -> None:
    """Installed from the wheel alone, the command checks reports far from the checkout."""
    programs = environment(tmp_path / "venv", next(built.glob("*.whl")))
    (reports := tmp_path / "年报").mkdir()

    assert_checks(programs, reports)


def test_an_editable_installation_works(checkout: Path, tmp_path: Path) -> None:
    """Installed with `pip install -e`, the command works, and leaves no copies of the rules behind."""
    programs = environment(tmp_path / "venv", "--editable", checkout)
    (reports := tmp_path / "reports").mkdir()

    assert_checks(programs, reports)
    assert not [path for path in (tmp_path / "venv").rglob("nianbao/*") if path.is_dir()]


def test_the_hooks_work_in_a_users_repository(checkout: Path, tmp_path: Path) -> None:
    """pre-commit installs the hooks from the repository; they pass a good report and stop a bad one."""
    user = tmp_path / "user"
    user.mkdir()
    must("git", "init", "--quiet", cwd=user)
    for name in (GOOD, BAD, PRIOR):
        shutil.copy(ROOT / "examples" / name, user)
    revision = must("git", "rev-parse", "HEAD", cwd=checkout).strip()
    source = {"repo": str(checkout), "rev": revision, "hooks": [{"id": "nianbao"}, {"id": "nianbao-all"}]}
    (user / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [source]}), encoding="utf-8")
    must("git", "add", "--all", cwd=user)

    def hook(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = ("-m", "pre_commit", "run", name, "--verbose", *arguments)
        return run(sys.executable, *command, cwd=user, PRE_COMMIT_HOME=str(tmp_path / "home"))

    good, bad = hook("nianbao", "--files", GOOD), hook("nianbao", "--files", BAD)
    everything = hook("nianbao-all", "--all-files")

    assert good.returncode == 0, good.stdout
    assert bad.returncode == 1, bad.stdout
    assert "A002" in bad.stdout
    assert everything.returncode == 1, everything.stdout
    assert "A002" in everything.stdout
