"""Forms: from data to the model. Every mistake is reported at its line."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.dates import with_days
from nianbao.errors import SourceError, SourceErrors, UsageError, unreadable
from nianbao.files.resources import data_dir
from nianbao.messages import Text
from nianbao.model.closed_words import word_of
from nianbao.model.form import (
    FACT_TYPES,
    ITEM_VALUES,
    TABLE_LAYOUTS,
    Axis,
    Form,
    FormFact,
    IssuerKind,
    Item,
    SectionForm,
    TableForm,
)
from nianbao.yamlfiles.source import parse, parse_shipped, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.yamlfiles.source import Path as DataPath
    from nianbao.yamlfiles.source import YamlSource


@cache
def builtin_forms() -> tuple[Form, ...]:
    """Return the built-in forms, the newest first."""
    files = sorted(data_dir("schemas").joinpath("forms").iterdir(), key=lambda file: file.name, reverse=True)
    # Tests validate the built-in forms; doing that at each start would take longer than reading them.
    return tuple(build_form(parse_shipped(file, file.name), trusting=True) for file in files)


def form_by_id(form_id: str) -> Form:
    """Return a built-in form.

    Raises:
        UsageError: no form has that id.
    """
    for form in builtin_forms():
        if form.id == form_id:
            return form
    known = [form.id for form in builtin_forms()]
    raise UsageError(
        Text(f"没有格式“{form_id}”；有：{'、'.join(known)}", f"no form {form_id!r}; known: {', '.join(known)}")
    )


def load_form(path: str | Path) -> Form:
    """Read a form from a file.

    Raises:
        SourceError, SourceErrors: the file is not a form; each mistake has file, line and reason.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(unreadable(error), file=str(path)) from error
    source = parse(text, str(path))
    validate(source, "form")
    return build_form(source)


def build_form(source: YamlSource, *, trusting: bool = False) -> Form:
    """Build a form from a source that follows ``form.schema.json``.

    Args:
        source: The source.
        trusting: Whether its patterns are known to be valid: compiling them only for that takes long.

    Raises:
        SourceErrors: an id is used twice, a name is unknown, or a pattern is not valid.
    """
    builder = _Builder(source, trusting=trusting)
    form = builder.form()
    if builder.errors:
        raise SourceErrors(builder.errors)
    return form


_GROUPS = {
    "title": ("year",),
    "period": ("from_year",),
    "published": ("year", "month", "day"),
    "signed": ("year", "month", "day"),
    "issuer": ("issuer",),
}


def _text(value: Any, default: str = "") -> Text:
    return Text.of(default if value is None else value)


