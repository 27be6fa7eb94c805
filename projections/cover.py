"""Identifiers that may not stand in clear, hashed with a secret of the register (标识的带密钥散列).

A number is unique, and found again, by its hash alone. A plain hash would give an identity number back in
seconds: there are few enough of them to try all.
"""

from __future__ import annotations

import hmac

from registry.ids import PRIVATE_SCHEMES
from registry.store.connection import Connection
from registry.store.master import Master
from registry.store.secrets import secret

_HASHED_BY = "identity"


class Cover:
    """Hashes the values of private schemes, and leaves the others as they are."""

    def __init__(self, key: bytes) -> None:
        """Hash with ``key``."""
        self._key = key

    def value(self, scheme: str, value: str) -> str:
        """Return ``value`` as tables hold it."""
        if scheme not in PRIVATE_SCHEMES:
            return value
        return hmac.digest(self._key, f"{scheme}\0{value}".encode(), "sha256").hex()


async def cover_of(connection: Connection, master: Master | None) -> Cover:
    """Return the cover of the register; raises MasterKeyError where its secret cannot be unwrapped."""
    return Cover(await secret(connection, master, _HASHED_BY))
