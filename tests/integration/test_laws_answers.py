"""Law: an answer for a day, as known at an instant, is the log up to that instant, folded, on that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.events import Recorded
from registry.organization.kinds import Hierarchy
from tests.support.desk import emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.replay import QUERY, Moment, Replay
from tests.support.small_world import CITY, DAYS, OFFICE, PARTY

_MOMENTS = 6
_AROUND = sorted({day + timedelta(days=shift) for day in DAYS for shift in (-1, 0, 1)})
_TODAY = date(2023, 1, 1)


@st.composite
def moments(draw: st.DrawFn, log: list[Recorded]) -> Moment:
    """Draw a day on or beside one on which things change, and an instant at or beside one of the log."""
    instant = draw(st.sampled_from([None, *sorted({record.recorded_at for record in log})]))
    shift = timedelta(microseconds=draw(st.integers(-1, 1)))
    known_at = None if instant is None else instant + shift
    return Moment(draw(st.sampled_from(_AROUND)), known_at, draw(st.sampled_from(_AROUND)))


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), sizes=SIZES, data=st.data())
async def test_an_answer_is_the_log_replayed(
    database_url: str, history: History, sizes: list[int], data: st.DataObject
) -> None:
    root = data.draw(st.sampled_from([CITY, OFFICE, PARTY]))
    hierarchies = data.draw(st.sampled_from([[Hierarchy.PART_OF], list(Hierarchy)]))
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        log = await desk.log()
        for as_of, known_at, since in data.draw(
            st.lists(moments(log), min_size=_MOMENTS, max_size=_MOMENTS, unique=True)
        ):
            known = [record for record in log if known_at is None or record.recorded_at <= known_at]
            answer = await desk.ask(
                QUERY,
                _TODAY,
                **{
                    "asOf": as_of.isoformat(),
                    "knownAt": None if known_at is None else known_at.isoformat(),
                    "from": since.isoformat(),
                    "root": str(root),
                    "hierarchies": [str(hierarchy) for hierarchy in hierarchies],
                },
            )
            assert answer == Replay(known).answer(as_of, root, hierarchies, since)
