"""The server that browsers look at: the Dalian register, and an administrator's token."""

from __future__ import annotations

import pytest

from graphql_api.access import Role
from tests.support.serving import Served


@pytest.fixture(scope="session")
def server_url(demo: Served) -> str:
    """Give the address of a server with the Dalian register."""
    return demo.url


@pytest.fixture(scope="session")
def token(demo: Served) -> str:
    """Give a token that may read the log of that server."""
    return demo.tokens[Role.ADMINISTRATOR]
