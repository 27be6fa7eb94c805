"""Which master key a process holds: from the environment, from a file, or made the first time (主密钥)."""

from __future__ import annotations

from pathlib import Path

from graphql_api.settings import Settings
from registry.store.connection import Connection
from registry.store.master import KeyCode, LocalMaster, Master, MasterKeyError, make_master, masters_of
from registry.store.master_file import FileMaster
from registry.store.secrets import check_master, has_keys, wrap_secrets


def master_file(settings: Settings) -> Path:
    """Return where the master key stands if the environment does not hold it."""
    return settings.master_key_file or settings.data_dir / "keys" / "master.key"


def read_master(settings: Settings) -> Master | None:
    """Return the master key that there is; raises MasterKeyError UNREADABLE."""
    if settings.master_key is not None:
        return LocalMaster(masters_of(settings.master_key.get_secret_value(), "KEXIE_MASTER_KEY"))
    try:
        return FileMaster(master_file(settings))
    except MasterKeyError as error:
        if error.code is KeyCode.MISSING:
            return None
        raise


async def open_master(connection: Connection, settings: Settings) -> Master:
    """Return the master key of the migrated register, made now if there never was one.

    Raises MasterKeyError where there is none, or another one than has wrapped what the register holds.
    """
    master = read_master(settings)
    if master is None:
        if settings.master_key_file is not None or await has_keys(connection):
            raise MasterKeyError(KeyCode.MISSING)
        make_master(master_file(settings))
        master = FileMaster(master_file(settings))
    await check_master(connection, master)
    await wrap_secrets(connection, master)
    return master
