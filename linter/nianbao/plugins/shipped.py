"""What ships with nianbao, by the hooks that plugins have: readers, editors, kinds, functions, outputs."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from nianbao.editing import EDITORS
from nianbao.kinds import KINDS
from nianbao.language.functions import BUILT_IN
from nianbao.outputs.output import Output, Verbosity
from nianbao.plugins.markers import hookimpl
from nianbao.readers.registry import READERS

if TYPE_CHECKING:
    from nianbao.editing.editor import Editor
    from nianbao.kinds.kind import Kind
    from nianbao.model.function import Function
    from nianbao.model.result import Result
    from nianbao.readers.reader import Reader
    from nianbao.voice import Voice


class _Kinds:
    @hookimpl
    def nianbao_kinds(self) -> tuple[Kind, ...]:
        return tuple(KINDS.values())

    @hookimpl
    def nianbao_functions(self) -> tuple[Function, ...]:
        return BUILT_IN


class _Readers:
    @hookimpl
    def nianbao_readers(self) -> tuple[Reader, ...]:
        return READERS

    @hookimpl
    def nianbao_editors(self) -> tuple[Editor, ...]:
        return EDITORS


class _Outputs:
    @hookimpl
    def nianbao_outputs(self) -> tuple[Output, ...]:
        return (Output("text", _text, _told), Output("json", _json), Output("html", _html))


SHIPPED = {"nianbao.kinds": _Kinds(), "nianbao.readers": _Readers(), "nianbao.outputs": _Outputs()}


def _text(voice: Voice, result: Result, stream: IO[str]) -> None:
    _told(voice, result, stream, Verbosity())


def _told(voice: Voice, result: Result, stream: IO[str], manner: Verbosity) -> None:
    from rich.console import Console  # noqa: PLC0415 - one output a run

    from nianbao.outputs.terminal import text  # noqa: PLC0415 - one output a run

    console = Console(file=stream, highlight=False, soft_wrap=False)
    with console.capture() as capture:  # a console that finds its pipe closed would end the process by itself
        text.render_result(voice, result, console=console, manner=manner)
    stream.write(capture.get())


def _json(voice: Voice, result: Result, stream: IO[str]) -> None:
    from nianbao.outputs.json import render_result  # noqa: PLC0415 - one output a run

    stream.write(render_result(voice, result))


def _html(voice: Voice, result: Result, stream: IO[str]) -> None:
    from nianbao.outputs.html.rendering import render_result  # noqa: PLC0415 - one output a run

    render_result(voice, result, stream=stream)
