"""Results and reports as JSON; the shapes are those of ``result.schema.json`` and ``report.schema.json``."""

from __future__ import annotations

import datetime as dt
from typing import IO, TYPE_CHECKING, Any

from nianbao.model.outcome import FAIL
from nianbao.model.result import RunInfo
from nianbao.outputs.exactjson import dumps
from nianbao.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.explanation import Change, Component, Explanation, OpenFigure
    from nianbao.model.finding import Finding
    from nianbao.model.outcome import CellRef
    from nianbao.model.problem import Problem
    from nianbao.model.report import Cell, Report
    from nianbao.model.result import Checked
    from nianbao.model.rule import Basis
    from nianbao.outputs.wording.totals import RunTotals
    from nianbao.voice import Voice

RESULT_SCHEMA = "nianbao/result/1"
RESULT_WITH_FINDINGS_SCHEMA = "nianbao/result/2"  # of a run with findings about several reports
REPORT_SCHEMA = "nianbao/report/1"
_INDENT = "  "


class JsonWriter:
    """Writes a run as JSON, each report as it comes.

    Args:
        stream: Where to write.
        voice: The language of texts.
    """

    def __init__(self, stream: IO[str], voice: Voice) -> None:
        self._stream, self._voice = stream, voice
        self._run = RunInfo()
        self._count = 0

    def begin(self, run: RunInfo) -> None:
        """Write the version and the packs, and begin the array of reports."""
        self._run = run
        schema = RESULT_WITH_FINDINGS_SCHEMA if run.findings else RESULT_SCHEMA
        packs = [{"id": name, "version": version} for name, version in run.packs]
        self._stream.write("{" + _member("schema", schema))
        self._stream.write("," + _member("tool", {"version": __version__, "packs": packs}))
        self._stream.write(f",\n{_INDENT}{dumps('reports')}: [")

    def report(self, checked: Checked) -> None:
        """Write a report as the next of the array."""
        indent = _INDENT * 2
        comma = "," if self._count else ""
        self._stream.write(f"{comma}\n{indent}{dumps(_checked(self._voice, checked), indent=indent)}")
        self._count += 1

    def end(self, shown: RunTotals, whole: RunTotals) -> None:
        """Write the data on the whole run."""
        del whole
        run, voice = self._run, self._voice
        self._stream.write(f"\n{_INDENT}]" if self._count else "]")
        if run.findings:
            self._stream.write("," + _member("findings", [_finding(voice, finding, ()) for finding in run.findings]))
        self._stream.write("," + _member("problems", [_problem(voice, problem) for problem in run.problems]))
        self._stream.write("," + _member("skipped", list(run.skipped)))
        self._stream.write("," + _member("summary", shown.summary._asdict()) + "\n}\n")


def _member(name: str, value: Any) -> str:
    """Return a member of the outermost object."""
    return f"\n{_INDENT}{dumps(name)}: {dumps(value, indent=_INDENT)}"


def render_report(voice: Voice, report: Report) -> str:
    """Write a report as canonical JSON, every cell of its form in order."""
    return dumps(report_data(voice, report)) + "\n"


def report_data(voice: Voice, report: Report) -> dict[str, Any]:
    """Return a report as plain data with exact numbers."""
    period = report.period
    return {
        "schema": REPORT_SCHEMA,
        "form": report.form.id,
        "title": report.title,
        "year": report.year,
        "issuer": report.issuer and report.issuer._asdict(),
        "period": period and {"from": period.start.isoformat(), "to": period.end.isoformat()},
        "published": report.published and report.published.isoformat(),
        "sections": [
            {
                "id": section.id,
                "heading": section.heading,
                "text": section.text,
                "location": section.location.as_json(),
            }
            for section in report.sections
        ],
        "cells": {key: _report_cell(report.cells[key]) for key in _ordered_keys(report)},
        **_own_data(report),
        "unread": {key: voice.say(reason) for key, reason in report.unread.items()},
        **({"absent": [key for key in report.unread if key in report.absent]} if report.absent else {}),
        "notes": [voice.say(note) for note in report.notes],
    }


def _own_data(report: Report) -> dict[str, Any]:
    """Return additional data of some forms: labels of the members of open groups, and the form's own facts."""
    members = {
        f"{table.id}.{group.id}": [label for name in group.members for label in axis.items[name].labels]
        for table in report.form.tables.values()
        for axis in (table.rows, table.columns)
        if (group := axis.open_group) is not None
    }
    values = {fact.id: report.facts[fact.id].value for fact in report.form.facts if fact.id in report.facts}
    facts = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}
    return {name: data for name, data in (("members", members), ("facts", facts)) if data}


