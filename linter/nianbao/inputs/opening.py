"""Opens inputs: files and addresses, the members of archives, and the targets of a page's links."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import InputError
from nianbao.extraction import extract
from nianbao.inputs.folders import ARCHIVES, OTHER_ENDINGS, ending, no_reports
from nianbao.inputs.options import InputOptions
from nianbao.inputs.origin import SourceOrigin
from nianbao.inputs.passing_over import LOCK_FILE, CorrectedCopy, is_lock_file, note_on, own_work, refuse_page
from nianbao.messages import Text
from nianbao.model.address import is_address, shown
from nianbao.model.document import Document
from nianbao.model.own_work import CORRECTED_COPY
from nianbao.model.problem import Problem
from nianbao.model.report import Report
from nianbao.readers import MAX_BYTES, STDIN, Source, load
from nianbao.readers.registry import READERS
from nianbao.readers.sniffing import NOT_TEXT, recognised

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from nianbao.inputs.archive import Archive, Member
    from nianbao.model.form import Form
    from nianbao.model.report import Fact
    from nianbao.readers.reader import Reader

NOT_A_REPORT = "not-a-report"
MAX_ARCHIVE_BYTES = 256 * 2**20
_ZIP = b"PK"
_MAX_LINKS_FOLLOWED = 5
_SAVED = Text("取到的内容已存为 {file}", "what was fetched is kept as {file}")
_LED = Text("由网页 {page} 的链接找到", "found by way of the page {page}")
_MANY_LINKS = Text(
    "网页本身不是年报，链接了 {count} 份像年报的文件；请写其中要检查的那些的地址",
    "the page is no report itself and links to {count} files that look like one: give the addresses of those meant",
)
_LARGE = Text(
    "压缩包超过 {limit} MB；请解压后检查文件夹", "is an archive of more than {limit} MB: unpack it and check the folder"
)
_USED_UP = Text(
    "压缩包解开后太大，后面的文件没有读；请解压后检查文件夹",
    "unpacks to too much, and the rest of it was not read: unpack it and check the folder",
)


class ReadContext(NamedTuple):
    """How inputs are read: the forms, the readers and the options."""

    forms: Sequence[Form]
    readers: Sequence[Reader] = READERS
    options: InputOptions = InputOptions()

    @property
    def endings(self) -> frozenset[str]:
        """The endings of files that are read in a folder or an archive."""
        return ARCHIVES.union(*(reader.suffixes for reader in self.readers))


class Skipped(NamedTuple):
    """A skipped file: it is not a report, or its format is not read."""

    name: str


class Opener:
    """Opens the inputs of one run.

    Args:
        reading: How they are read.
        known: Files and addresses that are inputs of the run themselves; links to them are not followed.
        exact: Whether places are made exact at once, and not on demand.

    Attributes:
        corrected: The corrected copies among the sources.
    """

    def __init__(self, reading: ReadContext, known: Collection[str] = (), *, exact: bool = False) -> None:
        self._reading = reading
        self._is_exact = exact
        self._endings = reading.endings
        self._known = {_key(name) for name in known}
        self._dates: dict[str, Fact] = {}
        self.corrected: list[CorrectedCopy] = []

    def open(self, path: str, *, loose: bool = False) -> Iterator[Report | Problem | Skipped]:
        """Give the content of a file, an address or standard input: a report or a problem; several for an archive.

        Args:
            path: The file or address, or ``-``.
            loose: Whether a file that is not a report is skipped, as it is in folders and archives.
        """
        if is_lock_file(path):
            yield Skipped(path) if loose else Problem(path, "lock-file", LOCK_FILE)
            return
        try:
            origin = self._origin(path)
        except InputError as error:
            yield Problem(shown(path), error.code, error.message)
        else:
            yield from self._read(origin, loose=loose)

    def dated(self, report: Report) -> Report:
        """Return a report with a date of publication: its own, else that of the page that links to it."""
        return _dated(report, self._dates.get(_key(report.name)))

    def _origin(self, path: str, *, inside: bool | None = None) -> SourceOrigin:
        if not is_address(path):
            return SourceOrigin(Source(path, _loaded(path)), base="" if path == STDIN else path, is_file=path != STDIN)
        from nianbao.inputs.fetch import fetch  # noqa: PLC0415 - only for addresses

        fetched = fetch(path, max_bytes=MAX_BYTES, seconds=self._reading.options.seconds, inside=inside)
        source = Source(shown(path), fetched.data, fetched.charset)
        return SourceOrigin(source, fetched.address, fetched.inside, is_fetched=True)

    def _read(self, origin: SourceOrigin, *, loose: bool) -> Iterator[Report | Problem | Skipped]:
        """Give the reports and problems of a source."""
        work = own_work(origin.source)
        is_empty = origin.archive is None and not origin.source.data.strip()
        if loose and (is_empty or (work is not None and work.kind != CORRECTED_COPY)):
            yield Skipped(origin.name)
            return
        if work is not None and work.kind == CORRECTED_COPY:
            self.corrected.append(CorrectedCopy(origin.name, work))
        try:
            refuse_page(work)
            opened = self._opened(origin._replace(notes=(*origin.notes, *note_on(work))))
        except InputError as error:
            problem = Problem(origin.name, error.code, error.message)
            yield Skipped(origin.name) if loose and _is_other(problem) else problem
        else:
            if isinstance(opened, Document):
                yield from self._extracted(opened, origin, loose=loose)
            else:
                yield from self._members(opened, origin, loose=loose)

    def _opened(self, origin: SourceOrigin) -> Document | Archive:
        try:
            reader = self._recognised(origin.source)
        except InputError:
            self._kept(origin, None)
            raise
        notes = (*origin.notes, *self._kept(origin, reader))
        if reader is not None:
            document = reader.read(origin.source)
            return document._replace(notes=(*notes, *document.notes))
        from nianbao.inputs.archive import Archive  # noqa: PLC0415 - only for archives

        return Archive(origin.source.zipped, within=origin.archive)

    def _recognised(self, source: Source) -> Reader | None:
        """Return the reader that recognises a source; ``None`` for an archive: a zip file that no reader recognises."""
        try:
            return recognised(source, readers=self._reading.readers)
        except InputError as error:
            from nianbao.containers.zipped import is_zip  # noqa: PLC0415 - only if no reader recognises it
            from nianbao.inputs.archive import is_archive  # noqa: PLC0415 - the same

            if error.code != NOT_TEXT or not is_zip(source.data) or not is_archive(source.zipped):
                raise
        return None

    def _kept(self, origin: SourceOrigin, reader: Reader | None) -> tuple[Text, ...]:
        """Save fetched data, if the options ask for it, and note the path."""
        folder = self._reading.options.save
        if folder is None or not origin.is_fetched:
            return ()
        from nianbao.inputs.keeping import keep  # noqa: PLC0415 - only if the options ask for it

        archives = ARCHIVES if origin.source.data.startswith(_ZIP) else ()
        suffix = next(iter(archives if reader is None else reader.suffixes), "")
        known = self._endings | OTHER_ENDINGS
        file = keep(origin.source.data, origin.name, folder=folder, endings=known, suffix=suffix)
        return (_SAVED.format(file=file),)

    def _members(self, archive: Archive, origin: SourceOrigin, *, loose: bool) -> Iterator[Report | Problem | Skipped]:
        """Give the reports and problems of the files of an archive, one after the other."""
        fruitful = False
        for member in archive.members:
            for outcome in self._member(member, archive, origin=origin):
                fruitful = fruitful or not isinstance(outcome, Skipped)
                yield outcome
            if archive.is_used_up:
                break
        if archive.is_used_up:
            if origin.archive is None:
                yield Problem(origin.name, "too-large", _USED_UP)
        elif not fruitful:
            yield Skipped(origin.name) if loose else no_reports(origin.name, self._endings)

    def _member(
        self, member: Member, archive: Archive, *, origin: SourceOrigin
    ) -> Iterator[Report | Problem | Skipped]:
        name = f"{origin.name}/{member.name}"
        if (last := ending(name)) not in self._endings:
            if last in OTHER_ENDINGS:
                yield Skipped(name)
            return
        try:
            data = archive.read(member, most=MAX_BYTES)
        except InputError as error:
            if not archive.is_used_up:
                yield Problem(name, error.code, error.message)
        else:
            inner = SourceOrigin(Source(name, data), base=name, archive=archive, holder=origin.name)
            yield from self._read(inner, loose=True)

    def _extracted(
        self, document: Document, origin: SourceOrigin, *, loose: bool
    ) -> Iterator[Report | Problem | Skipped]:
        """Give the report of a document; for a page that is not one or has no tables, also those it links to."""
        outcome: Report | Problem
        try:
            outcome = self._exact(extract(document, self._reading.forms), document, origin)
        except InputError as error:
            outcome = Problem(origin.name, error.code, error.message)
        if not _may_lead_on(outcome) or not origin.base or not document.links:
            yield Skipped(origin.name) if loose and _is_other(outcome) else outcome
            return
        from nianbao.inputs import pages  # noqa: PLC0415 - only for such pages

        targets = pages.targets(document, origin, forms=self._reading.forms)
        published = pages.published(document, forms=self._reading.forms) if targets else None
        known = any(_key(target) in self._known for target in targets)
        many = len(targets) > _MAX_LINKS_FOLLOWED
        linked = [] if many else [inner for target in targets for inner in self._followed(target, origin, published)]
        if not any(isinstance(inner, Report) and inner.cells for inner in linked):
            if many and isinstance(outcome, Problem):
                outcome = outcome._replace(text=_MANY_LINKS.format(count=len(targets)))
            yield Skipped(origin.name) if (loose or known) and _is_other(outcome) else outcome
        yield from linked

    def _exact(self, report: Report, document: Document, origin: SourceOrigin) -> Report:
        """Make the places of a report exact, unless its file can be read again on demand."""
        return report if origin.is_file and not self._is_exact else report.exact(document.text)

    def _followed(
        self, target: str, origin: SourceOrigin, published: Fact | None
    ) -> Iterator[Report | Problem | Skipped]:
        """Give the content of a document that a page links to; nothing if it is an input of the run itself."""
        if published is not None:
            self._dates.setdefault(_key(target), published)
        if _key(target) in self._known or origin.archive is not None:
            return
        self._known.add(_key(target))
        try:
            led = self._origin(target, inside=origin.inside)
        except InputError as error:
            yield Problem(shown(target), error.code, error.message)
        else:
            notes = (_LED.format(page=origin.name),)
            for outcome in self._read(led._replace(base="", notes=notes), loose=True):
                yield _dated(outcome, published) if isinstance(outcome, Report) else outcome


def _loaded(path: str) -> bytes:
    """Return the bytes of a file; an archive may be larger than a single report."""
    if ending(path) not in ARCHIVES:
        return load(path)
    try:
        data = load(path, max_bytes=MAX_ARCHIVE_BYTES)
    except InputError as error:
        if error.code != "too-large":
            raise
        raise InputError("too-large", _LARGE.format(limit=MAX_ARCHIVE_BYTES // 2**20)) from error
    return data if data.startswith(_ZIP) else load(path)


def _dated(report: Report, date: Fact | None) -> Report:
    if date is None or report.published is not None or not isinstance(date.value, dt.date):
        return report
    return report._replace(published=date.value, facts={**report.facts, "published": date})


def _is_other(outcome: Report | Problem) -> bool:
    return isinstance(outcome, Problem) and outcome.code == NOT_A_REPORT


def _may_lead_on(outcome: Report | Problem) -> bool:
    """Whether links should be followed: the document is not a report, or its tables were not read."""
    return _is_other(outcome) if isinstance(outcome, Problem) else not outcome.cells


def _key(name: str) -> str:
    """Return a key that is equal for all spellings of one path or address."""
    return shown(name).partition("#")[0] if is_address(name) else os.path.normpath(name)
