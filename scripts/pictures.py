"""Keep what the docs show of nianbao true: its output in ``console`` blocks, and the picture of it.

In a block marked ``console``, each line ``$ nianbao …`` is run at the root of the repository, and what follows it is
its output. ``$ echo $?`` shows the exit code of the command before.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 100
PICTURE = ROOT / "docs" / "images" / "check.svg"
PICTURED = "nianbao check examples/linjiang-2024-draft.txt --prior examples/linjiang-2023.txt"
_BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"<text[^>]*>([^<]*)</text>")


class Ran(NamedTuple):
    """What a command printed, errors included, and its exit code."""

    output: str
    code: int


def pages() -> list[Path]:
    """Return the pages of the docs."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def execute(command: str, **variables: str) -> Ran:
    """Run a ``nianbao …`` command as a reader would at the root of the repository.

    Raises:
        ValueError: it is another command.
    """
    program, *arguments = shlex.split(command)
    if program != "nianbao":
        raise ValueError(f"a console block runs nianbao alone, not {program!r}")
    kept = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "NIANBAO_LANG"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "nianbao", *arguments],
        cwd=ROOT,
        env={**kept, "PYTHONUTF8": "1", "COLUMNS": str(WIDTH), **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return Ran("\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n"), done.returncode)


def renewed(page: str) -> str:
    """Return a page with the output in its console blocks as it is now."""
    return _BLOCK.sub(lambda block: f"```console\n{_transcript(block['body'])}```", page)


def _transcript(body: str) -> str:
    """Run the commands of a block again and write down what they print."""
    lines: list[str] = []
    code = 0
    for command in re.findall(r"^\$ (.*)$", body, re.MULTILINE):
        ran = Ran(str(code), 0) if command == "echo $?" else execute(command, NO_COLOR="1")
        code = ran.code
        lines += [f"$ {command}", *ran.output.splitlines()]
    return "".join(f"{line}\n" for line in lines)


def drawn() -> str:
    """Draw what nianbao says of the example with a wrong cell, in colour."""
    ran = execute(PICTURED, FORCE_COLOR="1", TERM="xterm-256color", COLORTERM="truecolor")
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "bold"), PICTURED))
    console.print(Text.from_ansi(ran.output))
    return console.export_svg(title="nianbao check", theme=MONOKAI, unique_id="nianbao")


def shown(picture: str) -> str:
    """Return the words of a picture; colours and shapes may differ between versions of the drawing library."""
    return "".join(_SHOWN.findall(picture))


def stale() -> list[Path]:
    """Return the pages and pictures that do not show what nianbao prints now."""
    old = [page for page in pages() if renewed(text := page.read_text(encoding="utf-8")) != text]
    picture = PICTURE.read_text(encoding="utf-8") if PICTURE.is_file() else ""
    return old if shown(picture) == shown(drawn()) else [*old, PICTURE]


def refresh() -> None:
    """Write the pages and the picture anew."""
    for page in pages():
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(drawn(), encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Refresh the docs, or with ``--check`` name what is stale and return 1 where anything is."""
    if arguments != ["--check"]:
        refresh()
        return 0
    old = stale()
    for path in old:
        print(f"{path.relative_to(ROOT).as_posix()} does not show what nianbao prints now: run scripts/picture")
    return int(bool(old))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
