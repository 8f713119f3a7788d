"""A pack's own tests: every example does what it says."""

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
    """What came of one example: ``fault`` is ``None`` where the rule said what the example expects."""

    rule: Rule
    example: Example
    fault: Text | None


def try_examples(pack: Pack, forms: Sequence[Form], *, kinds: RuleKinds = KINDS) -> Iterator[Verdict]:
    """Run every example of a pack on its own rule alone."""
    for rule in pack.rules:
        for example in rule.examples:
            yield Verdict(rule, example, fault(rule, example, pack=pack, forms=forms, kinds=kinds))


def subject_of(given: ExampleReports) -> RuleContext:
    """Return what a check of an example looks at."""
    subject = RuleContext.of(given.report, given.prior)
    return subject._replace(parent=given.parent, children=given.children)


def untested(pack: Pack) -> tuple[Rule, ...]:
    """Return the rules without an example that passes and one that fails."""
    return tuple(rule for rule in pack.rules if {one.expect for one in rule.examples} != {"pass", "fail"})


def fault(rule: Rule, example: Example, *, pack: Pack, forms: Sequence[Form], kinds: RuleKinds = KINDS) -> Text | None:
    """Return what is wrong with an example of a pack's rule: ``None`` where the rule says what the example expects."""
    try:
        made = build(example.given, rule, forms=(*pack.own_forms, *forms), base=pack.base)
        compiled = kinds.compile(rule, made.report.printed_form)
        with Alarm().set() as alarm:
            outcomes = alarm.run(lambda: {outcome.outcome for outcome in compiled.check(subject_of(made))})
    except Mistake as mistake:
        return mistake.reason
    except Exception as error:  # noqa: BLE001 - the rule is named, the others are tried
        return describe(error)
    if UNDECIDED in outcomes:
        return Text("规则判断不了这个例子", "the rule cannot decide this example")
    found = "fail" if FAIL in outcomes else "pass"
    if found == example.expect:
        return None
    return Text(
        f"例子写的是 {example.expect}，规则却判为 {found}",
        f"expected to {example.expect}, but the rule says {found}",
    )
