"""What the specification suites share: a register that they may write into."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop
from tests.support.serving import Served, served


@pytest.fixture(scope="module")
def register_of_its_own(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server with a Dalian register that the tests of a module share."""
    name = asyncio.run(clone(postgres, demo_template))
    with served(postgres.url(name)) as server:
        yield server
    asyncio.run(drop(postgres, name))
