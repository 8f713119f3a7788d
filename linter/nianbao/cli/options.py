"""Options that several commands have."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from nianbao.errors import UsageError
from nianbao.messages import LANGUAGES, Text, clean
from nianbao.model.address import MAX_SECONDS, shown
from nianbao.model.rule import PERSONAS, SHOWN
from nianbao.readers import STDIN
from nianbao.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.errors import InputError
    from nianbao.messages import Language

_REPEATED_STDIN = Text("标准输入（-）只能写一次", "standard input (-) can be read only once")
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
MAX_LINES = click.option(
    "--max-lines", type=click.IntRange(min=1), metavar="N", help="每份报告最多几行 lines for each report at most"
)
OUTPUT = click.option("--output", metavar="FILE", help="写入文件 write to a file")


def voice_of(chosen: Language | None) -> Voice:
    """Return the voice for a language: the chosen one, else that of ``NIANBAO_LANG``, else Chinese."""
    wanted = chosen or os.environ.get("NIANBAO_LANG")
    return Voice(next((language for language in LANGUAGES if language == wanted), "zh"))


def speak(chosen: Language | None) -> Voice:
    """Return the voice of settings, else the default; later errors are printed with it too."""
    voice = voice_of(chosen)
    click.get_current_context().ensure_object(dict)["voice"] = voice
    return voice


def spoken() -> Voice:
    """Return the voice of the current command."""
    context = click.get_current_context(silent=True)
    if context is None:
        return voice_of(None)
    voice: Voice | None = (context.obj or {}).get("voice")
    return voice or voice_of(context.params.get("lang"))


def refuse_repeated_stdin(paths: Iterable[str]) -> None:
    """Refuse to read standard input twice.

    Raises:
        UsageError: several paths are ``-``.
    """
    if sum(path == STDIN for path in paths) > 1:
        raise UsageError(_REPEATED_STDIN)


def tell_unreadable(voice: Voice, path: str, *, error: InputError) -> None:
    """Print on standard error why an input cannot be read."""
    from nianbao.outputs.wording import phrases  # noqa: PLC0415 - only for trouble

    click.echo(voice.say(phrases.UNREADABLE, path=clean(shown(path)), reason=voice.clean(error.message)), err=True)
