"""Word files: prose, tables and pictures in reading order, as Word and WPS write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.document import Document
from nianbao.readers.word.body import WordBlock, WordWalk
from nianbao.readers.word.word_parts import is_word, open_word
from nianbao.readers.word.xml_names import CHANGES

if TYPE_CHECKING:
    from nianbao.readers.source import Source

_TERMS = "{http://purl.org/dc/terms/}"
_ELEMENTS = "{http://purl.org/dc/elements/1.1/}"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MADE_UP = re.compile(
    r"microsoft word\b.*|.*\.(?:docx?|wps|html?)|(?:word ?文档|文档|文档标题|新建.*|无标题|未命名|标题"
    r"|document|untitled|title|(?:powerpoint|word) ?演示文稿)\s*\d*",
    re.IGNORECASE,
)
_CHANGED = Text(
    "文件里有修订；已按接受全部修订后的样子读取", "the file has tracked changes: it was read as if all were accepted"
)
_HIDDEN = Text("表格里隐藏的行没有读取（{rows} 行）", "hidden rows of its tables were not read ({rows})")
_FOREIGN = Text(
    "有一部分内容是以别的格式嵌入的，没有读取；请用 Word 打开，另存后再检查",
    "a part of it is embedded in another format and was not read: open it in Word, save it again and check that",
)


def read_word(source: Source) -> Document:
    """Read a Word file.

    Raises:
        InputError: it is broken, has no readable content, or is larger than any report.
    """
    package = open_word(source.zipped)
    walk = WordWalk(package)
    blocks = tuple(piece.block for piece in walk)
    if not blocks and walk.foreign_parts:
        raise InputError("unreadable-word", _FOREIGN)
    notes = (
        _CHANGED if next(package.document.iter(*CHANGES), None) is not None else None,
        _HIDDEN.format(rows=walk.hidden_rows) if walk.hidden_rows else None,
        _FOREIGN if walk.foreign_parts else None,
    )
    return Document(
        name=source.name,
        format="word",
        sha256=source.sha256,
        blocks=blocks,
        title=_title(package.core),
        metadata=_days(package.core),
        notes=(*(note for note in notes if note is not None), *walk.left_out.notes()),
    )


def _title(core: Any) -> str | None:
    """Return the title in a file's properties, unless it is a default of the program."""
    written = "" if core is None else " ".join((core.findtext(_ELEMENTS + "title") or "").split())
    return None if not written or _MADE_UP.fullmatch(written) else written


def _days(core: Any) -> dict[str, str]:
    """Return the days on which a file was created and last changed."""
    fields = {} if core is None else {name: core.findtext(_TERMS + name) or "" for name in ("created", "modified")}
    return {name: match[0] for name, text in fields.items() if (match := _DAY.match(text.strip()))}


__all__ = ["WordBlock", "WordWalk", "is_word", "open_word", "read_word"]
