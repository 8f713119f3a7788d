"""Counts how often each rule was broken, and in how many reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text as Line

from nianbao.model.outcome import FAIL
from nianbao.model.rule import SEVERITIES
from nianbao.outputs.terminal.styles import SEVERITY
from nianbao.outputs.terminal.wrapping import hang
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from nianbao.model.result import Checked
    from nianbao.model.rule import RuleSummary, Severity
    from nianbao.voice import Voice

_GAP = "  "
_MIN_TITLE_WIDTH = 16
_HEADS = (
    phrases.STATISTICS_FINDINGS,
    phrases.STATISTICS_REPORTS,
    phrases.STATISTICS_RULE,
    phrases.STATISTICS_SEVERITY,
)


class RuleCount(NamedTuple):
    """A rule, the highest severity of its findings, how often it was broken, and in how many reports."""

    rule: RuleSummary
    severity: Severity
    findings: int
    reports: int


class RuleCounts:
    """The counts of broken rules. Reports are added one after the other, and are not kept."""

    def __init__(self) -> None:
        self._counts: dict[str, RuleCount] = {}

    def add(self, checked: Checked) -> None:
        """Count the failures of a report."""
        broken: dict[str, list[Severity]] = {}
        for finding in checked.findings:
            if finding.outcome == FAIL:
                broken.setdefault(finding.rule, []).append(finding.severity)
        for code, severities in broken.items():
            worst = max(severities, key=SEVERITIES.index)
            known = self._counts.get(code, RuleCount(checked.rules[code], worst, 0, 0))
            self._counts[code] = RuleCount(
                known.rule,
                max(known.severity, worst, key=SEVERITIES.index),
                known.findings + len(severities),
                known.reports + (checked.report is not None),
            )

    @property
    def by_frequency(self) -> list[RuleCount]:
        """The counts, the most frequent first."""
        return sorted(self._counts.values(), key=lambda count: (-count.findings, -count.reports, count.rule.code))

    def lines(self, voice: Voice, *, width: int) -> list[Line]:
        """Return a table of the rules that were broken: findings, reports, code, severity and title."""
        counts = self.by_frequency
        return _table(voice, counts, width) if counts else []


def _table(voice: Voice, counts: list[RuleCount], width: int) -> list[Line]:
    heads = [voice.say(head) for head in _HEADS]
    rows = [
        [str(count.findings), str(count.reports), count.rule.code, voice.say(phrases.SEVERITY_NAMES[count.severity])]
        for count in counts
    ]
    widths = [max(cell_len(row[number]) for row in (heads, *rows)) for number in range(len(heads))]
    lead = sum(widths) + len(_GAP) * len(widths)
    beside = width - lead >= _MIN_TITLE_WIDTH
    head = _cells(heads, widths) + (_GAP + voice.say(phrases.STATISTICS_TITLE) if beside else "")
    lines = [Line(head, "dim")]
    for row, count in zip(rows, counts, strict=True):
        line = Line.assemble(_cells(row[:-1], widths) + _GAP, (row[-1], SEVERITY[count.severity]))
        title = voice.clean(count.rule.title)
        if beside:
            line.append(" " * (lead - line.cell_len))
            first, *more = hang(title, "", width=width - lead)
            lines += [line.append_text(first), *(Line(" " * lead).append_text(part) for part in more)]
        else:
            lines += [line, *hang(title, _GAP * 2, width=width)]
    return [*lines, Line()]


def _cells(row: list[str], widths: list[int]) -> str:
    """Return numbers aligned to the right and words aligned to the left."""
    padded = []
    for number, text in enumerate(row):
        width = widths[number]
        space = " " * (width - cell_len(text))
        padded.append(space + text if number < 2 else text + space)
    return _GAP.join(padded)
