"""The names that rules may use for a form, for people and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from nianbao.messages import clean
from nianbao.outputs.exactjson import escaped
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.form_name import FormName
    from nianbao.voice import Voice

_GAP = "  "


def render_names(voice: Voice, names: Sequence[FormName]) -> str:
    """Write a line for each name: Chinese, English, where it stands and what it is, and the printed words."""
    lines = [tuple(map(clean, (name.zh, name.en, _where(voice, name), name.printed))) for name in names]
    widths = [max((cell_len(line[column]) for line in lines), default=0) for column in range(3)]
    return "".join(_GAP.join((*map(set_cell_size, line[:3], widths), line[3])).rstrip() + "\n" for line in lines)


def _where(voice: Voice, name: FormName) -> str:
    kind = voice.say(phrases.NAME_KINDS[name.kind])
    return f"{voice.say(name.table)} {kind}" if name.table and name.kind != "table" else kind


def names_json(voice: Voice, names: Sequence[FormName]) -> str:
    """Write names as JSON, the names of tables in one language."""
    data = [
        {
            "kind": name.kind,
            "zh": name.zh,
            "en": name.en,
            "table": voice.say(name.table) or None,
            "printed": name.printed or None,
            "value": name.value or None,
        }
        for name in names
    ]
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
