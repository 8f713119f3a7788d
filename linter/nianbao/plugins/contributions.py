"""The contributions of one plugin, checked before they are used."""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.editing.editor import Editor
from nianbao.errors import UsageError, describe
from nianbao.forms.loading import load_form
from nianbao.kinds.kind import Kind
from nianbao.language.mistakes import nearest
from nianbao.messages import Text
from nianbao.model.form import Form
from nianbao.model.function import MORE, VALUE_TYPES, Function
from nianbao.model.rule import Pack
from nianbao.outputs.output import Output
from nianbao.plugins.markers import PROJECT
from nianbao.readers.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pluggy

_PREFIX = f"{PROJECT}_"


class Contributions(NamedTuple):
    """The contributions of one plugin, by hook; ``packs`` are paths if they are not loaded already."""

    plugin: str
    version: str
    packs: tuple[Path | Pack, ...] = ()
    forms: tuple[Form, ...] = ()
    readers: tuple[Reader, ...] = ()
    editors: tuple[Editor, ...] = ()
    kinds: tuple[Kind, ...] = ()
    functions: tuple[Function, ...] = ()
    outputs: tuple[Output, ...] = ()
    checks: Mapping[str, Any] = MappingProxyType({})

    def names(self) -> dict[str, tuple[str, ...]]:
        """Return the names that must be unique, by hook."""
        return {
            "forms": tuple(form.id for form in self.forms),
            "readers": tuple(reader.format for reader in self.readers),
            "editors": tuple(editor.format for editor in self.editors),
            "kinds": tuple(kind.name for kind in self.kinds),
            "functions": tuple(name for function in self.functions for name in function.names),
            "outputs": tuple(output.name for output in self.outputs),
            "checks": tuple(self.checks),
        }

    def guarded(self) -> Contributions:
        """Return the contributions wrapped, so that an error in one of them names the plugin."""
        from nianbao.plugins import guards  # noqa: PLC0415 - what ships is not guarded

        return self._replace(
            readers=tuple(guards.guard_reader(item, self.plugin) for item in self.readers),
            editors=tuple(guards.guard_editor(item, self.plugin) for item in self.editors),
            kinds=tuple(guards.guard_kind(item, self.plugin) for item in self.kinds),
            outputs=tuple(guards.guard_output(item, self.plugin) for item in self.outputs),
        )


def collect(manager: pluggy.PluginManager, plugin: str, *, version: str) -> Contributions:
    """Call all hooks of a registered plugin.

    Raises:
        UsageError: one of its functions is not a hook, fails, or returns something of a wrong type.
    """
    registered = manager.get_plugin(plugin)
    values: dict[str, Any] = {}
    for caller in manager.get_hookcallers(registered) or ():
        if not caller.has_spec():
            known = [name for name in vars(manager.hook) if name.startswith(_PREFIX) and name != caller.name]
            reason = Text(f"没有钩子“{caller.name}”", f"there is no hook {caller.name!r}")
            raise UsageError(reason + nearest(caller.name, known))
        implementation = next(hook for hook in caller.get_hookimpls() if hook.plugin is registered)
        values[caller.name.removeprefix(_PREFIX)] = _asked(caller.name, implementation.function)
    contributions = Contributions(plugin, version, **values)
    named: Mapping[str, tuple[Any, ...]] = contributions.names()
    for hook, names in named.items():
        for name in names:
            if not isinstance(name, str) or not name.strip():
                reason = Text(
                    f"钩子 {_PREFIX}{hook} 给出的名字 {name!r} 不是名字",
                    f"hook {_PREFIX}{hook} gave the name {name!r}, which is none",
                )
                raise UsageError(reason)
    return contributions


def _asked(hook: str, function: Callable[[], Any]) -> Any:
    """Return the checked values of a hook."""
    take = _TAKE[hook.removeprefix(_PREFIX)]
    try:
        values = function()
        if take is _check:
            return MappingProxyType({name: _check(value) for name, value in dict(values or {}).items()})
        return tuple(take(value) for value in values or ())
    except Exception as error:
        why = describe(error)
        raise UsageError(Text(f"钩子 {hook} 出错（{why.zh}）", f"hook {hook} failed ({why.en})")) from error


def _place(value: Any) -> Path:
    if isinstance(value, str | os.PathLike):
        return Path(value)
    if hasattr(value, "joinpath"):  # a folder from importlib.resources that is on the disk has a path
        return Path(str(value))
    raise TypeError(f"{value!r:.60} is no path")


def _one_of(wanted: type) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if not isinstance(value, wanted):
            raise TypeError(f"{value!r:.60} is no {wanted.__name__}")
        return value

    return take


def _kind(value: Any) -> Kind:
    kind: Kind = _one_of(Kind)(value)
    if kind.name not in kind.schema:
        raise ValueError(f"the schema of kind {kind.name!r} has no {kind.name!r}, the key that its rules are known by")
    return kind


def _function(value: Any) -> Function:
    function: Function = _one_of(Function)(value)
    takes = function.takes[:-1] if function.takes[-1:] == (MORE,) and len(function.takes) > 1 else function.takes
    for type_word in (*takes, function.gives):
        if type_word not in VALUE_TYPES:
            raise ValueError(f"function {str(function.name)!r}: no type {type_word!r}; known: {', '.join(VALUE_TYPES)}")
    return function


def _check(value: Any) -> Any:
    if not callable(value):
        raise TypeError(f"{value!r:.60} is no function")
    return value


_TAKE: Mapping[str, Callable[[Any], Any]] = {
    "packs": lambda value: value if isinstance(value, Pack) else _place(value),
    "forms": lambda value: value if isinstance(value, Form) else load_form(_place(value)),
    "readers": _one_of(Reader),
    "editors": _one_of(Editor),
    "kinds": _kind,
    "functions": _function,
    "outputs": _one_of(Output),
    "checks": _check,
}
