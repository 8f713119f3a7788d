"""One finding for the terminal: what is wrong, the cells that show it, the authority, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text as Line

from nianbao.messages import clean
from nianbao.outputs.arithmetic import formula
from nianbao.outputs.labels import cell_labels, place
from nianbao.outputs.phrases import say
from nianbao.outputs.tables import draw
from nianbao.outputs.wrapping import hang, hang_line

if TYPE_CHECKING:
    from nianbao.model.finding import Checked, Finding
    from nianbao.model.rule import Basis

STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold blue"}
_INDENT = "  "
_DEEPER = "    "
_MOST_NAMED = 6


def trouble(finding: Finding, checked: Checked, *, width: int, lang: str) -> list[Line]:
    """Return the lines for a failing finding; one that only informs takes two."""
    lines = _headline(finding, checked.path, width, lang)
    lines += hang(clean(finding.texts.get(lang)), _INDENT, width=width)
    if finding.severity == "info":
        return lines
    lines += _cells(finding, checked, width, lang)
    for basis in finding.basis:
        lines += hang(say("basis", lang, text=_basis(basis, lang)), _INDENT, width=width, style="dim")
    help_text = clean(finding.help_texts.get(lang))
    return lines + (hang(say("help", lang, text=help_text), _INDENT, width=width) if help_text else [])


def _headline(finding: Finding, path: str, width: int, lang: str) -> list[Line]:
    """Return severity, code, name, title and place; the place at the right edge, or on a line of its own."""
    title = clean(finding.definition.title.get(lang))
    head = Line.assemble(
        (say(finding.severity, lang), STYLES[finding.severity]),
        " ",
        (finding.rule, "bold"),
        " ",
        (finding.name, "dim"),
        "  ",
        title,
    )
    where = place(path, finding.location, lang=lang)
    gap = width - head.cell_len - cell_len(where)
    if gap >= 2:
        return [head.append(" " * gap).append(where, "cyan")]
    return [*hang_line(head, "", width=width), *hang(where, _INDENT, width=width, style="cyan")]


def _cells(finding: Finding, checked: Checked, width: int, lang: str) -> list[Line]:
    if checked.report is None or not finding.cells:
        return []
    form = checked.report.form
    arithmetic = formula(finding, lang)
    if not arithmetic:
        if not 1 < len(finding.cells) <= _MOST_NAMED:
            return []  # one cell is in the message; many would hide it
        named = cell_labels(form, [one.cell.key for one in finding.cells], lang=lang)
        return hang(say("cells", lang, cells=named), _INDENT, width=width)
    prior_form = None if checked.prior is None else checked.prior.form
    drawn = draw(finding, form, prior_form=prior_form, width=width, lang=lang)
    return [*drawn, *hang(arithmetic, _DEEPER, width=width, style="bold")]


def _basis(basis: Basis, lang: str) -> str:
    quote = say("quote", lang, text=clean(basis.quote)) if basis.quote else ""
    return " ".join(part for part in (clean(basis.document), clean(basis.part), quote) if part)
