"""Results in few lines, one for each finding or cause, for shell tools and editors: ``path:line: CODE …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.components import Explained, parts_of
from nianbao.outputs.wording.sentences import sentence, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.result import Checked
    from nianbao.voice import Voice


def quiet_lines(voice: Voice, checked: Checked) -> Iterator[str]:
    """Give a line for each cause, and for each finding without one, and for each blank whose figure follows.

    The first line of a cause has the codes of all its findings.
    """
    for part in parts_of(checked):
        if isinstance(part, Explained):
            yield _cause(voice, part, checked)
            continue
        for finding in part.findings:
            where = voice.place(checked.path, finding.location)
            yield f"{where}: {finding.rule} {voice.clean(finding.texts)}".removeprefix(": ")
    for implied in checked.following:
        if implied.value:
            from nianbao.outputs.wording.correction_words import due  # noqa: PLC0415 - few reports have blanks

            yield f"{voice.place(checked.path, implied.cell.location)}: {due(voice, implied, checked=checked)}"


def _cause(voice: Voice, part: Explained, checked: Checked) -> str:
    component = part.component
    first = component.explanations[0].changes[0]
    where = voice.place(first.source or checked.path, first.location)
    codes = ",".join(dict.fromkeys(finding.rule for finding in part.findings))
    sentences = [sentence(voice, explanation, checked=checked) for explanation in component.explanations]
    if component.readings > len(sentences):
        sentences += [short(voice, change, checked=checked) for change in component.others]
    return f"{where}: {codes} {voice.join(sentences, phrases.OR)}"
