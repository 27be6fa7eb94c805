"""Documents known by the hash of their text (可信文档): those of the register's own page, and of partners.

A document is named as GraphQL over HTTP names it: ``sha256:`` and the hash of its text in hexadecimal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graphql_api.limits import DOCUMENT_CHARACTERS

PREFIX = "sha256:"

_PLACES = (
    Path(__file__).parent / "operations",
    Path(__file__).parent.parent / "web" / "src" / "operations",
)
"""Where the page's documents are: in an installed distribution, and in a checkout."""


class UnreadableDocumentError(Exception):
    """A file of trusted documents is none; the message names it."""


def identifier(text: str) -> str:
    """Return the name of a document."""
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()


class Trusted:
    """The registered documents by their names."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Register ``texts``."""
        self._texts: Mapping[str, str] = {identifier(text): text for text in texts}
        self._known = frozenset(self._texts.values())

    def text(self, name: str) -> str | None:
        """Return the document called ``name``; None for what nobody registered."""
        return self._texts.get(name)

    def knows(self, text: str) -> bool:
        """Say whether a document is registered, byte for byte."""
        return text in self._known

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._texts)

    def __iter__(self) -> Iterator[str]:
        """Return their names."""
        return iter(self._texts)


def trusted_documents(more: Path | None = None) -> Trusted:
    """Return the documents of the page, and those in the folder ``more``; raises UnreadableDocumentError."""
    own = next((place for place in _PLACES if place.is_dir()), None)
    folders = [folder for folder in (own, more) if folder is not None]
    return Trusted(_text(file) for folder in folders for file in sorted(folder.rglob("*.graphql")))


def _text(file: Path) -> str:
    try:
        # Read as bytes: what a client hashes are these, whatever ends their lines.
        text = file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read as a document: {error}"
        raise UnreadableDocumentError(message) from error
    if len(text) > DOCUMENT_CHARACTERS:
        message = f"{file} has more than {DOCUMENT_CHARACTERS} characters"
        raise UnreadableDocumentError(message)
    return text
