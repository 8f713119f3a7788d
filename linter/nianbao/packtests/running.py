"""A pack's own tests: every example has its expected outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.bounds.alarm import Alarm
from nianbao.engine import applies
from nianbao.errors import describe
from nianbao.kinds import KINDS
from nianbao.kinds.kind import RuleContext
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, UNDECIDED
from nianbao.packtests.examples import build

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.outcome import OutcomeWord
    from nianbao.model.rule import Example, Pack, Rule
    from nianbao.packtests.examples import ExampleReports


_NOT_FOR_IT = Text("规则不适用于这个例子的报告", "the rule does not apply to the report of this example")
_ONLY_SINCE = Text(
    "这个例子通过，只因为规则不适用于它", "this example passes only because the rule does not apply to it"
)


class Verdict(NamedTuple):
    """The result of one example.

    Attributes:
        rule: The rule.
        example: The example.
        fault: What is wrong, ``None`` if the rule has the expected outcome.
        note: A remark on an example that is as expected, or ``None``.
    """

    rule: Rule
    example: Example
    fault: Text | None
    note: Text | None = None


def try_examples(
    pack: Pack, forms: Sequence[Form], *, kinds: RuleKinds = KINDS, base: Mapping[str, Any] | None = None
) -> Iterator[Verdict]:
    """Run every example of a pack on its own rule only.

    Args:
        pack: The pack.
        forms: The known forms beside its own.
        kinds: The known kinds of rules.
        base: The changes of the base report by the pack and those below it; those of the pack alone when ``None``.
    """
    changes = pack.base if base is None else base
    for rule in pack.rules:
        for example in rule.examples:
            yield try_example(rule, example, forms=(*pack.own_forms, *forms), base=changes, kinds=kinds)


def subject_of(reports: ExampleReports) -> RuleContext:
    """Return the context for checking an example."""
    subject = RuleContext.of(reports.report, reports.prior)
    return subject._replace(parent=reports.parent, children=reports.children)


def untested(pack: Pack) -> tuple[Rule, ...]:
    """Return the rules that lack a passing or a failing example."""
    return tuple(rule for rule in pack.rules if {example.expect for example in rule.examples} != {"pass", "fail"})


def fault(rule: Rule, example: Example, *, pack: Pack, forms: Sequence[Form], kinds: RuleKinds = KINDS) -> Text | None:
    """Return the fault of an example of a pack's rule, ``None`` if the rule has the expected outcome."""
    return try_example(rule, example, forms=(*pack.own_forms, *forms), base=pack.base, kinds=kinds).fault


def try_example(
    rule: Rule, example: Example, *, forms: Sequence[Form], base: Mapping[str, Any], kinds: RuleKinds = KINDS
) -> Verdict:
    """Run one example on its own rule.

    Args:
        rule: The rule.
        example: Its example.
        forms: The known forms.
        base: The changes of the base report of all examples.
        kinds: The known kinds of rules.
    """
    verdict = Verdict(rule, example, None)
    try:
        made = build(example.given, rule, forms=forms, base=base)
        compiled = kinds.compile(rule, made.report.printed_form)
        with Alarm().set() as alarm:
            outcomes = alarm.run(lambda: {outcome.outcome for outcome in compiled.check(subject_of(made))})
    except Mistake as mistake:
        return verdict._replace(fault=mistake.reason)
    except Exception as error:  # noqa: BLE001 - the rule is reported, the others are tested
        return verdict._replace(fault=describe(error))
    wrong, note = _judged(example, outcomes, for_it=applies(rule, made.report, prior=made.prior))
    return verdict._replace(fault=wrong, note=note)


def _judged(example: Example, outcomes: set[OutcomeWord], *, for_it: bool) -> tuple[Text | None, Text | None]:
    """Return the fault of an example, and the remark on it, from the outcomes of its rule."""
    if UNDECIDED in outcomes:
        return Text("规则判断不了这个例子", "the rule cannot decide this example"), None
    verdict = "fail" if FAIL in outcomes else "pass"
    if verdict != example.expect:
        reason = Text(
            f"例子写的是 {example.expect}，规则却判为 {verdict}",
            f"expected to {example.expect}, but the rule says {verdict}",
        )
        return reason, None
    if verdict == "fail":
        return (None if for_it else _NOT_FOR_IT), None
    return None, _ONLY_SINCE if not for_it or outcomes == {NOT_APPLICABLE} else None
