"""The regular expressions of a pack: those of its rules, and those of its own forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds import KINDS
from nianbao.messages import Text
from nianbao.model.proof import Remark
from nianbao.packtests.constraints import compiled
from nianbao.packtests.explosive import may_explode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.rule import Pack, Rule

_EXPLOSIVE = Text(
    "正则表达式“{pattern}”可能拖垮：重复之中同样的文字有许多种匹配法；请改写成只有一种",
    "the pattern {pattern!r} may explode: a repetition in it matches the same words in many ways; leave it one way",
)
_EXPLOSIVE_IN_FORM = Text("格式 {form} 的 {what}：", "{what} of form {form}: ") + _EXPLOSIVE
_MAX_SHOWN_CHARS = 60


def check_patterns(pack: Pack, *, forms: Sequence[Form], kinds: RuleKinds = KINDS) -> tuple[Remark, ...]:
    """Return warnings about regular expressions of a pack's rules and own forms that may explode.

    Args:
        pack: The pack.
        forms: The known forms.
        kinds: The known kinds of rules.
    """
    return (
        *(
            Remark("warning", _EXPLOSIVE.format(pattern=_cut(pattern)), rule.code, rule.origin.file, rule.origin.line)
            for rule in pack.rules
            for pattern in dict.fromkeys(_patterns_of_rule(rule, (*pack.own_forms, *forms), kinds))
            if may_explode(pattern)
        ),
        *(
            Remark("warning", _EXPLOSIVE_IN_FORM.format(form=form.id, what=what, pattern=_cut(pattern)), file=pack.id)
            for form in pack.own_forms
            for what, pattern in patterns_of(form)
            if may_explode(pattern)
        ),
    )


def _patterns_of_rule(rule: Rule, forms: Iterable[Form], kinds: RuleKinds) -> Iterator[str]:
    for form in forms:
        made = compiled(rule, form, kinds=kinds)
        if made is not None:
            yield from (pattern.pattern for pattern in made.patterns)


def patterns_of(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the regular expressions of a form, each with its place in the form."""
    for name, patterns in form.patterns.items():
        if not name.endswith("_words"):
            yield from ((f"patterns.{name}", pattern) for pattern in patterns)
    for fact in form.facts:
        yield from ((f"facts.{fact.id}", pattern) for pattern in fact.patterns)
    yield from (("issuer_kinds", pattern) for _kind, pattern in form.issuer_kinds)


def _cut(pattern: str) -> str:
    return pattern if len(pattern) <= _MAX_SHOWN_CHARS else f"{pattern[:_MAX_SHOWN_CHARS]}…"
