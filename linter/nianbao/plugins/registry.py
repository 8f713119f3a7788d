"""The contributions of all plugins, as one value that is made once and passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import UsageError
from nianbao.language.mistakes import nearest
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.editing.editor import Editor
    from nianbao.kinds.fixtures import CheckFunction
    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.function import Function
    from nianbao.model.rule import Pack
    from nianbao.outputs.output import Output
    from nianbao.readers.reader import Reader


class Plugin(NamedTuple):
    """A plugin that works: its name, the version of its distribution, and the names of its contributions, by hook."""

    name: str
    version: str
    gives: Mapping[str, tuple[str, ...]]


class Broken(NamedTuple):
    """An installed plugin that contributes nothing, and the reason."""

    name: str
    error: Text


class Plugins(NamedTuple):
    """All contributions: those that ship with nianbao, and those of plugins.

    ``packs`` and ``forms`` are only those of plugins; ``readers`` are in the order in which they are tried;
    ``functions`` are by each of their names. ``external`` is whether installed plugins were used; ``None`` if this
    value was made by hand.
    """

    kinds: RuleKinds
    readers: tuple[Reader, ...]
    editors: tuple[Editor, ...]
    outputs: Mapping[str, Output]
    packs: tuple[Pack, ...]
    forms: tuple[Form, ...]
    functions: Mapping[str, Function]
    checks: Mapping[str, CheckFunction]
    loaded: tuple[Plugin, ...]
    broken: tuple[Broken, ...]
    external: bool | None = None

    def output(self, name: str) -> Output:
        """Return the output with a name.

        Raises:
            UsageError: there is none.
        """
        if name not in self.outputs:
            raise UsageError(Text(f"没有输出格式“{name}”", f"no output {name!r}") + nearest(name, list(self.outputs)))
        return self.outputs[name]

    def require(self, names: Iterable[str]) -> None:
        """Check that plugins are installed and work.

        Raises:
            UsageError: one is missing or broken.
        """
        broken = {plugin.name: plugin.error for plugin in self.broken}
        known = [plugin.name for plugin in self.loaded]
        for name in names:
            if name in broken:
                reason = Text(f"需要的插件“{name}”坏了：", f"plugin {name!r} is needed, but broken: ")
                raise UsageError(reason + broken[name])
            if name not in known:
                reason = Text(f"需要的插件“{name}”没有安装", f"plugin {name!r} is needed, but not installed")
                raise UsageError(reason + nearest(name, known))
