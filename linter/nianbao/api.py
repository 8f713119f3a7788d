"""The functions for Python code; each makes a linter for one call: for many calls, keep a ``Linter``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nianbao import catalogue
from nianbao.engine.checking import RelatedReports
from nianbao.extraction import extract
from nianbao.inputs.gathering import read_one
from nianbao.inputs.opening import ReadContext
from nianbao.inputs.options import InputOptions
from nianbao.linter import Linter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nianbao.model.form import Form
    from nianbao.model.outcome import Reply
    from nianbao.model.report import Report
    from nianbao.model.result import Result
    from nianbao.model.rule import Pack
    from nianbao.plugins.registry import Plugins


def read(
    path: str | os.PathLike[str],
    forms: Sequence[Form] | None = None,
    *,
    exact: bool = False,
    options: InputOptions = InputOptions(),
    plugins: Plugins | None = None,
) -> Report:
    """Read one report.

    Args:
        path: A file, an ``http`` or ``https`` address, or ``-`` for standard input; of an archive the one report in it,
            and of a page that only leads to its report, that report.
        forms: The forms it may follow; those that plugins bring or that ship with nianbao when ``None``.
        exact: Whether all places in a page are exact, with line and column; in findings they always are.
        options: How it is fetched, if it is at an address.
        plugins: The contributions of plugins; those of all installed ones when ``None``.

    Raises:
        InputError: it cannot be read, or is not a report.
    """
    linter = Linter(plugins=plugins)
    if forms is None:
        return linter.read(path, exact=exact, options=options)
    return read_one(os.fspath(path), ReadContext(forms, linter.readers, options), exact=exact)


def load_pack(
    path: str | Path, forms: Sequence[Form] | None = None, *, plugins: Plugins | None = None, trusting: bool = True
) -> Pack:
    """Load a pack from a folder, or from one file of rules.

    Args:
        path: A folder with files of rules, and ``pack.yaml`` if it wants a name and version of its own; or one file.
        forms: The forms that its rules may speak of beside the pack's own (its folder ``forms``); those that plugins
            bring or that ship with nianbao when ``None``.
        plugins: The contributions of plugins, including kinds of rule; those of all installed ones when ``None``.
        trusting: Whether a pack that was found good before, with the same content, is not checked again.

    Raises:
        SourceError, SourceErrors: the pack is missing or wrong; every mistake with file, line and a way out.
    """
    linter = Linter(plugins=plugins)
    if forms is None:
        return linter.load_pack(path, trusting=trusting)
    return catalogue.load_pack(path, forms, kinds=linter.kinds, trusting=trusting)


def check(
    *reports: Report,
    prior: Report | None = None,
    parent: Report | None = None,
    children: Sequence[Report] = (),
    packs: Sequence[Pack] = (),
    plugins: Plugins | None = None,
) -> Result:
    """Check reports.

    Args:
        reports: The reports; each finds its report of the year before among them, unless ``prior`` is given.
        prior: The report of the year before.
        parent: The report of the organ above.
        children: The reports of the organs below.
        packs: Further packs of rules.
        plugins: The contributions of plugins, including packs; those of all installed ones when ``None``.
    """
    related = RelatedReports(() if prior is None else (prior,), () if parent is None else (parent,), children)
    return Linter(plugins=plugins, packs=packs).judge(reports, related=related).result()


def ask(
    expression: str,
    report: Report,
    *,
    related: RelatedReports[Report] = RelatedReports(),
    within: str | None = None,
    plugins: Plugins | None = None,
) -> tuple[Reply, ...]:
    """Evaluate an expression of the rule language on a report.

    Args:
        expression: A relation, a statement or a value, over cells, years and dates.
        report: The report.
        related: The reports that names with ``去年.``, ``上级.`` and ``下级.`` reach.
        within: The table that names belong to, by id or name.
        plugins: The contributions of plugins, including functions; those of all installed ones when ``None``.

    Raises:
        SourceError: the expression is wrong, with the place.
    """
    return Linter(plugins=plugins).ask(expression, report, related=related, within=within)


__all__ = ["InputOptions", "RelatedReports", "ask", "check", "extract", "load_pack", "read"]
