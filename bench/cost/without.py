"""The registry without a part of it, for as long as it is measured so (去掉某一部分).

The parts are taken out from here, by name: nothing in the registry knows a switch for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import TypeAlias
from unittest.mock import patch
from uuid import UUID

from registry.events import Event, Recorded
from registry.store.codec import EventMapper
from registry.store.keyring import Keyring
from registry.store.leaf import Row
from registry.store.merkle import HASH, Tree

_NOTHING = bytes(HASH)


class _Bare(Tree):
    """Counts leaves; its peaks are as long as they would be, and no hashes."""

    @property
    def peaks(self) -> bytes:
        return bytes(HASH * self.size.bit_count())

    def append(self, leaf_hash: bytes) -> None:
        del leaf_hash
        self.size += 1


def _unhashed(row: Row) -> bytes:
    del row
    return _NOTHING


def _clear(mapper: EventMapper, keys: Keyring, record: Recorded, subject: UUID | None) -> bytes:
    del keys, subject
    return mapper.encode(record.event)


def _nobody(event: Event, otherwise: UUID) -> tuple[UUID, ...]:
    del event, otherwise
    return ()


@contextmanager
def _tree() -> Iterator[None]:
    with ExitStack() as patches:
        patches.enter_context(patch("registry.store.writer.leaf_hash", _unhashed))
        patches.enter_context(patch("registry.store.committer.Tree", _Bare))
        yield


@contextmanager
def _sealing() -> Iterator[None]:
    with ExitStack() as patches:
        patches.enter_context(patch("registry.store.writer.sealed_body", _clear))
        patches.enter_context(patch("registry.store.writer.named_in", _nobody))
        yield


@contextmanager
def _either() -> Iterator[None]:
    with _tree(), _sealing():
        yield


Without: TypeAlias = AbstractContextManager[None]

WITHOUT: Mapping[str, Callable[[], Without]] = {
    "without-tree": _tree,
    "without-sealing": _sealing,
    "without-either": _either,
}
"""What can be taken out, by the name of the contender that lacks it."""

WHOLE = nullcontext
"""Nothing is taken out."""

SIGNED: Sequence[Callable[[], Without]] = (WHOLE, _sealing)
"""Those that have a tree, whose head is signed."""
