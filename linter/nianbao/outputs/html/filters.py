"""The form that narrows the list down: by severity, outcome, rule, report and words. It needs the script."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.rule import SEVERITIES
from nianbao.outputs.html import words
from nianbao.outputs.html.entries import FOLLOWS, UNREAD
from nianbao.outputs.html.markup import NOTHING, el, switched
from nianbao.outputs.html.report_section import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.result import Result
    from nianbao.outputs.html.markup import Html
    from nianbao.voice import Voice


def filters(voice: Voice, result: Result) -> Html:
    """Return the filters that make sense for a result."""
    form = el(
        "form",
        _boxes("severity", tuple(reversed(SEVERITIES)), legend=words.SEVERITY),
        _boxes("outcome", _outcomes(result), legend=words.OUTCOME),
        _codes(voice, result),
        _reports(voice, result),
        el("label", el("span", words.SEARCH), el("input", type="search", name="words", autocomplete="off")),
        el("button", words.RESET, type="reset"),
        class_="fields",
        role="search",
    )
    counting = [el("span", class_=name, data_template=template) for name, template in words.SHOWN.by_language.items()]
    count = el("p", *counting, id="count", role="status", aria_live="polite")
    nothing = el("p", words.NOTHING_SHOWN, id="nothing", hidden=True)
    return el("details", el("summary", words.FILTERS), form, count, nothing, id="filters", open=True)


def _outcomes(result: Result) -> tuple[str, ...]:
    """Return the outcomes to choose from; what few reports have is offered where one has it."""
    follows = any(checked.following for checked in result.reports)
    unread = any(checked.report.unread for checked in result.reports if checked.report is not None)
    rare = {FOLLOWS: follows, UNREAD: unread}
    return tuple(one for one in (FAIL, FOLLOWS, UNDECIDED, UNREAD, PASS) if rare.get(one, True))


def _boxes(name: str, values: tuple[str, ...], *, legend: Text) -> Html:
    boxes = [
        el("label", el("input", type="checkbox", name=name, value=value, checked=True), " ", words.KIND_NAMES[value])
        for value in values
    ]
    return el("fieldset", el("legend", legend), *boxes)


def _codes(voice: Voice, result: Result) -> Html:
    titles = {code: rule.title for code, rule in result.rules.items()}
    named = {code: Text.of(f"{code} ") + title for code, title in sorted(titles.items())}
    return _choice(voice, "code", named, label=words.CODE) if len(named) > 1 else NOTHING


def _reports(voice: Voice, result: Result) -> Html:
    names = [name_of(checked) for checked in result.reports]
    often = {name for name, count in Counter(names).items() if count > 1}
    paths = [Text.of(f" · {checked.path}") for checked in result.reports]
    told = [name + path if name in often else name for name, path in zip(names, paths, strict=True)]
    named = {str(number): name for number, name in enumerate(told)}
    return _choice(voice, "report", named, label=words.REPORT) if len(named) > 1 else NOTHING


def _choice(voice: Voice, name: str, values: Mapping[str, Text], *, label: Text) -> Html:
    options = [switched(voice, "option", text=text, value=value) for value, text in values.items()]
    every = switched(voice, "option", text=words.ALL, value="")
    return el("label", el("span", label), " ", el("select", every, *options, name=name))
