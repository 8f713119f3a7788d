"""Which findings are told: by severity and by whom they are for; nothing is left out without being counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.outputs.explaining import result_of

from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.result import Checked, Result
from nianbao.model.rule import PERSONAS, SEVERITIES, RuleSummary
from nianbao.outputs.output import QUIET, Verbosity
from nianbao.outputs.wording.selecting import EVERYTHING, left_out, select
from nianbao.outputs.wording.totals import RunTotals
from nianbao.voice import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.finding import Finding
    from nianbao.model.rule import Persona, ShowLevel

    Made = Callable[..., Finding]
    Printed = Callable[..., str]


@pytest.fixture
def mixed(made: Made) -> Result:
    """A finding of every severity for every reader, one undecided, and one found in order."""
    findings = [
        made(severity=severity)._replace(rule=f"Z00{number}")
        for severity in SEVERITIES
        for number in range(len(PERSONAS))
    ]
    findings += [made(outcome=UNDECIDED), made(outcome=PASS, severity="error")]
    told = tuple(one._replace(fingerprint=f"{number:016x}") for number, one in enumerate(findings))
    rules = {one.rule: RuleSummary(one.rule, "trial", one.name, Text(), one.kind, PERSONAS[0]) for one in told}
    rules |= {f"Z00{number}": rules["Z000"]._replace(persona=persona) for number, persona in enumerate(PERSONAS)}
    return Result((Checked("a", findings=told, rules=rules),))


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("show", [*SEVERITIES, EVERYTHING])
def test_each_level_for_each_reader(mixed: Result, *, show: ShowLevel, persona: Persona) -> None:
    """A level shows itself and what is worse; a reader sees rules of their own and of those before them."""
    told = select(mixed.reports[0], show=show, persona=persona).findings

    levels = SEVERITIES if show == EVERYTHING else SEVERITIES[SEVERITIES.index(show) :]
    failing = [one for one in told if one.outcome == FAIL]
    assert len(failing) == len(levels) * (PERSONAS.index(persona) + 1)
    assert {one.severity for one in failing} == set(levels)
    assert {PERSONAS[int(one.rule[-1])] for one in failing if one.rule[0] == "Z"} == set(
        PERSONAS[: PERSONAS.index(persona) + 1]
    )
    assert len(told) - len(failing) == (2 if show == EVERYTHING else 0)


def test_what_is_left_out_is_counted(mixed: Result) -> None:
    """By severity, with what is undecided and what was found in order; of nothing left out nothing is said."""
    (checked,) = mixed.reports
    whole = RunTotals.of(mixed)
    shown = RunTotals.of(Result((select(checked, show="warning", persona="drafting"),)))

    assert left_out(CHINESE, shown, whole=whole) == (
        "未显示（--show、--persona）：2 个错误、2 个警告、3 个提示、1 项未判、1 项已说明"
    )
    assert left_out(ENGLISH, shown, whole=whole).endswith("errors 2, warnings 2, info 3, undecided 1, found in order 1")
    assert left_out(CHINESE, whole, whole=whole) == ""
    assert select(checked, show=EVERYTHING, persona="research") == checked


def test_findings_that_share_a_cause_stay_together() -> None:
    """A warning that one slip explains with an error is told with it; alone it is left out, and its component too."""
    (checked,) = result_of("one-digit").reports
    first, *others = checked.findings
    weaker = checked._replace(findings=(first._replace(severity="warning"), *others))
    weakest = weaker._replace(findings=tuple(one._replace(severity="warning") for one in weaker.findings))

    kept = select(weaker, show="error", persona="drafting")
    none = select(weakest, show="error", persona="drafting")

    assert kept.components == checked.components
    assert kept.findings == weaker.findings[:2]
    assert (none.findings, none.components) == ((), ())


def test_the_figures_at_the_end_are_of_the_whole_run(mixed: Result, printed: Printed) -> None:
    """Whatever is shown, the last line counts everything, and the line before it what is not shown."""
    shown = Result((select(mixed.reports[0], show="error", persona="drafting"),))
    *_, hidden, last = printed(shown, whole=mixed, width=120).splitlines()

    assert last == printed(mixed, width=120).splitlines()[-1]
    assert hidden.startswith("未显示")
    assert printed(shown, verbosity=Verbosity(QUIET), whole=mixed, width=120).splitlines()[-2:] == [hidden, last]
