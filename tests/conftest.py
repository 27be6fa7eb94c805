"""The database that tests run on: one server a session, one fresh database a test (测试数据库)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator

import pytest

from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop, make_template, temporary_server
from tests.support.sealing import MASTER_TEXT
from tests.support.serving import Served, load_demo, served

# Whoever reads the settings holds the master key that the tests' own committers hold.
os.environ["KEXIE_MASTER_KEY"] = MASTER_TEXT


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """Give a server that lives as long as the session and forgets everything."""
    with temporary_server() as server:
        yield server


@pytest.fixture(scope="session")
def database_template(postgres: EmbeddedPostgres) -> str:
    """Give the name of a migrated database with empty projections, to be copied and not to be used."""
    return make_template(postgres)


@pytest.fixture
async def database_url(postgres: EmbeddedPostgres, database_template: str) -> AsyncIterator[str]:
    """Give the address of a database of the test's own: migrated, its projections built, nothing recorded."""
    name = await clone(postgres, database_template)
    yield postgres.url(name)
    await drop(postgres, name)


@pytest.fixture(scope="session")
def demo_template(postgres: EmbeddedPostgres, database_template: str) -> str:
    """Give the name of a database with the Dalian register, to be copied and not to be used."""
    name = asyncio.run(clone(postgres, database_template))
    load_demo(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def demo(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server with the Dalian register, to be asked and not to be changed."""
    name = asyncio.run(clone(postgres, demo_template))
    with served(postgres.url(name)) as server:
        yield server


@pytest.fixture
def register(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server with a Dalian register of the test's own."""
    name = asyncio.run(clone(postgres, demo_template))
    with served(postgres.url(name)) as server:
        yield server
    asyncio.run(drop(postgres, name))
