"""Drawn reports with a mark, a struck-out figure or the like beside one figure, as pages, Word files and sheets."""

from __future__ import annotations

import io
import random
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from tests.support.drawing import draw_report
from tests.support.rendering import rendered
from tests.support.wordfiles import run, zipped

from nianbao.forms.loading import form_by_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support.drawing import Drawn

_TOKEN = 987_654_321_012  # a figure that no drawn report has
UNREAD = "unread"


class Dressed(NamedTuple):
    """A drawn report as a file, the key of the cell that was dressed, and its true figure as text."""

    drawn: Drawn
    key: str
    figure: str
    data: bytes


class Dress(NamedTuple):
    """How the figure of a cell is written.

    Attributes:
        write: Makes the content of the cell from the figure and from a digit that is not part of it.
        read: Whether the figure can be read; else the cell must be unread.
        cell: Properties of the whole cell: of the tag of a page's cell.
    """

    write: Callable[[str, str], str]
    read: bool = True
    cell: str = ""


def dressed(kind: str, dress: Dress, seed: int | str) -> Dressed:
    """Draw a report, and write it as a file of a kind with one of its figures dressed."""
    dice = random.Random(f"dressed/{seed}")
    drawn = draw_report(form_by_id("zfxxgk-2021"), seed)
    key = dice.choice([key for key, value in drawn.cells.items() if value and "." not in str(value)])
    figure, digit = str(drawn.cells[key]), str(dice.randrange(1, 10))
    plain = rendered(drawn.with_cell(key, _TOKEN), kind)
    content = dress.write(figure, digit)
    return Dressed(drawn, key, figure, _WRITERS[kind](plain, content, dress.cell))


def _in_page(data: bytes, content: str, cell: str) -> bytes:
    before, found, behind = data.decode().partition(f"<td>{_TOKEN}</td>")
    if not found:
        before, found, behind = re.split(rf"(<td[^>]*>{_TOKEN}</td>)", data.decode())
    tag = found.partition(">")[0]
    return f"{before}{tag}{cell}>{content}</td>{behind}".encode()


def _in_text(data: bytes, content: str, _cell: str) -> bytes:
    return data.replace(str(_TOKEN).encode(), content.encode())


def _in_word(data: bytes, content: str, cell: str) -> bytes:
    return _changed(data, "word/document.xml", lambda text: _only(text, run(str(_TOKEN)), content, cell))


def _in_sheet(data: bytes, content: str, _cell: str) -> bytes:
    """Write a cell: rich text where the content is runs, else what stands inside the cell's tag."""

    def changed(text: str) -> str:
        match = re.search(rf"<c r=\"(\w+)\"([^>]*?)(?: t=\"n\")?><v>{_TOKEN}</v></c>", text)
        assert match is not None
        inside = f"<is>{content}</is>" if content.startswith("<r>") else content
        kind = ' t="inlineStr"' if content.startswith("<r>") else ""
        return text.replace(match[0], f'<c r="{match[1]}"{match[2]}{kind}>{inside}</c>')

    return _changed(data, "xl/worksheets/sheet1.xml", changed)


def _only(text: str, old: str, content: str, _cell: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, content)


def _changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts: dict[str, str | bytes] = {info.filename: file.read(info) for info in file.infolist()}
    return zipped({**parts, part: change(bytes(parts[part]).decode())})  # type: ignore[arg-type]


_WRITERS: Mapping[str, Callable[[bytes, str, str], bytes]] = {
    "clean": _in_page,
    "docx": _in_word,
    "sheet": _in_sheet,
    "bars": _in_text,
    "markdown": _in_text,
}

_RAISED, _LOWERED = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
_WHITE = '<w:color w:val="FFFFFF"/>'


def _styled(style: str) -> Callable[[str, str], str]:
    return lambda figure, digit: f'{figure}<span style="{style}">{digit}</span>'


def _ruled(rule: str) -> Callable[[str, str], str]:
    return lambda figure, digit: f"<style>{rule}</style><i class=x>{digit}</i>{figure}"


def _run_behind(properties: str) -> Callable[[str, str], str]:
    return lambda figure, digit: run(figure) + run(digit, properties)


def _rich(properties: str) -> Callable[[str, str], str]:
    return lambda figure, digit: f"<r><t>{figure}</t></r><r><rPr>{properties}</rPr><t>{digit}</t></r>"


