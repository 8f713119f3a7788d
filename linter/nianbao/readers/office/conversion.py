"""Old Office files, and those of other office programs, through an installed LibreOffice.

It saves a copy as ``.docx`` or ``.xlsx`` in a folder of its own, with a profile of its own and macros and network off;
the copy is read as any such file is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.containers.limits import LOCKED
from nianbao.containers.ole import is_ole, stream, streams
from nianbao.containers.zipped import Zipped, is_zip
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.office.libreoffice import convert, find_soffice
from nianbao.readers.sniffing import recognised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.document import Document
    from nianbao.readers.reader import Raw, Reader

_RTF = b"{\\rtf"
_OFFICE_XML = re.compile(rb'\s*<\?xml[^>]*>\s*<\?mso-application\s+progid="(?P<program>\w+)\.\w+"')
_MIMETYPE = "mimetype"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_BINARY_WORKBOOK = "xl/workbook.bin"

_MISSING = Text(
    "是 {kind} 文件，要靠 LibreOffice 才能读；请用原来的程序另存为 {target} 再检查，或者安装 LibreOffice",
    "is a file of the kind {kind}, which takes LibreOffice to read: save it as {target} in its own program and check "
    "that, or install LibreOffice",
)
_SLIDES = Text(
    "是演示文稿，不是年度报告的文本或表格；请检查文件是否选对",
    "is a presentation, and neither text nor sheet: check that this is the right file",
)
_CONVERTED = Text(
    "由 LibreOffice 转换成 {target} 后读取；位置是转换后的位置",
    "was read from a copy that LibreOffice saved as {target}: places are those of the copy",
)


class OfficeKind(NamedTuple):
    """A kind of file: what people call it by its ending, and the ending of the copy that LibreOffice makes of it."""

    suffix: str
    target: str


_WORD, _WORKS, _SLIDESHOW = OfficeKind(".doc", ".docx"), OfficeKind(".wps", ".docx"), OfficeKind(".ppt", "")
_BY_STREAM = {"WordDocument": _WORD, "PowerPoint Document": _SLIDESHOW}
_BY_PROGRAM = {b"Word": OfficeKind(".xml", ".docx"), b"Excel": OfficeKind(".xml", ".xlsx")}
_BY_MIMETYPE = {
    "text": OfficeKind(".odt", ".docx"),
    "spreadsheet": OfficeKind(".ods", ".xlsx"),
    "presentation": OfficeKind(".odp", ""),
}


def needs_office(raw: Raw) -> bool:
    """Whether bytes are of a kind that LibreOffice reads and nianbao does not."""
    return kind_of(raw.data) is not None


def kind_of(data: bytes) -> OfficeKind | None:
    """Return the kind of file that bytes are, ``None`` for one that does not take LibreOffice."""
    if data.startswith(_RTF):
        return OfficeKind(".rtf", ".docx")
    if (xml := _OFFICE_XML.match(data[:1000])) is not None:
        return _BY_PROGRAM.get(xml["program"])
    if is_ole(data):
        found = streams(data)
        return next((kind for name, kind in _BY_STREAM.items() if name in found), _WORKS) if found else None
    return _kind_of_zip(data) if is_zip(data) else None


def _kind_of_zip(data: bytes) -> OfficeKind | None:
    try:
        file = Zipped(data)
        mimetype = file.read(_MIMETYPE).decode("ascii", "replace") if _MIMETYPE in file else ""
    except InputError:
        return None
    if _BINARY_WORKBOOK in file:
        return OfficeKind(".xlsb", ".xlsx")
    return _BY_MIMETYPE.get(mimetype.strip().removeprefix(_OPEN_DOCUMENT).removesuffix("-template"))


def _is_locked(data: bytes) -> bool:
    """Whether the text of an old Word file is encrypted: a bit at its beginning says so."""
    return bool(int.from_bytes(stream(data, "WordDocument")[10:12], "little") & 0x0100)


def read_office(raw: Raw, readers: Sequence[Reader]) -> Document:
    """Read a file by way of a copy that LibreOffice makes of it.

    Args:
        raw: The file.
        readers: The readers that are asked to read the copy, this one left out.

    Raises:
        InputError: there is no LibreOffice, it cannot read the file, or no reader its copy.
    """
    kind = kind_of(raw.data)
    if kind is None or not kind.target:
        raise InputError("not-text", _SLIDES)
    if kind is _WORD and _is_locked(raw.data):
        raise InputError("locked", LOCKED)
    program = find_soffice()
    if program is None:
        raise InputError("needs-libreoffice", _MISSING.format(kind=kind.suffix, target=kind.target))
    copy = convert(raw.data, program, suffix=kind.suffix, target=kind.target)
    copied, reader = recognised(copy, raw.name, readers=readers)
    document = reader.read(copied)
    note = _CONVERTED.format(target=kind.target)
    return document._replace(sha256=raw.sha256, notes=(note, *document.notes))
