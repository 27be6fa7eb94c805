"""The keys of persons: what opens and seals their data in the log (钥匙串).

A ring holds keys for as long as its owner keeps it: a committer from batch to batch, under the head's lock,
which is how it hears of erasures; everybody else for one read. So no process opens anything with a key that
the snapshot it reads has no more.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry.statements import statement
from registry.store.connection import Connection
from registry.store.master import KEY_BYTES, NONCE_BYTES, KeyCode, Master, MasterKeyError
from registry.store.rows import Column, Rows

_KEYS = statement("registry.store", "person_keys")
_ERASE = statement("registry.store", "erase_keys")
_COLUMNS = (Column("person", "uuid"), Column("wrapped", "bytea"), Column("master", "text"))
_LIMIT = 200_000
"""Keys in memory at most; all go when there are more, and those needed come back."""


class Place(NamedTuple):
    """Where sealed data stands: moved anywhere else it does not open."""

    stream: UUID
    version: int
    topic: str


class Keyring:
    """Keys that were fetched; None for a person who was erased."""

    def __init__(self, master: Master | None) -> None:
        """Begin with no key at hand; without a ``master`` there never is one."""
        self._master = master
        # The bare keys: a cipher made of one takes 2.5 KB, and making it anew 1 µs.
        self._keys: dict[UUID, bytes | None] = {}
        self._keyless: frozenset[UUID] = frozenset()

    def know_keyless(self, persons: Iterable[UUID]) -> None:
        """Take in that these have no key, so that nobody asks for one: true while the head is locked."""
        self._keyless = frozenset(persons)

    async def load(self, connection: Connection, persons: Iterable[UUID]) -> None:
        """Fetch the keys of ``persons`` that are not at hand, those of them that there are."""
        if len(self._keys) > _LIMIT:
            self.clear()
        missing = [person for person in set(persons) - self._keyless if person not in self._keys]
        if not missing:
            return
        for row in await connection.fetch(_KEYS, missing):
            person, wrapped = row["person"], row["wrapped"]
            if wrapped is None:
                self._keys[person] = None
            else:
                self._keys[person] = self._wrapper().unwrap(row["master"], wrapped, person.bytes)

    def make(self, persons: Iterable[UUID]) -> Rows:
        """Make keys for those of ``persons`` who have none, and return the rows to write with the events."""
        made: list[tuple[UUID, bytes, str]] = []
        for person in persons:
            if person not in self._keys:
                key = secrets.token_bytes(KEY_BYTES)
                self._keys[person] = key
                master = self._wrapper().newest()
                made.append((person, master.wrap(key, person.bytes), master.id))
        return Rows("registry", "person_key", _COLUMNS, made)

    async def erase(self, connection: Connection, persons: Iterable[UUID]) -> None:
        """Destroy the keys of ``persons`` for ever."""
        erased = list(persons)
        await connection.execute(_ERASE, erased)
        self._keys.update(dict.fromkeys(erased))

    def close(self, persons: Iterable[UUID]) -> None:
        """Open nothing that is of ``persons``: for this ring they are as if they were erased."""
        self._keys.update(dict.fromkeys(persons))

    def clear(self) -> None:
        """Forget every key, and who had none: one that was made since is forgotten with the others."""
        self._keys.clear()
        self._keyless = frozenset()

    def seal(self, person: UUID, place: Place, content: bytes) -> bytes:
        """Return ``content`` sealed under the key of ``person``; nothing of it when they were erased.

        What hangs on an erased person ends with what it hangs on, and there is no key to keep its words by.
        """
        key = self._keys[person]
        if key is None:
            return b""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, content, _bound(person, place))

    def open(self, person: UUID, place: Place, sealed: bytes) -> bytes | None:
        """Return what was sealed, or None when the person was erased.

        Raises MasterKeyError LOST where the key is neither there nor destroyed, ValueError for what was
        altered or stands elsewhere than where it was sealed.
        """
        if person not in self._keys:
            raise MasterKeyError(KeyCode.LOST, person=person)
        key = self._keys[person]
        if key is None:
            return None
        try:
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(person, place))
        except InvalidTag:
            message = f"version {place.version} of {place.stream} was altered or moved"
            raise ValueError(message) from None

    def _wrapper(self) -> Master:
        if self._master is None:
            raise MasterKeyError(KeyCode.MISSING)
        return self._master


def _bound(person: UUID, place: Place) -> bytes:
    """Return what the ciphertext is bound to."""
    return b"%b%b%b%b" % (person.bytes, place.stream.bytes, place.version.to_bytes(8), place.topic.encode())
