"""Prints errors for people, in the language of the run; imported only after an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.cli.options import voice_of
from nianbao.errors import NianbaoError, SourceError, SourceErrors
from nianbao.messages import LANGUAGES, Text
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.voice import Voice

_MAX_ARGUMENTS = 200  # a shell may expand a star to thousands of file names
_MAX_EXCERPT_CHARS = 200
_KNOWN = Text("nianbao：{message}", "nianbao: {message}")
_INTERNAL = Text(
    "nianbao：内部错误（{error}）；请设 NIANBAO_DEBUG=1 再运行一次，把结果报告给开发者",
    "nianbao: internal error ({error}); please report it with NIANBAO_DEBUG=1 set",
)
_CALLS: Mapping[str, str] = {
    "NoSuchOption": "没有选项 {option_name}",
    "NoSuchCommand": "没有命令 {command_name}",
    "MissingParameter": "缺少 {param}",
    "BadParameter": "{param} 的值不对",
    "BadOptionUsage": "选项 {option_name} 用得不对",
}


def wanted_voice(arguments: Sequence[str], spoken: Mapping[str, Voice]) -> Voice:
    """Return the voice of a run: that of its settings, else of ``--lang`` among the arguments, else the default."""
    chosen = None
    for number, argument in enumerate(arguments[:_MAX_ARGUMENTS]):
        if argument == "--":
            break
        is_option = argument == "--lang"
        value = "".join(arguments[number + 1 : number + 2]) if is_option else argument.partition("--lang=")[2]
        chosen = value if value in LANGUAGES else chosen
    return spoken.get("voice") or voice_of(chosen)


def tell(voice: Voice, error: Exception) -> None:
    """Print an error in plain lines."""
    if isinstance(error, click.ClickException):
        _tell_call(voice, error)
    elif isinstance(error, SourceErrors | SourceError):
        _tell_source(voice, error)
    elif isinstance(error, NianbaoError):
        click.echo(voice.say(_KNOWN, message=error.message), err=True)
    else:
        click.echo(voice.say(_INTERNAL, error=f"{type(error).__name__}: {error}"), err=True)


def _tell_call(voice: Voice, error: click.ClickException) -> None:
    """Print an error in the call; in Chinese, the message of click follows."""
    name = type(error).__name__
    if voice != CHINESE or name == "NoArgsIsHelpError":  # its message is the help
        error.show()
        return
    context = getattr(error, "ctx", None)
    if context is not None:
        click.echo(f"用法：{context.get_usage().partition(':')[2].strip()}", err=True)
        click.echo(f"运行 {context.command_path} --help 看说明。\n", err=True)
    param = getattr(error, "param", None)
    named = vars(error) | {"param": "参数" if param is None else param.get_error_hint(context).replace("'", "")}
    fault = _CALLS.get(name, "用法不对").format(**named)
    click.echo(f"错误：{fault}（{error.format_message()}）", err=True)


def _tell_source(voice: Voice, error: SourceError | SourceErrors) -> None:
    """Print the place of an error in a rule, form or settings file, with the line and a caret under the place."""
    for mistake in error.errors if isinstance(error, SourceErrors) else (error,):
        click.echo(voice.say(mistake.message), err=True)
        if mistake.excerpt:
            excerpt = mistake.excerpt.rstrip()[:_MAX_EXCERPT_CHARS]
            click.echo(f"    {excerpt}", err=True)
            click.echo(f"    {_padding(excerpt, mistake.caret or 0)}^", err=True)


def _padding(excerpt: str, caret: int) -> str:
    from rich.cells import cell_len  # noqa: PLC0415 - only for mistakes

    return " " * cell_len(excerpt[:caret])
