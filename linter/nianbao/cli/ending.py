"""What a run says on standard error at its end: where its page is and what it found, or how far it got."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from nianbao.messages import Text, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nianbao.model.result import Checked
    from nianbao.outputs.wording.totals import RunTotals
    from nianbao.voice import Voice

_PAGE = Text(
    "结果网页写在 {path}，用浏览器打开。{reports} 份报告：{verdict}",
    "the page of results is {path}: open it in a browser. reports: {reports}; {verdict}",
)
_CLEAN = Text("没有发现错误和警告", "no errors and no warnings")
_FOUND = Text("{error} 个错误，{warning} 个警告", "errors: {error}, warnings: {warning}")
_UNREADABLE = Text("，{problems} 个文件无法读取", ", files that could not be read: {problems}")
_READING = Text(
    "已中断：读了 {done} 个文件，共 {total} 个；还没有检查", "interrupted: {done} of {total} files read, none checked"
)
_CHECKED = Text("已中断：检查了 {done} 份，共 {total} 份", "interrupted: {done} of {total} reports checked")
_NOTHING_WRITTEN = Text("；没有写 {path}", "; {path} was not written")


class RunProgress:
    """Counts what a run has done.

    Attributes:
        bar: Also called with how many inputs are read, and of how many, while it is set.
    """

    def __init__(self) -> None:
        self.bar: Callable[[int, int], None] | None = None
        self._read = self._inputs = self._checked = 0
        self._reports: int | None = None

    def advance(self, done: int, total: int) -> None:
        """Count the inputs that are read."""
        self._read, self._inputs = done, total
        if self.bar is not None:
            self.bar(done, total)

    def counted(self, reports: Iterable[Checked], *, total: int) -> Iterator[Checked]:
        """Give reports, and count them."""
        self._reports = total
        for checked in reports:
            yield checked
            self._checked += 1

    def said(self, voice: Voice) -> str:
        """Return how far the run got."""
        if self._reports is None:
            return voice.say(_READING, done=self._read, total=self._inputs)
        return voice.say(_CHECKED, done=self._checked, total=self._reports)


@contextmanager
def telling_interrupts(voice: Voice, progress: RunProgress, *, output: str | None) -> Iterator[None]:
    """Say how far the run got if it is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        unwritten = "" if output is None else voice.say(_NOTHING_WRITTEN, path=clean(output))
        click.echo(progress.said(voice) + unwritten, err=True)
        raise


def tell_page(voice: Voice, path: str, *, totals: RunTotals) -> None:
    """Say where the page of results is, and what it says in short."""
    figures = totals.summary._asdict()
    verdict = voice.say(_FOUND if totals.reaches("warning") else _CLEAN, **figures)
    if totals.problems:
        verdict += voice.say(_UNREADABLE, **figures)
    click.echo(voice.say(_PAGE, path=clean(path), reports=totals.reports, verdict=verdict), err=True)
