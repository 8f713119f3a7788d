"""What nianbao needs for the yearly statement of an invented library: form, rules, a reader, an output."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from nianbao.plugin import (
    Compiled,
    Document,
    Function,
    InputError,
    Kind,
    Location,
    Mistake,
    Output,
    Paragraph,
    Reader,
    Table,
    TableCell,
    Text,
    fail,
    hookimpl,
    passed,
    undecided,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from typing import IO

    from nianbao.plugin import (
        Cell,
        Checked,
        Form,
        Outcome,
        Rule,
        RuleContext,
        RunInfo,
        RunTotals,
        Source,
        Verbosity,
        Voice,
    )

MAX_CELLS = 10_000


# The pack, with the form in its folder "forms"


@hookimpl
def nianbao_packs() -> list[Traversable]:
    """Give the rules on the statement."""
    return [files(__package__) / "pack"]


# A reader: sheets that were saved as CSV with the line "sep=," in front


@hookimpl
def nianbao_readers() -> list[Reader]:
    """Give a reader of sheets; its files are looked into when a folder is checked."""
    return [Reader("csv", recognises=is_sheet, read=read_sheet, suffixes=(".csv",))]


def is_sheet(source: Source) -> bool:
    """Whether the text begins with the line that names the separator."""
    return source.text.startswith("sep=")


def read_sheet(source: Source) -> Document:
    """Read a line of one cell as prose, and lines of several, one below the other, as a table."""
    first, _, rest = source.text.partition("\n")
    blocks: list[Paragraph | Table] = []
    rows: list[TableCell] = []
    tables = cells = 0
    for line, row in enumerate([*csv.reader(rest.splitlines(), delimiter=first[4:5] or ","), []], 2):
        cells += len(row)
        if cells > MAX_CELLS:
            raise InputError("too-many-cells", Text("格数太多", f"more than {MAX_CELLS} cells"))
        if len(row) > 1:
            number = rows[-1].row + 1 if rows else 0
            rows += [
                TableCell(text.strip(), number, column, location=Location(line, table=tables + 1, cell=column + 1))
                for column, text in enumerate(row)
            ]
            continue
        if rows:
            tables += 1
            blocks.append(Table(tuple(rows), "lines", Location(rows[0].location.line, table=tables)))
            rows = []
        if row:
            blocks.append(Paragraph(row[0], Location(line)))
    return Document(source.name, "csv", source.sha256, tuple(blocks))


# A kind of rule: a section has to mention something


@hookimpl
def nianbao_kinds() -> list[Kind]:
    """Give the kind ``mentions``."""
    schema = {
        "mentions": {"type": "string", "minLength": 1, "description": "Words that a section has to have."},
        "of": {"type": "string", "description": "The id of the section."},
    }
    return [Kind("mentions", schema, compile_mentions)]


def compile_mentions(rule: Rule, form: Form) -> Compiled:
    """Make a rule ready for a form; a section that the form does not have is a mistake of the rule."""
    words, wanted = str(rule.options["mentions"]), str(rule.options.get("of", ""))
    if wanted not in [section.id for section in form.sections]:
        reason = Text(f"没有栏目“{wanted}”", f"no section {wanted!r}")
        raise Mistake(reason, path=("of",) if "of" in rule.options else ())

    def check(subject: RuleContext) -> Iterator[Outcome]:
        section = subject.report.section(wanted)
        if section is None:
            yield undecided(Text("没有这一部分", "there is no such section"))
        elif words in section.text:
            yield passed()
        else:
            yield fail(at=section.location, subject=wanted, words=words, heading=section.heading)

    return Compiled(check, {"": frozenset(("words", "heading"))})


# A check: a function for what no kind of rule can say


@hookimpl
def nianbao_checks() -> dict[str, Any]:
    """Give the function of rules with ``check: rounded-figures``."""
    return {"rounded-figures": rounded_figures}


def rounded_figures(cells: Mapping[str, Cell], options: Mapping[str, Any]) -> Iterator[Outcome]:
    """Fail where all of several figures can be divided by the same number, and so were hardly counted."""
    divisor, least = options.get("by", 10), options.get("least", 3)
    figures = [cell for cell in cells.values() if cell.value]
    if len(figures) >= least and all(cell.value % divisor == 0 for cell in figures if cell.value is not None):
        yield fail(*figures, subject="all", count=len(figures), by=divisor)


# A function of the rule language


@hookimpl
def nianbao_functions() -> list[Function]:
    """Give the function ``divides``."""
    return [Function(Text("整除", "divides"), ("number", "number"), "truth", divides)]


def divides(divisor: int, figure: int) -> bool:
    """Whether a figure is a multiple of a divisor."""
    return divisor != 0 and figure % divisor == 0


# An output: findings as a sheet


@hookimpl
def nianbao_outputs() -> list[Output]:
    """Give ``--format csv``."""
    return [Output("csv", CsvWriter)]


class CsvWriter:
    """Writes a line for each finding."""

    def __init__(self, stream: IO[str], voice: Voice, verbosity: Verbosity) -> None:
        del verbosity
        self.sheet = csv.writer(stream, lineterminator="\n")
        self.voice = voice

    def begin(self, run: RunInfo) -> None:
        """Write the heads of the columns."""
        del run
        self.sheet.writerow(["path", "line", "rule", "outcome", "severity", "message"])

    def report(self, checked: Checked) -> None:
        """Write the findings of a report."""
        for finding in checked.findings:
            line, message = finding.location.line or "", self.voice.say(finding.texts)
            self.sheet.writerow([checked.path, line, finding.rule, finding.outcome, finding.severity, message])

    def end(self, shown: RunTotals, whole: RunTotals) -> None:
        """Nothing stands below the findings."""
