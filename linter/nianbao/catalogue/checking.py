"""Checks of rules at load time: every mistake is reported at once, at its line, before any report is judged."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from nianbao.errors import SourceError, SourceErrors
from nianbao.forms.open_axes import sample_of
from nianbao.kinds import KINDS
from nianbao.language.mistakes import Mistake, code_in_use, nearest, no_form
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.kinds.kind import Compiled, RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.rule import Pack, Rule
    from nianbao.yamlfiles.source import YamlSource

Written = tuple["YamlSource", int, "Rule"]


def check_rules(written: Sequence[Written], forms: Sequence[Form], *, kinds: RuleKinds = KINDS) -> None:
    """Check rules against their forms.

    Raises:
        SourceErrors: a code is used twice, a name is unknown, an expression does not compile, a message is broken.
    """
    errors: list[SourceError] = []
    opened = [sample_of(form) for form in forms]
    seen: dict[str, Rule] = {}
    for source, number, rule in written:
        if rule.code in seen:
            first = seen[rule.code].origin
            errors.append(source.error((number, "code"), code_in_use(rule.code, first)))
        seen.setdefault(rule.code, rule)
        errors += _form_errors((source, number, rule), opened, kinds)
    if errors:
        raise SourceErrors(errors)


def check_adjustments(pack: Pack, rules: Sequence[Rule], *, forms: Sequence[Form], kinds: RuleKinds) -> None:
    """Check the rules that a pack changes, after the change.

    Args:
        pack: The pack.
        rules: All rules, after the change.
        forms: The known forms.
        kinds: The known kinds of rules.

    Raises:
        SourceErrors: a changed rule no longer compiles for any form; it would silently not run.
    """
    opened = [sample_of(form) for form in forms]
    by_code = {rule.code: rule for rule in rules}
    errors = []
    for adjustment in pack.adjustments:
        rule = by_code.get(adjustment.code)
        fault = None if rule is None else _never_compiles(rule, opened, kinds)
        if fault is not None:
            reason = Text(f"{adjustment.code} 照这里改动后：", f"{adjustment.code} as changed here: ") + fault
            errors.append(SourceError(reason, file=adjustment.origin.file, line=adjustment.origin.line))
    if errors:
        raise SourceErrors(errors)


def _never_compiles(rule: Rule, forms: Sequence[Form], kinds: RuleKinds) -> Text | None:
    """Return the reason why a rule compiles for none of its forms, or ``None`` if it compiles for one."""
    reasons = []
    for form in forms:
        if not rule.applies.forms or form.id in rule.applies.forms:
            try:
                kinds.compile(rule, form)
            except Mistake as mistake:
                reasons.append(mistake.reason)
            else:
                return None
    return reasons[0] if reasons else None


def _form_errors(written: Written, forms: Sequence[Form], kinds: RuleKinds) -> list[SourceError]:
    source, number, rule = written
    known = [form.id for form in forms]
    for place, name in enumerate(rule.applies.forms):
        if name not in known:
            return [source.error((number, "applies", "forms", place), no_form(name, known))]
    mistakes = []
    for form in forms:
        if rule.applies.forms and form.id not in rule.applies.forms:
            continue
        try:
            compiled = kinds.compile(rule, form)
        except Mistake as mistake:
            mistakes.append(source.error((number, *mistake.path), mistake.reason, offset=mistake.at))
            if rule.applies.forms:
                return mistakes
        else:
            errors = _message_errors(source, number, rule, compiled)
            if errors or not rule.applies.forms:  # a rule without forms applies to every form that has what it names
                return errors
    return mistakes[:1]


def _message_errors(source: YamlSource, number: int, rule: Rule, compiled: Compiled) -> list[SourceError]:
    """Return the mistakes in a rule's messages: each may only have the places of its variant."""
    errors = []
    for variant, text in rule.message.items():
        path = (number, "messages", variant) if variant else (number, "message")
        if variant not in compiled.places:
            known = [name for name in compiled.places if name]
            hint = nearest(variant, known) if known else Text("；这里没有变体", "; there is none here")
            errors.append(source.error(path, Text(f"没有变体“{variant}”", f"no variant {variant!r}") + hint))
            continue
        for template, language in {template: language for language, template in text.by_language.items()}.items():
            reason = _fault(template, compiled.places[variant])
            if reason is not None:
                errors.append(source.error((*path, language), reason))
    return errors


def _fault(template: str, places: frozenset[str]) -> Text | None:
    """Return the mistake in one message, or ``None``."""
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError as error:
        return Text(
            f"消息的花括号不成对（{error}）；要写花括号本身，就写 {{{{",
            f"broken message: {error}; write {{{{ for a brace",
        )
    for _text, name, layout, conversion in fields:
        if name is not None and name not in places:
            return Text(f"消息里没有 {{{name}}} 可填", f"no place {{{name}}}") + nearest(name, sorted(places))
        if layout or conversion:
            return Text(f"只写 {{{name}}}，冒号和叹号后面的都去掉", f"write {{{name}}} without a layout")
    return None