SIGNS: Mapping[str, Dress] = {
    "circled": Dress(lambda figure, _digit: f"{figure}①"),
    "circled, with a space": Dress(lambda figure, _digit: f"{figure} ③"),
    "a raised sign": Dress(lambda figure, _digit: f"{figure}²"),
    "a lowered sign": Dress(lambda figure, _digit: f"{figure}₂"),
    "a star": Dress(lambda figure, _digit: f"{figure}＊"),
    "a bracket": Dress(lambda figure, digit: f"{figure}[{digit}]"),
    "a note word": Dress(lambda figure, digit: f"{figure}（注{digit}）"),
    "a mark before": Dress(lambda figure, _digit: f"①{figure}", read=False),
    "a mark alone": Dress(lambda _figure, _digit: "①", read=False),
    "a mark between": Dress(lambda figure, digit: f"{figure}①{digit}", read=False),
    "a lost sign": Dress(lambda figure, _digit: f"{figure}\ufffd", read=False),
    "a sign of a font": Dress(lambda figure, _digit: f"\ue012{figure}", read=False),
    "a mark of no width": Dress(lambda figure, _digit: f"{figure[:1]}\u200b{figure[1:]}"),
    "two figures": Dress(lambda figure, digit: f"{figure} {digit}", read=False),
    "thousands apart": Dress(lambda _figure, digit: f"{digit}, 479", read=False),
    "digits apart": Dress(lambda figure, digit: f"{digit} {' '.join(figure)}", read=False),
}
PAGES: Mapping[str, Dress] = {
    "sup": Dress(lambda figure, digit: f"{figure}<sup>{digit}</sup>"),
    "sup of two digits": Dress(lambda figure, digit: f"<span>{figure}</span><sup>[1{digit}]</sup>"),
    "sub": Dress(lambda figure, digit: f"{figure}<sub>{digit}</sub>"),
    "a link": Dress(lambda figure, digit: f'<p><b>{figure}</b><a href="#n"><SUP> {digit} </SUP></a></p>'),
    "raised by style": Dress(_styled("font-size:8pt; VERTICAL-ALIGN: super")),
    "s": Dress(lambda figure, digit: f"<s>{digit}7</s>{figure}"),
    "s behind": Dress(lambda figure, digit: f"{figure}<s>{digit}</s>"),
    "strike": Dress(lambda figure, digit: f"<p><strike>{digit}</strike></p><p>{figure}</p>"),
    "del and ins": Dress(lambda figure, digit: f"<del>{digit}7</del><ins>{figure}</ins>"),
    "struck by style": Dress(_styled("text-decoration: underline line-through")),
    "struck blocks": Dress(lambda figure, digit: f'<p style="text-decoration:line-through">{digit}</p><p>{figure}</p>'),
    "visibility": Dress(_styled("visibility: hidden")),
    "no size": Dress(_styled("font-size:0px")),
    "white": Dress(lambda figure, digit: f'{figure}<font color="#FFFFFF">{digit}</font>'),
    "white by style": Dress(_styled("color: white")),
    "white on blue": Dress(
        lambda figure, _digit: f'<span style="color:#fff">{figure}</span>', cell=' style="background:#0b57a4"'
    ),
    "seen in what is hidden": Dress(
        lambda figure, digit: f'<p style="visibility:hidden">{digit}<b style="visibility:visible">{figure}</b></p>'
    ),
    "no opacity": Dress(_styled("opacity: 0")),
    "transparent": Dress(_styled("color:transparent")),
    "off the screen": Dress(_styled("position:absolute; left:-9999px")),
    "moved up": Dress(_styled("position:relative; top:-4px")),
    "yellow on yellow": Dress(
        lambda figure, digit: f"{figure}<font color=yellow>{digit}</font>", cell=' style="background:#ff0"'
    ),
    "a footnote of Word": Dress(lambda figure, digit: f'{figure}<a href="#_ftn{digit}">{digit}</a>'),
    "another link": Dress(lambda figure, digit: f'{figure}<a href="#{digit}">{digit}</a>', read=False),
    "a rule for a class": Dress(_ruled(".x{display:none}")),
    "a rule for parts of a cell": Dress(_ruled("@media screen{td > i.x{visibility:hidden}}")),
    "a rule for small screens": Dress(_ruled("@media (max-width:600px){.x{display:none}}"), read=False),
    "a rule for print": Dress(
        lambda figure, _digit: f"<style>@media print{{.x{{display:none}}}}</style><i class=x>{figure}</i>"
    ),
    "a field": Dress(lambda figure, _digit: f'<input type="text" value="{figure}">'),
    "a choice": Dress(lambda figure, digit: f"<select><option>{digit}<option selected>{figure}</select>"),
    "a picture": Dress(lambda _figure, _digit: '<img src="1.png">', read=False),
    "only raised": Dress(lambda figure, _digit: f"<sup>{figure}</sup>", read=False),
    "only struck": Dress(lambda figure, _digit: f"<p><s>{figure}</s></p>", read=False),
    "a struck cell": Dress(lambda figure, _digit: figure, read=False, cell=' style="text-decoration:line-through"'),
    "only hidden": Dress(lambda figure, _digit: figure, read=False, cell=' style="visibility:hidden"'),
    "only white": Dress(lambda figure, _digit: f'<font color="white">{figure}</font>', read=False),
    "raised between": Dress(lambda figure, digit: f"{figure}<sup>{digit}</sup>{digit}", read=False),
    "raised before": Dress(lambda figure, digit: f"<sup>{digit}</sup>{figure}", read=False),
    "struck between": Dress(lambda figure, digit: f"{figure}<s>{digit}</s>{digit}", read=False),
    "raised decimals": Dress(lambda figure, digit: f"{figure}.<sup>{digit}</sup>", read=False),
    "a long raised number": Dress(lambda figure, digit: f"{figure}<sup>{digit}01</sup>", read=False),
}
WORD: Mapping[str, Dress] = {
    "superscript": Dress(_run_behind(_RAISED)),
    "subscript": Dress(_run_behind(_LOWERED)),
    "lifted": Dress(_run_behind('<w:position w:val="8"/>')),
    "strike": Dress(lambda figure, digit: run(f"{digit}7", "<w:strike/>") + run(figure)),
    "dstrike": Dress(_run_behind("<w:dstrike/>")),
    "not struck": Dress(lambda figure, _digit: run(figure, '<w:strike w:val="0"/>')),
    "deleted": Dress(
        lambda figure, digit: f"<w:del><w:r><w:delText>{digit}</w:delText></w:r></w:del><w:ins>{run(figure)}</w:ins>"
    ),
    "vanish": Dress(_run_behind("<w:vanish/>")),
    "white": Dress(_run_behind(_WHITE)),
    "white on blue": Dress(lambda figure, _digit: run(figure, f'{_WHITE}<w:shd w:val="clear" w:fill="0B57A4"/>')),
    "all lifted": Dress(lambda figure, _digit: run(figure, '<w:position w:val="8"/>')),
    "only superscript": Dress(lambda figure, _digit: run(figure, _RAISED), read=False),
    "only struck": Dress(lambda figure, _digit: run(figure, "<w:strike/>"), read=False),
    "only white": Dress(lambda figure, _digit: run(figure, _WHITE), read=False),
    "superscript between": Dress(lambda figure, digit: run(figure) + run(digit, _RAISED) + run(digit), read=False),
}
SHEETS: Mapping[str, Dress] = {
    "superscript": Dress(_rich('<vertAlign val="superscript"/>')),
    "subscript": Dress(_rich('<sz val="9"/><vertAlign val="subscript"/>')),
    "strike": Dress(lambda figure, digit: f"<r><rPr><strike/></rPr><t>{digit}7</t></r><r><t>{figure}</t></r>"),
    "not struck": Dress(lambda figure, _digit: f'<r><rPr><strike val="0"/></rPr><t>{figure}</t></r>'),
    "white": Dress(_rich('<color rgb="FFFFFFFF"/>')),
    "only superscript": Dress(
        lambda figure, _digit: f'<r><rPr><vertAlign val="superscript"/></rPr><t>{figure}</t></r>', read=False
    ),
    "only struck": Dress(lambda figure, _digit: f"<r><rPr><strike/></rPr><t>{figure}</t></r>", read=False),
    "a formula without a result": Dress(lambda _figure, _digit: "<f>SUM(D29:I29)</f>", read=False),
    "a shared formula without a result": Dress(lambda _figure, _digit: '<f t="shared" si="0"/><v/>', read=False),
}

