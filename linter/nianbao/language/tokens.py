"""Text to tokens. Full-width and ASCII signs are equal; each token keeps its place."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.folding import half_width

NUMBER, NAME, SIGN, WORD, QUOTED, END = "number", "name", "sign", "word", "quoted", "end"

MAX_CHARACTERS = 4_000
MAX_TOKENS = 400

_ALIKE = {"−": "-", "–": "-", "—": "-", "×": "*", "÷": "/", "≥": ">=", "≤": "<=", "≠": "!=", "、": ","}
_LONG_SIGNS = {"<=", ">=", "!=", "=="}
_SIGNS = frozenset("+-*/=<>(),.[]")
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」"}
_HINTS = {
    ":": Text("；表名和行列名之间用点，例如 表.行", "; a table and its row or column are joined by a dot"),
    "%": Text("；% 只写在数的后面，例如 30%", "; % stands behind a number, as in 30%"),
}
WORDS = {
    "且": "and",
    "and": "and",
    "或": "or",
    "or": "or",
    "非": "not",
    "not": "not",
    "若": "if",
    "if": "if",
    "则": "then",
    "then": "then",
}


class Token(NamedTuple):
    """One token: its kind, its text (ASCII signs and English words where those exist), and its place."""

    kind: str
    text: str
    at: int


def tokens(source: str) -> tuple[Token, ...]:
    """Split an expression into tokens; the last one is an end token.

    Raises:
        Mistake: a character is not part of the language, or the expression is too long.
    """
    if len(source) > MAX_CHARACTERS:
        raise Mistake(
            Text(
                f"算式有 {len(source)} 个字符，最多 {MAX_CHARACTERS} 个；请拆成几条",
                f"{len(source)} characters, more than the {MAX_CHARACTERS} allowed",
            )
        )
    letters = [_plain(character) for character in source]
    read: list[Token] = []
    at = 0
    while at < len(letters):
        if letters[at].isspace():
            at += 1
            continue
        token, at = _quoted(source, at) if letters[at] in _QUOTES else _next(letters, at)
        read.append(token)
        if len(read) > MAX_TOKENS:
            raise Mistake(
                Text(
                    f"名字、数和符号加起来最多 {MAX_TOKENS} 个；请拆成几条",
                    f"more than the {MAX_TOKENS} names, numbers and signs allowed",
                ),
                token.at,
            )
    return (*read, Token(END, "", len(letters)))


def _plain(character: str) -> str:
    """Return a character's half-width form, or the ASCII sign with the same meaning."""
    if character in _ALIKE:
        return _ALIKE[character]
    normal = half_width(character)
    return normal if len(normal) == 1 else character


def _next(letters: list[str], at: int) -> tuple[Token, int]:
    letter = letters[at]
    if letter.isascii() and letter.isdigit():
        return _number(letters, at)
    if letter.isalpha() or letter == "_":
        return _name(letters, at)
    pair = letter + letters[at + 1] if at + 1 < len(letters) else letter
    if pair in _LONG_SIGNS:
        return Token(SIGN, "=" if pair == "==" else pair, at), at + 2
    if letter in _SIGNS or letter in _LONG_SIGNS:
        return Token(SIGN, letter, at), at + 1
    reason = Text(
        f"不认识“{letter}”；这里要写名字、数或运算符号",
        f"unexpected {letter!r}; expected a name, a number or a sign",
    )
    raise Mistake(reason + _HINTS.get(letter, Text()), at)


def _quoted(source: str, at: int) -> tuple[Token, int]:
    """Read a text in quotation marks, unchanged."""
    closing = _QUOTES[_plain(source[at])]
    end = next((place for place in range(at + 1, len(source)) if _plain(source[place]) == closing), None)
    if end is None:
        raise Mistake(
            Text(f"这段文字的引号没有合上；在后面补上 {closing}", f"this text is not closed; put {closing} behind it"),
            at,
        )
    return Token(QUOTED, source[at + 1 : end], at), end + 1


def _number(letters: list[str], at: int) -> tuple[Token, int]:
    end = _digits(letters, at)
    if end + 1 < len(letters) and letters[end] == "." and letters[end + 1].isdigit():
        end = _digits(letters, end + 1)
    if letters[end : end + 1] == ["%"]:
        end += 1
    return Token(NUMBER, "".join(letters[at:end]), at), end


def _digits(letters: list[str], at: int) -> int:
    while at < len(letters) and letters[at].isascii() and letters[at].isdigit():
        at += 1
    return at


def _name(letters: list[str], at: int) -> tuple[Token, int]:
    end = at
    while end < len(letters) and (letters[end].isalnum() or letters[end] == "_"):
        end += 1
    text = "".join(letters[at:end])
    return (Token(WORD, WORDS[text], at) if text in WORDS else Token(NAME, text, at)), end
