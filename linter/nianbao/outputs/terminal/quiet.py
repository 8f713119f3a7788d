"""Results in few lines, one for each place to change or to look at, for shell tools and editors: ``path:line: …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.model.rule import ERROR
from nianbao.outputs.terminal import captions
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.correction_words import words_of
from nianbao.outputs.wording.corrections import corrections_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.result import Checked
    from nianbao.outputs.wording.corrections import Todo
    from nianbao.voice import Voice


def quiet_lines(voice: Voice, checked: Checked, *, most: int | None = None) -> Iterator[str]:
    """Give a line for each entry of the list of a report: its place, severity, words, and the codes of its rules.

    Args:
        voice: The language.
        checked: The report and its findings.
        most: The largest number of lines, the last of which tells how many entries are not given; ``None`` for all.
    """
    entries = corrections_of(checked)
    shown = entries if most is None or len(entries) <= most else entries[: max(most - 1, 0)]
    yield from (_line(voice, entry, checked) for entry in shown)
    rest = entries[len(shown) :]
    if rest:
        errors = sum(entry.severity == ERROR for entry in rest)
        phrase = captions.LEFT_OUT_ERRORS if errors else captions.LEFT_OUT
        yield voice.say(phrase, count=len(rest), errors=errors, path=clean(checked.path))


def _line(voice: Voice, entry: Todo, checked: Checked) -> str:
    where = voice.place(entry.source or checked.path, entry.location._replace(table=None, row=None, cell=None))
    severity = voice.say(captions.FILL if entry.severity is None else phrases.SEVERITY_NAMES[entry.severity])
    codes = list(dict.fromkeys(finding.rule for finding in entry.findings))
    behind = voice.say(captions.CODE, codes=voice.join(codes)) if codes else ""
    return f"{where}: {severity} {words_of(voice, entry, checked=checked)}{behind}".removeprefix(": ")
