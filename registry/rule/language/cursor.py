"""The place in the text up to which it has been read (读取位置)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from registry.rule.language.tokens import Mark, Token, tokens_of
from registry.rule.language.unreadable import Phrase

DEPTH_LIMIT = 30
"""Parentheses and negations within each other."""


class Cursor:
    """Reads a text piece by piece and watches how deep it nests (游标)."""

    def __init__(self, text: str) -> None:
        """Stand before the first piece; raises Unreadable."""
        self._tokens = tokens_of(text)
        self._index = 0
        self._depth = 0

    @property
    def next(self) -> Token:
        """The piece that has not been read yet."""
        return self._tokens[self._index]

    def take(self) -> Token:
        """Read a piece. The END is never passed."""
        token = self.next
        if token.mark is not Mark.END:
            self._index += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Say whether the next piece is a keyword, sign or operator written so."""
        return self.next.mark in _FIXED and self.next.text in texts

    def accept(self, text: str) -> Token | None:
        """Read the next piece if it is a keyword, sign or operator written so."""
        return self.take() if self.sees(text) else None

    def expect(self, text: str, expected: Phrase) -> Token:
        """Read a keyword, sign or operator; raises Unreadable, naming what was expected."""
        if not self.sees(text):
            raise self.next.unexpected(expected)
        return self.take()

    @contextmanager
    def inside(self, token: Token) -> Iterator[None]:
        """Count a nesting that ``token`` begins; raises Unreadable when it is one too many."""
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            problem = Phrase("parentheses and negations nest too deeply", "括号或否定嵌套过深")
            raise token.fails(problem, Phrase(f"at most {DEPTH_LIMIT}", f"最多 {DEPTH_LIMIT} 层"))
        yield
        self._depth -= 1


_FIXED = frozenset({Mark.KEYWORD, Mark.SIGN, Mark.OPERATOR})
