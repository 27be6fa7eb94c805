"""Secrets that all processes share, wrapped as the keys of persons are; wrapping all anew (密钥轮换)."""

from __future__ import annotations

from typing import NamedTuple

from registry.statements import statement
from registry.store.connection import Connection
from registry.store.master import KeyCode, Master, MasterKeyError

_SECRET = statement("registry.store", "secret")
_SECRETS = statement("registry.store", "secrets_to_wrap")
_WRAP_SECRET = statement("registry.store", "wrap_secret")
_MASTERS = statement("registry.store", "masters")
_SAMPLE = statement("registry.store", "key_sample")
_KEYS = statement("registry.store", "keys_to_wrap")
_WRAP_KEYS = statement("registry.store", "wrap_keys")
_WAIT = statement("registry.store", "wait_for_writers")
_STATUS = statement("registry.store", "key_status")
_PAGE = 5_000


class KeyStatus(NamedTuple):
    """How many keys of persons one master key has wrapped; of those destroyed, None has."""

    master: str | None
    keys: int


async def secret(connection: Connection, master: Master | None, name: str) -> bytes:
    """Return a secret; raises MasterKeyError where it is wrapped by a master key that is not at hand."""
    row = await connection.fetchrow(_SECRET, name)
    assert row is not None
    if row["master"] is None:
        return bytes(row["value"])
    if master is None:
        raise MasterKeyError(KeyCode.MISSING)
    return master.unwrap(row["master"], row["value"], name.encode())


async def has_keys(connection: Connection) -> bool:
    """Say whether any master key has wrapped something here."""
    return bool(await connection.fetch(_MASTERS))


async def check_master(connection: Connection, master: Master) -> None:
    """Raise MasterKeyError WRONG unless ``master`` unwraps what every master key in use has wrapped."""
    for row in await connection.fetch(_SAMPLE):
        master.unwrap(row["master"], row["wrapped"], row["person"].bytes)
    for row in await connection.fetch(_MASTERS):
        if not master.holds(row["master"]):
            raise MasterKeyError(KeyCode.WRONG, master=row["master"])


async def wrap_secrets(connection: Connection, master: Master) -> None:
    """Wrap by ``master`` the secrets that are in clear, or wrapped by an earlier one."""
    master = master.newest()
    async with connection.transaction():
        for row in await connection.fetch(_SECRETS, master.id):
            name, value = row["name"], row["value"]
            clear = value if row["master"] is None else master.unwrap(row["master"], value, name.encode())
            await connection.execute(_WRAP_SECRET, name, master.wrap(clear, name.encode()), master.id)


async def rewrap(connection: Connection, master: Master) -> int:
    """Wrap everything by ``master`` that an earlier one has wrapped; return how many keys of persons.

    Each page is a transaction of its own: interrupted, it goes on where it stopped. The log is not touched.
    The last one waits for whoever is just writing keys that the earlier master has wrapped.
    """
    master = master.newest()
    await wrap_secrets(connection, master)
    wrapped = 0
    while page := await _rewrap_page(connection, master):
        wrapped += page
    async with connection.transaction():
        await connection.execute(_WAIT)
        while page := await _rewrap_page(connection, master):
            wrapped += page
    return wrapped


async def _rewrap_page(connection: Connection, master: Master) -> int:
    """Wrap some keys of persons anew, and return how many; none when there are none left."""
    async with connection.transaction():
        rows = await connection.fetch(_KEYS, master.id, _PAGE)
        about = [(row["person"], row["person"].bytes, row) for row in rows]
        anew = [
            master.wrap(master.unwrap(row["master"], row["wrapped"], bound), bound) for _, bound, row in about
        ]
        if rows:
            await connection.execute(_WRAP_KEYS, [person for person, _, _ in about], anew, master.id)
    return len(rows)


async def key_status(connection: Connection) -> list[KeyStatus]:
    """Return how many keys each master key has wrapped, those destroyed last."""
    return [KeyStatus(row["master"], row["keys"]) for row in await connection.fetch(_STATUS)]