def _ordered_keys(report: Report) -> list[str]:
    """Return the keys of the cells read in the form's order; a group's own row has the place of its first member."""
    order = {key: (number, 1) for number, key in enumerate(report.form.slots)}
    for table in report.form.tables.values():
        for group in table.rows.groups:
            for column in table.columns.leaves:
                number, _ = order.get(f"{table.id}.{group.members[0]}.{column.id}", (len(order), 1))
                order[f"{table.id}.{group.id}.{column.id}"] = (number, 0)
    return sorted(report.cells, key=lambda key: order.get(key, (len(order), 1)))


def _report_cell(cell: Cell) -> dict[str, Any]:
    return {"value": cell.value, "state": cell.state, "raw": cell.raw, "location": cell.location.as_json()}


def _checked(voice: Voice, checked: Checked) -> dict[str, Any]:
    report, prior = checked.report, checked.prior
    read, unread = (len(report.cells), len(report.unread)) if report else (0, 0)
    explained = checked.explanations
    return {
        "path": checked.path,
        "sha256": report and report.sha256,
        "form": report and report.form.id,
        "issuer": report and report.issuer and report.issuer._asdict(),
        "year": report and report.year,
        "prior": prior and {"path": prior.name, "sha256": prior.sha256, "form": prior.form.id, "year": prior.year},
        "cells": {"read": read, "expected": read + unread},
        "findings": [_finding(voice, finding, explained) for finding in checked.findings],
        "explanations": [_explanation(explanation) for explanation in explained],
        "components": [_component(voice, component) for component in checked.components],
        "following": [
            {"key": implied.cell.key, "value": implied.value, "location": implied.cell.location.as_json()}
            for implied in checked.following
        ],
        "notes": [voice.say(note) for note in report.notes] if report else [],
        "problems": [_problem(voice, problem) for problem in checked.problems],
    }


def _finding(voice: Voice, finding: Finding, explained: Sequence[Explanation]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "rule": finding.rule,
        "name": finding.name,
        "outcome": finding.outcome,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": voice.say(finding.texts),
        "help": voice.say(finding.help_texts) if finding.outcome == FAIL else "",
        "basis": [_basis(basis) for basis in finding.basis],
        "cells": [_cell(ref) for ref in finding.cells],
        "left": finding.left,
        "right": finding.right,
        "difference": finding.difference,
        "location": finding.location.as_json(),
        "fingerprint": finding.fingerprint,
        "explanations": [
            number for number, explanation in enumerate(explained) if finding.fingerprint in explanation.findings
        ],
    }
    if finding.absent:
        data["absent"] = list(finding.absent)
    return data if finding.reason is None else data | {"reason": voice.say(finding.reason)}


def _explanation(explanation: Explanation) -> dict[str, Any]:
    hold, of = explanation.holding
    return {
        "component": explanation.component,
        "rank": explanation.rank,
        "confidence": explanation.confidence,
        "changes": [_change(change) for change in explanation.changes],
        "findings": list(explanation.findings),
        "equations": {"hold": hold, "of": of},
    }


def _change(change: Change) -> dict[str, Any]:
    data = {
        "key": change.key,
        "from": change.old,
        "to": change.new,
        "slip": change.slip,
        "step": change.step,
        "location": change.location.as_json(),
    }
    return data if change.source is None else data | {"year": change.year, "source": change.source}


def _component(voice: Voice, component: Component) -> dict[str, Any]:
    data: dict[str, Any] = {
        "component": component.number,
        "findings": list(component.findings),
        "readings": component.readings,
        "others": [_change(change) for change in component.others],
        "note": None if component.note is None else voice.say(component.note),
    }
    if component.further:
        data["further"] = component.further
    if component.differing:
        data["differing"] = [_open_figure(figure) for figure in component.differing]
    return data


def _open_figure(figure: OpenFigure) -> dict[str, Any]:
    data = {"key": figure.key, "value": figure.value, "location": figure.location.as_json()}
    return data if figure.source is None else data | {"year": figure.year, "source": figure.source}


def _basis(basis: Basis) -> dict[str, str]:
    return {name: value for name, value in basis._asdict().items() if value and name != "forms"}


def _cell(ref: CellRef) -> dict[str, Any]:
    data = {
        "key": ref.cell.key,
        "value": ref.cell.value,
        "state": ref.cell.state,
        "role": ref.role,
        "coefficient": ref.coefficient,
        "location": ref.cell.location.as_json(),
    }
    return data if ref.source is None else data | {"year": ref.year, "source": ref.source}


def _problem(voice: Voice, problem: Problem) -> dict[str, str]:
    return {"path": problem.path, "code": problem.code, "message": voice.say(problem.text)}
