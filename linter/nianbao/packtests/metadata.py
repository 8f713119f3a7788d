"""Checks of the metadata of rules: languages, basis, help, codes, forms, years and examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.language.mistakes import Mistake
from nianbao.language.section_names import section_named
from nianbao.messages import Text
from nianbao.model.proof import Remark
from nianbao.model.rule import ERROR, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.form import Form
    from nianbao.model.rule import Pack, Rule, Severity

_HAN = re.compile("[\u3400-\u9fff]")

_NO_LANGUAGE = Text(
    "{what}没有{missing}，这套规则别处有中英两种文字", "{what} has no {missing}, though the pack speaks both languages"
)
_WHAT = {
    "title": Text("标题", "the title"),
    "help": Text("说明", "the help"),
    "": Text("消息", "the message"),
}
_VARIANT = Text("消息 {name}", "message {name}")
_CHINESE, _ENGLISH = Text("中文", "Chinese"), Text("英文", "English")
_NO_BASIS = Text("级别是错误，却没有写依据", "an error without a basis")
_NO_HELP = Text("没有写怎样改正", "no help: what is the reader to do")
_NO_EXAMPLES = Text("缺少通过或不通过的例子", "without a passing or without a failing example")
_REPLACES_LIVE = Text("replaces 里的 {code} 仍在使用", "{code} under 'replaces' is still a rule's code")
_REPLACED_TWICE = Text("replaces 里的 {code} 也由 {other} 接替", "{code} under 'replaces' is replaced by {other} too")
_NAME_TWICE = Text("名称 {name} 与 {other} 相同", "the name {name} is that of {other} too")
_NO_FORM = Text("没有格式 {form}", "no form {form}")
_NO_RULE = Text("also 里的 {code} 不是规则", "{code} under 'also' is no rule")
_NO_PLACE = Text("draft 里的 {section} 不是任何格式的部分", "{section} under 'draft' is a section of no form")
_NO_SECTION = Text("base 里的 {section} 不是任何格式的部分", "{section} under 'base' is a section of no form")


def check_metadata(pack: Pack, *, under: Sequence[Pack], forms: Sequence[Form]) -> tuple[Remark, ...]:
    """Return remarks on the metadata of a pack's rules.

    Args:
        pack: The pack.
        under: The packs below it.
        forms: The known forms.
    """
    rules = [rule for member in (*under, pack) for rule in member.rules]
    bilingual = any(text.zh and text.en and not _lacks(text) for rule in pack.rules for _what, text in _texts(rule))
    remarks = [remark for rule in pack.rules for remark in _of_rule(rule, rules, forms, bilingual=bilingual)]
    remarks += (
        Remark(ERROR, _NO_SECTION.format(section=section), file=pack.id)
        for name in ("sections", "headings")
        for section in pack.base.get(name) or {}
        if not any(_has_section(form, section) for form in forms)
    )
    return tuple(remarks)


def _has_section(form: Form, name: str) -> bool:
    try:
        section_named(form, name)
    except Mistake:
        return False
    return True


def _of_rule(rule: Rule, rules: Sequence[Rule], forms: Sequence[Form], *, bilingual: bool) -> Iterator[Remark]:
    for level, text in (
        *(_languages(rule) if bilingual else ()),
        *_missing(rule),
        *_codes(rule, rules),
        *_scope(rule, forms),
    ):
        yield Remark(level, text, rule.code, rule.origin.file, rule.origin.line)
    known = {known_rule.code for known_rule in rules}
    for example in rule.examples:
        for code in example.also:
            if code not in known:
                yield Remark(ERROR, _NO_RULE.format(code=code), rule.code, rule.origin.file, example.line)


def _languages(rule: Rule) -> Iterator[tuple[Severity, Text]]:
    for what, text in _texts(rule):
        missing = _lacks(text)
        if missing is not None:
            yield WARNING, _NO_LANGUAGE.format(what=what, missing=missing)


def _texts(rule: Rule) -> Iterator[tuple[Text, Text]]:
    yield _WHAT["title"], rule.title
    if rule.help:
        yield _WHAT["help"], rule.help
    for variant, text in rule.message.items():
        yield _VARIANT.format(name=variant) if variant else _WHAT[""], text


def _lacks(text: Text) -> Text | None:
    """Return the language that a text lacks, or ``None``; one string for both languages counts for its script."""
    if not text.zh:
        return _CHINESE
    if not text.en or (text.zh == text.en and _HAN.search(text.zh)):
        return _ENGLISH
    return _CHINESE if text.zh == text.en else None


def _missing(rule: Rule) -> Iterator[tuple[Severity, Text]]:
    if ERROR in rule.severities and not rule.basis:
        yield WARNING, _NO_BASIS
    if not rule.help:
        yield WARNING, _NO_HELP
    if {example.expect for example in rule.examples} != {"pass", "fail"}:
        yield WARNING, _NO_EXAMPLES


def _codes(rule: Rule, rules: Sequence[Rule]) -> Iterator[tuple[Severity, Text]]:
    codes = {known_rule.code for known_rule in rules}
    others = [known_rule for known_rule in rules if known_rule.code != rule.code]
    for code in rule.replaces:
        if code in codes:
            yield ERROR, _REPLACES_LIVE.format(code=code)
        for other in others:
            if code in other.replaces:
                yield ERROR, _REPLACED_TWICE.format(code=code, other=other.code)
    for other in others:
        if other.name == rule.name:
            yield WARNING, _NAME_TWICE.format(name=rule.name, other=other.code)


def _scope(rule: Rule, forms: Sequence[Form]) -> Iterator[tuple[Severity, Text]]:
    known = {form.id for form in forms}
    limits = rule.applies
    if rule.draft is not None and not any(_has_section(form, rule.draft.section) for form in forms):
        yield ERROR, _NO_PLACE.format(section=rule.draft.section)
    named = [*limits.forms, *limits.prior_forms, *(form for basis in rule.basis for form in basis.forms)]
    for form in dict.fromkeys((*named, *(form for grade in rule.grades for form in grade.forms))):
        if form not in known:
            yield ERROR, _NO_FORM.format(form=form)
