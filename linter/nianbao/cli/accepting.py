"""Shows possible corrections, and asks which of them are accepted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import click

from nianbao.editing import wording
from nianbao.editing.diffs import HEAD, NEW, OLD, PLACE, difference, unexplained

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.editing.diffs import DiffLine
    from nianbao.editing.fixing import Proposal
    from nianbao.model.result import Checked
    from nianbao.voice import Voice


class _Style(NamedTuple):
    colour: str | None = None
    bold: bool | None = None


_STYLES: Mapping[str, _Style] = {
    HEAD: _Style(bold=True),
    PLACE: _Style("cyan"),
    OLD: _Style("red"),
    NEW: _Style("green"),
}


def show(voice: Voice, checked: Checked, *, known: Sequence[Proposal]) -> None:
    """Print all possible corrections, and the findings without an explanation."""
    for proposal in known:
        write(difference(voice, proposal, checked=checked, known=known))
    write(unexplained(voice, checked))


def ask(voice: Voice, checked: Checked, *, known: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Show one proposal after the other, and return the accepted ones.

    A proposal that excludes an accepted one is skipped; a proposal that the figures leave open always needs an answer.
    """
    write(unexplained(voice, checked))
    accepted: list[Proposal] = []
    is_all = False
    for proposal in known:
        if any(proposal.excludes(other) for other in accepted):
            continue
        write(difference(voice, proposal, checked=checked, known=known))
        if not proposal.can_write:
            continue
        answer = "y" if is_all and not proposal.is_open else _answer(voice, proposal)
        if answer == "q":
            break
        is_all = is_all or answer == "a"
        if answer in {"y", "a"}:
            accepted.append(proposal)
    return tuple(accepted)


def write(lines: Iterable[DiffLine]) -> None:
    """Print lines, in colours if the terminal should have them."""
    for line in lines:
        style = _STYLES.get(line.kind, _Style())
        is_plain = "NO_COLOR" in os.environ
        click.echo(line.text if is_plain else click.style(line.text, fg=style.colour, bold=style.bold))


def _answer(voice: Voice, choice: Proposal) -> str:
    kind = click.Choice(("y", "n", "a", "q"), case_sensitive=False)
    question = voice.say(wording.ASK, number=f"[{choice.number}]")
    answer: str = click.prompt(question, type=kind, show_choices=False)
    return answer
