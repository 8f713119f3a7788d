"""A report: named cells, sections and dates, each with its place in the source."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from nianbao.dates import last_day
from nianbao.model.location import NOWHERE, Location

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from nianbao.messages import Text
    from nianbao.model.document import Paragraph, Places
    from nianbao.model.form import Form
    from nianbao.model.problem import Problem

CellState = Literal["number", "zero", "blank", "mark", "text"]

NUMBER: Final = "number"
ZERO: Final = "zero"
BLANK: Final = "blank"
MARK: Final = "mark"
TEXT: Final = "text"
CELL_STATES: tuple[CellState, ...] = get_args(CellState)


class Cell(NamedTuple):
    """One cell of a report.

    ``value`` is exact, and ``None`` unless ``state`` is ``number`` or ``zero``; other states are ``blank``, ``mark`` (a
    dash, a slash, "none") and ``text`` (not a number). ``raw`` is the text of the source.
    """

    key: str
    value: int | Decimal | None
    state: CellState
    raw: str
    location: Location = NOWHERE


class Section(NamedTuple):
    """A section of the form in a report: its printed heading, and the prose under it.

    ``has_more`` is whether a picture or a table stands there, too, which may hold words that are not among the prose.
    ``tables`` are the words of the small tables in a section that the form gives no table.
    """

    id: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    location: Location = NOWHERE
    has_more: bool = False
    tables: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The prose of the section, one line for each paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


class Issuer(NamedTuple):
    """The organ that issued the report; ``kind`` is government, department, township or other."""

    name: str
    kind: str


class Period(NamedTuple):
    """The stated period of the figures, both days included."""

    start: dt.date
    end: dt.date


class Fact(NamedTuple):
    """A fact of the report outside its tables, with the words it was read from and their place."""

    value: object
    raw: str
    location: Location = NOWHERE


class FurtherRow(NamedTuple):
    """A row of a report's table that the form does not have: the id of the table, its label, and its place."""

    table: str
    label: str
    location: Location = NOWHERE


