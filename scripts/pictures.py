"""Keep what the docs show of nianbao true: its output in ``console`` blocks, and the picture of it.

In a block marked ``console``, each line ``$ nianbao …`` is run at the root of the repository, and what follows it is
its output. ``$ echo $?`` shows the exit code of the command before. A line ``…`` stands for any lines of the output.

A page that writes files is followed as its reader would, from top to bottom, in a folder of its own that holds the
examples. A ``yaml`` block that begins with ``# NAME.yaml`` is that file, or more of it where ``（续）`` or
``, continued`` follows the name. A ``diff`` block makes one file from another by replacing words.
"""

from __future__ import annotations

import html
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from difflib import get_close_matches
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 100
PICTURE = ROOT / "docs" / "images" / "check.svg"
PICTURED = "nianbao check examples/linjiang-2024-draft.txt --prior examples/linjiang-2023.txt"
_BLOCK = re.compile(r"^```(?P<kind>console|yaml|diff)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (?P<name>\S+?\.yaml)(?P<more>（续）|, continued)?\n")
_CHANGED = re.compile(r"--- (?P<old>\S+)\n\+\+\+ (?P<new>\S+)\n(?P<changes>(?:-.*\n\+.*\n)+)")
_WRITES = re.compile(rf"^```(?:yaml\n{_FILE.pattern}|diff\n)", re.MULTILINE)
_FOLD = "…"
_TEXT = re.compile(
    r'<text(?P<before>[^>]*?)x="(?P<x>[^"]+)"(?P<between>[^>]*?)textLength="(?P<length>[^"]+)"(?P<after>[^>]*)>'
    r"(?P<text>[^<]+)</text>"
)
_SHOWN = re.compile(r"<text[^>]*>([^<]*)</text>")


class Ran(NamedTuple):
    """What a command printed, errors included, and its exit code."""

    output: str
    code: int


def pages() -> list[Path]:
    """Return the pages of the docs."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def execute(command: str, place: Path = ROOT, **variables: str) -> Ran:
    """Run a ``nianbao …`` command as a reader would, at the root of the repository or in another place.

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
        cwd=place,
        env={**kept, "PYTHONUTF8": "1", "COLUMNS": str(WIDTH), **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return Ran(trimmed(done.stdout), done.returncode)


def trimmed(output: str) -> str:
    """Return what a command printed without blanks at the ends of lines, and blank lines at its own ends."""
    return "\n".join(line.rstrip() for line in output.splitlines()).strip("\n")


def renewed(page: str) -> str:
    """Return a page with the output in its console blocks as it is now."""
    with followed(page) as (now, _place):
        return now


@contextmanager
def followed(page: str) -> Iterator[tuple[str, Path]]:
    """Do what a page says; give the page as it is now, and the folder with the files that it writes."""
    if not _WRITES.search(page):
        yield _BLOCK.sub(lambda block: _done(block, ROOT), page), ROOT
        return
    with TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(ROOT / "examples", place / "examples")
        yield _BLOCK.sub(lambda block: _done(block, place), page), place


def _done(block: re.Match[str], place: Path) -> str:
    """Do what one block says, and return it as it is now."""
    kind, body = block["kind"], block["body"]
    if kind == "console":
        return f"```console\n{_transcript(body, place)}```"
    if kind == "diff":
        _change(body, place)
    elif file := _FILE.match(body):
        path = place / file["name"]
        _write(path, path.read_text(encoding="utf-8") + body[file.end() :] if file["more"] else body)
    return block[0]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _change(body: str, place: Path) -> None:
    """Make one file from another: ``-`` words, once in it, become the ``+`` words below.

    Raises:
        ValueError: the block is of another form, or its words are not in the file, or more than once.
    """
    said = _CHANGED.fullmatch(body)
    if said is None:
        raise ValueError(f"a diff block names two files and goes on with pairs of - and +: {body!r}")
    text = (place / said["old"]).read_text(encoding="utf-8")
    lines = said["changes"].splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        if text.count(old[1:]) != 1:
            raise ValueError(f"{old[1:]!r} is {text.count(old[1:])} times in {said['old']}, not once")
        text = text.replace(old[1:], new[1:])
    _write(place / said["new"], text)


def _transcript(body: str, place: Path) -> str:
    """Run the commands of a block again and write down what they print."""
    lines: list[str] = []
    code = 0
    shown = body.splitlines()
    starts = [number for number, line in enumerate(shown) if line.startswith("$ ")]
    for start, end in pairwise([*starts, len(shown)]):
        command = shown[start][2:]
        ran = Ran(str(code), 0) if command == "echo $?" else execute(command, place, NO_COLOR="1")
        code = ran.code
        lines += [shown[start], *folded(ran.output.splitlines(), shown[start + 1 : end])]
    return "".join(f"{line}\n" for line in lines)


def folded(output: list[str], shown: list[str]) -> list[str]:
    """Return an output with the folds in which a page shows it, or the whole of it where they fit no more."""
    if _FOLD not in shown:
        return output
    kept: list[str] = []
    rest = output
    for line in shown:
        near = [line] if line in (_FOLD, *rest) else get_close_matches(line, rest, 1)
        if not near:
            return output
        kept += near
        rest = rest if line == _FOLD else rest[rest.index(near[0]) + 1 :]
    pattern = "".join("(?:.*\n)*?" if line == _FOLD else re.escape(f"{line}\n") for line in kept)
    return kept if re.fullmatch(pattern, "".join(f"{line}\n" for line in output)) else output


def drawn() -> str:
    """Draw what nianbao says of the example with a wrong cell, in colour."""
    ran = execute(PICTURED, FORCE_COLOR="1", TERM="xterm-256color", COLORTERM="truecolor")
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "bold"), PICTURED))
    console.print(Text.from_ansi(ran.output))
    return spaced(console.export_svg(title="nianbao check", theme=MONOKAI, unique_id="nianbao"))


def spaced(picture: str) -> str:
    """Give wide characters the room of two: rich draws them from the right place, but presses them into that of one."""
    return _TEXT.sub(_runs, picture)


def _runs(found: re.Match[str]) -> str:
    """Return a piece of text as one for each run of wide characters, narrow ones or blanks, each in its place."""
    x, length, text = float(found["x"]), float(found["length"]), html.unescape(found["text"])
    one = length / len(text)
    pieces = []
    for _, group in groupby(text, lambda one: (cell_len(one), one.isspace(), one.isascii())):
        run = "".join(group)
        size = one * cell_len(run)
        tag = f'<text{found["before"]}x="{x:.6g}"{found["between"]}textLength="{size:.6g}"{found["after"]}>'
        pieces.append(f"{tag}{html.escape(run, quote=False).replace(chr(0xA0), '&#160;')}</text>")
        x += size
    return "".join(pieces)


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
