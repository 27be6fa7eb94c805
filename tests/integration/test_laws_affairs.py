"""Laws: what is said of papers and affairs is the log folded, and nobody is in hand without existing."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.test_laws_answers import moments
from tests.support.affairs_told import QUERY, Answer, answer, by_id
from tests.support.clerk import Clerk
from tests.support.clerks import affairs
from tests.support.desk import emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.reference import Reference
from tests.support.replay import Replay

_MOMENTS = 6
_TODAY = date(2023, 1, 1)

_POINTING = {
    "mandate": ("holder", "grantor"),
    "programme": ("owner",),
    "figure": ("organization",),
    "secondment": ("person", "home", "host"),
    "liaison": ("cadre", "scientist"),
    "enrollment": ("programme", "organization"),
    "registration": ("organization", "representative"),
    "charter": ("organization",),
    "staffing": ("organization",),
    "quota": ("organization",),
}
_LIVING = {
    "mandate": "status = 'ACTIVE'",
    "programme": "ended_on IS NULL",
    "figure": "NOT withdrawn",
    "secondment": "ended_on IS NULL",
    "liaison": "ended_on IS NULL",
}

_OUTSIDE = """
    SELECT * FROM (
        SELECT * FROM (
            SELECT {column} AS pointed, valid FROM {table} WHERE recorded_from <= $1 AND {living}
            UNION ALL
            SELECT {column}, valid FROM {table}_past WHERE recorded @> $1::timestamptz AND {living}
        ) AS beliefs WHERE pointed IS NOT NULL
    ) AS p
    LEFT JOIN (
        SELECT id, range_agg(valid) AS valid FROM (
            SELECT id, valid FROM life WHERE recorded_from <= $1
            UNION ALL SELECT id, valid FROM life_past WHERE recorded @> $1::timestamptz
        ) AS every_life GROUP BY id
    ) AS l ON l.id = p.pointed
    WHERE p.valid <@ l.valid IS NOT TRUE
"""
"""What goes on and points at somebody who is not there."""


@st.composite
def arranged(draw: st.DrawFn, commands: int = 40) -> History:
    """Draw a history that is mostly about affairs."""
    reference = Reference()
    clerk = Clerk(draw, reference)
    answers = [reference.answer(command) for command in clerk.beginning()]
    for _ in range(draw(st.integers(0, commands))):
        maker = clerk.command if clerk.one_in(4) else partial(clerk.one(affairs.MAKERS), clerk)
        answers.append(reference.answer(maker()))
    return History(tuple(answers), reference)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.one_of(arranged(), histories()), sizes=SIZES, data=st.data())
async def test_what_is_said_of_affairs_is_the_log_folded(
    database_url: str, history: History, sizes: list[int], data: st.DataObject
) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        log = await desk.log()
        for as_of, known_at, _ in data.draw(st.lists(moments(log), min_size=_MOMENTS, max_size=_MOMENTS)):
            known = [record for record in log if known_at is None or record.recorded_at <= known_at]
            asked = {
                "asOf": as_of.isoformat(),
                "knownAt": None if known_at is None else known_at.isoformat(),
            }
            told = await desk.ask(QUERY, _TODAY, **asked)
            assert _sorted(told) == _sorted(answer(Replay(known).timelines, as_of))
        instants: set[datetime] = {record.recorded_at for record in log}
        for instant in sorted(instants)[:: len(instants) // _MOMENTS + 1]:
            for table, columns in _POINTING.items():
                for column in columns:
                    living = _LIVING.get(table, "true")
                    outside = _OUTSIDE.format(table=table, column=column, living=living)
                    assert await desk.connection.fetch(outside, instant) == [], (table, column)


def _sorted(told: Answer) -> Answer:
    """Return an answer with every list whose order the log does not say sorted by what it holds."""
    for page in told.values():
        for node in page["nodes"]:
            for kind in ("mandates", "programmes", "figures", "reviews", "enrollments", "visits"):
                if kind in node:
                    node[kind] = sorted(node[kind], key=repr)
    return by_id(told)
