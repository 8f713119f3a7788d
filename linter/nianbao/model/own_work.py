"""The mark that files written by nianbao carry in their metadata, and the search for it."""

from __future__ import annotations

import hashlib
import re
from typing import Final, Literal, NamedTuple, get_args

WorkKind = Literal["result page", "annotated copy", "corrected copy"]

RESULT_PAGE: Final = "result page"
ANNOTATED_COPY: Final = "annotated copy"
CORRECTED_COPY: Final = "corrected copy"
WORK_KINDS: tuple[WorkKind, ...] = get_args(WorkKind)
GENERATOR = '<meta name="generator" content="{}">'  # of pages
APPLICATION = "Application"  # the property of Office files that names the program which wrote them last
PRODUCER = "/Producer"  # the same of PDFs
COMMENT = "# {}\n"  # of YAML
_NAME = b"nianbao "
_HASH_CHARS = 16
_PLACES = (rb'<meta name="generator" content="', rb"<Application>", rb"/Producer ?\(", rb"^# ")
_MARK = re.compile(
    rb"(?:%b)nianbao (%b)(?: of ([0-9a-f]{%d}))?(?=[\"<)\r\n])"
    % (b"|".join(_PLACES), "|".join(WORK_KINDS).encode(), _HASH_CHARS),
    re.MULTILINE,
)


class OwnWork(NamedTuple):
    """What a marked file is; ``original`` is the beginning of the hash of the file that a corrected copy is of."""

    kind: WorkKind
    original: str = ""

    @property
    def mark(self) -> str:
        """The words that are written into metadata."""
        return f"nianbao {self.kind}{' of ' * bool(self.original)}{self.original}"

    def is_of(self, sha256: str) -> bool:
        """Whether it is a copy of the file with this hash."""
        return self.original != "" and sha256.startswith(self.original)


def corrected_copy_of(data: bytes) -> OwnWork:
    """Return what a corrected copy of the file with these bytes is."""
    return OwnWork(CORRECTED_COPY, hashlib.sha256(data).hexdigest()[:_HASH_CHARS])


def find_mark(metadata: bytes) -> OwnWork | None:
    """Return what a file is by the mark in its bytes, or in the part of an Office file with its properties."""
    if _NAME not in metadata:
        return None
    match = _MARK.search(metadata)
    if match is None:
        return None
    kind = next(kind for kind in WORK_KINDS if kind == match[1].decode())
    return OwnWork(kind, (match[2] or b"").decode())
