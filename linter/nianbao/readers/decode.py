"""Bytes to text; a wrong declaration of the encoding does no harm."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from nianbao.errors import InputError
from nianbao.messages import Text

_UNREADABLE = Text(
    "认不出文字编码；请用 UTF-8 编码另存一份再检查",
    "its character encoding is not known: save it as UTF-8 and check that",
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""", re.IGNORECASE)
# Only encodings for Chinese text are trusted: a page that declares Latin-1 is nearly always GBK.
_KNOWN = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030"}
_KNOWN |= {"gb18030": "gb18030", "big5": "cp950", "big5-hkscs": "big5hkscs", "hz-gb-2312": "hz"}
_SAMPLE = 2000
_MIN_CHINESE_SHARE = 0.7
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_LOST = "\ufffd"
_MAX_LOST_SHARE = 0.001


class Decoded(NamedTuple):
    """The decoded text, its encoding, and the length of the byte order mark in bytes."""

    text: str
    encoding: str
    mark: int = 0


def decode(data: bytes, *, charset: str = "") -> str:
    """Return the text of ``data`` with line feeds as line ends.

    The encoding is the first of these that the bytes are valid in: that of a byte order mark, UTF-8, the declaration in
    the file, GB18030, the statement of the server, a guess. A few broken bytes (one in a thousand) are replaced.

    Args:
        data: The bytes.
        charset: The encoding that a server states, or "".

    Raises:
        InputError: code ``unreadable-encoding``.
    """
    return decoded(data, charset=charset).text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes, *, charset: str = "") -> Decoded:
    """Return the unchanged text of ``data``, with its encoding; arguments and errors are those of ``decode``."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, errors="replace"), encoding, len(mark))
    wide = utf16(data)
    if wide is not None:
        return Decoded(data.decode(wide, errors="replace"), wide)
    for candidate in ("utf-8", *_declared(data), "gb18030", *_known(charset)):
        text = _strict(data, candidate)
        if text is not None and (candidate == "utf-8" or _is_chinese(text, common=candidate == "gb18030")):
            return Decoded(text, candidate)
    return _guessed(data)


def _declared(data: bytes) -> tuple[str, ...]:
    match = _DECLARED.search(data, 0, 4096)
    if match is None:
        return ()
    return _known(match[1].decode("ascii"))


def _known(name: str) -> tuple[str, ...]:
    encoding = _KNOWN.get(name.lower())
    return (encoding,) if encoding else ()


def _is_chinese(text: str, *, common: bool) -> bool:
    """Whether most characters beyond ASCII are Chinese; with ``common``, those of GB 2312, which misread text lacks."""
    sample = "".join(islice((match[0] for match in _BEYOND_ASCII.finditer(text)), _SAMPLE))[:_SAMPLE]
    if common:
        wanted = len(sample.encode("gb2312", "ignore")) // 2
    else:
        wanted = sum("\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in sample)
    return wanted >= len(sample) * _MIN_CHINESE_SHARE


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes) -> Decoded:
    """Decode bytes with some errors: the encoding with the fewest errors is used, if they are few."""
    tries = [Decoded(data.decode(encoding, errors="replace"), encoding) for encoding in ("utf-8", "gb18030")]
    best = min(tries, key=lambda attempt: attempt.text.count(_LOST))
    if best.text.count(_LOST) <= max(1, len(best.text) * _MAX_LOST_SHARE) and _is_chinese(best.text, common=True):
        return best
    from charset_normalizer import from_bytes  # noqa: PLC0415 - the last resort

    guess = from_bytes(data[:200_000]).best()
    text = _strict(data, guess.encoding) if guess is not None else None
    if text is None or guess is None:
        raise InputError("unreadable-encoding", _UNREADABLE)
    return Decoded(text, guess.encoding)


def utf16(data: bytes) -> str | None:
    """Return the encoding of text in UTF-16, recognised by its mark or by its content; else None."""
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be"
    head = data[:4096]
    if 0 not in head:
        return None
    return next(
        (encoding for encoding in ("utf-16-le", "utf-16-be") if _reads_well(head.decode(encoding, "ignore"))), None
    )


def _reads_well(text: str) -> bool:
    """Whether nearly all characters are plain ASCII or Chinese."""
    plain = sum(" " <= char <= "~" or char in "\t\r\n" or "\u3000" <= char <= "\u9fff" for char in text)
    plain += sum("\uff00" <= char <= "\uffef" or "\u2010" <= char <= "\u203f" for char in text)
    return plain > len(text) * 0.95
