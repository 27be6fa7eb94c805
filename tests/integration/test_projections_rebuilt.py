"""Law: the tables hold what the log says, and nothing that cannot be made from it again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from projections.rebuild import rebuild
from tests.support.desk import emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.sealing import MAPPER


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories(), sizes=SIZES)
async def test_rebuilt_tables_are_those_that_were_written(
    database_url: str, history: History, sizes: list[int]
) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        written = await desk.tables()
        again = await rebuild(desk.connection, MAPPER)
        assert again != desk.projections
        assert await desk.tables(again) == written
