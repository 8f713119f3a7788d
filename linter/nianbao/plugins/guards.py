"""What a plugin gives, wrapped: where its code fails, the plugin is named, and not nianbao."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from nianbao.errors import InputError, NianbaoError, UsageError, describe
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.kind import Compiled, Kind
    from nianbao.model.form import Form
    from nianbao.model.result import Result
    from nianbao.model.rule import Rule
    from nianbao.outputs.output import Output, Verbosity
    from nianbao.readers.reader import Raw, Reader
    from nianbao.voice import Voice

_READER = Text(
    "插件 {plugin} 的读取程序 {name} 出错（{error}）；请停用该插件，或另存为别的格式",
    "reader {name} of plugin {plugin} failed in itself ({error}): do without the plugin, or save it in another format",
)

_KIND = Text(
    "{where}：插件 {plugin} 的规则种类 {name} 出错（{error}）",
    "{where}: kind {name!r} of plugin {plugin!r} failed in itself ({error})",
)
_OUTPUT = Text(
    "插件 {plugin} 的输出 {name} 出错（{error}）", "output {name!r} of plugin {plugin!r} failed in itself ({error})"
)


def guard_reader(reader: Reader, plugin: str) -> Reader:
    """Return a reader that makes any failure of its own one of the input, with the plugin's name."""

    def failed(error: Exception) -> InputError:
        return InputError("reader-crashed", _READER.format(plugin=plugin, name=reader.format, error=describe(error)))

    def recognises(raw: Raw) -> bool:
        try:
            return bool(reader.recognises(raw))
        except Exception as error:
            raise failed(error) from error

    def read(raw: Raw) -> Document:
        try:
            document = reader.read(raw)
        except InputError:
            raise
        except Exception as error:
            raise failed(error) from error
        if not isinstance(document, Document):
            raise failed(TypeError(f"gave {document!r:.60}, which is no Document"))
        return document

    return reader._replace(recognises=recognises, read=read)


def guard_kind(kind: Kind, plugin: str) -> Kind:
    """Return a kind that makes any failure in compiling a rule one that stops the run, with the plugin's name."""

    def compile_rule(rule: Rule, form: Form) -> Compiled:
        try:
            return kind.compile(rule, form)
        except Mistake:
            raise
        except Exception as error:
            where = f"{rule.origin.file}:{rule.origin.line}: {rule.code}"
            reason = _KIND.format(where=where, plugin=plugin, name=kind.name, error=describe(error))
            raise UsageError(reason) from error

    return kind._replace(compile=compile_rule)


def guard_output(output: Output, plugin: str) -> Output:
    """Return an output that makes any failure of its own one that stops the run, with the plugin's name."""

    @contextmanager
    def guarded() -> Iterator[None]:
        try:
            yield
        except (OSError, NianbaoError):  # of the stream
            raise
        except Exception as error:
            raise UsageError(_OUTPUT.format(plugin=plugin, name=output.name, error=describe(error))) from error

    def render(voice: Voice, result: Result, stream: IO[str]) -> None:
        with guarded():
            output.render(voice, result, stream)

    telling = output.tell
    if telling is None:
        return output._replace(render=render)

    def tell(voice: Voice, result: Result, stream: IO[str], manner: Verbosity) -> None:
        with guarded():
            telling(voice, result, stream, manner)

    return output._replace(render=render, tell=tell)
