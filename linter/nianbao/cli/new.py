"""``nianbao new``: create a pack, or a rule in it, with examples that run at once."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from string import Template

import click

from nianbao.catalogue import builtin_pack
from nianbao.cli import ExitCode
from nianbao.cli.plugging import make_linter
from nianbao.errors import UsageError, unwritable
from nianbao.files.atomic import create
from nianbao.files.resources import data_dir
from nianbao.messages import Text

_HELP = """开始一套规则或一条规则，自带可以运行的例子。

Begin a pack of rules, or a rule in it; what is written has examples and works at once.
"""
_CODE = re.compile(r"[A-Z]{1,3}\d{3}")


@click.group("new", help=_HELP, short_help="开始一条规则 begin a rule")
def command() -> None:
    """Create a pack or a rule."""


@command.command("pack", short_help="一套规则 a pack")
@click.argument("folder")
def pack(folder: str) -> int:
    """写一个规则文件夹，内有一条示例规则。Write a folder with a pack and an example rule in it."""
    place = Path(folder)
    if place.exists():
        reason = Text(f"“{folder}”已经有了；请换一个文件夹名", f"{folder!r} is there already; name a new folder")
        raise UsageError(reason)
    name = re.sub(r"[^a-z0-9]+", "-", place.name.lower()).strip("-")
    if not name:  # ids have Latin letters; two packs with the same id could not run together
        name = f"pack-{hashlib.sha256(place.name.encode()).hexdigest()[:6]}"
    name = name if name[0].isalpha() else f"pack-{name}"
    _write(place / "pack.yaml", "pack.yaml", {"id": name})
    return _rule(place, "Z001")


@command.command("rule", short_help="一条规则 a rule")
@click.argument("code")
@click.option("--pack", "folder", required=True, metavar="FOLDER", help="规则所在的文件夹 the folder of the pack")
def rule(code: str, *, folder: str) -> int:
    """在规则文件夹里写一条新规则。Write a new rule into a pack."""
    place = Path(folder)
    if not place.is_dir():
        reason = Text(
            f"没有文件夹“{folder}”；先运行 nianbao new pack {folder}",
            f"no folder {folder!r}; begin it with 'nianbao new pack {folder}'",
        )
        raise UsageError(reason)
    if not _CODE.fullmatch(code):
        reason = Text(
            f"“{code}”不是编号；编号是一到三个大写字母加三位数字，例如 Z002",
            f"{code!r} is no code: one to three capital letters and three digits, such as Z002",
        )
        raise UsageError(reason)
    linter = make_linter()
    known = {rule.code for pack in (builtin_pack(), *linter.plugins.packs) for rule in pack.rules}
    if any(place.glob("*.y*ml")):
        known |= {rule.code for rule in linter.load_pack(place).rules}
    if code in known:
        reason = Text(
            f"已经有规则 {code}；编号不能重复使用", f"there is a rule {code} already; codes are never used twice"
        )
        raise UsageError(reason)
    return _rule(place, code)


def _rule(folder: Path, code: str) -> int:
    file = folder / f"{code}.yaml"
    _write(file, "rule.yaml", {"code": code, "name": f"rule-{code.lower()}"})
    click.echo(str(file))
    click.echo(f"nianbao test {folder}")
    return ExitCode.CLEAN


def _write(file: Path, template: str, values: dict[str, str]) -> None:
    text = data_dir("rules").joinpath("template").joinpath(template).read_text(encoding="utf-8")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        create(Template(text).substitute(values).encode(), file)
    except OSError as error:
        raise unwritable(str(file), error) from error
