"""Files of old and of other office programs, converted by an installed LibreOffice.

LibreOffice saves a copy as ``.docx`` or ``.xlsx`` in a temporary folder, with a temporary profile, without macros and
network; then the copy is read like any such file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.containers.limits import LOCKED
from nianbao.containers.ole import is_ole
from nianbao.containers.zipped import is_zip
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.office.libreoffice import convert, find_soffice
from nianbao.readers.sniffing import recognised
from nianbao.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.document import Document
    from nianbao.readers.reader import Reader

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
    """A kind of file: its usual ending, and the ending of the copy that LibreOffice makes."""

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


def kind_of(source: Source) -> OfficeKind | None:
    """Return the kind of a source, ``None`` if it needs no conversion."""
    data = source.data
    if data.startswith(_RTF):
        return OfficeKind(".rtf", ".docx")
    if (xml := _OFFICE_XML.match(data[:1000])) is not None:
        return _BY_PROGRAM.get(xml["program"])
    if is_ole(data):
        names = source.ole.streams
        return next((kind for name, kind in _BY_STREAM.items() if name in names), _WORKS) if names else None
    return _kind_of_zip(source) if is_zip(data) else None


def _kind_of_zip(source: Source) -> OfficeKind | None:
    try:
        file = source.zipped.limited()
        mimetype = file.read(_MIMETYPE).decode("ascii", "replace") if _MIMETYPE in file else ""
    except InputError:
        return None
    if _BINARY_WORKBOOK in file:
        return OfficeKind(".xlsb", ".xlsx")
    return _BY_MIMETYPE.get(mimetype.strip().removeprefix(_OPEN_DOCUMENT).removesuffix("-template"))


def _is_locked(source: Source) -> bool:
    """Whether the text of an old Word file is encrypted, by a bit at its beginning."""
    return bool(int.from_bytes(source.ole.stream("WordDocument")[10:12], "little") & 0x0100)


def read_office(source: Source, readers: Sequence[Reader]) -> Document:
    """Read a file through a copy that LibreOffice makes.

    Args:
        source: The file.
        readers: The readers for the copy, without this one.

    Raises:
        InputError: there is no LibreOffice, it cannot read the file, or no reader can read its copy.
    """
    kind = kind_of(source)
    if kind is None or not kind.target:
        raise InputError("not-text", _SLIDES)
    if kind is _WORD and _is_locked(source):
        raise InputError("locked", LOCKED)
    program = find_soffice()
    if program is None:
        raise InputError("needs-libreoffice", _MISSING.format(kind=kind.suffix, target=kind.target))
    copy = convert(source.data, program, suffix=kind.suffix, target=kind.target)
    copied = Source(source.name, copy)
    document = recognised(copied, readers=readers).read(copied)
    note = _CONVERTED.format(target=kind.target)
    return document._replace(sha256=source.sha256, notes=(note, *document.notes))
