"""The form that filters the list by severity, outcome, rule, report and words. It needs the script."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.rule import SEVERITIES
from nianbao.outputs.html import words
from nianbao.outputs.html.entries import FOLLOWS, UNREAD
from nianbao.outputs.html.markup import NOTHING, el, switched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.outputs.html.markup import Html
    from nianbao.outputs.html.overview import ReportLine
    from nianbao.voice import Voice


def filters(voice: Voice, lines: Sequence[ReportLine], *, titles: Mapping[str, Text]) -> Html:
    """Return the filters that are useful for a run.

    Args:
        voice: The initial language of the page.
        lines: The reports.
        titles: The titles of the rules of all findings, by code.
    """
    form = el(
        "form",
        _boxes("severity", tuple(reversed(SEVERITIES)), legend=words.SEVERITY),
        _boxes("outcome", _outcomes(lines), legend=words.OUTCOME),
        _codes(voice, titles),
        _reports(voice, lines),
        el("label", el("span", words.SEARCH), el("input", type="search", name="words", autocomplete="off")),
        el("button", words.RESET, type="reset"),
        class_="fields",
        role="search",
    )
    counting = [el("span", class_=name, data_template=template) for name, template in words.SHOWN.by_language.items()]
    count = el("p", *counting, id="count", role="status", aria_live="polite")
    nothing = el("p", words.NOTHING_SHOWN, id="nothing", hidden=True)
    return el("details", el("summary", words.FILTERS), form, count, nothing, id="filters", open=len(lines) > 1)


def _outcomes(lines: Sequence[ReportLine]) -> tuple[str, ...]:
    """Return the outcomes to choose from; rare ones only if a report has them."""
    rare = {FOLLOWS: any(line.has_following for line in lines), UNREAD: any(line.has_unread for line in lines)}
    return tuple(outcome for outcome in (FAIL, FOLLOWS, UNDECIDED, UNREAD, PASS) if rare.get(outcome, True))


def _boxes(name: str, values: tuple[str, ...], *, legend: Text) -> Html:
    boxes = [
        el("label", el("input", type="checkbox", name=name, value=value, checked=True), " ", words.KIND_NAMES[value])
        for value in values
    ]
    return el("fieldset", el("legend", legend), *boxes)


def _codes(voice: Voice, titles: Mapping[str, Text]) -> Html:
    named = {code: Text.of(f"{code} ") + title for code, title in sorted(titles.items())}
    return _choice(voice, "code", named, label=words.CODE) if len(named) > 1 else NOTHING


def _reports(voice: Voice, lines: Sequence[ReportLine]) -> Html:
    counts = Counter(line.name for line in lines)
    names = (line.name + Text.of(f" · {line.path}") if counts[line.name] > 1 else line.name for line in lines)
    named = {str(number): name for number, name in enumerate(names)}
    return _choice(voice, "report", named, label=words.REPORT) if len(named) > 1 else NOTHING


def _choice(voice: Voice, name: str, values: Mapping[str, Text], *, label: Text) -> Html:
    options = [switched(voice, "option", text=text, value=value) for value, text in values.items()]
    every = switched(voice, "option", text=words.ALL, value="")
    return el("label", el("span", label), " ", el("select", every, *options, name=name))
