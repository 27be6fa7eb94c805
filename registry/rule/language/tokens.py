"""A text cut into its pieces, each with where it stands (词法)."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from registry.rule.language.unreadable import Phrase, Unreadable, printable

TEXT_LIMIT = 2000
"""Characters in a predicate."""

KEYWORDS = frozenset({"or", "and", "not", "in", "has", "is", "known", "unknown", "true", "false"})
"""What no field may be called."""


class Mark(StrEnum):
    """What a piece is (词类)."""

    NAME = "NAME"
    WORD = "WORD"
    KEYWORD = "KEYWORD"
    INTEGER = "INTEGER"
    DATE = "DATE"
    TEXT = "TEXT"
    OPERATOR = "OPERATOR"
    SIGN = "SIGN"
    END = "END"


class Token(NamedTuple):
    """A piece of the text (词)."""

    mark: Mark
    text: str
    offset: int

    def fails(self, problem: Phrase, expected: Phrase) -> Unreadable:
        """Return the error that this piece is wrong."""
        return Unreadable(self.offset, self.text, problem, expected)

    def unexpected(self, expected: Phrase) -> Unreadable:
        """Return the error that something else has to stand here."""
        if self.mark is Mark.END:
            return self.fails(Phrase("the text ends too early", "内容未完"), expected)
        piece = printable(self.text)
        return self.fails(Phrase(f"{piece} cannot stand here", f"此处不能是 {piece}"), expected)


_PIECE = re.compile(
    r"""
      (?P<BLANK>    [ \t\r\n]+)
    | (?P<DATE>     [0-9]{4}-[0-9]{2}-[0-9]{2} (?![0-9A-Za-z_-]))
    | (?P<INTEGER>  -?[0-9]+ (?![0-9A-Za-z_-]))
    | (?P<TEXT>     "(?:[^"]|"")*")
    | (?P<WORD>     [A-Z][A-Z0-9_]* (?![0-9A-Za-z_]))
    | (?P<NAME>     [a-z][a-z0-9_]* (?![0-9A-Za-z_]))
    | (?P<OPERATOR> !=|<=|>=|=|<|>)
    | (?P<SIGN>     [(),])
    """,
    re.VERBOSE,
)
_NUMBER_LIKE = re.compile(r"[0-9-][0-9A-Za-z_-]*")
_NAME_LIKE = re.compile(r"[A-Za-z_][0-9A-Za-z_]*")

_MEANT = {
    "、": ",",
    "“": '"',
    "”": '"',
    "'": '"',
    "‘": '"',
    "’": '"',
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "!": "!=",
    "&": "and",
    "|": "or",
}
"""What a Chinese keyboard, or the habit of another language, puts in place of a sign."""

_UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories that no name of the register holds, so that no text of a predicate may look for one."""


def tokens_of(text: str) -> list[Token]:
    """Return the pieces of ``text``, an END last; raises Unreadable."""
    if len(text) > TEXT_LIMIT:
        raise _too_long(text)
    tokens: list[Token] = []
    offset = 0
    while offset < len(text):
        found = _PIECE.match(text, offset)
        if found is None:
            raise _no_piece(text, offset)
        offset = found.end()
        assert found.lastgroup is not None
        if found.lastgroup != "BLANK":
            tokens.append(_token(Mark(found.lastgroup), found[0], found.start()))
    return [*tokens, Token(Mark.END, "", len(text))]


def _token(mark: Mark, piece: str, offset: int) -> Token:
    if mark is Mark.NAME and piece in KEYWORDS:
        return Token(Mark.KEYWORD, piece, offset)
    if mark is Mark.TEXT and not piece.isprintable():
        for place, character in enumerate(piece, start=offset):
            if unicodedata.category(character) in _UNREADABLE:
                problem = Phrase("an unreadable character in a text", "文本含不可见字符")
                raise Unreadable(place, character, problem, Phrase("remove it", "请删除"))
    return Token(mark, piece, offset)


def _too_long(text: str) -> Unreadable:
    problem = Phrase(f"the text has {len(text)} characters", f"共 {len(text)} 个字符，过长")
    expected = Phrase(f"at most {TEXT_LIMIT}", f"最多 {TEXT_LIMIT} 个")
    return Unreadable(TEXT_LIMIT, text[TEXT_LIMIT:], problem, expected)


def _no_piece(text: str, offset: int) -> Unreadable:
    """Return the error for what is no piece at all."""
    character = text[offset]
    if character == '"':
        problem = Phrase("the text in quotes does not end", "引号没有成对")
        return Unreadable(offset, text[offset:], problem, Phrase('close it by "', '请以 " 结束'))
    if meant := _meant(character):
        problem = Phrase(f"{printable(character)} has no meaning", f"不能使用 {printable(character)}")
        expected = Phrase(f"write {meant} instead", f"请改用 {meant}")
        return Unreadable(offset, character, problem, expected)
    if found := _NUMBER_LIKE.match(text, offset):
        problem = Phrase(f"{printable(found[0])} is neither number nor date", "既非整数也非日期")
        expected = Phrase("write 45 or 1975-01-31", "请写作 45 或 1975-01-31")
        return Unreadable(offset, found[0], problem, expected)
    if found := _NAME_LIKE.match(text, offset):
        problem = Phrase(f"{printable(found[0])} mixes small letters and capitals", "大小写混用")
        expected = Phrase("fields are written small, words in CAPITALS", "字段用小写，代码词用大写")
        return Unreadable(offset, found[0], problem, expected)
    problem = Phrase(f"{printable(character)} has no meaning", f"不能使用 {printable(character)}")
    expected = Phrase('a text stands in quotes: "…"', '文本须置于引号中："…"')
    return Unreadable(offset, character, problem, expected)


def _meant(character: str) -> str | None:
    """Return what is written instead of ``character``, if that is clear; full-width signs are narrowed."""
    narrow = unicodedata.normalize("NFKC", character)
    if narrow == character or not narrow.isascii():
        return _MEANT.get(character)
    return "a blank (空格)" if narrow == " " else _MEANT.get(narrow, narrow)
