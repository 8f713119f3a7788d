"""The differences between two readings of a report, for people and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nianbao.messages import clean
from nianbao.model.difference import CELL, SECTION
from nianbao.outputs.exactjson import escaped
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.labels import cell_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.difference import Difference, Side
    from nianbao.model.report import Report
    from nianbao.voice import Voice

_MAX_TEXT_CHARS = 80


def render_differences(voice: Voice, differences: Sequence[Difference], *, reports: tuple[Report, Report]) -> str:
    """Write a block for each difference: its subject, and the text of either report with its place."""
    lines = []
    for difference in differences:
        lines.append(_name(voice, difference, reports[0]))
        lines += [
            f"    {_words(voice, side)}  {voice.place(report.name, side.location)}"
            for side, report in zip((difference.first, difference.second), reports, strict=True)
        ]
    cells = sum(difference.kind == CELL for difference in differences)
    sections = sum(difference.kind == SECTION for difference in differences)
    others = len(differences) - cells - sections
    total = phrases.DIFF_ALL if differences else phrases.DIFF_SAME
    lines.append(voice.say(total, cells=cells, sections=sections, others=others))
    return "\n".join(lines) + "\n"


def render_json(differences: Sequence[Difference], reports: tuple[Report, Report]) -> str:
    """Write differences as JSON."""
    first, second = reports
    data = {
        "schema": "nianbao/diff/1",
        "first": {"path": first.name, "sha256": first.sha256},
        "second": {"path": second.name, "sha256": second.sha256},
        "differences": [
            {
                "kind": difference.kind,
                "key": difference.key,
                "first": _data(difference.first),
                "second": _data(difference.second),
            }
            for difference in differences
        ],
    }
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _name(voice: Voice, difference: Difference, report: Report) -> str:
    if difference.kind == CELL:
        return cell_label(voice, report.form, key=difference.key)
    if difference.kind == SECTION:
        return next(
            (section.heading for section in report.form.sections if section.id == difference.key), difference.key
        )
    return voice.say(phrases.FACT_NAMES[difference.key])


def _words(voice: Voice, side: Side) -> str:
    if side.text is None:
        return voice.say(phrases.DIFF_MISSING)
    return clean(side.text)[:_MAX_TEXT_CHARS] or voice.say(phrases.BLANK)


def _data(side: Side) -> dict[str, Any] | None:
    return None if side.text is None else {"text": side.text, "location": side.location.as_json()}
