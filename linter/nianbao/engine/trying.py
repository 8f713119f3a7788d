"""Tries rules on one report, each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.engine.engine import Engine
from nianbao.model.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.kinds.kind import RuleContext, RuleKinds
    from nianbao.model.rule import Pack


def try_rules(
    pack: Pack, context: RuleContext, *, kinds: RuleKinds, settings: Mapping[str, object]
) -> tuple[Trial, ...]:
    """Judge a report by each rule of a pack.

    Raises:
        SourceError: a rule refers to something that its form does not have.
    """
    trials = []
    for rule in pack.rules:
        judged = Engine((pack,), {rule.code}, kinds=kinds, settings=settings).judge_context(context)
        error = judged.crashes[0].error if judged.crashes else None
        trials.append(Trial(rule.code, rule.kind, judged.counts, judged.findings, error))
    return tuple(trials)
