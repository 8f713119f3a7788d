"""Results in few lines, one for each finding or cause, as shell tools and editors take them: ``path:line: CODE …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.outputs.wording.components import Explained, parts_of
from nianbao.outputs.wording.labels import place
from nianbao.outputs.wording.phrases import join
from nianbao.outputs.wording.sentences import sentence, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.result import Checked


def quiet_lines(checked: Checked, *, lang: str) -> Iterator[str]:
    """Give a line for each cause, and for each finding that has none; the first of them names the codes of all."""
    for part in parts_of(checked):
        if isinstance(part, Explained):
            yield _cause(part, checked, lang)
            continue
        for finding in part.findings:
            where = place(checked.path, finding.location, lang=lang)
            yield f"{where}: {finding.rule} {clean(finding.texts.get(lang))}"


def _cause(part: Explained, checked: Checked, lang: str) -> str:
    component = part.component
    first = component.explanations[0].changes[0]
    where = place(first.source or checked.path, first.location, lang=lang)
    codes = ",".join(dict.fromkeys(finding.rule for finding in part.findings))
    said = [sentence(one, checked, lang=lang) for one in component.explanations]
    if component.readings > len(said):
        said += [short(change, checked, lang=lang) for change in component.others]
    return f"{where}: {codes} {join(said, lang, phrase='or')}"
