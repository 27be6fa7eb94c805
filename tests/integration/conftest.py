"""What several tests share: a database with committers that end with the test; a register with sign-in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

import pytest

from registry.store.committer import Committer
from registry.store.postgres import EmbeddedPostgres
from tests.support.committing import Office
from tests.support.database import clone, drop, query
from tests.support.parted import Parted, parted
from tests.support.provider import TestProvider, provided
from tests.support.serving import Served, served
from tests.support.signing_in import Browser, desk
from tests.support.standby import CLOSE, FAR, Standby, served_by_replica, standby_of, there_too


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    """Give a database without events, and whatever committers the test opens on it."""
    projections = await query(database_url, "SELECT projections FROM registry.head")
    opened = Office(database_url, str(projections))
    yield opened
    await opened.close()


@pytest.fixture
async def another_url(postgres: EmbeddedPostgres, database_template: str) -> AsyncIterator[str]:
    """Give the address of a second database that is empty."""
    name = await clone(postgres, database_template)
    yield postgres.url(name)
    await drop(postgres, name)


@pytest.fixture
async def committer(office: Office) -> Committer:
    """Give a committer that takes commands."""
    return await office.open()


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server look at grants with every request."""
    monkeypatch.setattr("graphql_api.authority.REMEMBERED_SECONDS", 0.0)


@pytest.fixture(scope="session")
def world(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Parted]:
    """Give a register of two societies, and readers of one: what is there is not to be changed."""
    name = asyncio.run(clone(postgres, demo_template))
    with served(postgres.url(name)) as server, parted(server) as opened:
        yield opened
    asyncio.run(drop(postgres, name))


@pytest.fixture(scope="module")
def provider() -> Iterator[TestProvider]:
    """Give an identity provider."""
    with provided() as running:
        yield running


@pytest.fixture(scope="module")
def front_desk(
    postgres: EmbeddedPostgres, database_template: str, provider: TestProvider
) -> Iterator[Served]:
    """Give an empty register whose people sign in at the provider."""
    name = asyncio.run(clone(postgres, database_template))
    with desk(postgres.url(name), provider) as opened:
        yield opened


@pytest.fixture
def browser(front_desk: Served) -> Iterator[Browser]:
    """Give a browser at that register."""
    with contextlib.closing(Browser(front_desk)) as opened:
        yield opened


@pytest.fixture
def other(front_desk: Served) -> Iterator[Browser]:
    """Give another browser at that register."""
    with contextlib.closing(Browser(front_desk)) as opened:
        yield opened


@pytest.fixture(scope="module")
def standby(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Standby]:
    """Give a standby of the tests' server."""
    assert demo_template
    with standby_of(postgres) as running:
        yield running


@pytest.fixture
def database(postgres: EmbeddedPostgres, demo_template: str, standby: Standby) -> Iterator[str]:
    """Give the name of a register of the test's own that both servers have."""
    with there_too(postgres, demo_template, standby) as name:
        yield name


@pytest.fixture
def far(postgres: EmbeddedPostgres, standby: Standby, database: str) -> Iterator[Served]:
    """Give a server that asks a replica however far that is behind."""
    with served_by_replica(postgres.url(database), standby.url(database), FAR) as server:
        yield server


@pytest.fixture
def close(postgres: EmbeddedPostgres, standby: Standby, database: str) -> Iterator[Served]:
    """Give a server that asks a replica as long as that is hardly behind."""
    with served_by_replica(postgres.url(database), standby.url(database), CLOSE) as server:
        yield server
