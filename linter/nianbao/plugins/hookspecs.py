"""The hooks of nianbao: what a plugin may give. Each takes no argument and is asked once, when a run begins.

A plugin is a module (or another object) with functions of these names under ``hookimpl``, offered by an entry point of
the group ``nianbao``. It may give all of these or one of them. What is wrong with one of its gifts is told by its name,
and then the plugin gives nothing at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.plugins.markers import hookspec

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

    from nianbao.editing.editor import Editor
    from nianbao.kinds.fixtures import CheckFunction
    from nianbao.kinds.kind import Kind
    from nianbao.model.form import Form
    from nianbao.model.function import Function
    from nianbao.model.rule import Pack
    from nianbao.outputs.output import Output
    from nianbao.readers.reader import Reader

    Place = str | os.PathLike[str] | Traversable


@hookspec
def nianbao_packs() -> Iterable[Place | Pack]:  # type: ignore[empty-body]
    """Give packs of rules, which then run in every check.

    Returns:
        Folders or files of packs, as paths or as ``importlib.resources`` gives them, or packs that are loaded already.
        Their rules may be of the kinds, and for the forms, that any plugin brings.

    Example:
        ``return [importlib.resources.files(__package__) / "pack"]``
    """


@hookspec
def nianbao_forms() -> Iterable[Place | Form]:  # type: ignore[empty-body]
    """Give forms that reports may follow; a form that one pack alone needs goes into that pack's folder ``forms``.

    Returns:
        Files of forms, or forms, each with an id of its own.

    Example:
        ``return [importlib.resources.files(__package__) / "pool-year.yaml"]``
    """


@hookspec
def nianbao_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Give readers of further formats.

    Returns:
        Readers, in the order in which they are asked; a plugin's are asked before those that ship with nianbao.

    Example:
        ``return [Reader("cells", recognises=is_cells, read=read_cells, suffixes=(".cells",))]``
    """


@hookspec
def nianbao_editors() -> Iterable[Editor]:  # type: ignore[empty-body]
    """Give editors, which make copies of files with notes (``check --annotate``) or with figures put right (``fix``).

    Returns:
        Editors, each for the format of a reader, and one for a format.

    Example:
        ``return [Editor("cells", annotate=with_remarks, correct=with_figures)]``
    """


@hookspec
def nianbao_kinds() -> Iterable[Kind]:  # type: ignore[empty-body]
    """Give kinds of rule.

    Returns:
        Kinds, each with a name of its own and options that mean the same wherever other kinds have them too.

    Example:
        ``return [Kind("mentions", {"mentions": {"type": "string"}}, compile_mentions)]``
    """


@hookspec
def nianbao_functions() -> Iterable[Function]:  # type: ignore[empty-body]
    """Give functions that expressions of the rule language may call.

    Returns:
        Functions, each with a name in Chinese and in English that is not taken.

    Example:
        ``return [Function(Text("整除", "divides"), ("number", "number"), "truth", divides)]``
    """


@hookspec
def nianbao_outputs() -> Iterable[Output]:  # type: ignore[empty-body]
    """Give formats for results, to be chosen with ``--format``.

    Returns:
        Outputs, each with a name of its own.

    Example:
        ``return [Output("csv", CsvWriter)]``
    """


@hookspec
def nianbao_checks() -> Mapping[str, CheckFunction]:  # type: ignore[empty-body]
    """Give functions for rules of kind ``check``.

    Returns:
        Functions by the name that rules call them by. Each asks for what it needs by the names of its parameters
        (``report``, ``prior``, ``cells``, ``options``, …) and returns ``fail(…)``, ``undecided(…)`` or ``passed()``,
        or several of these; nothing at all means that the rule holds.

    Example:
        ``return {"even-figures": even_figures}``
    """
