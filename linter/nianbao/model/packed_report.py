"""A report of a long run, kept in little room until it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.report import Report

if TYPE_CHECKING:
    from nianbao.model.form import Form

_PACKED = ("sections", "cells", "unread", "extra_headings", "places", "notes", "problems")


class PackedReport(NamedTuple):
    """A report whose cells and prose are compressed.

    Attributes:
        head: The report without them: whose it is and of which days. Its form is the one that it prints.
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

        data = pickle.dumps([getattr(report, name) for name in _PACKED], pickle.HIGHEST_PROTOCOL)
        empty = {name: Report._field_defaults[name] for name in _PACKED}
        return cls(report._replace(form=report.printed_form, **empty), report.form, zlib.compress(data, 1))

    def unpack(self) -> Report:
        """Return the report."""
        import pickle  # noqa: PLC0415 - only for long runs
        import zlib  # noqa: PLC0415 - the same

        values = pickle.loads(zlib.decompress(self.data))  # noqa: S301 - packed by this process
        return self.head._replace(form=self.form, **dict(zip(_PACKED, values, strict=True)))


KeptReport = Report | PackedReport


def head_of(report: KeptReport) -> Report:
    """Return a report that tells whose it is and of which days, whether it is packed or not."""
    return report.head if isinstance(report, PackedReport) else report


def whole(report: KeptReport) -> Report:
    """Return a report with its cells and prose."""
    return report.unpack() if isinstance(report, PackedReport) else report
