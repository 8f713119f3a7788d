"""Tokens to a tree: a Pratt parser.

From loose to tight: ``if … then …``, ``or``, ``and``, ``not``, a relation, ``+ -``, ``* /``, a minus before a value.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from nianbao.language.mistakes import Mistake
from nianbao.language.tokens import END, NAME, NUMBER, QUOTED, SIGN, WORD, WORDS, tokens
from nianbao.messages import Text
from nianbao.model.outcome import RELATIONS

if TYPE_CHECKING:
    from nianbao.language.tokens import Token
    from nianbao.model.outcome import Relation

_MAX_DEPTH = 60
_POWERS = {"or": 1, "and": 2, **{str(sign): 4 for sign in RELATIONS}, "+": 5, "-": 5, "*": 6, "/": 6}
_EXPECTED = {
    END: Text("运算符号，或者到此结束", "a sign or the end"),
    NAME: Text("名字", "a name"),
    WORD: Text("“则”", "'then'"),  # the parser expects no other word
}
_NOT_POWER, _MINUS_POWER = 3, 7


class Number(NamedTuple):
    """A number, exact."""

    value: int | Decimal
    at: int


class QuotedText(NamedTuple):
    """A text in quotation marks."""

    value: str
    at: int


class Name(NamedTuple):
    """A dotted name, and the name in brackets behind it, if any."""

    parts: tuple[str, ...]
    at: int
    selection: Name | None = None

    @property
    def text(self) -> str:
        """The name as written."""
        return ".".join(self.parts)


class Call(NamedTuple):
    """A function with its arguments."""

    function: str
    arguments: tuple[Node, ...]
    at: int


class Unary(NamedTuple):
    """``-`` or ``not`` before a value."""

    operator: str
    operand: Node
    at: int


class Binary(NamedTuple):
    """Two values joined by a sign or by ``and``, ``or``; ``at`` is the place of the sign."""

    operator: str
    left: Node
    right: Node
    at: int

    @property
    def relation(self) -> Relation | None:
        """The sign of a relation between the two values; ``None`` for other signs and words."""
        return next((sign for sign in RELATIONS if sign == self.operator), None)


class Implication(NamedTuple):
    """``if premise then conclusion``."""

    premise: Node
    conclusion: Node
    at: int


Node = Number | QuotedText | Name | Call | Unary | Binary | Implication


def parse(source: str) -> Node:
    """Parse an expression.

    Raises:
        Mistake: it is not an expression. The reason names what was expected, the place is the first wrong token.
    """
    parser = _Parser(tokens(source), source)
    node = parser.expression(0)
    parser.expect(END, "")
    return node


def inner(node: Node) -> tuple[Node, ...]:
    """Return the direct subtrees of a tree."""
    if isinstance(node, Binary):
        return node.left, node.right
    if isinstance(node, Implication):
        return node.premise, node.conclusion
    if isinstance(node, Unary):
        return (node.operand,)
    return node.arguments if isinstance(node, Call) else ()


def start(node: Node) -> int:
    """Return the offset where the source text of a node begins."""
    return start(node.left) if isinstance(node, Binary) else node.at


class _Parser:
    """Walks over the tokens once, from left to right."""

    def __init__(self, all_tokens: tuple[Token, ...], source: str) -> None:
        self.tokens = all_tokens
        self.source = source
        self.index = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.token
        self.index += 1
        return token

    def at(self, text: str) -> bool:
        return self.token.text == text and self.token.kind in {SIGN, WORD}

    def expect(self, kind: str, text: str) -> Token:
        if self.token.kind == kind and (kind == NAME or self.token.text == text):
            return self.take()
        raise self.wrong(_EXPECTED.get(kind, Text(f"“{text}”", repr(text))))

    def wrong(self, expected: Text) -> Mistake:
        actual = Text(f"写了“{self.written}”", repr(self.written))
        if self.token.kind == END:
            actual = Text("到了结尾", "the end")
        reason = Text(f"这里要写{expected.zh}，却{actual.zh}", f"expected {expected.en}, found {actual.en}")
        return Mistake(reason + self.unparted(), self.token.at)

    @property
    def written(self) -> str:
        """The current token as it is written in the source: words of logic are stored in English."""
        ways = (word for word, meaning in WORDS.items() if meaning == self.token.text)
        return next((way for way in ways if self.source.startswith(way, self.token.at)), self.token.text)

    def unparted(self) -> Text:
        """Return a hint if a name before this place begins with a word of logic, which needs a space behind it."""
        names = [token.text for token in self.tokens[: self.index] if token.kind == NAME]
        words = [word for word in WORDS if not word.isascii()]
        word = next((word for name in names for word in words if name.startswith(word) and name != word), "")
        return Text(f"；“{word}”后面要空一格", f"; put a space behind {word!r}") if word else Text()

    def expression(self, power: int) -> Node:
        """Parse everything that binds tighter than ``power``."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise Mistake(
                Text(f"括号套了 {_MAX_DEPTH} 层以上；请拆成几条", f"nested deeper than {_MAX_DEPTH}"), self.token.at
            )
        left = self.prefix(power)
        while self.token.kind in {SIGN, WORD} and _POWERS.get(self.token.text, 0) > power:
            left = self.infix(left)
        self.depth -= 1
        return left

    def infix(self, left: Node) -> Node:
        sign = self.take()
        if sign.text in RELATIONS and isinstance(left, Binary) and left.relation is not None:
            reason = Text(
                "不能连写两个比较；拆成两个，中间用“且”连起来",
                "a relation cannot be chained; join two relations with 'and'",
            )
            raise Mistake(reason, sign.at)
        return Binary(sign.text, left, self.expression(_POWERS[sign.text]), sign.at)

    def prefix(self, power: int) -> Node:
        if self.token.kind in {NUMBER, QUOTED}:
            return self.literal()
        if self.token.kind == NAME:
            return self.name_or_call()
        if self.at("("):
            self.take()
            node = self.expression(0)
            self.expect(SIGN, ")")
            return node
        if self.at("-"):
            return Unary("-", at=self.take().at, operand=self.expression(_MINUS_POWER))
        if self.at("not") and power <= _NOT_POWER:
            return Unary("not", at=self.take().at, operand=self.expression(_NOT_POWER))
        if self.at("if") and not power:
            return self.implication()
        raise self.wrong(Text("名字、数或“(”", "a name, a number or '('"))

    def literal(self) -> Node:
        token = self.take()
        if token.kind == QUOTED:
            return QuotedText(token.text, token.at)
        if token.text.endswith("%"):
            return Number(Decimal(f"{token.text[:-1]}e-2"), token.at)
        return Number(Decimal(token.text) if "." in token.text else int(token.text), token.at)

    def implication(self) -> Node:
        at = self.take().at
        premise = self.expression(0)
        self.expect(WORD, "then")
        return Implication(premise, self.expression(0), at)

    def name_or_call(self) -> Node:
        if self.tokens[self.index + 1][:2] == (SIGN, "("):
            name = self.take()
            self.take()
            call = Call(name.text, self.arguments(), name.at)
            if self.at("["):
                raise self.outside(call)
            return call
        name_node = self.name()
        if not self.at("["):
            return name_node
        self.take()
        selection = self.name()
        self.expect(SIGN, "]")
        return name_node._replace(selection=selection)

    def outside(self, call: Call) -> Mistake:
        """Return the mistake that a member is picked of what a function gives, and not of its argument."""
        argument = call.arguments[0].text if call.arguments and isinstance(call.arguments[0], Name) else "…"
        following = self.tokens[self.index + 1]
        inside = f"{call.function}({argument}[{following.text if following.kind == NAME else '…'}])"
        reason = Text(f"[ ] 要写在括号里面：{inside}", f"put the [ ] inside the brackets: {inside}")
        return Mistake(reason, self.token.at)

    def name(self) -> Name:
        first = self.expect(NAME, "")
        parts = [first.text]
        while self.at("."):
            self.take()
            parts.append(self.expect(NAME, "").text)
        return Name(tuple(parts), first.at)

    def arguments(self) -> tuple[Node, ...]:
        nodes: list[Node] = []
        if not self.at(")"):
            nodes.append(self.expression(0))
            while self.at(","):
                self.take()
                nodes.append(self.expression(0))
        self.expect(SIGN, ")")
        return tuple(nodes)
