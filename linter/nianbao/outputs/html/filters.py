"""The form that narrows the list down: by severity, outcome, rule, report and words. It needs the script."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.messages import LANGUAGES, Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.rule import SEVERITIES
from nianbao.outputs.html.entries import FOLLOWS, UNREAD
from nianbao.outputs.html.markup import NOTHING, el, switched
from nianbao.outputs.html.report_section import name_of
from nianbao.outputs.html.words import WORDS, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.result import Result
    from nianbao.outputs.html.markup import Html


def filters(result: Result, *, lang: str) -> Html:
    """Return the filters that make sense for a result."""
    form = el(
        "form",
        _boxes("severity", tuple(reversed(SEVERITIES))),
        _boxes("outcome", _outcomes(result)),
        _codes(result, lang),
        _reports(result, lang),
        el("label", el("span", say("search")), el("input", type="search", name="words", autocomplete="off")),
        el("button", say("reset"), type="reset"),
        class_="fields",
        role="search",
    )
    counting = [el("span", class_=one, data_template=WORDS["shown"].get(one)) for one in LANGUAGES]
    count = el("p", *counting, id="count", role="status", aria_live="polite")
    nothing = el("p", say("nothing-shown"), id="nothing", hidden=True)
    return el("details", el("summary", say("filters")), form, count, nothing, id="filters", open=True)


def _outcomes(result: Result) -> tuple[str, ...]:
    """Return the outcomes to choose from; what few reports have is offered where one has it."""
    follows = any(checked.following for checked in result.reports)
    unread = any(checked.report.unread for checked in result.reports if checked.report is not None)
    rare = {FOLLOWS: follows, UNREAD: unread}
    return tuple(one for one in (FAIL, FOLLOWS, UNDECIDED, UNREAD, PASS) if rare.get(one, True))


def _boxes(name: str, values: tuple[str, ...]) -> Html:
    boxes = [
        el("label", el("input", type="checkbox", name=name, value=value, checked=True), " ", say(value))
        for value in values
    ]
    return el("fieldset", el("legend", say(name)), *boxes)


def _codes(result: Result, lang: str) -> Html:
    titles = {code: rule.title for code, rule in result.rules.items()}
    named = {code: Text(f"{code} ", f"{code} ") + title for code, title in sorted(titles.items())}
    return _choice("code", named, lang) if len(named) > 1 else NOTHING


def _reports(result: Result, lang: str) -> Html:
    names = [name_of(checked) for checked in result.reports]
    often = {name for name, count in Counter(names).items() if count > 1}
    paths = [Text(f" · {checked.path}", f" · {checked.path}") for checked in result.reports]
    told = [name + path if name in often else name for name, path in zip(names, paths, strict=True)]
    named = {str(number): name for number, name in enumerate(told)}
    return _choice("report", named, lang) if len(named) > 1 else NOTHING


def _choice(name: str, values: Mapping[str, Text], lang: str) -> Html:
    options = [switched("option", text, lang=lang, value=value) for value, text in values.items()]
    every = switched("option", say("all"), lang=lang, value="")
    return el("label", el("span", say(name)), " ", el("select", every, *options, name=name))
