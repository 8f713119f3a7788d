"""The page as a whole: one file that needs nothing else, whose style and script are the only ones that may run."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import IO, TYPE_CHECKING

from nianbao.messages import Text
from nianbao.outputs.html import words
from nianbao.outputs.html.filters import filters
from nianbao.outputs.html.markup import NOTHING, Html, el, joined, spoken, switched
from nianbao.outputs.html.overview import overview
from nianbao.outputs.html.report_section import draw_checked, name_of, problems
from nianbao.version import __version__

if TYPE_CHECKING:
    from nianbao.model.result import Result
    from nianbao.voice import Voice

_LANG = {"zh": "zh-CN", "en": "en"}


def render_result(voice: Voice, result: Result, *, stream: IO[str]) -> None:
    """Write the result of a run as a page, report by report."""
    style, script = _file("page.css"), _file("page.js")
    stream.write("<!doctype html>\n")
    stream.write(f'<html lang="{_LANG[voice.lang]}" data-lang="{voice.lang}">\n')
    stream.write(_head(voice, style, script, title=_title(result)) + "\n<body>\n")
    stream.write(_top(voice, result) + "\n")
    stream.write(f'<main id="main" tabindex="-1">\n{_before(voice, result)}\n')
    for number, checked in enumerate(result.reports):
        stream.write(draw_checked(voice, number, checked=checked) + "\n")
    stream.write(_after(result) + "\n</main>\n" + _lens() + "\n</body>\n</html>\n")


def _file(name: str) -> str:
    return files("nianbao").joinpath("outputs", "html", name).read_text(encoding="utf-8")


def _title(result: Result) -> Text:
    """Return the title of the page, with the name of the report where it is of one."""
    if len(result.reports) != 1:
        return words.TITLE
    return name_of(result.reports[0]) + Text.of(" · ") + words.TITLE


def _head(voice: Voice, style: str, script: str, *, title: Text) -> Html:
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    )
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="color-scheme", content="light dark"),
        switched(voice, "title", text=title),
        Html(f"<style>{style}</style><script>{script}</script>"),
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _top(voice: Voice, result: Result) -> Html:
    """Return the bar at the top: the name of the page, and switches that need the script."""
    switches = el(
        "span",
        el(
            "button",
            el("span", words.LANGUAGE, aria_hidden="true"),
            el("span", words.LANGUAGE_HELP, class_="vh"),
            type="button",
            id="language",
        ),
        el(
            "button",
            "◐",
            el("span", words.THEME, class_="vh"),
            type="button",
            id="theme",
            aria_pressed="false",
            **spoken(voice, "title", text=words.THEME),
        ),
        el("button", words.PRINT, type="button", id="print"),
        class_="switches",
    )
    skip = el("a", words.SKIP, href="#r0" if result.reports else "#main", class_="skip")
    return joined([skip, el("header", el("h1", words.TITLE), switches, class_="bar")])


def _before(voice: Voice, result: Result) -> Html:
    return joined([overview(result), problems(result.problems), filters(voice, result)])


def _after(result: Result) -> Html:
    skipped = NOTHING
    if result.skipped:
        names = [el("li", name) for name in result.skipped]
        skipped = el("details", el("summary", words.SKIPPED.format(count=len(result.skipped))), el("ul", *names))
    packs = ", ".join(f"{name} {version}" for name, version in result.packs)
    return joined([skipped, el("footer", words.MADE_BY.format(version=__version__, packs=packs))])


def _lens() -> Html:
    """Return the strip that shows the arithmetic of what is lit up beside its cells; the list has it for all others."""
    return el("div", id="lens", aria_hidden="true", hidden=True)
