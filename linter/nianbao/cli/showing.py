"""How much of a result is shown, and in which format."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

import click

from nianbao.errors import UsageError
from nianbao.messages import Text
from nianbao.model.rule import PERSONAS
from nianbao.outputs.output import FULL, QUIET, USUAL, Verbosity
from nianbao.outputs.wording.selecting import EVERYTHING, left_out, select

if TYPE_CHECKING:
    from nianbao.model.result import Result
    from nianbao.outputs.output import Output
    from nianbao.settings import Settings
    from nianbao.voice import Voice

_BOTH = Text("-q 和 -v 只能选一个", "-q and -v exclude each other")
_NO_MANNER = Text(
    "格式“{name}”没有详略之分：{options} 只用于给人看的格式，例如 text",
    "the format {name!r} has one manner alone: {options} are for formats that people read, such as text",
)


class Showing(NamedTuple):
    """An output, which findings it is given, and in which manner it tells them."""

    output: Output
    show: str
    persona: str
    detail: str
    statistics: bool

    @classmethod
    def of(cls, output: Output, settings: Settings, *, quiet: bool, verbose: bool, statistics: bool) -> Showing:
        """Put together what options and settings ask for.

        Raises:
            UsageError: options that exclude each other, or that the output does not know.
        """
        if quiet and verbose:
            raise UsageError(_BOTH)
        given = {"--quiet": quiet, "--verbose": verbose, "--statistics": statistics}
        asked = [name for name, wanted in given.items() if wanted]
        if asked and output.tell is None:
            raise UsageError(_NO_MANNER.format(name=output.name, options=" ".join(asked)))
        detail = QUIET if quiet else FULL if verbose else USUAL
        return cls(output, settings.show or EVERYTHING, settings.persona or PERSONAS[0], detail, statistics)

    def told(self, result: Result) -> Result:
        """Return a result with what is shown of it."""
        return select(result, show=self.show, persona=self.persona)

    def write(self, voice: Voice, result: Result, *, stream: IO[str]) -> None:
        """Write what is shown of a result; how much is left out is told with it, or beside it on standard error."""
        told = self.told(result)
        if self.output.tell is not None:
            self.output.tell(voice, told, stream, Verbosity(self.detail, self.statistics, result))
            return
        self.output.render(voice, told, stream)
        hidden = left_out(voice, result, told=told)
        if hidden:
            click.echo(hidden, err=True)
