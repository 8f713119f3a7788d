"""Rules checked at load: every mistake that would show only on some report is told at once, at its line."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from nianbao.errors import SourceError, SourceErrors
from nianbao.kinds import KINDS
from nianbao.language.mistakes import Mistake, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.form import Form
    from nianbao.model.rule import Rule
    from nianbao.yamlsource import Source

Written = tuple["Source", int, "Rule"]


def check_rules(written: Sequence[Written], forms: Sequence[Form]) -> None:
    """Check rules against the forms they are for.

    Raises:
        SourceErrors: codes that repeat, names that lead nowhere, expressions that do not compile, broken messages.
    """
    errors: list[SourceError] = []
    seen: dict[str, Rule] = {}
    for source, number, rule in written:
        if rule.code in seen:
            first = seen[rule.code].origin
            errors.append(source.error((number, "code"), f"code {rule.code} is taken: {first.file}:{first.line}"))
        seen.setdefault(rule.code, rule)
        errors += _form_errors(source, number, rule, forms)
        errors += _message_errors(source, number, rule)
    if errors:
        raise SourceErrors(errors)


def _form_errors(source: Source, number: int, rule: Rule, forms: Sequence[Form]) -> list[SourceError]:
    known = [form.id for form in forms]
    for place, name in enumerate(rule.applies.forms):
        if name not in known:
            return [source.error((number, "applies", "forms", place), f"no form {name!r}{nearest(name, known)}")]
    mistakes = []
    for form in forms:
        if rule.applies.forms and form.id not in rule.applies.forms:
            continue
        try:
            KINDS[rule.kind].compile(rule, form, frozenset())
        except Mistake as mistake:
            mistakes.append(source.error((number, *mistake.path), mistake.reason, offset=mistake.at))
            if rule.applies.forms:
                return mistakes
        else:
            if not rule.applies.forms:  # a rule without forms is for those that have what it speaks of
                return []
    return mistakes[:1]


def _message_errors(source: Source, number: int, rule: Rule) -> list[SourceError]:
    errors = []
    for variant, text in rule.message.items():
        path = (number, "messages", variant) if variant else (number, "message")
        for language, template in text._asdict().items():
            try:
                list(string.Formatter().parse(template))
            except ValueError as error:
                errors.append(source.error((*path, language), f"broken message: {error}; write {{{{ for a brace"))
    return errors
