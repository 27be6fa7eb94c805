"""The one error of the language: where a text goes wrong, and what could stand there (条件有误)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_PIECE_LIMIT = 40
"""Characters of the offending piece that a sentence repeats."""

_LISTED = 40
"""Words that a sentence lists; a code list with more is looked up elsewhere."""


class Phrase(NamedTuple):
    """A part of a sentence in both languages (双语短语)."""

    english: str
    chinese: str


def one_of(words: Iterable[str]) -> Phrase:
    """Return that one of ``words`` is expected."""
    listed = list(words)
    more = ["…"] if len(listed) > _LISTED else []
    return Phrase(
        f"one of {', '.join(listed[:_LISTED] + more)}", f"可用 {'、'.join(listed[:_LISTED] + more)}"
    )


class Unreadable(Exception):  # noqa: N818 - like a refusal an answer to who wrote the text, not a fault of the program
    """A text is no predicate (条件有误).

    ``offset`` counts Unicode characters from 0. ``piece`` is what stands there, empty at the end of the
    text; what cannot be printed in it is escaped, so that it may go into any answer.
    """

    def __init__(self, offset: int, piece: str, problem: Phrase, expected: Phrase) -> None:
        """Keep where it goes wrong, why, and what was expected instead."""
        super().__init__(offset, piece, problem, expected)
        self.offset = offset
        self.piece = printable(piece)
        self.problem = problem
        self.expected = expected

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.english

    @property
    def english(self) -> str:
        """Where and why, in English."""
        return f"at character {self.offset}: {self.problem.english}; {self.expected.english}"

    @property
    def chinese(self) -> str:
        """Where and why, in Chinese."""
        return f"第 {self.offset} 个字符之后：{self.problem.chinese}；{self.expected.chinese}"


def printable(piece: str) -> str:
    """Return ``piece`` cut to what a sentence bears, unprintable characters escaped."""
    shown = piece if len(piece) <= _PIECE_LIMIT else f"{piece[:_PIECE_LIMIT]}…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown)
