"""The style sheets inside a page, as far as they say how words are shown."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.readers.html.selectors import Matcher, selectors_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nianbao.readers.html.selectors import Selector

_MAX_CHARS = 1_000_000
_MAX_RULES = 4000
_MAX_CACHED_CHARS = 20_000
_MAX_TOGETHER = 300  # rules that may match one element
_COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/|<!--|-->")
_STRING = re.compile(r"\"[^\"\n]*+\"|'[^'\n]*+'")
_BRACE = re.compile(r"[{}]")
_SIGNS = re.compile(r"[{};]")
_SPACE = re.compile(r"\s*+([,()/!])\s*+")
_STATED = re.compile(
    r"display|visibility|opacity|filter|font|color|background|vertical-align|text-|position|clip|transform|margin-left"
    r"|(?:^|[;{\s-])(?:width|height)"
)
_SHOWN_ON = frozenset(("", "all", "screen", "only screen", "only all"))
_MEDIUM = re.compile(r"(?:only\s+)?(print|speech|aural|braille|handheld|projection|tty|tv|embossed)\b.*", re.DOTALL)
_WITHOUT_RULES = ("@font-face", "@page", "@keyframes", "@-", "@counter-style", "@property", "@font-feature-values")
_IMPORTANT = "!important"


class Declarations(NamedTuple):
    """What is declared, by property: usually, and what is important."""

    usual: Mapping[str, str]
    important: Mapping[str, str]


class StyleRule(NamedTuple):
    """A rule for one selector: its place among all, what it declares, and whether it certainly holds on a screen."""

    selector: Selector
    place: int
    declared: Declarations
    certain: bool


class _Block(NamedTuple):
    """A rule as written: its selectors, its declarations in lower case, and whether it certainly holds."""

    selectors: str
    declarations: str
    certain: bool


def declared(written: str) -> dict[str, str]:
    """Return declarations by property, in lower case, and without white space that means nothing."""
    usual, important = declarations_of(written)
    return {**usual, **important} if important else dict(usual)


@lru_cache(maxsize=512)
def declarations_of(written: str) -> Declarations:
    """Return declarations, apart those that are important."""
    usual: dict[str, str] = {}
    important: dict[str, str] = {}
    text = _SPACE.sub(r"\1", " ".join(written.lower().split()))
    for part in text.split(";"):
        name, _colon, setting = part.partition(":")
        if setting := setting.strip():
            if setting.endswith(_IMPORTANT):
                important[name.strip()] = setting.removesuffix(_IMPORTANT)
            else:
                usual[name.strip()] = setting
    return Declarations(usual, important)


class RuleIndex:
    """Rules by what their selectors ask of the element itself.

    Attributes:
        by_name: Those that ask for a class.
        by_tag: Those that ask for a tag alone.
        others: The other ones.
    """

    def __init__(self, rules: Iterable[StyleRule]) -> None:
        self.by_name: dict[str, list[StyleRule]] = {}
        self.by_tag: dict[str, list[StyleRule]] = {}
        self.others: list[StyleRule] = []
        for rule in rules:
            last = rule.selector.last
            if last.names:
                self.by_name.setdefault(last.names[0], []).append(rule)
            elif last.tag:
                self.by_tag.setdefault(last.tag, []).append(rule)
            else:
                self.others.append(rule)

    def near(self, element: Any) -> Iterator[StyleRule]:
        """Give the rules that may match an element, in no order."""
        for name in set(element.get("class", "").split()) if self.by_name else ():
            yield from self.by_name.get(name, ())
        yield from self.by_tag.get(element.tag, ())
        yield from self.others


class StyleSheets:
    """The rules of a page's own style sheets."""

    def __init__(self, root: Any) -> None:
        self._matcher = Matcher()
        self._rules: Sequence[StyleRule] | None = None
        self._index: RuleIndex | None = None
        self._blocks: list[_Block] = []
        self._root = root
        self._imports = False
        for sheet in root.iter("style"):
            text = (sheet.text or "")[:_MAX_CHARS]
            self._imports = self._imports or "@import" in text
            parse = _parsed_before if len(text) <= _MAX_CACHED_CHARS else _parsed_sheet
            self._blocks += parse(text, sheet.get("media", ""))

    @cached_property
    def outside(self) -> bool:
        """Whether the page has others, which are not in it."""
        return self._imports or any("stylesheet" in link.get("rel", "").lower() for link in self._root.iter("link"))

    def __bool__(self) -> bool:
        return bool(self._blocks)

    def declarations(self, matter: Callable[[str], bool]) -> list[str]:
        """Return the declarations that matter, in lower case."""
        return [block.declarations for block in self._blocks if matter(block.declarations)]

    def rules_that(
        self, matters: Callable[[Mapping[str, str]], bool], may_matter: Callable[[str], bool]
    ) -> list[StyleRule]:
        """Return the rules whose declarations matter; ``may_matter`` is asked first, for these as written."""
        rules = islice(_parsed(self._blocks, may_matter), _MAX_RULES)
        return [rule for rule in rules if matters(rule.declared.usual) or matters(rule.declared.important)]

    @property
    def rules(self) -> Sequence[StyleRule]:
        """All rules that say how words are shown."""
        if self._rules is None:
            self._rules = list(islice(_parsed(self._blocks), _MAX_RULES))
        return self._rules

    @property
    def is_exhausted(self) -> bool:
        """Whether so many rules were compared with elements that no more will be."""
        return self._matcher.is_exhausted

    def fits(self, rule: StyleRule, element: Any) -> bool | None:
        """Whether a rule holds for an element; ``None`` if it may."""
        fit = self._matcher.fits(rule.selector, element)
        return fit if rule.certain or not fit else None

    def styles(self, element: Any) -> tuple[dict[str, str], list[dict[str, str]]]:
        """Return the style of an element, and those that it may have instead: one for each rule that may match."""
        own = declarations_of(element.get("style", ""))
        if self._index is None:
            self._index = RuleIndex(self.rules)
        if self.is_exhausted:
            return {**own.usual, **own.important}, []
        fits = [(rule, fit) for rule in self._index.near(element) if (fit := self.fits(rule, element)) is not False]
        sure = [rule for rule, fit in fits if fit]
        style = _cascaded(sure, own)
        others = (_cascaded([*sure, rule], own) for rule, fit in islice(fits, _MAX_TOGETHER) if fit is None)
        return style, [other for other in others if other != style]


