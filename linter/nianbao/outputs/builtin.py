"""The outputs that ship with nianbao."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from nianbao.outputs.base import Manner, Output
from nianbao.plugins.markers import hookimpl

if TYPE_CHECKING:
    from nianbao.model.finding import Result


@hookimpl
def nianbao_outputs() -> tuple[Output, ...]:
    """Give text for people, JSON for programs, and a page for browsers."""
    return (Output("text", _text, _told), Output("json", _json), Output("html", _html))


def _text(result: Result, stream: IO[str], lang: str) -> None:
    _told(result, stream, lang, Manner())


def _told(result: Result, stream: IO[str], lang: str, manner: Manner) -> None:
    from rich.console import Console  # noqa: PLC0415 - one output a run

    from nianbao.outputs.terminal import text  # noqa: PLC0415 - one output a run

    console = Console(file=stream, highlight=False, soft_wrap=False)
    with console.capture() as capture:  # a console that finds its pipe closed would end the process by itself
        text.render_result(result, console, lang=lang, manner=manner)
    stream.write(capture.get())


def _json(result: Result, stream: IO[str], lang: str) -> None:
    from nianbao.outputs.json import render_result  # noqa: PLC0415 - one output a run

    stream.write(render_result(result, lang=lang))


def _html(result: Result, stream: IO[str], lang: str) -> None:
    from nianbao.outputs.html.page import render_result  # noqa: PLC0415 - one output a run

    render_result(result, stream, lang=lang)
