"""Rules from the data of their files, after validation against the schema."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from nianbao.dates import first_day, last_day
from nianbao.messages import Text
from nianbao.model.closed_words import word_of
from nianbao.model.issuer_kind import issuer_kind_named
from nianbao.model.rule import (
    ALWAYS,
    CONFIDENCES,
    EXPECTATIONS,
    PERSONAS,
    SEVERITIES,
    Adjustment,
    Applies,
    Basis,
    DateSpan,
    DraftSentence,
    Example,
    Grade,
    Origin,
    Rule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.kinds.kind import Kind
    from nianbao.yamlfiles.source import Path, YamlSource

DEFAULT_SEVERITY: Final = "warning"


def build_rule(source: YamlSource, number: int, *, head: Mapping[str, Any], kinds: Mapping[str, Kind]) -> Rule:
    """Build a rule.

    Args:
        source: Its file.
        number: Its place in the file's list.
        head: The head of its pack, which has the default forms and dates of its rules.
        kinds: The known kinds, by name.

    Raises:
        SourceError: it has no kind or several, or an example, a date or a span is not valid.
    """
    data = source.data[number]
    named = [key for key in data if key in kinds]
    if len(named) != 1:
        raise source.error((number,), _one_kind(named, kinds))
    kind = kinds[named[0]]
    title = Text.of(data.get("title", data["code"]))
    effective = (data, (number, "effective")) if "effective" in data else (head, ())
    return Rule(
        code=data["code"],
        name=data.get("name", data["code"].lower()),
        kind=kind.name,
        title=title,
        message={"": Text.of(data.get("message", title)), **_texts(data.get("messages", {}))},
        help=Text.of(data.get("help", "")),
        grades=grades(source, data.get("severity", DEFAULT_SEVERITY), path=(number, "severity")),
        confidence=word_of(data.get("confidence", "high"), CONFIDENCES),
        persona=word_of(data.get("persona", "drafting"), PERSONAS),
        waivable=data.get("waivable", True),
        applies=_applies(data.get("applies", {}), tuple(head.get("forms", ()))),
        basis=_basis(data.get("basis", ())),
        covers=tuple(data.get("covers", ())),
        options={key: data[key] for key in kind.schema if key in data},
        examples=tuple(_example(source, number, place, example) for place, example in enumerate(data.get("tests", ()))),
        origin=Origin(source.file, source.line(number)),
        replaces=tuple(data.get("replaces", ())),
        span=_span(source, effective[0].get("effective", {}), path=effective[1]),
        since=str(data.get("since", "")),
        draft=DraftSentence(**data["draft"]) if "draft" in data else None,
    )


def _one_kind(named: Sequence[str], kinds: Iterable[str]) -> Text:
    ours, ours_zh = (f"has {' and '.join(named)}", f"写了 {'、'.join(named)}") if named else ("has none", "一个也没有")
    return Text(
        f"一条规则只写一种判断，可以是 {'、'.join(kinds)}；这一条{ours_zh}",
        f"a rule has one of {', '.join(kinds)}; this one {ours}",
    )


def grades(source: YamlSource, data: Any, *, path: Path) -> tuple[Grade, ...]:
    """Build severities: one for all, one for each form and a default, or a list with forms and dates.

    Raises:
        SourceError: a date or a span is not valid.
    """
    if isinstance(data, str):
        return (Grade(word_of(data, SEVERITIES)),)
    if isinstance(data, dict):
        by_form = [
            Grade(word_of(severity, SEVERITIES), (form,)) for form, severity in data.items() if form != "default"
        ]
        return (*by_form, Grade(word_of(data.get("default", DEFAULT_SEVERITY), SEVERITIES)))
    return tuple(
        Grade(
            word_of(entry["is"], SEVERITIES), tuple(entry.get("forms", ())), _span(source, entry, path=(*path, number))
        )
        for number, entry in enumerate(data)
    )


def adjustments(source: YamlSource) -> Iterator[Adjustment]:
    """Yield the changes that the head of a pack makes to rules of other packs.

    Raises:
        SourceError: a date or a span is not valid.
    """
    for number, code in enumerate(source.data.get("without", ())):
        yield Adjustment(code, Origin(source.file, source.line("without", number)))
    for code, severity in source.data.get("severity", {}).items():
        changed_grades = grades(source, severity, path=("severity", code))
        yield Adjustment(code, Origin(source.file, source.line("severity", code)), changed_grades)
    for code, changed in source.data.get("options", {}).items():
        options = {name: value for name, value in changed.items() if name != "basis"}
        basis = _basis(changed["basis"]) if "basis" in changed else None
        yield Adjustment(code, Origin(source.file, source.line("options", code)), options=options, basis=basis)


def _basis(data: Iterable[Mapping[str, Any]]) -> tuple[Basis, ...]:
    return tuple(
        Basis(entry["document"], entry.get("part", ""), entry.get("quote", ""), tuple(entry.get("forms", ())))
        for entry in data
    )


def _texts(data: Mapping[str, Any]) -> dict[str, Text]:
    return {variant: Text.of(value) for variant, value in data.items()}


def _applies(data: Mapping[str, Any], forms: tuple[str, ...]) -> Applies:
    return Applies(
        forms=tuple(data.get("forms", forms)),
        issuers=tuple(map(issuer_kind_named, data.get("issuers", ()))),
        prior_forms=tuple(data.get("prior_forms", ())),
        when=data.get("when", ""),
        with_prior=data.get("with_prior", False),
    )


def _span(source: YamlSource, data: Mapping[str, Any], *, path: Path) -> DateSpan:
    if "from" not in data and "to" not in data:
        return ALWAYS
    ends = [_day(source, data.get(name), path=(*path, name), last=name == "to") for name in ("from", "to")]
    first, last = ends
    if first is not None and last is not None and first > last:
        reason = Text(f"{last} 结束，却到 {first} 才开始", f"ends on {last}, before it begins on {first}")
        raise source.error((*path, "to"), reason)
    return DateSpan(first, last)


def _day(source: YamlSource, value: Any, *, path: Path, last: bool) -> dt.date | None:
    """Return a date; a year means its first day, or its last day at the end of a span."""
    if value is None:
        return None
    try:
        if isinstance(value, int):
            return last_day(value) if last else first_day(value)
        return dt.date.fromisoformat(value)
    except ValueError as error:
        reason = Text(
            f"“{value}”不是年份，也不是日期；日期写成 2021-01-31",
            f"{value!r} is neither a year nor a day such as 2021-01-31",
        )
        raise source.error(path, reason) from error


def _example(source: YamlSource, rule: int, place: int, data: Mapping[str, Any]) -> Example:
    path = (rule, "tests", place)
    expected = [key for key in EXPECTATIONS if key in data]
    if len(expected) != 1:
        reason = Text("一个例子要么写 pass，要么写 fail", "an example has either 'pass' or 'fail'")
        raise source.error(path, reason)
    return Example(expected[0], data[expected[0]] or {}, source.line(*path), tuple(data.get("also", ())))
