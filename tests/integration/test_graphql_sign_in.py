"""Whoever signs in while the database is away is told so, in the form of any other problem."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest
from graphql import GraphQLError

from graphql_api.keys import Keys
from graphql_api.problems import Problem
from tests.support.serving import Served

UNKNOWN = f"kexie_{'0' * 12}_{'x' * 43}"


class Away:
    """A database that is being restarted."""

    async def fetchrow(self, query: str, *args: object) -> asyncpg.Record | None:
        del query, args
        raise asyncpg.ConnectionDoesNotExistError

    async def fetch(self, query: str, *args: object) -> list[asyncpg.Record]:
        del query, args
        raise asyncpg.ConnectionDoesNotExistError

    async def execute(self, query: str, *args: object) -> str:
        del query, args
        raise asyncpg.ConnectionDoesNotExistError


def test_a_token_that_nobody_can_look_up_is_no_fault_of_the_program() -> None:
    with pytest.raises(GraphQLError) as caught:
        asyncio.run(Keys(Away()).principal(UNKNOWN))
    assert caught.value.extensions == {**(caught.value.extensions or {}), "code": Problem.UNAVAILABLE}


def test_a_token_asked_for_in_vain_is_answered_in_both_languages(register: Served) -> None:
    """The table of tokens is out of reach for the server: what looks them up waits, and is cut off."""

    async def block() -> asyncpg.Connection[asyncpg.Record]:
        connection = await asyncpg.connect(register.database_url)
        await connection.execute("BEGIN; LOCK TABLE registry.api_key IN ACCESS EXCLUSIVE MODE")
        return connection

    with asyncio.Runner() as runner:
        connection = runner.run(block())
        try:
            client = register.administrator
            headers = {"authorization": f"Bearer {UNKNOWN}"}
            response = client.http.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
        finally:
            runner.run(connection.close())
    assert response.status_code == 503
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "UNAVAILABLE"
    assert error["extensions"]["messageZh"]
