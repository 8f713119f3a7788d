"""PDFs read in the process of the tests, where coverage is measured, instead of one of their own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# Test modules whose PDFs are sound: limits on time and memory, and crashes, need the other process.
MODULES = frozenset(
    (
        "test_drawn_reports_read_back",
        "test_never_another_figure_pdf",
        "test_one_report_many_files",
        "test_pdf_clipping",
        "test_pdf_cut_tables",
        "test_pdf_loose",
        "test_pdf_pages",
        "test_pdf_prose",
        "test_pdf_strokes",
        "test_pdf_tables",
        "test_pdfs_from_office",
        "test_real_reports",
    )
)


def run_here(target: str, *arguments: object, options: Mapping[str, object] | None = None, within: object) -> Any:
    """Run a function, named as ``module:function``, in this process and without limits."""
    assert within is not None
    module, function = target.split(":")
    return getattr(import_module(module), function)(*arguments, **(options or {}))
