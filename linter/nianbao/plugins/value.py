"""All that plugins give, as one value that is made once and passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import NianbaoError, UsageError
from nianbao.language.mistakes import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.kinds.base import Kind
    from nianbao.kinds.fixtures import CheckFunction
    from nianbao.model.form import Form
    from nianbao.model.function import Function
    from nianbao.model.rule import Pack
    from nianbao.outputs.base import Output
    from nianbao.readers.base import Reader


class Plugin(NamedTuple):
    """A plugin that works: its name, the version of its distribution, and the names of what it gives, by hook."""

    name: str
    version: str
    gives: Mapping[str, tuple[str, ...]]


class Broken(NamedTuple):
    """A plugin that is installed and gives nothing, and why."""

    name: str
    error: str


class Plugins(NamedTuple):
    """What there is to work with: what ships with nianbao, and what plugins add to it.

    ``packs`` and ``forms`` are those of plugins alone; ``readers`` stand in the order in which they are asked;
    ``functions`` are by each of their names.
    """

    kinds: Mapping[str, Kind]
    readers: tuple[Reader, ...]
    outputs: Mapping[str, Output]
    packs: tuple[Pack, ...]
    forms: tuple[Form, ...]
    functions: Mapping[str, Function]
    checks: Mapping[str, CheckFunction]
    loaded: tuple[Plugin, ...]
    broken: tuple[Broken, ...]

    @property
    def endings(self) -> frozenset[str]:
        """The endings of files that are looked into in a folder."""
        return frozenset(ending for reader in self.readers for ending in reader.suffixes)

    def output(self, name: str) -> Output:
        """Return the output of that name.

        Raises:
            UsageError: there is none.
        """
        if name not in self.outputs:
            raise UsageError(f"no output {name!r}{nearest(name, list(self.outputs))}")
        return self.outputs[name]

    def require(self, names: Iterable[str]) -> None:
        """Make sure that plugins are there and work.

        Raises:
            UsageError: one is not, with the reason.
        """
        broken = {one.name: one.error for one in self.broken}
        known = [one.name for one in self.loaded]
        for name in names:
            if name in broken:
                raise UsageError(f"plugin {name!r} is needed, but broken: {broken[name]}")
            if name not in known:
                raise UsageError(f"plugin {name!r} is needed, but not installed{nearest(name, known)}")


def told(error: BaseException) -> str:
    """Return what an error says; where nianbao did not raise it on purpose, with its type."""
    said = str(error)
    return said if isinstance(error, NianbaoError) and said else f"{type(error).__name__}: {said}".removesuffix(": ")
