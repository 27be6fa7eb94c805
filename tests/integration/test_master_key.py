"""The master key at the start of a process, and another one in its place."""

from __future__ import annotations

import base64
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from graphql_api.master import open_master
from graphql_api.settings import Settings
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import connect
from registry.store.master import KeyCode, LocalMaster, MasterKeyError
from registry.store.secrets import key_status, rewrap, secret
from tests.support.committing import Office, fresh, record
from tests.support.desk import read_log
from tests.support.people import registered
from tests.support.sealing import MASTER, MASTER_KEY

NEW = bytes([7]) * 32


def settings(folder: Path, *keys: bytes) -> Settings:
    text = " ".join(base64.b64encode(key).decode() for key in keys)
    return Settings(data_dir=folder, master_key=SecretStr(text) if keys else None)


async def test_a_key_is_made_the_first_time_and_never_in_place_of_another(
    office: Office, tmp_path: Path
) -> None:
    connection = await connect(office.url)
    try:
        made = await open_master(connection, settings(tmp_path))
        assert (await open_master(connection, settings(tmp_path))).id == made.id
        (tmp_path / "keys" / "master.key").unlink()
        with pytest.raises(MasterKeyError) as told:
            await open_master(connection, settings(tmp_path))
        assert told.value.code is KeyCode.MISSING
        with pytest.raises(MasterKeyError) as told:
            await open_master(connection, settings(tmp_path, NEW))
        assert told.value.code is KeyCode.WRONG
    finally:
        await connection.close()


async def test_rotation_wraps_everything_anew_and_leaves_the_log_alone(
    office: Office, tmp_path: Path
) -> None:
    committer = await office.open()
    await record(committer, fresh(registered(name="李四", effective_on=date(2020, 1, 1))))
    before = await office.fetch("SELECT * FROM registry.event")
    connection = await connect(office.url)
    try:
        await open_master(connection, settings(tmp_path, MASTER_KEY))
        hashing = await secret(connection, MASTER, "identity")
        assert await rewrap(connection, LocalMaster([NEW, MASTER_KEY])) == 1
        assert await rewrap(connection, LocalMaster([NEW, MASTER_KEY])) == 0
        new = await open_master(connection, settings(tmp_path, NEW))
        assert [status.master for status in await key_status(connection)] == [new.id]
        assert await secret(connection, new, "identity") == hashing
        assert await office.fetch("SELECT * FROM registry.event") == before
        with pytest.raises(MasterKeyError):
            await read_log(connection)
        rows = await connection.fetch("SELECT body, topic FROM registry.event")
        assert EventMapper(EVENTS, new).subjects(rows[0]["topic"], rows[0]["body"])
    finally:
        await connection.close()
