"""Kinds over figures: ``equation``, ``inequality``, ``continuity`` over the years, ``rollup`` over organs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nianbao.kinds.kind import Kind, options_of
from nianbao.kinds.statements import checking, compiled
from nianbao.language.mistakes import Mistake
from nianbao.language.names import CHILDREN, PARENT, PERIODS, PRIOR
from nianbao.messages import Text
from nianbao.model.outcome import UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.kind import Compiled, RuleContext
    from nianbao.model.form import Form
    from nianbao.model.function import Function
    from nianbao.model.outcome import Relation
    from nianbao.model.rule import Rule

_FEW = Text("下级机关的报告只有 {found} 份，应有 {due} 份", "{found} reports of organs below were given, {due} are due")
_COMPARED: tuple[Relation, ...] = ("!=", "<", "<=", ">", ">=")
_KINDS: tuple[tuple[str, tuple[Relation, ...], tuple[str, ...]], ...] = (
    ("equation", ("=",), ()),
    ("inequality", _COMPARED, ()),
    ("continuity", ("=",), (PRIOR,)),
    ("rollup", ("=", *_COMPARED), (CHILDREN, PARENT)),
)


def kinds(functions: Mapping[str, Function]) -> tuple[Kind, ...]:
    """Return the kinds over figures; their expressions may call the given functions."""

    def kind(name: str, relations: tuple[Relation, ...], periods: tuple[str, ...]) -> Kind:
        def compile_rule(rule: Rule, form: Form) -> Compiled:
            expression = compiled(rule, form, functions=functions, cells_first=True)
            if expression.relation not in relations:
                raise Mistake(_joined(name, relations, expression.relation), path=(name,))
            if periods and not {term.period for sums in expression.sums for term in sums.equation.terms} & set(periods):
                raise Mistake(_periods(name, periods), path=(name,))
            check = checking(expression)
            due = int(rule.options.get("at-least", 0))
            return check._replace(check=lambda subject: _enough(check, due, subject)) if due else check

        return Kind(name, options_of(name), compile_rule)

    return tuple(kind(*arguments) for arguments in _KINDS)


def _joined(name: str, relations: tuple[Relation, ...], relation: Relation | Literal[""]) -> Text:
    return Text(
        f"{name} 的左右两边要用 {' 或 '.join(relations)} 连起来，写的却是{f' {relation}' if relation else '一个判断'}",
        f"{name!r} takes two sides joined by {' or '.join(relations)}, not {relation or 'a statement'}",
    )


def _periods(name: str, periods: tuple[str, ...]) -> Text:
    words = [word for word, period in PERIODS.items() if period in periods and not word.isascii()]
    return Text(
        f"{name} 里还要写到 {' 或 '.join(f'{word}.' for word in words)} 开头的名字",
        f"{name!r} speaks of {' or '.join(f'{period_name}.' for period_name in periods)} too",
    )


def _enough(check: Compiled, due: int, subject: RuleContext) -> Iterator[Outcome]:
    """Judge only if enough reports of organs below are given; without any, the rule itself reports that."""
    if 0 < len(subject.children) < due:
        yield Outcome(UNDECIDED, reason=_FEW.format(found=len(subject.children), due=due))
    else:
        yield from check.check(subject)
