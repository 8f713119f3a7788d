"""The text of a paragraph as it is printed: runs, fields, breaks and symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.readers.word.formats import with_formats
from nianbao.readers.word.xml_names import MATH, W, inner, switched, value

if TYPE_CHECKING:
    from nianbao.readers.word.stylesheet import Styles

_RUN, _TEXT, _PROPERTIES, _FIELD = W + "r", W + "t", W + "rPr", W + "fldChar"
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_HELD = frozenset((W + "drawing", W + "pict", W + "object"))
_UNKNOWN_SIGN = "□"
_PRIVATE = 0xF000
_PRINTABLE = range(0x20, 0x40)  # digits and punctuation, which some symbol fonts have at their usual positions


class Inline(NamedTuple):
    """The content of a paragraph: its text, with line feeds between lines, and its drawings, pictures and objects.

    In ``text``, words in superscript and the like are marked. The pieces are parts of the text without these marks,
    each with its element; a piece is as long as the text of its element.
    """

    text: str
    held: tuple[Any, ...]
    pieces: tuple[tuple[str, Any], ...] = ()


def inline(paragraph: Any, styles: Styles) -> Inline:
    """Return the content of a paragraph, without notes and the codes of fields; hidden figures are marked as unseen."""
    style = styles.of(paragraph.find(W + "pPr"))[1]
    gathering = _Gathering(styles, hidden=bool(style.hidden))
    gathering.take(paragraph)
    pieces = tuple(gathering.pieces)
    if not styles.has_formats and not gathering.unseen:
        return Inline("".join(text for text, _one in pieces), tuple(gathering.held), pieces)
    text = with_formats(pieces, style, styles=styles, unseen=gathering.unseen)
    seen = tuple(piece for piece in pieces if piece[1] not in gathering.unseen)
    return Inline(text, tuple(gathering.held), seen)


class _Gathering:
    """Gathers the pieces of a paragraph; the code of a field is removed when the field's result begins."""

    def __init__(self, styles: Styles, *, hidden: bool) -> None:
        self.styles = styles
        self.hidden = hidden
        self.pieces: list[tuple[str, Any]] = []
        self.held: list[Any] = []
        self.codes: list[int | None] = []
        self.unseen: set[Any] = set()

    def take(self, parent: Any) -> None:
        for child in inner(parent):
            tag = child.tag
            if tag == _RUN:
                if self.is_hidden(child):
                    self.take_unseen(child)
                else:
                    self.take_run(child)
            elif tag in {MATH + "oMath", MATH + "oMathPara"}:
                self.pieces += ((text.text or "", text) for text in child.iter(MATH + "t"))

    def is_hidden(self, run: Any) -> bool:
        properties = run.find(_PROPERTIES)
        if properties is None:
            return self.hidden
        own = switched(properties, "vanish")
        if own is None and (style := value(properties, "rStyle")):
            own = self.styles[style].hidden
        return self.hidden if own is None else own

    def take_unseen(self, run: Any) -> None:
        """Take the figures of a hidden run; its words are nobody's concern."""
        for text in run.iterchildren(_TEXT):
            if any(letter.isdecimal() for letter in text.text or ""):
                self.pieces.append((text.text.replace("\n", " "), text))
                self.unseen.add(text)

    def take_run(self, run: Any) -> None:
        for child in inner(run):
            tag = child.tag
            if tag == _TEXT:
                self.pieces.append(((child.text or "").replace("\n", " "), child))
            elif tag in _SIGNS:
                self.pieces.append((_SIGNS[tag], child))
            elif tag == _FIELD:
                self.take_field(child.get(W + "fldCharType"))
            elif tag in _HELD:
                self.held.append(child)
            elif tag == W + "sym":
                self.pieces.append((_sign(child), child))
            elif tag == W + "ruby":
                for base in child.iter(W + "rubyBase"):
                    self.take(base)

    def take_field(self, kind: str | None) -> None:
        """Begin a field, begin its result, or end it; the code of a field may contain another field."""
        if kind == "begin":
            self.codes.append(len(self.pieces))
        elif self.codes:
            begun = self.codes[-1]
            if begun is not None:
                del self.pieces[begun:]
            if kind == "separate":
                self.codes[-1] = None
            else:
                self.codes.pop()


def _sign(element: Any) -> str:
    """Return a symbol from its number in a font: symbol fonts have no letters, but some have digits."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return _UNKNOWN_SIGN
    low = code - _PRIVATE
    if 0 <= low <= 0xFF:
        return chr(low) if element.get(W + "font") == "Symbol" and low in _PRINTABLE else _UNKNOWN_SIGN
    return chr(code) if 0x20 <= code < _PRIVATE and not 0xD800 <= code < 0xE000 else _UNKNOWN_SIGN
