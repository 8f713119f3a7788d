"""How often each rule was broken, and in how many reports."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.text import Text as Line

from nianbao.model.outcome import FAIL
from nianbao.model.rule import SEVERITIES
from nianbao.outputs.terminal.styles import SEVERITY
from nianbao.outputs.terminal.wrapping import hang
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from nianbao.model.result import Result
    from nianbao.model.rule import RuleSummary, Severity
    from nianbao.voice import Voice

_GAP = "  "
_NARROWEST_TITLE = 16
_HEADS = (
    phrases.STATISTICS_FINDINGS,
    phrases.STATISTICS_REPORTS,
    phrases.STATISTICS_RULE,
    phrases.STATISTICS_SEVERITY,
)


class Count(NamedTuple):
    """A rule, the worst severity that it gave, and how often it was broken, in how many reports."""

    rule: RuleSummary
    severity: Severity
    findings: int
    reports: int


def count_rules(result: Result) -> list[Count]:
    """Count failures by rule, the most frequent first."""
    failing = [
        (number, one)
        for number, checked in enumerate(result.reports)
        for one in checked.findings
        if one.outcome == FAIL
    ]
    findings = Counter(one.rule for _, one in failing)
    reports = Counter(code for _, code in {(number, one.rule) for number, one in failing})
    rules = {one.rule: result.rules[one.rule] for _, one in failing}
    worst = {
        code: max((one.severity for _, one in failing if one.rule == code), key=SEVERITIES.index) for code in rules
    }
    order = sorted(rules, key=lambda code: (-findings[code], -reports[code], code))
    return [Count(rules[code], worst[code], findings[code], reports[code]) for code in order]


def statistics(voice: Voice, result: Result, *, width: int) -> list[Line]:
    """Return a table of the rules that were broken: findings, reports, code, severity and title."""
    counts = count_rules(result)
    if not counts:
        return []
    heads = [voice.say(head) for head in _HEADS]
    rows = [
        [str(one.findings), str(one.reports), one.rule.code, voice.say(phrases.SEVERITY_NAMES[one.severity])]
        for one in counts
    ]
    widths = [max(cell_len(row[number]) for row in (heads, *rows)) for number in range(len(heads))]
    lead = sum(widths) + len(_GAP) * len(widths)
    beside = width - lead >= _NARROWEST_TITLE
    head = _cells(heads, widths) + (_GAP + voice.say(phrases.STATISTICS_TITLE) if beside else "")
    lines = [Line(head, "dim")]
    for row, one in zip(rows, counts, strict=True):
        line = Line.assemble(_cells(row[:-1], widths) + _GAP, (row[-1], SEVERITY[one.severity]))
        title = voice.clean(one.rule.title)
        if beside:
            line.append(" " * (lead - line.cell_len))
            first, *more = hang(title, "", width=width - lead)
            lines += [line.append_text(first), *(Line(" " * lead).append_text(part) for part in more)]
        else:
            lines += [line, *hang(title, _GAP * 2, width=width)]
    return [*lines, Line()]


def _cells(row: list[str], widths: list[int]) -> str:
    """Return numbers set to the right and words to the left."""
    padded = []
    for number, text in enumerate(row):
        width = widths[number]
        space = " " * (width - cell_len(text))
        padded.append(space + text if number < 2 else text + space)
    return _GAP.join(padded)