MARKDOWN: Mapping[str, Dress] = {
    "bold": Dress(lambda figure, _digit: f"**{figure}**"),
    "bold underscores": Dress(lambda figure, _digit: f"__{figure}__"),
    "an escaped star": Dress(lambda figure, _digit: rf"{figure}\*"),
    "superscript": Dress(lambda figure, digit: f"{figure}^{digit}^"),
    "sup": Dress(lambda figure, digit: f"{figure}<sup>{digit}</sup>"),
    "a note": Dress(lambda figure, digit: f"{figure}[^{digit}]"),
    "struck": Dress(lambda figure, digit: f"~~{digit}7~~{figure}"),
    "del": Dress(lambda figure, digit: f"<del>{digit}</del> {figure}"),
    "only struck": Dress(lambda figure, _digit: f"~~{figure}~~", read=False),
    "only sup": Dress(lambda figure, _digit: f"<sup>{figure}</sup>", read=False),
}


def in_runs(dress: Dress, kind: str) -> Dress:
    """Return a dress of plain signs for the content of a Word file's or a sheet's cell."""
    write = dress.write
    if kind == "docx":
        return dress._replace(write=lambda figure, digit: run(write(figure, digit)))
    return dress._replace(write=lambda figure, digit: f'<r><t xml:space="preserve">{write(figure, digit)}</t></r>')
