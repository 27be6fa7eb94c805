"""The register that tests of the log write: a database, and committers that end with the test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from registry.store.committer import Committer
from tests.support.committing import Office
from tests.support.database import query


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    """Give a database without events, and whatever committers the test opens on it."""
    projections = await query(database_url, "SELECT projections FROM registry.head")
    opened = Office(database_url, str(projections))
    yield opened
    await opened.close()


@pytest.fixture
async def committer(office: Office) -> Committer:
    """Give a committer that takes commands."""
    return await office.open()
