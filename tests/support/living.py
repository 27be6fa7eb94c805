"""What sends every command there is over HTTP, one kind of entity after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from tests.support.serving import Client


def lives() -> Iterator[Callable[[Client], set[str]]]:
    """Yield what sends commands, and returns the names of those that it sent."""
    for path in sorted((Path(__file__).parent / "lives").glob("[a-z]*.py")):
        yield from import_module(f"tests.support.lives.{path.stem}").LIVES
