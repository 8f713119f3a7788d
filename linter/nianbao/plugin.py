"""The names for writing plugins.

Everything here stays unchanged within a major version; all other parts of nianbao may change.
"""

from __future__ import annotations

from nianbao.editing.editor import Addition, Amendment, Correction, Editor, Note
from nianbao.errors import InputError
from nianbao.kinds.kind import Compiled, Kind, RuleContext
from nianbao.kinds.saying import fail, passed, undecided
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.document import Document, Paragraph, Table, TableCell
from nianbao.model.finding import Finding
from nianbao.model.form import Form
from nianbao.model.function import Function
from nianbao.model.location import Location
from nianbao.model.outcome import Outcome
from nianbao.model.report import Cell, Report, Section
from nianbao.model.result import Checked, Result, RunInfo
from nianbao.model.rule import Pack, Rule
from nianbao.outputs.output import Output, Verbosity, Writer
from nianbao.outputs.wording.totals import RunTotals
from nianbao.plugins.markers import hookimpl
from nianbao.readers.reader import Reader
from nianbao.readers.source import Source
from nianbao.voice import Voice

__all__ = [
    "Addition",
    "Amendment",
    "Cell",
    "Checked",
    "Compiled",
    "Correction",
    "Document",
    "Editor",
    "Finding",
    "Form",
    "Function",
    "InputError",
    "Kind",
    "Location",
    "Mistake",
    "Note",
    "Outcome",
    "Output",
    "Pack",
    "Paragraph",
    "Reader",
    "Report",
    "Result",
    "Rule",
    "RuleContext",
    "RunInfo",
    "RunTotals",
    "Section",
    "Source",
    "Table",
    "TableCell",
    "Text",
    "Verbosity",
    "Voice",
    "Writer",
    "fail",
    "hookimpl",
    "passed",
    "undecided",
]
