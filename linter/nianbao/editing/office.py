"""Opens Office files for copies: refuses signed files, and reports broken parts."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from nianbao.containers.package import Package, PackageUse
from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.containers.zipped import Zipped

_SIGNATURES = "_xmlsignatures/"
_ORIGIN = "digital-signature/origin"
_BROKEN = Text(
    "内容已损坏（{part}），不能写副本；请用原程序打开，另存后再试",
    "its content is broken ({part}), so that no copy can be written: open it in its program, save it again and retry",
)
_SIGNED = Text(
    "文件有数字签名，任何改动都会使签名失效，所以不写副本；请先另存一份去掉签名的文件再试",
    "carries a digital signature, which any change would break, so that no copy is written: "
    "save a copy without the signature and retry with that",
)


def opened(zipped: Zipped) -> Package:
    """Open an Office file to make a copy of it.

    Raises:
        InputError: it has a digital signature.
    """
    package = Package(zipped, PackageUse(broken))
    signed = any(name.startswith(_SIGNATURES) for name in package)
    if signed or any(relation.type.endswith(_ORIGIN) for relation in package.relations("")):
        raise InputError("signed", _SIGNED)
    return package


def broken(part: str, _reason: str = "") -> InputError:
    """Return the error for a broken part, because of which no copy can be made."""
    return InputError("broken-part", _BROKEN.format(part=posixpath.basename(part)[:60]))


def numbered(written: Iterator[str | None]) -> Iterator[int]:
    """Give the numbers among ids as written."""
    return (int(number) for number in written if number and number.isascii() and number.isdigit() and len(number) < 10)
