"""Texts of rules in separate files, one for each language: ``messages/en.yaml`` next to the rules of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.errors import SourceErrors
from nianbao.language.mistakes import no_rule
from nianbao.messages import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.errors import SourceError
    from nianbao.messages import Language
    from nianbao.yamlfiles.source import YamlSource

_TEXTS = ("title", "message", "help")


def with_texts(sources: Sequence[YamlSource], messages: Sequence[YamlSource]) -> list[YamlSource]:
    """Return files of rules in which each rule has the texts that the files of messages have for its code.

    Raises:
        SourceErrors: the name of a file is not a language, or no rule has a code.
    """
    codes = [rule.get("code") for source in sources if isinstance(source.data, list) for rule in source.data]
    errors: list[SourceError] = []
    by_language: dict[Language, Mapping[str, Any]] = {}
    for source in messages:
        name = source.file.replace("\\", "/").rpartition("/")[2].partition(".")[0]
        language = next((known for known in LANGUAGES if known == name), None)
        if language is None:
            reason = Text(
                f"没有语言“{name}”；文件名可以是 {'、'.join(LANGUAGES)}",
                f"no language {name!r}; known here: {', '.join(LANGUAGES)}",
            )
            errors.append(source.error((), reason))
        else:
            by_language[language] = source.data or {}
        unknown = [code for code in source.data or () if code not in codes]
        errors += [source.error((code,), no_rule(code, codes)) for code in unknown]
    if errors:
        raise SourceErrors(errors)
    return [_translated(source, by_language) if isinstance(source.data, list) else source for source in sources]


def _translated(source: YamlSource, by_language: Mapping[Language, Mapping[str, Any]]) -> YamlSource:
    rules = list(source.data)
    for language, texts in by_language.items():
        rules = [_with(rule, texts.get(rule.get("code"), {}), language) for rule in rules]
    return source._replace(data=rules)


def _with(rule: Mapping[str, Any], texts: Mapping[str, Any], language: Language) -> dict[str, Any]:
    changed = dict(rule)
    for name in _TEXTS:
        if name in texts:
            changed[name] = _put(changed.get(name), language, texts[name])
    if "messages" in texts:
        known = changed.get("messages", {})
        messages = texts["messages"]
        changed["messages"] = {
            **known,
            **{variant: _put(known.get(variant), language, messages[variant]) for variant in messages},
        }
    return changed


def _put(text: Any, language: Language, words: str) -> dict[str, str]:
    """Return a text with new words in one language; words for all languages remain those of the others."""
    known = dict.fromkeys(LANGUAGES, text) if isinstance(text, str) else dict(text or {})
    return {**known, language: words}
