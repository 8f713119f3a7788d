"""What rules say of a report that they are tried on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.labels import cell_label, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.finding import Finding
    from nianbao.model.report import Report
    from nianbao.model.trial import Trial
    from nianbao.voice import Voice


def render_trials(voice: Voice, trials: Sequence[Trial], *, report: Report) -> str:
    """Write the counts of each rule on a line, and below what it finds, each with its place and cells."""
    return "".join(f"{line}\n" for trial in trials for line in _lines(voice, trial, report))


def _lines(voice: Voice, trial: Trial, report: Report) -> Iterator[str]:
    counts = {
        name: trial.counts.get(outcome, 0)
        for name, outcome in (("passed", PASS), ("failed", FAIL), ("others", NOT_APPLICABLE), ("open", UNDECIDED))
    }
    yield voice.say(phrases.TRIAL, code=trial.code, kind=trial.kind, **counts)
    if trial.error is not None:
        yield "  " + voice.clean(trial.error)
    for finding in trial.findings:
        yield from _finding(voice, finding, report)


def _finding(voice: Voice, finding: Finding, report: Report) -> Iterator[str]:
    sign = voice.say(phrases.OUTCOME_NAMES[finding.outcome])
    where = voice.place(report.name, finding.location)
    yield f"  {sign} {voice.clean(finding.texts)}  {where}"
    for ref in {(ref.key, ref.source): ref for ref in finding.cells}.values():
        place = voice.place(ref.source or report.name, ref.location)
        yield f"    {cell_label(voice, report.form, key=ref.key)} = {shown(voice, ref.cell)}  {place}"
