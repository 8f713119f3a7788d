"""Wraps contributions of a plugin, so that an error in its code names the plugin, and not nianbao."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

from nianbao.bounds.alarm import Alarm, EscapeError, contained
from nianbao.errors import InputError, NianbaoError, UsageError, describe
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from nianbao.editing.editor import Editor
    from nianbao.kinds.kind import Compiled, Kind
    from nianbao.model.form import Form
    from nianbao.model.result import Checked, RunInfo
    from nianbao.model.rule import Rule
    from nianbao.outputs.output import Output, Verbosity, Writer
    from nianbao.outputs.wording.totals import RunTotals
    from nianbao.readers.reader import Reader
    from nianbao.readers.source import Source
    from nianbao.voice import Voice

Change = TypeVar("Change")

_READER = Text(
    "插件 {plugin} 的读取程序 {name} 出错（{error}）；请停用该插件，或另存为别的格式",
    "reader {name} of plugin {plugin} failed in itself ({error}): do without the plugin, or save it in another format",
)

_EDITOR = Text(
    "插件 {plugin} 的改写程序 {name} 出错（{error}），没有写副本",
    "editor {name} of plugin {plugin} failed in itself ({error}), and no copy was made",
)
_KIND = Text(
    "{where}：插件 {plugin} 的规则种类 {name} 出错（{error}）",
    "{where}: kind {name!r} of plugin {plugin!r} failed in itself ({error})",
)
_OUTPUT = Text(
    "插件 {plugin} 的输出 {name} 出错（{error}）", "output {name!r} of plugin {plugin!r} failed in itself ({error})"
)


def guard_reader(reader: Reader, plugin: str) -> Reader:
    """Return a reader whose errors become problems of the input, with the plugin's name."""

    def failed(error: Exception) -> InputError:
        return InputError("reader-crashed", _READER.format(plugin=plugin, name=reader.format, error=describe(error)))

    def recognises(source: Source) -> bool:
        try:
            with contained():
                return bool(reader.recognises(source))
        except Exception as error:
            raise failed(error) from error

    def read(source: Source) -> Document:
        try:
            with contained():
                document = reader.read(source)
        except InputError:
            raise
        except Exception as error:
            raise failed(error) from error
        if not isinstance(document, Document):
            raise failed(TypeError(f"gave {document!r:.60}, which is no Document"))
        return document

    return reader._replace(recognises=recognises, read=read)


def guard_editor(editor: Editor, plugin: str) -> Editor:
    """Return an editor whose errors become reasons why there is no copy, with the plugin's name."""

    def failed(error: Exception) -> InputError:
        reason = _EDITOR.format(plugin=plugin, name=editor.format, error=describe(error))
        return InputError("editor-crashed", reason)

    def guarded(make: Callable[[Source, Sequence[Change]], bytes]) -> Callable[[Source, Sequence[Change]], bytes]:
        def made(source: Source, changes: Sequence[Change]) -> bytes:
            try:
                with contained():
                    copy = make(source, changes)
            except InputError:
                raise
            except Exception as error:
                raise failed(error) from error
            if not isinstance(copy, bytes):
                raise failed(TypeError(f"gave {copy!r:.60}, which are not bytes"))
            return copy

        return made

    return editor._replace(
        annotate=editor.annotate and guarded(editor.annotate), correct=editor.correct and guarded(editor.correct)
    )


def guard_kind(kind: Kind, plugin: str) -> Kind:
    """Return a kind whose errors in compiling a rule stop the run, with the plugin's name."""

    def compile_rule(rule: Rule, form: Form) -> Compiled:
        try:
            with Alarm().set() as alarm:
                return alarm.run(lambda: kind.compile(rule, form))
        except Mistake:
            raise
        except Exception as error:
            where = f"{rule.origin.file}:{rule.origin.line}: {rule.code}"
            reason = _KIND.format(where=where, plugin=plugin, name=kind.name, error=describe(error))
            raise UsageError(reason) from error

    return kind._replace(compile=compile_rule)


def guard_output(output: Output, plugin: str) -> Output:
    """Return an output whose errors stop the run, with the plugin's name."""

    @contextmanager
    def guarded() -> Iterator[None]:
        try:
            with contained():
                yield
        except Exception as error:
            if isinstance(error, OSError | NianbaoError) and not isinstance(error, EscapeError):  # of the stream
                raise
            raise UsageError(_OUTPUT.format(plugin=plugin, name=output.name, error=describe(error))) from error

    def open_guarded(stream: IO[str], voice: Voice, verbosity: Verbosity) -> Writer:
        with guarded():
            return _GuardedWriter(output.open(stream, voice, verbosity), guarded)

    return output._replace(open=open_guarded)


class _GuardedWriter(NamedTuple):
    """A writer of a plugin whose errors name the plugin."""

    writer: Writer
    guarded: Callable[[], AbstractContextManager[None]]

    def begin(self, run: RunInfo) -> None:
        with self.guarded():
            self.writer.begin(run)

    def report(self, checked: Checked) -> None:
        with self.guarded():
            self.writer.report(checked)

    def end(self, shown: RunTotals, whole: RunTotals) -> None:
        with self.guarded():
            self.writer.end(shown, whole)
