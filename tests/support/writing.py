"""Results written by outputs as text."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.outputs.html.rendering import PageWriter
from nianbao.outputs.json import JsonWriter
from nianbao.outputs.wording.totals import RunTotals

if TYPE_CHECKING:
    from nianbao.model.result import Result
    from nianbao.outputs.output import Writer
    from nianbao.voice import Voice


def write(writer: Writer, result: Result, *, whole: Result | None = None) -> None:
    """Write a result by a writer; ``whole`` is the result of which it is a part."""
    writer.begin(result.run)
    for checked in result.reports:
        writer.report(checked)
    writer.end(RunTotals.of(result), RunTotals.of(whole or result))


def page_of(voice: Voice, result: Result) -> str:
    """Return the page of a result."""
    stream = io.StringIO()
    write(PageWriter(stream, voice), result)
    return stream.getvalue()


def json_of(voice: Voice, result: Result) -> str:
    """Return a result as JSON."""
    stream = io.StringIO()
    write(JsonWriter(stream, voice), result)
    return stream.getvalue()


def data_of(voice: Voice, result: Result) -> dict[str, Any]:
    """Return a result as the data that its JSON holds, decimals exact."""
    data: dict[str, Any] = json.loads(json_of(voice, result), parse_float=Decimal)
    return data
