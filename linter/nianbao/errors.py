"""What can go wrong with the way nianbao is used; what is wrong with a report is a finding instead.

NianbaoError
├── SourceError      a form, a rule pack or a settings file is wrong (exit 2): file, line, reason
├── UsageError       the command or the call is wrong (exit 2)
└── InputError       one input cannot be read (exit 3); the run goes on with the others
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.messages import Text


class NianbaoError(Exception):
    """The root of all errors that nianbao raises on purpose."""


class UsageError(NianbaoError):
    """The call cannot be carried out as it stands."""


class SourceError(NianbaoError):
    """A form, rule pack or settings file is wrong.

    Args:
        reason: What is wrong and the way out, lower case, no full stop.
        file: The file as the reader of the message knows it.
        line: Line in that file, from 1.
        column: Column in that line, from 1.
        excerpt: The line of the file, or the expression, that the caret points into.
        caret: Offset of the caret in ``excerpt``, in characters from 0.
    """

    def __init__(
        self,
        reason: str,
        *,
        file: str,
        line: int | None = None,
        column: int | None = None,
        excerpt: str | None = None,
        caret: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.file = file
        self.line = line
        self.column = column
        self.excerpt = excerpt
        self.caret = caret

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.reason}"


class SourceErrors(NianbaoError):  # noqa: N818 - it is several
    """Several mistakes of one source, reported together."""

    def __init__(self, errors: list[SourceError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)


class InputError(NianbaoError):
    """One input cannot be read as a report.

    Args:
        code: Kebab-case name of the trouble, the same in every language and release.
        text: What is wrong and what to do, a sentence in each language.
    """

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(str(text))
        self.code = code
        self.text = text
