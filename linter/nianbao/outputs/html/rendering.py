"""The page as a whole: a self-contained file; only its own style and script may run."""

from __future__ import annotations

import base64
import hashlib
import zlib
from importlib.resources import files
from typing import IO, TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.own_work import GENERATOR, RESULT_PAGE, OwnWork
from nianbao.model.result import RunInfo
from nianbao.outputs.html import words
from nianbao.outputs.html.filters import filters
from nianbao.outputs.html.markup import NOTHING, Html, el, joined, spoken, switched
from nianbao.outputs.html.overview import ReportLine, overview
from nianbao.outputs.html.report_section import draw_across, draw_checked, draw_problems
from nianbao.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.result import Checked
    from nianbao.outputs.wording.totals import RunTotals
    from nianbao.voice import Voice

_LANG = {"zh": "zh-CN", "en": "en"}


class PageWriter:
    """Writes a run as a page.

    The figures of all reports come before the first one, so the page is written at the end of the run. Until then, the
    markup of each report is kept, compressed.

    Args:
        stream: Where to write.
        voice: The initial language of the page.
    """

    def __init__(self, stream: IO[str], voice: Voice) -> None:
        self._stream, self._voice = stream, voice
        self._run = RunInfo()
        self._lines: list[ReportLine] = []
        self._titles: dict[str, Text] = {}
        self._sections: list[bytes] = []

    def begin(self, run: RunInfo) -> None:
        """Nothing is written before all reports are known."""
        self._run = run

    def report(self, checked: Checked) -> None:
        """Draw a report, and keep its line for the overview and the filters."""
        section = draw_checked(self._voice, len(self._lines), checked=checked)
        self._sections.append(zlib.compress(section.encode(), level=1))
        self._lines.append(ReportLine.of(checked))
        self._titles.update((code, rule.title) for code, rule in checked.rules.items())

    def end(self, shown: RunTotals, whole: RunTotals) -> None:
        """Write the page."""
        del whole
        voice, run, write = self._voice, self._run, self._stream.write
        self._titles.update((code, rule.title) for code, rule in run.rules.items())
        style, script = _file("page.css"), _file("page.js")
        write("<!doctype html>\n")
        write(f'<html lang="{_LANG[voice.lang]}" data-lang="{voice.lang}">\n')
        write(_head(voice, style, script, title=_title(self._lines)) + "\n<body>\n")
        write(_top(voice, skip_to="#r0" if self._lines else "#main") + "\n")
        above = [
            overview(shown.summary, self._lines),
            draw_problems(run.problems),
            filters(voice, self._lines, titles=self._titles),
        ]
        write(f'<main id="main" tabindex="-1">\n{joined(above)}\n')
        for section in self._sections:
            write(zlib.decompress(section).decode() + "\n")
        if run.findings:
            write(draw_across(run.checked) + "\n")
        write(_after(run) + "\n</main>\n" + _lens() + "\n</body>\n</html>\n")


def _file(name: str) -> str:
    return files("nianbao").joinpath("outputs", "html", name).read_text(encoding="utf-8")


def _title(lines: Sequence[ReportLine]) -> Text:
    """Return the title of the page, with the name of the report if there is only one."""
    return lines[0].name + Text.of(" · ") + words.TITLE if len(lines) == 1 else words.TITLE


def _head(voice: Voice, style: str, script: str, *, title: Text) -> Html:
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    )
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        Html(GENERATOR.format(OwnWork(RESULT_PAGE).mark)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="color-scheme", content="light dark"),
        switched(voice, "title", text=title),
        Html(f"<style>{style}</style><script>{script}</script>"),
    )


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _top(voice: Voice, *, skip_to: str) -> Html:
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
    skip = el("a", words.SKIP, href=skip_to, class_="skip")
    return joined([skip, el("header", el("h1", words.TITLE), switches, class_="bar")])


def _after(run: RunInfo) -> Html:
    skipped = NOTHING
    if run.skipped:
        names = [el("li", name) for name in run.skipped]
        skipped = el("details", el("summary", words.SKIPPED.format(count=len(run.skipped))), el("ul", *names))
    packs = ", ".join(f"{name} {version}" for name, version in run.packs)
    return joined([skipped, el("footer", words.MADE_BY.format(version=__version__, packs=packs))])


def _lens() -> Html:
    """Return the strip that shows the arithmetic of the highlighted entry beside its cells."""
    return el("div", id="lens", aria_hidden="true", hidden=True)