class _Builder:
    """Builds a form from one source, and collects its mistakes."""

    def __init__(self, source: YamlSource, *, trusting: bool) -> None:
        self.source = source
        self.trusting = trusting
        self.errors: list[SourceError] = []

    def wrong(self, path: Iterable[str | int], reason: Text) -> None:
        self.errors.append(self.source.error(path, reason))

    def form(self) -> Form:
        data = self.source.data
        years = data.get("years", {})
        sections = tuple(
            SectionForm(
                entry["id"],
                _text(entry.get("name"), entry["heading"]),
                entry["heading"],
                tuple(entry.get("variants", ())),
                entry.get("required", True),
            )
            for entry in data["sections"]
        )
        self.unique([section.id for section in sections], ("sections",), "section")
        self.unique([entry["id"] for entry in data["tables"]], ("tables",), "table")
        known = {section.id for section in sections}
        patterns = self.patterns(data.get("patterns", {}))
        words: dict[str, Any] = {name: patterns.get(name, ()) for name in ("contrary_words", "placeholder")}
        tables = {
            entry["id"]: replace(self.table(entry, ("tables", number), known), **words)
            for number, entry in enumerate(data["tables"])
        }
        return Form(
            id=data["id"],
            title=_text(data["title"]),
            first_year=years.get("first"),
            last_year=years.get("last"),
            sections=sections,
            tables=tables,
            patterns=patterns,
            facts=self.facts(data.get("facts", ())),
            issuer_kinds=tuple(
                IssuerKind(entry["kind"], self.pattern(entry["pattern"], ("issuer_kinds", number, "pattern")))
                for number, entry in enumerate(data.get("issuer_kinds", ()))
            ),
        )

    def facts(self, data: Iterable[Mapping[str, Any]]) -> tuple[FormFact, ...]:
        return tuple(
            FormFact(
                entry["id"],
                _text(entry.get("name"), entry["id"]),
                word_of(entry.get("type", "text"), FACT_TYPES),
                tuple(
                    self.fact_pattern(pattern, entry.get("type", "text"), ("facts", number, "patterns", place))
                    for place, pattern in enumerate(entry["patterns"])
                ),
            )
            for number, entry in enumerate(data)
        )

    def fact_pattern(self, pattern: str, kind: str, path: DataPath) -> str:
        in_parts = kind == "date" and "(?P<year>" in pattern
        return self.pattern(pattern, path, ("year", "month", "day") if in_parts else ("value",))

    def unique(self, ids: list[str], path: DataPath, what: str) -> None:
        for number, entry_id in enumerate(ids):
            if entry_id in ids[:number]:
                self.wrong(
                    (*path, number, "id"), Text(f"id “{entry_id}”重复了", f"{what} id {entry_id!r} stands twice")
                )

    def patterns(self, data: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(
                pattern
                if name.endswith("_words")
                else self.pattern(pattern, ("patterns", name, number), _GROUPS.get(name, ()))
                for number, pattern in enumerate(entries)
            )
            for name, entries in data.items()
        }

    def pattern(self, pattern: str, path: DataPath, groups: tuple[str, ...] = ()) -> str:
        """Check that a regular expression is valid and has these named groups, unless that is known."""
        if self.trusting:
            return pattern
        try:
            missing = [group for group in groups if group not in re.compile(with_days(pattern)).groupindex]
        except (re.error, OverflowError, RecursionError) as error:
            self.wrong(path, Text(f"不是正则表达式：{error}", f"not a regular expression: {error}"))
        else:
            if missing:
                reason = Text(
                    f"缺少组 (?P<{missing[0]}>…)；这里要有 {'、'.join(groups)}",
                    f"no group (?P<{missing[0]}>…); this pattern needs {', '.join(groups)}",
                )
                self.wrong(path, reason)
        return pattern

    def table(self, data: Mapping[str, Any], path: DataPath, sections: set[str]) -> TableForm:
        if data["section"] not in sections:
            known = sorted(sections)
            reason = Text(
                f"没有栏目“{data['section']}”；有：{'、'.join(known)}",
                f"no section {data['section']!r}; known: {', '.join(known)}",
            )
            self.wrong((*path, "section"), reason)
        columns = self.axis(data["columns"], (*path, "columns"), ())
        all_columns = tuple(name for name, item in columns.items() if not item.is_group)
        rows = self.axis(data["rows"], (*path, "rows"), all_columns)
        self.open_groups(data, path, (rows, columns))
        name = _text(data["name"])
        return TableForm(
            id=data["id"],
            name=name,
            title=_text(data.get("title"), name.zh),
            section=data["section"],
            layout=word_of(data.get("layout", "grid"), TABLE_LAYOUTS),
            rows=Axis(rows),
            columns=Axis(columns),
            captions=tuple(data.get("captions", ())),
        )

    def open_groups(self, data: Mapping[str, Any], path: DataPath, axes: tuple[dict[str, Item], ...]) -> None:
        """Refuse an open group that is one of several on its axis, lists members, or belongs to a strip."""
        for name, items in zip(("rows", "columns"), axes, strict=True):
            groups = [item for item in items.values() if item.is_open]
            if len(groups) > 1:
                reason = Text(
                    f"同一边有 {len(groups)} 个可增加成员的组，分不清成员属于哪一个；只留一个",
                    f"{len(groups)} open groups on one axis; which a member is of cannot be told",
                )
                self.wrong((*path, name), reason)
            for group in groups:
                if group.members:
                    reason = Text(
                        f"组“{group.id}”写了 open，又列出 members；两者只能有一个",
                        f"group {group.id!r} is open and lists members; it is one or the other",
                    )
                    self.wrong((*path, name), reason)
                if data.get("layout") == "strip":
                    reason = Text(
                        f"strip 里不能有可增加成员的组“{group.id}”；改成 grid",
                        f"a strip cannot have the open group {group.id!r}; make it a grid",
                    )
                    self.wrong((*path, "layout"), reason)

    def axis(self, data: list[Any], path: DataPath, all_columns: tuple[str, ...]) -> dict[str, Item]:
        """Build the items of one axis; for rows, ``all_columns`` has the leaf columns of the table."""
        items: dict[str, Item] = {}
        places: dict[str, DataPath] = {}
        self.items(data, path, _Place("", None, all_columns), items, places, all_columns)
        for name, item in items.items():
            if item.total_of is not None and not (item.total_of in items and items[item.total_of].is_group):
                groups = [group for group, other in items.items() if other.is_group]
                known = Text("；这里没有组", "; there is no group here")
                if groups:
                    known = Text(f"；这里的组有：{'、'.join(groups)}", f"; groups here: {', '.join(groups)}")
                reason = Text(f"没有组“{item.total_of}”", f"no group {item.total_of!r}")
                self.wrong((*places[name], "total_of"), reason + known)
        return items

    def items(
        self,
        data: list[Any],
        path: DataPath,
        place: _Place,
        items: dict[str, Item],
        places: dict[str, DataPath],
        all_columns: tuple[str, ...],
    ) -> tuple[str, ...]:
        """Add entries and their members to ``items``; return the ids of the leaves."""
        leaves: list[str] = []
        for number, entry in enumerate(data):
            here = (*path, number)
            name = place.prefix + entry["id"]
            if name in items:
                self.wrong((*here, "id"), Text(f"id “{name}”重复了", f"id {name!r} stands twice"))
                continue
            columns = self.columns(entry, here, place.columns, all_columns)
            item = Item(
                id=name,
                name=_text(entry.get("name"), entry["label"]),
                label=entry["label"],
                variants=tuple(entry.get("variants", ())),
                total_of=entry.get("total_of"),
                parent=place.parent,
                columns=columns,
                value=word_of(entry.get("value", "count"), ITEM_VALUES),
                unit=entry.get("unit"),
                opens=(f"{name}." if entry.get("in_key", True) else place.prefix) if entry.get("open") else None,
            )
            items[name] = item
            places[name] = here
            if "members" in entry:
                prefix = f"{name}." if entry.get("in_key", True) else place.prefix
                inner = _Place(prefix, name, columns)
                members = self.items(entry["members"], (*here, "members"), inner, items, places, all_columns)
                items[name] = item._replace(members=members)
                leaves += members
            elif not item.is_open:
                leaves.append(name)
        return tuple(leaves)

    def columns(
        self, entry: Mapping[str, Any], path: DataPath, inherited: tuple[str, ...], all_columns: tuple[str, ...]
    ) -> tuple[str, ...]:
        chosen = tuple(entry.get("columns", inherited))
        for number, column_id in enumerate(chosen):
            if column_id not in all_columns:
                known = Text("；只有行才写列", "; only rows have columns")
                if all_columns:
                    known = Text(f"；有：{'、'.join(all_columns)}", f"; known: {', '.join(all_columns)}")
                reason = Text(f"没有列“{column_id}”", f"no column {column_id!r}")
                self.wrong((*path, "columns", number), reason + known)
        return chosen


class _Place:
    """The position of a walk over an axis: key prefix, group, and the columns that rows inherit."""

    def __init__(self, prefix: str, parent: str | None, columns: tuple[str, ...]) -> None:
        self.prefix = prefix
        self.parent = parent
        self.columns = columns
