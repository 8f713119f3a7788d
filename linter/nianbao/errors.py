"""Errors in the use of nianbao; mistakes in a report are findings instead.

NianbaoError
├── SourceError      a form, a rule pack or a settings file is wrong (exit 2): file, line, reason
├── UsageError       the command or the call is wrong (exit 2)
└── InputError       one input cannot be read (exit 3); the run goes on with the others
"""

from __future__ import annotations

import errno

from nianbao.messages import LANGUAGES, Text


class NianbaoError(Exception):
    """The root of all errors that nianbao raises on purpose.

    ``str()`` of errors about rules or the call is English, for Python and its tracebacks; messages to people are in
    their language.

    Args:
        reason: What is wrong and how to correct it, lower case, without a full stop; a plain string is used for all
            languages.
    """

    def __init__(self, reason: Text | str) -> None:
        self.reason = Text.of(reason)
        super().__init__(self.reason.get("en"))

    @property
    def message(self) -> Text:
        """What is wrong, with its place."""
        return self.reason


class UsageError(NianbaoError):
    """The call cannot be executed as it is."""


class SourceError(NianbaoError):
    """A form, rule pack or settings file is wrong.

    Args:
        reason: What is wrong and how to correct it, lower case, without a full stop; a plain string is used for all
            languages.
        file: The name of the file in messages.
        line: Line in that file, from 1.
        column: Column in that line, from 1.
        excerpt: The line of the file, or the expression, for the caret.
        caret: Offset of the caret in ``excerpt``, in characters from 0.
    """

    def __init__(
        self,
        reason: Text | str,
        *,
        file: str,
        line: int | None = None,
        column: int | None = None,
        excerpt: str | None = None,
        caret: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.file = file
        self.line = line
        self.column = column
        self.excerpt = excerpt
        self.caret = caret

    @property
    def message(self) -> Text:
        """File, line and column, and the reason."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return Text(*(f"{place}: {self.reason.get(language)}" for language in LANGUAGES))

    def __str__(self) -> str:
        return self.message.get("en")


def describe(error: BaseException) -> Text:
    """Return the message of an error; with its type if nianbao did not raise it on purpose."""
    if isinstance(error, NianbaoError) and str(error):
        return error.message
    return Text.of(f"{type(error).__name__}: {error}".removesuffix(": "))


def unreadable(error: Exception) -> Text:
    """Return the reason why a file could not be read."""
    return Text(f"无法读取：{cause(error)}", f"cannot be read: {error}")


def unwritable(path: str, error: OSError) -> UsageError:
    """Return the error for a file that could not be written."""
    return UsageError(Text(f"无法写入“{path}”：{cause(error)}", f"cannot write {path!r}: {error.strerror or error}"))


def cause(error: Exception) -> str:
    """Return the cause of an error with files: common ones in Chinese, others in the words of the system."""
    known = _NUMBERED.get(getattr(error, "errno", None))
    return known or next((words for kind, words in _CAUSES.items() if isinstance(error, kind)), str(error))


_NUMBERED: dict[int | None, str] = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EFBIG: "文件太大",
    errno.EROFS: "磁盘是只读的",
    errno.EBADF: "没有打开",
    errno.ENXIO: "没有程序在读这个管道，或没有这个设备",
    errno.ELOOP: "链接绕成了圈",
}
_CAUSES: dict[type[Exception], str] = {
    FileNotFoundError: "没有这个文件或文件夹；请核对路径",
    PermissionError: "没有权限，或正被别的程序占用",
    IsADirectoryError: "这是文件夹，不是文件",
    NotADirectoryError: "路径中间有一段不是文件夹",
    FileExistsError: "已经有了",
    UnicodeDecodeError: "不是 UTF-8 编码；请另存为 UTF-8",
}


class SourceErrors(NianbaoError):  # noqa: N818 - it contains several
    """Several mistakes of one source, reported together."""

    def __init__(self, errors: list[SourceError]) -> None:
        messages = [error.message for error in errors]
        super().__init__(Text(*("\n".join(message.get(language) for message in messages) for language in LANGUAGES)))
        self.errors = tuple(errors)


class InputError(NianbaoError):
    """One input cannot be read as a report.

    Args:
        code: Kebab-case name of the problem, the same in every language and release.
        text: What is wrong and what to do, a sentence in each language.
    """

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(text)
        self.code = code

    def __reduce__(self) -> tuple[type[InputError], tuple[str, Text]]:
        return InputError, (self.code, self.reason)

    def __str__(self) -> str:
        return str(self.message)
