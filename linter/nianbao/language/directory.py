"""All names that rules may use for a form: tables, rows, columns, sections, facts, kinds of issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.language.facts import FACTS, facts_of
from nianbao.language.mistakes import Mistake
from nianbao.language.names import COLUMNS, ROWS, Scope
from nianbao.language.section_names import SECTION_WORDS
from nianbao.language.syntax import Name, parse
from nianbao.messages import Text
from nianbao.model.form_name import FormName
from nianbao.model.issuer_kind import ISSUER_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.model.form import Form, Item, TableForm
    from nianbao.model.form_name import NameKind

_CHINESE_PREFIXES = {ROWS: "行", COLUMNS: "列"}
_KINDS: dict[tuple[str, bool], NameKind] = {
    (ROWS, False): "row",
    (ROWS, True): "rows",
    (COLUMNS, False): "column",
    (COLUMNS, True): "columns",
}


def names_of(form: Form) -> tuple[FormName, ...]:
    """Return every name of a form in the order of the form, then what reports state, then the kinds of issuers."""
    return (
        *(name for table in form.tables.values() for name in _of_table(form, table)),
        *_sections(form),
        *_facts(form),
        *(FormName("issuer", name.zh, kind, Text()) for kind, name in ISSUER_KINDS.items()),
    )


def _of_table(form: Form, table: TableForm) -> Iterator[FormName]:
    yield FormName("table", _first(table.name.zh, table.id), table.id, table.name, str(table.title.zh))
    scope = Scope.of(form, table.id)
    for axis in (ROWS, COLUMNS):
        for item in getattr(table, axis).items.values():
            zh = _unambiguous(scope, axis, item, ways=_chinese(table, axis, item))
            en = _unambiguous(scope, axis, item, ways=_english(axis, item))
            value = "" if item.is_group else item.value
            yield FormName(_KINDS[axis, item.is_group], zh, en, table.name, item.label, value)


def _chinese(table: TableForm, axis: str, item: Item) -> tuple[str, ...]:
    """Return ways to write an item in Chinese: alone, behind the group that it is in, behind the word for its axis."""
    own = item.names[0]
    group = getattr(table, axis).items.get(item.id.rpartition(".")[0])
    ways = (own,) if group is None else (own, f"{group.names[0]}.{own}")
    return (*ways, *(f"{_CHINESE_PREFIXES[axis]}.{way}" for way in ways))


def _english(axis: str, item: Item) -> tuple[str, ...]:
    return item.id.rpartition(".")[2], item.id, f"{axis}.{item.id}"


def _unambiguous(scope: Scope, axis: str, item: Item, *, ways: Iterable[str]) -> str:
    """Return the first way to write an item that means it alone within its table; its id if there is none."""
    return next((way for way in ways if _means(scope, axis, item, way)), item.id)


def _means(scope: Scope, axis: str, item: Item, way: str) -> bool:
    try:
        node = parse(way)
        ref = scope.resolve(node) if isinstance(node, Name) else None
    except Mistake:
        return False
    if ref is None:
        return False
    wanted = (item, None) if axis == ROWS else (None, item)
    return (ref.row, ref.column) == wanted


def _first(*ways: str) -> str:
    return next((way for way in ways if _is_name(way)), ways[-1])


def _is_name(way: str) -> bool:
    try:
        return isinstance(parse(way), Name)
    except Mistake:
        return False


def _sections(form: Form) -> Iterator[FormName]:
    zh, en = SECTION_WORDS
    for section in form.sections:
        name = _first(f"{zh}.{section.name.zh}", f"{zh}.{section.id}")
        yield FormName("section", name, f"{en}.{section.id}", Text(), section.heading, "text")


def _facts(form: Form) -> Iterator[FormName]:
    known = {fact.id: fact for fact in (*FACTS, *facts_of(form).values())}
    for fact in known.values():
        yield FormName("fact", _first(fact.name.zh, fact.id), fact.id, Text(), "", fact.type)
