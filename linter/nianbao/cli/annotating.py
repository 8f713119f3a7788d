"""Annotated copies, which a command writes on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.dates import day_of_run
from nianbao.messages import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.cli.showing import Showing
    from nianbao.editing.copies import CopyWriter
    from nianbao.linter import CheckRun, Linter
    from nianbao.model.result import Checked
    from nianbao.voice import Voice

ANNOTATE = click.option(
    "--annotate", metavar="DIR", help="把带批注的副本写进文件夹 write copies with notes into a folder"
)
_MAX_COPIES_NAMED = 3


def copies_into(
    folder: str | None, voice: Voice, *, run: CheckRun, paths: Sequence[str], linter: Linter
) -> CopyWriter | None:
    """Return a writer for annotated copies of the reports of a run, or ``None`` without a folder.

    Raises:
        UsageError: the folder is a checked folder, or is inside one.
    """
    if folder is None:
        return None
    from nianbao.editing.copies import CopyOptions, CopyWriter, refuse_inside  # noqa: PLC0415 - only where copies are asked for

    refuse_inside(folder, paths)
    options = CopyOptions(linter.readers, linter.editors, day_of_run(linter.settings.today))
    return CopyWriter(voice, folder, paths=paths, sources=run.paths, options=options)


def noting(reports: Iterable[Checked], copies: CopyWriter | None, *, showing: Showing) -> Iterator[Checked]:
    """Give reports, each after its annotated copy has been written.

    Raises:
        UsageError: the folder cannot be written into.
    """
    for checked in reports:
        if copies is not None:
            copies.add(showing.selected(checked))
        yield checked


def tell_copies(voice: Voice, copies: CopyWriter) -> None:
    """Report the places of the copies, and the reasons why others are missing."""
    from nianbao.editing import wording  # noqa: PLC0415 - only where copies are asked for
    from nianbao.outputs.wording.phrases import CLAUSES  # noqa: PLC0415 - the same

    for problem in copies.problems:
        reason = voice.clean(problem.text)
        click.echo(voice.say(wording.NO_COPY, path=clean(problem.path), reason=reason), err=True)
    if copies.written:
        names = voice.join(map(clean, copies.written[:_MAX_COPIES_NAMED]), CLAUSES)
        more = "…" if len(copies.written) > _MAX_COPIES_NAMED else ""
        click.echo(voice.say(wording.COPIES, count=len(copies.written), names=names + more), err=True)
    elif not copies.problems:
        click.echo(voice.say(wording.COPIES_NONE), err=True)
