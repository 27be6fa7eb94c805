"""Laws: whatever the history, an erased person's streams still fold, and rebuilt tables are the live ones."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.rebuild import rebuild
from registry.errors import Code, Refusal
from registry.person.commands import ErasePerson
from registry.person.state import PERSON
from registry.store.streams import read_streams
from tests.support.clerk import Clerk
from tests.support.clerks import person
from tests.support.desk import emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.reference import Reference
from tests.support.sealing import MAPPER

_FAR = date(2200, 1, 1)


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
async def test_erased_people_leave_tables_that_a_rebuild_gives_again(
    database_url: str, history: History, sizes: list[int], data: st.DataObject
) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        streams = {record.originator_id for record in await desk.log()}
        entities = await read_streams(desk.connection, MAPPER, sorted(streams))
        people = sorted(identity for identity, entity in entities.items() if entity.noun is PERSON)
        for identity in data.draw(st.lists(st.sampled_from(people), unique=True) if people else st.just([])):
            answer = await desk.record(
                ErasePerson(command_id=uuid4(), actor="tester", person=identity, effective_on=_FAR)
            )
            assert not isinstance(answer, Refusal) or answer.code in {Code.MERGED, Code.HOLDS_POST}
        assert desk.committer.defects == 0
        lives = {identity: entity.life for identity, entity in entities.items()}
        after = await read_streams(desk.connection, MAPPER, sorted(streams))
        assert {identity: entity.life for identity, entity in after.items()} == lives
        live = await desk.tables()
        assert await desk.tables(await rebuild(desk.connection, MAPPER)) == live
