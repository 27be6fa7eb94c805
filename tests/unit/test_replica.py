"""Who answers a question where there is a replica, tried with databases that answer as they are told."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

import pytest
from graphql import GraphQLError

from graphql_api.context import Fetch
from graphql_api.freshness import CutOffError, begin, from_primary, look_anew, needed, seen, unbroken, wrote
from graphql_api.planner.compiler import Statement
from graphql_api.problems import Problem, problem
from graphql_api.replica import ReplicaReader

_ASKED = Statement("SELECT 1", [])


class Database:
    """Answers with its name, or fails: before or after the first of several rows."""

    def __init__(self, name: str, fails: Problem | None = None, *, late: bool = False) -> None:
        self._name = name
        self._fails = fails
        self._late = late

    async def fetch(self, statement: Statement) -> str | None:
        del statement
        if self._fails is not None:
            raise problem(self._fails)
        return self._name

    async def answer(self, statement: Statement) -> bytes | None:
        told = await self.fetch(statement)
        return None if told is None else told.encode()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Fetch]:
        if self._fails is not None and not self._late:
            raise problem(self._fails)
        yield self.fetch

    async def rows(
        self, first: Statement, then: Statement, seconds: float | None = None
    ) -> AsyncGenerator[str, None]:
        del first, then, seconds
        if self._fails is not None and not self._late:
            raise problem(self._fails)
        yield self._name
        if self._fails is not None:
            raise problem(self._fails)
        yield "row"


class Held:
    """Knows up to where the replica has come, and counts who waited."""

    def __init__(self, position: int) -> None:
        self.position = position
        self.waits = 0

    async def holds(self, position: int, seconds: float) -> bool:
        del seconds
        self.waits += position > self.position
        return position <= self.position


def _reader(fails: Problem | None = None, *, late: bool = False, held: Held | None = None) -> ReplicaReader:
    return ReplicaReader(Database("primary"), Database("replica", fails, late=late), held or Held(10))


async def _told(reader: ReplicaReader) -> list[str | None]:
    """Return who answers by each of the three ways."""
    begin(needed().position)
    one = await reader.fetch(_ASKED)
    begin(needed().position)
    async with reader.snapshot() as fetch:
        two = await fetch(_ASKED)
    begin(needed().position)
    return [one, two, *[text async for text in reader.rows(_ASKED, _ASKED)]]


async def test_the_replica_answers_what_it_holds() -> None:
    begin(10)
    assert await _told(_reader()) == ["replica", "replica", "replica", "row"]


async def test_the_primary_answers_what_the_replica_does_not_hold_yet() -> None:
    begin(11)
    assert await _told(_reader()) == ["primary", "primary", "primary", "row"]


@pytest.mark.parametrize("code", [Problem.UNAVAILABLE, Problem.PROJECTIONS_MOVED])
async def test_the_primary_answers_for_a_replica_that_cannot(code: Problem) -> None:
    begin()
    assert await _told(_reader(code)) == ["primary", "primary", "primary", "row"]


async def test_a_statement_that_takes_too_long_is_not_run_again() -> None:
    begin()
    with pytest.raises(GraphQLError, match="took too long"):
        await _reader(Problem.TIMEOUT).fetch(_ASKED)
    with pytest.raises(GraphQLError, match="took too long"):
        async with _reader(Problem.TIMEOUT).snapshot():
            pass


async def test_rows_that_have_begun_are_of_one_snapshot_or_end() -> None:
    begin()
    texts = _reader(Problem.UNAVAILABLE, late=True).rows(_ASKED, _ASKED)
    assert await anext(texts) == "replica"
    with pytest.raises(CutOffError, match="out of reach"):
        await anext(texts)


async def test_statements_that_have_begun_are_of_one_snapshot_or_end() -> None:
    begin()
    with pytest.raises(CutOffError, match="out of reach"):
        async with _reader(Problem.UNAVAILABLE, late=True).snapshot() as fetch:
            await fetch(_ASKED)


async def test_what_goes_wrong_in_a_snapshot_beside_the_replica_is_told_as_it_is() -> None:
    begin()
    with pytest.raises(GraphQLError, match="may not ask"):
        async with _reader().snapshot():
            raise problem(Problem.FORBIDDEN, field="it")
    with pytest.raises(ValueError, match="of ours"):
        async with _reader().snapshot():
            raise ValueError("of ours")


@pytest.mark.parametrize("position", [None, 10])
async def test_work_that_the_replica_cuts_off_is_done_anew_by_the_primary(position: int | None) -> None:
    # Also where there is no request, as on the command line.
    if position is not None:
        begin(position)
    reader, tries = _reader(Problem.UNAVAILABLE, late=True), 0

    async def statements() -> str | None:
        nonlocal tries
        tries += 1
        async with reader.snapshot() as fetch:
            return await fetch(_ASKED)

    async def rows() -> list[str]:
        return [text async for text in reader.rows(_ASKED, _ASKED)]

    assert await unbroken(statements) == "primary"
    assert tries == 2
    assert await unbroken(rows) == ["primary", "row"]


async def test_what_the_primary_cannot_do_either_is_not_tried_for_ever() -> None:
    begin()
    broken = Database("primary", Problem.UNAVAILABLE)
    reader, tries = ReplicaReader(broken, Database("replica", Problem.UNAVAILABLE, late=True), Held(10)), 0

    async def statements() -> str | None:
        nonlocal tries
        tries += 1
        async with reader.snapshot() as fetch:
            return await fetch(_ASKED)

    with pytest.raises(GraphQLError, match="out of reach"):
        await unbroken(statements)
    assert tries == 2


async def test_whoever_follows_for_long_asks_the_replica_again() -> None:
    begin(11)
    held = Held(10)
    reader = _reader(held=held)
    assert await reader.fetch(_ASKED) == "primary"
    held.position = 11
    assert await reader.fetch(_ASKED) == "primary"
    look_anew()
    assert await reader.fetch(_ASKED) == "replica"


async def test_what_was_written_is_noted_and_seen() -> None:
    begin()
    for position in (11, None, 3):
        wrote(position)
    assert needed().written == 11
    assert await _reader().fetch(_ASKED) == "primary"


async def test_a_request_waits_once_and_stays_with_the_primary() -> None:
    held = Held(10)
    reader = _reader(held=held)
    begin(11)
    assert [await reader.fetch(_ASKED) for _ in range(3)] == ["primary"] * 3
    assert held.waits == 1
    begin()
    assert await reader.fetch(_ASKED) == "replica"


async def test_an_answer_as_it_is_sent_comes_from_whoever_would_give_its_text() -> None:
    begin(10)
    assert await _reader().answer(_ASKED) == b"replica"
    assert await _reader(Problem.UNAVAILABLE).answer(_ASKED) == b"primary"
    begin(11)
    assert await _reader().answer(_ASKED) == b"primary"


async def test_what_was_seen_is_seen_by_the_next_statement() -> None:
    begin()
    seen(11)
    seen(3)
    assert await _reader().fetch(_ASKED) == "primary"


async def test_what_was_just_written_is_read_where_it_was_written() -> None:
    begin()
    with from_primary():
        assert await _reader().fetch(_ASKED) == "primary"
    assert await _reader().fetch(_ASKED) == "replica"
