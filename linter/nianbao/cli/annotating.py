"""Copies with notes that a command is told to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.messages import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.linter import Linter
    from nianbao.model.result import Result
    from nianbao.voice import Voice

ANNOTATE = click.option(
    "--annotate", metavar="DIR", help="把带批注的副本写进文件夹 write copies with notes into a folder"
)
_MAX_COPIES_NAMED = 3


def annotate(voice: Voice, folder: str | None, *, result: Result, paths: Sequence[str], linter: Linter) -> None:
    """Write copies with notes of the reports of a run, where a folder is given, and say where they are.

    Raises:
        UsageError: the folder cannot be written into, or is one of those checked.
    """
    if folder is None:
        return
    from nianbao.editing import wording  # noqa: PLC0415 - the same
    from nianbao.editing.copies import refuse_inside, write_copies  # noqa: PLC0415 - only where copies are asked for
    from nianbao.outputs.wording.phrases import CLAUSES  # noqa: PLC0415 - the same

    refuse_inside(folder, paths)
    copies = write_copies(
        voice, result.reports, folder=folder, paths=paths, readers=linter.readers, editors=linter.editors
    )
    for problem in copies.problems:
        reason = voice.clean(problem.text)
        click.echo(voice.say(wording.NO_COPY, path=clean(problem.path), reason=reason), err=True)
    if copies.written:
        names = voice.join(map(clean, copies.written[:_MAX_COPIES_NAMED]), CLAUSES)
        more = "…" if len(copies.written) > _MAX_COPIES_NAMED else ""
        click.echo(voice.say(wording.COPIES, count=len(copies.written), names=names + more), err=True)
    elif not copies.problems:
        click.echo(voice.say(wording.COPIES_NONE), err=True)
