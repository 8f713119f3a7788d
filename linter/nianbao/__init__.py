"""nianbao: a compliance linter for government information disclosure annual reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.version import __version__

if TYPE_CHECKING:
    from nianbao.api import check, extract, load_pack, read
    from nianbao.forms.loading import load_form
    from nianbao.linter import Linter
    from nianbao.model.explanation import Change, Explanation
    from nianbao.model.finding import Finding
    from nianbao.model.form import Form
    from nianbao.model.report import Cell, Report
    from nianbao.model.result import Result
    from nianbao.model.rule import Pack, Rule
    from nianbao.settings import Settings

__all__ = [
    "Cell",
    "Change",
    "Explanation",
    "Finding",
    "Form",
    "Linter",
    "Pack",
    "Report",
    "Result",
    "Rule",
    "Settings",
    "__version__",
    "check",
    "extract",
    "load_form",
    "load_pack",
    "read",
]

_HOMES = {
    "check": "api",
    "extract": "api",
    "load_pack": "api",
    "read": "api",
    "load_form": "forms.loading",
    "Linter": "linter",
    "Change": "model.explanation",
    "Explanation": "model.explanation",
    "Finding": "model.finding",
    "Result": "model.result",
    "Form": "model.form",
    "Cell": "model.report",
    "Report": "model.report",
    "Pack": "model.rule",
    "Rule": "model.rule",
    "Settings": "settings",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that each command loads only what it needs."""
    if name not in _HOMES:
        raise AttributeError(f"module 'nianbao' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - part of the delay

    return getattr(import_module(f"nianbao.{_HOMES[name]}"), name)
