"""The hooks of nianbao: what a plugin may contribute. Hooks have no arguments and are called once, when a run begins.

A plugin is a module (or another object) with functions of these names under the decorator ``hookimpl``; an entry point
of the group ``nianbao`` refers to it. It may have all of these functions or only one. An error in a contribution is
reported with the plugin's name, and then the plugin contributes nothing at all.
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
    """Contribute packs of rules, which then run in every check.

    Returns:
        Folders or files of packs, as paths or from ``importlib.resources``, or packs that are loaded already.
        Their rules may be of the kinds, and for the forms, of any plugin.

    Example:
        ``return [importlib.resources.files(__package__) / "pack"]``
    """


@hookspec
def nianbao_forms() -> Iterable[Place | Form]:  # type: ignore[empty-body]
    """Contribute forms that reports may follow; a form for a single pack belongs into that pack's folder ``forms``.

    Returns:
        Files of forms, or forms, each with a unique id.

    Example:
        ``return [importlib.resources.files(__package__) / "pool-year.yaml"]``
    """


@hookspec
def nianbao_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Contribute readers of further formats.

    Returns:
        Readers, in the order in which they are tried; those of a plugin are tried before those of nianbao.

    Example:
        ``return [Reader("cells", recognises=is_cells, read=read_cells, suffixes=(".cells",))]``
    """


@hookspec
def nianbao_editors() -> Iterable[Editor]:  # type: ignore[empty-body]
    """Contribute editors, which make copies of files with notes (``check --annotate``) or corrected figures (``fix``).

    Returns:
        Editors, at most one for each format of a reader.

    Example:
        ``return [Editor("cells", annotate=with_remarks, correct=with_figures)]``
    """


@hookspec
def nianbao_kinds() -> Iterable[Kind]:  # type: ignore[empty-body]
    """Contribute kinds of rules.

    Returns:
        Kinds, each with a unique name; an option that other kinds have too must have the same meaning.

    Example:
        ``return [Kind("mentions", {"mentions": {"type": "string"}}, compile_mentions)]``
    """


@hookspec
def nianbao_functions() -> Iterable[Function]:  # type: ignore[empty-body]
    """Contribute functions that expressions of the rule language may call.

    Returns:
        Functions, each with a unique name in Chinese and in English.

    Example:
        ``return [Function(Text("整除", "divides"), ("number", "number"), "truth", divides)]``
    """


@hookspec
def nianbao_outputs() -> Iterable[Output]:  # type: ignore[empty-body]
    """Contribute formats for results, to be chosen with ``--format``.

    Returns:
        Outputs, each with a unique name.

    Example:
        ``return [Output("csv", CsvWriter)]``
    """


@hookspec
def nianbao_checks() -> Mapping[str, CheckFunction]:  # type: ignore[empty-body]
    """Contribute functions for rules of kind ``check``.

    Returns:
        Functions by the names that rules use. The names of a function's parameters select what it receives
        (``report``, ``prior``, ``cells``, ``options``, …); it returns ``fail(…)``, ``undecided(…)`` or ``passed()``,
        or several of these; no result means that the rule holds.

    Example:
        ``return {"even-figures": even_figures}``
    """
