"""Law: the tables hold what the log says, and nothing that cannot be made from it again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections import building, catching_up
from projections import rebuild as rebuilding
from projections.filling import Filler, Part
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


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories(), sizes=SIZES, page=st.integers(1, 9), share=st.floats(0, 1))
async def test_what_is_recorded_during_a_rebuild_is_in_it_as_if_it_had_been_before(
    database_url: str, history: History, sizes: list[int], page: int, share: float
) -> None:
    """Some of a history is recorded before, the rest while the first part is filled; pages are small."""
    async with emptied_desk(database_url) as desk:
        batches = list(history.cut(sizes))
        before = round(share * len(batches))
        for batch in batches[:before]:
            await desk.record_together(batch)
        rest, filling = batches[before:], Filler.part

        async def disturbed(self: Filler, part: Part, position: int) -> None:
            await filling(self, part, position)
            while rest:
                await desk.record_together(rest.pop(0))

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(building, "PART_EVENTS", 5)
            patched.setattr(catching_up, "PAGE", page)
            patched.setattr(rebuilding, "_LAST", page)
            patched.setattr(Filler, "part", disturbed)
            again = await rebuild(desk.connection, MAPPER)
        written = await desk.tables()
        assert not rest
        assert await desk.tables(again) == written
