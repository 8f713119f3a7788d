"""A pack's own tests: every example has its expected outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.bounds.alarm import Alarm
from nianbao.errors import describe
from nianbao.kinds import KINDS
from nianbao.kinds.kind import RuleContext
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, UNDECIDED
from nianbao.packtests.examples import build

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.rule import Example, Pack, Rule
    from nianbao.packtests.examples import ExampleReports


class Verdict(NamedTuple):
    """The result of one example: ``fault`` is ``None`` if the rule has the expected outcome."""

    rule: Rule
    example: Example
    fault: Text | None


def try_examples(pack: Pack, forms: Sequence[Form], *, kinds: RuleKinds = KINDS) -> Iterator[Verdict]:
    """Run every example of a pack on its own rule only."""
    for rule in pack.rules:
        for example in rule.examples:
            yield Verdict(rule, example, fault(rule, example, pack=pack, forms=forms, kinds=kinds))


def subject_of(reports: ExampleReports) -> RuleContext:
    """Return the context for checking an example."""
    subject = RuleContext.of(reports.report, reports.prior)
    return subject._replace(parent=reports.parent, children=reports.children)


def untested(pack: Pack) -> tuple[Rule, ...]:
    """Return the rules that lack a passing or a failing example."""
    return tuple(rule for rule in pack.rules if {example.expect for example in rule.examples} != {"pass", "fail"})


def fault(rule: Rule, example: Example, *, pack: Pack, forms: Sequence[Form], kinds: RuleKinds = KINDS) -> Text | None:
    """Return the fault of an example of a pack's rule, ``None`` if the rule has the expected outcome."""
    try:
        made = build(example.given, rule, forms=(*pack.own_forms, *forms), base=pack.base)
        compiled = kinds.compile(rule, made.report.printed_form)
        with Alarm().set() as alarm:
            outcomes = alarm.run(lambda: {outcome.outcome for outcome in compiled.check(subject_of(made))})
    except Mistake as mistake:
        return mistake.reason
    except Exception as error:  # noqa: BLE001 - the rule is reported, the others are tested
        return describe(error)
    if UNDECIDED in outcomes:
        return Text("规则判断不了这个例子", "the rule cannot decide this example")
    verdict = "fail" if FAIL in outcomes else "pass"
    if verdict == example.expect:
        return None
    return Text(
        f"例子写的是 {example.expect}，规则却判为 {verdict}",
        f"expected to {example.expect}, but the rule says {verdict}",
    )
