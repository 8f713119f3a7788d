"""Bytes to text, whatever the file says of its own encoding."""

from __future__ import annotations

import re
from itertools import islice

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.refusals import utf16

_UNREADABLE = Text(
    "认不出文字编码；请用 UTF-8 编码另存一份再检查",
    "its character encoding is not known: save it as UTF-8 and check that",
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""", re.IGNORECASE)
# Only encodings that Chinese text comes in are believed: a page that declares Latin-1 is nearly always GBK.
_KNOWN = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030"}
_KNOWN |= {"gb18030": "gb18030", "big5": "cp950", "big5-hkscs": "big5hkscs", "hz-gb-2312": "hz"}
_SAMPLE = 2000
_MOSTLY = 0.7
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_LOST = "\ufffd"
_MOST_LOST = 0.001


def decode(data: bytes, *, charset: str = "") -> str:
    """Return the text of ``data`` with line ends made line feeds.

    A byte order mark decides; then UTF-8 if the bytes are that; then what the file declares; then GB18030; then what
    came with the file; then a guess. None is believed unless the bytes fit it. A few broken bytes (one in a thousand)
    are replaced.

    Args:
        data: The bytes.
        charset: The encoding that a server says they are in, or "".

    Raises:
        InputError: code ``unreadable-encoding``.
    """
    return _decoded(data, charset).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, charset: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = utf16(data)
    if wide is not None:
        return data.decode(wide, errors="replace")
    for candidate in ("utf-8", *_declared(data), "gb18030", *_known(charset)):
        text = _strict(data, candidate)
        if text is not None and (candidate == "utf-8" or _is_chinese(text, common=candidate == "gb18030")):
            return text
    return _guessed(data)


def _declared(data: bytes) -> tuple[str, ...]:
    match = _DECLARED.search(data, 0, 4096)
    if match is None:
        return ()
    return _known(match[1].decode("ascii"))


def _known(name: str) -> tuple[str, ...]:
    found = _KNOWN.get(name.lower())
    return (found,) if found else ()


def _is_chinese(text: str, *, common: bool) -> bool:
    """Whether most characters beyond ASCII are Chinese; with ``common``, of GB 2312, which misread text lacks."""
    sample = "".join(islice((match[0] for match in _BEYOND_ASCII.finditer(text)), _SAMPLE))[:_SAMPLE]
    if common:
        wanted = len(sample.encode("gb2312", "ignore")) // 2
    else:
        wanted = sum("\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in sample)
    return wanted >= len(sample) * _MOSTLY


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes) -> str:
    """Decode bytes that are broken somewhere: the encoding that loses least, if it loses little."""
    tries = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    best = min(tries, key=lambda text: text.count(_LOST))
    if best.count(_LOST) <= max(1, len(best) * _MOST_LOST) and _is_chinese(best, common=True):
        return best
    from charset_normalizer import from_bytes  # noqa: PLC0415 - the last resort

    guess = from_bytes(data[:200_000]).best()
    text = _strict(data, guess.encoding) if guess is not None else None
    if text is None:
        raise InputError("unreadable-encoding", _UNREADABLE)
    return text
