"""nianbao's own readers, editors, kinds, functions and outputs, contributed through the hooks for plugins."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from nianbao.editing import EDITORS
from nianbao.kinds import KINDS
from nianbao.language.functions import BUILT_IN
from nianbao.outputs.output import Output
from nianbao.plugins.markers import hookimpl
from nianbao.readers.registry import READERS

if TYPE_CHECKING:
    from nianbao.editing.editor import Editor
    from nianbao.kinds.kind import Kind
    from nianbao.model.function import Function
    from nianbao.outputs.output import Verbosity, Writer
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
        return (Output("text", _text, has_verbosity=True), Output("json", _json), Output("html", _html))


SHIPPED = {"nianbao.kinds": _Kinds(), "nianbao.readers": _Readers(), "nianbao.outputs": _Outputs()}


def _text(stream: IO[str], voice: Voice, verbosity: Verbosity) -> Writer:
    from nianbao.outputs.terminal.printing import printer_for  # noqa: PLC0415 - one output a run
    from nianbao.outputs.terminal.text import TextWriter  # noqa: PLC0415 - one output a run

    return TextWriter(printer_for(stream), voice, verbosity)


def _json(stream: IO[str], voice: Voice, _verbosity: Verbosity) -> Writer:
    from nianbao.outputs.json import JsonWriter  # noqa: PLC0415 - one output a run

    return JsonWriter(stream, voice)


def _html(stream: IO[str], voice: Voice, _verbosity: Verbosity) -> Writer:
    from nianbao.outputs.html.rendering import PageWriter  # noqa: PLC0415 - one output a run

    return PageWriter(stream, voice)