class Report(NamedTuple):
    """One annual report.

    Attributes:
        name: Path or address of its source, as the user gave it.
        sha256: Hash of the source's bytes.
        form: The form it follows.
        title: Its title, or "".
        year: The year it reports on, or ``None`` if none could be read.
        issuer: The organ that issued it, or ``None``.
        period: The statistics period that it states, or ``None``.
        published: Its date of publication, or ``None``.
        preamble: The prose between the title and the first section.
        sections: Sections found, in the order of the source.
        cells: Cells read, by key.
        unread: The reasons why cells of the form were not read, by key.
        absent: Those of the unread cells that the source certainly does not have.
        facts: Title, year, period, date of publication and further facts, with their places, by name.
        extra_headings: Headings that look like sections but are not in the form.
        further_rows: Rows with figures that the form does not have.
        places: Finds exact places in the text of the source; ``None`` if they are exact already.
        notes: Remarks for people on how it was read.
        problems: Parts of it that cannot be read, such as a table that is a picture.
    """

    name: str
    sha256: str
    form: Form
    title: str = ""
    year: int | None = None
    issuer: Issuer | None = None
    period: Period | None = None
    published: dt.date | None = None
    preamble: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    cells: Mapping[str, Cell] = {}
    unread: Mapping[str, Text] = {}
    absent: frozenset[str] = frozenset()
    facts: Mapping[str, Fact] = {}
    extra_headings: tuple[Paragraph, ...] = ()
    further_rows: tuple[FurtherRow, ...] = ()
    places: Places | None = None
    notes: tuple[Text, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The last day that it reports on: that of its period, else of its year."""
        if self.period is not None:
            return self.period.end
        return None if self.year is None else last_day(self.year)

    @property
    def merged_groups(self) -> frozenset[str]:
        """The groups of rows for which it has one row instead of one for each member, as ``table.group``."""
        keys = self.cells.keys()
        return frozenset(
            name for name, own, members in self.form.grouped if not keys.isdisjoint(own) and keys.isdisjoint(members)
        )

    @property
    def printed_form(self) -> Form:
        """Its form, with those groups merged."""
        return self.form.with_merged(self.merged_groups)

    def section(self, section_id: str) -> Section | None:
        """Return the first section with that id, or ``None``."""
        return next((section for section in self.sections if section.id == section_id), None)

    def renamed(self, name: str) -> Report:
        """Return the same report for another source with the same bytes."""
        return self._replace(name=name, problems=tuple(problem._replace(path=name) for problem in self.problems))

    def exact(self, text: str) -> Report:
        """Return the report with every place exact, found in the text of its source."""
        places = self.places
        if places is None:
            return self

        def at(location: Location) -> Location:
            return places.exact(text, location)

        def prose(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
            return tuple(paragraph._replace(location=at(paragraph.location)) for paragraph in paragraphs)

        return self._replace(
            preamble=prose(self.preamble),
            sections=tuple(
                section._replace(paragraphs=prose(section.paragraphs), location=at(section.location))
                for section in self.sections
            ),
            cells={key: cell._replace(location=at(cell.location)) for key, cell in self.cells.items()},
            facts={name: fact._replace(location=at(fact.location)) for name, fact in self.facts.items()},
            extra_headings=prose(self.extra_headings),
            further_rows=tuple(row._replace(location=at(row.location)) for row in self.further_rows),
            places=None,
        )


_PACKED = (
    "preamble",
    "sections",
    "cells",
    "unread",
    "absent",
    "extra_headings",
    "further_rows",
    "places",
    "notes",
    "problems",
)


class PackedReport(NamedTuple):
    """A report whose cells and prose are compressed.

    Attributes:
        head: The report without them, for its issuer and dates. Its form is the printed form.
        form: Its form.
        data: Cells and prose.
    """

    head: Report
    form: Form
    data: bytes

    @classmethod
    def of(cls, report: Report) -> PackedReport:
        """Pack a report."""
        import pickle  # noqa: PLC0415 - only for long runs
        import zlib  # noqa: PLC0415 - the same

        columns = _columns(report.cells.values())
        others = [getattr(report, name) for name in _PACKED if name != "cells"]
        data = pickle.dumps((columns, others), pickle.HIGHEST_PROTOCOL)
        empty = {name: Report._field_defaults[name] for name in _PACKED}
        return cls(report._replace(form=report.printed_form, **empty), report.form, zlib.compress(data, 1))

    def unpack(self) -> Report:
        """Return the report."""
        import pickle  # noqa: PLC0415 - only for long runs
        import zlib  # noqa: PLC0415 - the same

        columns, others = pickle.loads(zlib.decompress(self.data))  # noqa: S301 - packed by this process
        named = zip((name for name in _PACKED if name != "cells"), others, strict=True)
        cells = {cell.key: cell for cell in _cells_of(columns)}
        return self.head._replace(form=self.form, cells=cells, **dict(named))


_Columns = tuple[tuple[Any, ...], ...]


def _columns(cells: Iterable[Cell]) -> tuple[_Columns, _Columns]:
    """Return the fields of cells and those of their places, field by field, which takes a quarter of the time."""
    *fields, places = tuple(zip(*cells, strict=True)) or ((), ())
    return tuple(fields), tuple(zip(*places, strict=True))


def _cells_of(columns: tuple[_Columns, _Columns]) -> Iterator[Cell]:
    """Give the cells whose fields are in columns."""
    fields, places = columns
    make = tuple.__new__  # which the maker of a class of named tuples calls too, more slowly
    locations = map(make, repeat(Location), zip(*places, strict=True))
    return map(make, repeat(Cell), zip(*fields, locations, strict=True))


KeptReport = Report | PackedReport


def head_of(report: KeptReport) -> Report:
    """Return a report with issuer and dates, whether it is packed or not."""
    return report.head if isinstance(report, PackedReport) else report


def whole(report: KeptReport) -> Report:
    """Return a report with its cells and prose."""
    return report.unpack() if isinstance(report, PackedReport) else report
