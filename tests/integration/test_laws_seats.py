"""Laws: what is said of posts is the log folded; nobody sits without a seat, at any instant of knowledge."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.test_laws_answers import moments
from tests.support.clerk import Clerk
from tests.support.clerks import post
from tests.support.desk import emptied_desk, open_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.planting import THEN, A, B, C, row
from tests.support.reference import Reference
from tests.support.replay import Replay
from tests.support.seats import QUERY, Seats
from tests.support.small_world import CITY, SOCIETY

_MOMENTS = 6
_TODAY = date(2023, 1, 1)

_BELIEVED = """
WITH held AS (
    SELECT id, person, post, term, representing, valid FROM appointment
    WHERE NOT ended AND recorded_from <= $1
    UNION ALL
    SELECT id, person, post, term, representing, valid FROM appointment_past
    WHERE NOT ended AND recorded @> $1::timestamptz
), posts AS (
    SELECT id, organization, seats, valid FROM post WHERE NOT abolished AND recorded_from <= $1
    UNION ALL
    SELECT id, organization, seats, valid FROM post_past WHERE NOT abolished AND recorded @> $1::timestamptz
), terms AS (
    SELECT id, body, valid FROM term WHERE NOT ended AND recorded_from <= $1
    UNION ALL SELECT id, body, valid FROM term_past WHERE NOT ended AND recorded @> $1::timestamptz
), lives AS (
    SELECT id, range_agg(valid) AS valid FROM (
        SELECT id, valid FROM life WHERE recorded_from <= $1
        UNION ALL SELECT id, valid FROM life_past WHERE recorded @> $1::timestamptz
    ) AS every_life GROUP BY id
), attached (target, valid) AS (
    SELECT person, valid FROM held
    UNION ALL SELECT post, valid FROM held
    UNION ALL SELECT term, valid FROM held WHERE term IS NOT NULL
    UNION ALL SELECT representing, valid FROM held WHERE representing IS NOT NULL
    UNION ALL SELECT organization, valid FROM posts
    UNION ALL SELECT body, valid FROM terms
)
"""
"""What was believed at ``$1`` of posts, terms and appointments that are not over."""

BREACHES = {
    "more holders than seats": """
        SELECT h.post, lower(h.valid) FROM held AS h
        JOIN posts AS p ON p.id = h.post AND p.seats IS NOT NULL AND p.valid && h.valid
        WHERE (
            SELECT count(*) FROM held AS o
            WHERE o.post = h.post AND o.valid @> greatest(lower(h.valid), lower(p.valid))
        ) > p.seats
    """,
    "somebody who holds a post twice": """
        SELECT h.id FROM held AS h
        JOIN held AS o ON o.post = h.post AND o.person = h.person AND o.id <> h.id AND o.valid && h.valid
    """,
    "something outside of the life of what it hangs on": """
        SELECT a.* FROM attached AS a LEFT JOIN lives AS l ON l.id = a.target
        WHERE a.valid <@ l.valid IS NOT TRUE
    """,
    "two terms of a body at once": """
        SELECT t.id FROM terms AS t JOIN terms AS o ON o.body = t.body AND o.id <> t.id AND o.valid && t.valid
    """,
}


@st.composite
def staffed(draw: st.DrawFn, commands: int = 40) -> History:
    """Draw a history that is mostly about posts and who holds them."""
    reference = Reference()
    clerk = Clerk(draw, reference)
    answers = [reference.answer(command) for command in clerk.beginning()]
    for _ in range(draw(st.integers(0, commands))):
        maker = clerk.command if clerk.one_in(5) else partial(clerk.one(post.MAKERS), clerk)
        answers.append(reference.answer(maker()))
    return History(tuple(answers), reference)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.one_of(staffed(), histories()), sizes=SIZES, data=st.data())
async def test_what_is_said_of_posts_is_the_log_folded_and_no_seat_is_taken_twice(
    database_url: str, history: History, sizes: list[int], data: st.DataObject
) -> None:
    within = data.draw(st.sampled_from([CITY, SOCIETY]))
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        assert desk.committer.defects == 0
        log = await desk.log()
        for as_of, known_at, _ in data.draw(st.lists(moments(log), min_size=_MOMENTS, max_size=_MOMENTS)):
            known = [record for record in log if known_at is None or record.recorded_at <= known_at]
            told = await desk.ask(
                QUERY,
                _TODAY,
                **{
                    "asOf": as_of.isoformat(),
                    "knownAt": None if known_at is None else known_at.isoformat(),
                    "in": str(within),
                    "under": {"hierarchy": "PART_OF", "id": str(within)},
                },
            )
            seats = Seats(Replay(known).timelines, as_of, within)
            under = told.pop("under")["totalCount"]
            assert told == seats.answer
            assert under >= sum(
                p.place.organization == within for p in seats.posts.values() if not p.abolished
            )
        instants: set[datetime] = {record.recorded_at for record in log}
        for instant in sorted(instants)[:: len(instants) // _MOMENTS + 1]:
            for breach, statement in BREACHES.items():
                found = await desk.connection.fetch(_BELIEVED + statement, instant)
                assert found == [], breach


_DAYS, _LATER = "[2020-01-01,)", "[2020-06-01,)"
_SOUND = [row("life", id=A, valid=_DAYS), row("post", id=A, organization=A, seats="1", valid=_DAYS)]
_PLANTED = {
    "more holders than seats": [
        row("life", id=B, valid=_DAYS),
        row("life", id=C, valid=_DAYS),
        row("appointment", id=B, post=A, person=B, valid=_DAYS),
        row("appointment", id=C, post=A, person=C, valid=_LATER),
    ],
    "somebody who holds a post twice": [
        row("appointment_past", id=B, post=A, person=A, valid=_DAYS, recorded=f"[{THEN},)"),
        row("appointment_past", id=C, post=A, person=A, valid=_LATER, recorded=f"[{THEN},)"),
    ],
    "something outside of the life of what it hangs on": [
        row("appointment_past", id=B, post=B, person=A, valid=_DAYS, recorded=f"[{THEN},)")
    ],
    "two terms of a body at once": [
        row("term_past", id=B, body=A, valid=_DAYS, recorded=f"[{THEN},)"),
        row("term_past", id=C, body=A, valid=_LATER, recorded=f"[{THEN},)"),
    ],
}


@pytest.mark.parametrize("breach", BREACHES)
async def test_a_breach_is_found(database_url: str, breach: str) -> None:
    async with open_desk(database_url) as desk:
        for planted in (*_SOUND, *_PLANTED[breach]):
            await desk.connection.execute(planted.insertion)
        found = await desk.connection.fetch(_BELIEVED + BREACHES[breach], datetime.fromisoformat(THEN))
        assert found != []