def _cascaded(rules: Sequence[StyleRule], own: Declarations) -> dict[str, str]:
    """Return the style that rules and the element's own declarations make together."""
    if not rules:
        return {**own.usual, **own.important}
    ordered = sorted(rules, key=lambda rule: (rule.selector.weight, rule.place))
    style: dict[str, str] = {}
    for rule in ordered:
        style.update(rule.declared.usual)
    style.update(own.usual)
    for rule in ordered:
        style.update(rule.declared.important)
    style.update(own.important)
    return style


def _parsed_sheet(text: str, media: str) -> tuple[_Block, ...]:
    """Return the rules of a style sheet that may say how words are shown on a screen."""
    holds = _holds(media)
    if holds is False:
        return ()
    text = _COMMENT.sub(" ", text)
    if '"' in text or "'" in text:
        text = _STRING.sub(lambda match: _SIGNS.sub(" ", match[0]), text)
    return tuple(_blocks(text, certain=holds is True))


_parsed_before = lru_cache(maxsize=64)(_parsed_sheet)  # all pages of a site have the same


def _parsed(blocks: Sequence[_Block], may_matter: Callable[[str], bool] | None = None) -> Iterator[StyleRule]:
    for place, block in enumerate(blocks):
        if may_matter is None or may_matter(block.declarations):
            stated = declarations_of(block.declarations)
            for selector in selectors_of(block.selectors):
                yield StyleRule(selector, place, stated, block.certain)


def _blocks(text: str, *, certain: bool) -> Iterator[_Block]:
    """Give the rules of a style sheet that may say how words are shown, those inside conditions and other rules too.

    A rule inside another one is for parts of what that one matches, so that it may match.
    """
    around: list[tuple[str, bool | None]] = [("", certain)]  # what is open: its selectors, and whether it holds
    begin = 0
    for match in _BRACE.finditer(text):
        stated, selectors = text[begin : match.start()], ""
        if match[0] == "{":
            stated, _end, selectors = stated.rpartition(";")
        elif len(around) == 1:
            continue  # a brace that closes nothing is a part of what follows, which then matches nothing
        begin = match.end()
        if (block := _block(*around[-1], stated)) is not None:
            yield block
        if match[0] == "{":
            around.append(_opened(selectors.strip(), *around[-1]))
        else:
            around.pop()
    if len(around) > 1 and (block := _block(*around[-1], text[begin:])) is not None:
        yield block


def _block(selectors: str, holds: bool | None, stated: str) -> _Block | None:  # noqa: FBT001 - as it stands around
    """Return what is stated inside a rule, if it says how words are shown."""
    if not selectors or holds is False or not _STATED.search(stated := stated.lower()):
        return None
    return _Block(selectors, stated, holds is True)


def _opened(words: str, around: str, holds: bool | None) -> tuple[str, bool | None]:  # noqa: FBT001 - as above
    """Return the selectors of what a brace opens, and whether it holds.

    Args:
        words: What stands before the brace.
        around: The selectors of the rule that it stands in, "" outside rules.
        holds: Whether what it stands in holds.
    """
    name = words.lower()
    if holds is False or not words or name.startswith(_WITHOUT_RULES):
        return around, False
    if not words.startswith("@"):
        return words.removeprefix("&").strip() or "*", None if around else holds
    here = _holds(name.removeprefix("@media")) if name.startswith("@media") else None
    return around, here if holds or here is False else None


def _holds(media: str) -> bool | None:
    """Whether a list of media holds on a screen; ``None`` if it may."""
    parts = [" ".join(part.split()) for part in media.lower().split(",")]
    if any(part in _SHOWN_ON for part in parts):
        return True
    if any(part.startswith("not ") and _MEDIUM.fullmatch(part[4:]) and " and " not in part for part in parts):
        return True
    return False if all(_MEDIUM.fullmatch(part) for part in parts) else None
