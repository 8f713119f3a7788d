"""Options that several commands have."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from nianbao.errors import UsageError, unwritable
from nianbao.messages import LANGUAGES, Text, clean
from nianbao.model.address import MAX_SECONDS, shown
from nianbao.model.rule import PERSONAS, SHOWN
from nianbao.readers import STDIN
from nianbao.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.errors import InputError
    from nianbao.messages import Language

LANG = click.option("--lang", type=click.Choice(LANGUAGES), help="语言 language; NIANBAO_LANG sets the default")
PACK = click.option("--pack", "packs", multiple=True, metavar="PATH", help="另加的规则 a folder of further rules")
SAVE = click.option("--save", metavar="DIR", help="把取到的网页存进文件夹 keep what is fetched in a folder")
TIMEOUT = click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(min=0, min_open=True, max=86400),
    default=MAX_SECONDS,
    show_default=True,
    help="取一个地址最多用的秒数 seconds that an address may take",
)
SHOW = click.option("--show", type=click.Choice(SHOWN), help="显示哪一级以上 severity from which on findings are shown")
PERSONA = click.option("--persona", type=click.Choice(PERSONAS), help="给谁看：起草、审核、研究 for whom findings are")
STATISTICS = click.option("--statistics", is_flag=True, help="最后按规则统计 count the rules at the end")
QUIET = click.option("-q", "--quiet", is_flag=True, help="一处一行 a line for each finding or cause")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="列出每一格、每一种可能 every cell and every reading")
OUTPUT = click.option("--output", metavar="FILE", help="写入文件 write to a file")
_OVER_INPUT = Text(
    "--output“{path}”是这次要读的文件，不能写在它上面；请换一个名字",
    "--output {path!r} is a file that this run reads, which is not written over: choose another name",
)
_PACK_FILES = ("*.y*ml", "*/*.y*ml")


def voice_of(chosen: Language | None) -> Voice:
    """Return the voice to speak with: in the language chosen, that of ``NIANBAO_LANG``, else in Chinese."""
    wanted = chosen or os.environ.get("NIANBAO_LANG")
    return Voice(next((language for language in LANGUAGES if language == wanted), "zh"))


def speak(chosen: Language | None) -> Voice:
    """Return the voice that settings ask for, else the usual one; what goes wrong later is said with it too."""
    voice = voice_of(chosen)
    click.get_current_context().ensure_object(dict)["voice"] = voice
    return voice


def spoken() -> Voice:
    """Return the voice of the command that runs."""
    context = click.get_current_context(silent=True)
    if context is None:
        return voice_of(None)
    voice: Voice | None = (context.obj or {}).get("voice")
    return voice or voice_of(context.params.get("lang"))


def tell_unreadable(voice: Voice, path: str, *, error: InputError) -> None:
    """Say on standard error why an input cannot be read."""
    from nianbao.outputs.wording import phrases  # noqa: PLC0415 - only for trouble

    click.echo(voice.say(phrases.UNREADABLE, path=clean(shown(path)), reason=voice.clean(error.message)), err=True)


@contextmanager
def open_output(path: str | None, inputs: Iterable[str | None] = ()) -> Iterator[IO[str]]:
    """Give the stream to write to: standard output, or what stands at a path.

    Args:
        path: The path; a file is put in place only when all of it has been written.
        inputs: What the run reads, which is not written over.

    Raises:
        UsageError: the path cannot be written.
    """
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    from nianbao.files.atomic import whole  # noqa: PLC0415 - most runs write no file

    refuse_inputs(path, inputs)
    try:
        with whole(Path(path)) as data:
            stream = io.TextIOWrapper(data, encoding="utf-8", errors="replace", newline="\n", write_through=True)
            yield stream
            stream.detach()  # all of it is handed on, and the file stays open
    except OSError as error:
        raise unwritable(path, error) from error


def refuse_inputs(output: str | None, inputs: Iterable[str | None]) -> None:
    """Refuse to write over a file that the run reads, whatever name it goes by.

    Args:
        output: The path that is written to.
        inputs: Paths that the run reads: files, files in archives, ``-``, and folders of packs.

    Raises:
        UsageError: the file is one of them.
    """
    if output is None or not os.path.isfile(output):  # noqa: PTH113 - takes any name, however long
        return
    target = os.stat(output)  # noqa: PTH116 - the same
    if any(os.path.samestat(target, other) for path in inputs if path for other in _files(path)):
        raise UsageError(_OVER_INPUT.format(path=output))


def _files(path: str) -> Iterator[os.stat_result]:
    """Give what the system knows of the files that a path means."""
    if path == STDIN:
        yield os.fstat(0)
        return
    place = Path(path)
    for file in (place, *place.parents):  # a file in an archive has the archive above it
        with suppress(OSError, ValueError):
            yield file.stat()
            break
    if place.is_dir():
        with suppress(OSError):
            yield from (file.stat() for pattern in _PACK_FILES for file in place.glob(pattern))
