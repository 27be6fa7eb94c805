"""Law: commands come to the same one by one, in batches, and in the reference register."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings

from projections.inline import InlineProjections
from registry.answers import Accepted, Preview
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.events import Event, Recorded
from registry.router import draft
from registry.store.previewer import Previewer
from tests.support.desk import Desk, Rows, emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.invariants import assert_consistent
from tests.support.reference import Answer
from tests.support.sealing import MAPPER

_PATIENT = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_SHOWN_NOT_REFUSED = frozenset({Code.DANGLING, Code.OUTSIDE_LIFE, Code.PREVIEW_CHANGED})
"""Why a command may be refused of which a preview shows what it would do all the same."""


class Written(NamedTuple):
    """What a history left, told without instants, which differ from run to run."""

    answers: list[tuple[object, ...]]
    log: list[tuple[object, ...]]
    tables: Rows


@pytest.mark.slow
@_PATIENT
@given(history=histories(), sizes=SIZES)
async def test_batches_come_to_what_the_reference_says(
    database_url: str, history: History, sizes: list[int]
) -> None:
    async with emptied_desk(database_url) as desk:
        one_by_one = await written(desk, [[command] for command in history.commands])
    async with emptied_desk(database_url) as desk:
        assert await written(desk, history.cut(sizes)) == one_by_one
        assert desk.committer.defects == 0
    async with emptied_desk(database_url) as desk:
        assert await written(desk, [history.commands]) == one_by_one
    assert one_by_one.answers == [answer.says for answer in history.answers]
    expected = (record for answer in dict.fromkeys(map(_first, history.answers)) for record in answer)
    assert one_by_one.log == [_told(record) for record in expected]
    assert_consistent(history.reference.entities)


@pytest.mark.slow
@_PATIENT
@given(history=histories())
async def test_a_preview_is_what_is_then_recorded(database_url: str, history: History) -> None:
    async with emptied_desk(database_url) as desk:
        previewer = Previewer(
            lambda: _lent(desk), MAPPER, InlineProjections(desk.projections, MAPPER.master), draft
        )
        sent: set[UUID] = set()
        for answer in history.answers:
            command = answer.command
            if command.command_id not in sent:
                _compare(answer, await _previewed(previewer, command))
            sent.add(command.command_id)
            await desk.record(command)


def _compare(answer: Answer, preview: Preview | Refusal) -> None:
    if isinstance(preview, Refusal):
        assert (preview.code, preview.details) == answer.says
        return
    if answer.refusal is not None:
        assert answer.refusal.code in _SHOWN_NOT_REFUSED
        dangles = answer.refusal.code is not Code.PREVIEW_CHANGED
        assert bool(preview.dangling) == dangles or answer.refusal.code is Code.PREVIEW_CHANGED
        return
    assert not preview.dangling
    assert [_told(record) for record in preview.settlement.records] == [_told(r) for r in answer.records]
    if answer.command.preview is not None:
        assert preview.settlement.preview == answer.command.preview


async def _previewed(previewer: Previewer, command: Command) -> Preview | Refusal:
    try:
        return await previewer.preview(command)
    except Refusal as refusal:
        return refusal


@asynccontextmanager
async def _lent(desk: Desk) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    yield desk.connection


async def written(desk: Desk, batches: Sequence[Sequence[Command]]) -> Written:
    """Return what the committer answers to the batches, and what it leaves."""
    answers = [_says(answer) for batch in batches for answer in await desk.record_together(batch)]
    log = await desk.log()
    commands = {record.recorded_at: record.command_id for record in log}
    assert sorted(commands) == list(commands)
    tables = {
        name: sorted((_dated(row, commands) for row in rows), key=str)
        for name, rows in (await desk.tables()).items()
    }
    return Written(answers, [_told(record) for record in log], tables)


def _first(answer: Answer) -> tuple[Recorded, ...]:
    return answer.records


def _says(answer: Accepted | Refusal) -> tuple[object, ...]:
    if isinstance(answer, Refusal):
        return answer.code, answer.details
    return answer.first_position, answer.last_position


def _told(record: Recorded) -> tuple[UUID, int, int, Event, str, UUID, int | None, int | None]:
    """Return everything about a record but its instant."""
    return (
        record.originator_id,
        record.originator_version,
        record.position,
        record.event,
        record.actor,
        record.command_id,
        record.cause,
        record.corrects,
    )


def _dated(row: tuple[Any, ...], commands: dict[datetime, UUID]) -> tuple[Any, ...]:
    """Return a row with commands in the place of the instants at which they were recorded."""
    return tuple((name, _instead(value, commands)) for name, value in row)


def _instead(value: Any, commands: dict[datetime, UUID]) -> Any:  # noqa: ANN401 - a column of any type
    if isinstance(value, datetime):
        return commands[value]
    if isinstance(value, asyncpg.Range):
        return _instead(value.lower, commands), _instead(value.upper, commands)
    return value
