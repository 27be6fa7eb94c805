"""Laws: what is said of measures is the log folded, and nobody has a part in one without existing."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.test_laws_answers import moments
from tests.support.clerk import Clerk
from tests.support.clerks import measure
from tests.support.desk import emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.measures import QUERY, answer
from tests.support.reference import Reference
from tests.support.replay import Replay
from tests.support.small_world import CITY, OFFICE, PUBLICITY

_MOMENTS = 6
_TODAY = date(2023, 1, 1)

_OUTSIDE = """
    SELECT * FROM (
        SELECT measure, bound, valid FROM measure_part WHERE recorded_from <= $1
        UNION ALL SELECT measure, bound, valid FROM measure_part_past WHERE recorded @> $1::timestamptz
    ) AS p
    LEFT JOIN (
        SELECT id, range_agg(valid) AS valid FROM (
            SELECT id, valid FROM life WHERE recorded_from <= $1
            UNION ALL SELECT id, valid FROM life_past WHERE recorded @> $1::timestamptz
        ) AS every_life GROUP BY id
    ) AS l ON l.id = p.bound
    WHERE p.bound IS NOT NULL AND p.valid <@ l.valid IS NOT TRUE
"""
"""Parts in open measures of somebody who is not there."""


@st.composite
def measured(draw: st.DrawFn, commands: int = 40) -> History:
    """Draw a history that is mostly about measures, two of them from the first day."""
    reference = Reference()
    clerk = Clerk(draw, reference)
    answers = [reference.answer(command) for command in clerk.beginning()]
    answers.extend(reference.answer(command) for command in measure.two(clerk))
    for _ in range(draw(st.integers(0, commands))):
        maker = clerk.command if clerk.one_in(4) else partial(clerk.one(measure.MAKERS), clerk)
        answers.append(reference.answer(maker()))
    return History(tuple(answers), reference)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.one_of(measured(), histories()), sizes=SIZES, data=st.data())
async def test_what_is_said_of_measures_is_the_log_folded(
    database_url: str, history: History, sizes: list[int], data: st.DataObject
) -> None:
    lead = data.draw(st.sampled_from([CITY, OFFICE, PUBLICITY]))
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        log = await desk.log()
        for as_of, known_at, _ in data.draw(st.lists(moments(log), min_size=_MOMENTS, max_size=_MOMENTS)):
            known = [record for record in log if known_at is None or record.recorded_at <= known_at]
            asked = {
                "asOf": as_of.isoformat(),
                "knownAt": None if known_at is None else known_at.isoformat(),
                "lead": str(lead),
            }
            assert await desk.ask(QUERY, _TODAY, **asked) == answer(Replay(known).timelines, as_of, lead)
        instants: set[datetime] = {record.recorded_at for record in log}
        for instant in sorted(instants)[:: len(instants) // _MOMENTS + 1]:
            assert await desk.connection.fetch(_OUTSIDE, instant) == []
