"""The files of a pack: its head and rules, texts in other languages, and its own forms."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import SourceError, unreadable
from nianbao.messages import Text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_MAX_FILES = 500
_ENDINGS = (".yaml", ".yml")
_NO_PACK = Text(
    "没有这个规则包；请给出放规则的文件夹或一个规则文件",
    "no such pack: give a folder with rules, or a file of rules",
)


class PackFile(NamedTuple):
    """A file: its name in messages, and its text."""

    name: str
    text: str


class PackFiles(NamedTuple):
    """The files of a pack, each kind in the order of their names."""

    rules: tuple[PackFile, ...]
    messages: tuple[PackFile, ...] = ()
    forms: tuple[PackFile, ...] = ()

    @property
    def digest(self) -> str:
        """A hash of all of them, which does not depend on the location of the pack."""
        parts = (f"{kind}\0{Path(file.name).name}\0{file.text}" for kind, files in enumerate(self) for file in files)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read_files(place: Path, name: str) -> PackFiles:
    """Read the files of a pack.

    Args:
        place: A folder, or one file of rules.
        name: Its name in messages.

    Raises:
        SourceError: it is missing, a file cannot be read, or there are too many files.
    """
    if not place.exists():
        raise SourceError(_NO_PACK, file=name)
    if not place.is_dir():
        return PackFiles((_read(place, name),))
    return PackFiles(*(_folder(folder, f"{name}{suffix}") for folder, suffix in _folders(place)))


def _folders(place: Path) -> tuple[tuple[Path, str], ...]:
    return (place, ""), (place / "messages", "/messages"), (place / "forms", "/forms")


def _folder(folder: Path, name: str) -> tuple[PackFile, ...]:
    files = sorted(file for file in folder.iterdir() if file.name.endswith(_ENDINGS)) if folder.is_dir() else []
    if len(files) > _MAX_FILES:
        reason = Text(
            f"有 {len(files)} 个文件，最多 {_MAX_FILES} 个", f"{len(files)} files, more than the {_MAX_FILES} allowed"
        )
        raise SourceError(reason, file=name)
    return tuple(_read(file, f"{name}/{file.name}") for file in files)


def shipped_files(folder: Traversable, name: str) -> PackFiles:
    """Return the files of a built-in pack, which has no separate forms or texts."""
    files = sorted((file for file in folder.iterdir() if file.name.endswith(_ENDINGS)), key=lambda file: file.name)
    return PackFiles(tuple(PackFile(f"{name}/{file.name}", file.read_text(encoding="utf-8")) for file in files))


def _read(file: Path, name: str) -> PackFile:
    try:
        return PackFile(name, file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(unreadable(error), file=name) from error
