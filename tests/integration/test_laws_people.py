"""Laws: what is said of people is the log folded, and nobody is two who is one."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.rebuild import rebuild
from registry.person.aliases import canonical, same_person
from tests.integration.test_laws_answers import moments
from tests.support.clerk import Clerk
from tests.support.clerks import person
from tests.support.desk import emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.persons import QUERY, answer
from tests.support.reference import Reference
from tests.support.replay import Replay
from tests.support.sealing import MAPPER

_MOMENTS = 6
_TODAY = date(2023, 1, 1)

_ALIASES_OF_ALIASES = """
    WITH a AS (
        SELECT alias, canonical, tstzrange(recorded_from, NULL) AS recorded FROM person_alias
        UNION ALL SELECT alias, canonical, recorded FROM person_alias_past
    )
    SELECT * FROM a JOIN a AS b ON b.alias = a.canonical AND b.recorded && a.recorded
"""
"""Records merged into one that was merged itself, at whatever instant."""


@st.composite
def peopled(draw: st.DrawFn, commands: int = 40) -> History:
    """Draw a history that is mostly about people."""
    reference = Reference()
    clerk = Clerk(draw, reference)
    answers = [reference.answer(command) for command in clerk.beginning()]
    for _ in range(draw(st.integers(0, commands))):
        maker = clerk.command if clerk.one_in(4) else partial(clerk.one(person.MAKERS), clerk)
        answers.append(reference.answer(maker()))
    return History(tuple(answers), reference)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.one_of(peopled(), histories()), sizes=SIZES, data=st.data())
async def test_what_is_said_of_people_is_the_log_folded(
    database_url: str, history: History, sizes: list[int], data: st.DataObject
) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        assert desk.committer.defects == 0
        log = await desk.log()
        for as_of, known_at, _ in data.draw(st.lists(moments(log), min_size=_MOMENTS, max_size=_MOMENTS)):
            known = [record for record in log if known_at is None or record.recorded_at <= known_at]
            asked = {
                "asOf": as_of.isoformat(),
                "knownAt": None if known_at is None else known_at.isoformat(),
            }
            assert await desk.ask(QUERY, _TODAY, **asked) == answer(Replay(known).timelines, as_of)
        assert await desk.connection.fetch(_ALIASES_OF_ALIASES) == []
        written = await desk.tables()
        assert await desk.tables(await rebuild(desk.connection, MAPPER)) == written


@settings(max_examples=EXAMPLES, deadline=None)
@given(history=peopled())
def test_the_records_of_a_person_know_each_other(history: History) -> None:
    register = history.reference
    for one in person.PEOPLE:
        records = same_person(register, one)
        assert one in records
        assert len(set(records)) == len(records)
        assert {canonical(register, record) for record in records} == {records[0]}
