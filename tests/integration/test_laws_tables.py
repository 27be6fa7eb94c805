"""Laws of the tables, at every instant of knowledge: each statement looks for a breach and must find none."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from registry.store.streams import read_streams
from tests.support.desk import Desk, emptied_desk, open_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.invariants import assert_consistent
from tests.support.planting import THEN, A, B, C, Row, row
from tests.support.sealing import MAPPER

_INSTANTS = 8
"""At about how many instants of a history the laws are looked at."""

BELIEVED = """
WITH RECURSIVE lives AS (
    SELECT id, valid FROM life WHERE recorded_from <= $1
    UNION ALL SELECT id, valid FROM life_past WHERE recorded @> $1::timestamptz
), organizations AS (
    SELECT id, kind, status, valid FROM organization WHERE recorded_from <= $1
    UNION ALL SELECT id, kind, status, valid FROM organization_past WHERE recorded @> $1::timestamptz
), relations AS (
    SELECT subordinate, hierarchy, superior, valid FROM relation WHERE recorded_from <= $1
    UNION ALL
    SELECT subordinate, hierarchy, superior, valid FROM relation_past WHERE recorded @> $1::timestamptz
), holdings AS (
    SELECT function, holder, valid FROM holding WHERE recorded_from <= $1
    UNION ALL SELECT function, holder, valid FROM holding_past WHERE recorded @> $1::timestamptz
), identifiers AS (
    SELECT entity, scheme, value, valid FROM identifier WHERE recorded_from <= $1
    UNION ALL SELECT entity, scheme, value, valid FROM identifier_past WHERE recorded @> $1::timestamptz
), designations AS (
    SELECT organization, name, valid FROM designation WHERE recorded_from <= $1
    UNION ALL SELECT organization, name, valid FROM designation_past WHERE recorded @> $1::timestamptz
), attached (child, parent, valid) AS (
    SELECT subordinate, superior, valid FROM relations
    UNION ALL SELECT function, holder, valid FROM holdings
), whole_lives AS (
    SELECT id, range_agg(valid) AS valid FROM lives GROUP BY id
), way (bottom, hierarchy, top, days) AS (
    SELECT subordinate, hierarchy, superior, valid FROM relations
  UNION
    SELECT w.bottom, w.hierarchy, r.superior, w.days * r.valid
    FROM way AS w
    JOIN relations AS r ON r.subordinate = w.top AND r.hierarchy = w.hierarchy AND r.valid && w.days
    WHERE w.top <> w.bottom
)
"""
"""The tables as believed at ``$1``, and every way upward in a hierarchy with the days on which it is one."""

BREACHES = {
    "a child outside of its parent's life": """
        SELECT * FROM attached AS a LEFT JOIN whole_lives AS l ON l.id = a.parent
        WHERE a.valid <@ l.valid IS NOT TRUE
    """,
    "a child that points somewhere outside of its own life": """
        SELECT * FROM attached AS a LEFT JOIN whole_lives AS l ON l.id = a.child
        WHERE a.valid <@ l.valid IS NOT TRUE
    """,
    "an identifier or a designation outside of its bearer's life": """
        SELECT * FROM (
            SELECT entity AS bearer, valid FROM identifiers
            UNION ALL SELECT organization, valid FROM designations
        ) AS b
        LEFT JOIN whole_lives AS l ON l.id = b.bearer
        WHERE b.valid <@ l.valid IS NOT TRUE
    """,
    "a life that is not the days on which there is an organization": """
        SELECT * FROM (
            SELECT id, range_agg(valid) AS valid FROM organizations
            WHERE status NOT IN ('DISSOLVED', 'REVOKED') GROUP BY id
        ) AS o
        FULL JOIN (SELECT * FROM whole_lives WHERE id IN (SELECT id FROM organizations)) AS l USING (id)
        WHERE o.valid IS DISTINCT FROM l.valid
    """,
    "a life in pieces that touch": """
        SELECT * FROM lives AS a JOIN lives AS b ON b.id = a.id AND a.valid -|- b.valid
    """,
    "a gap in an organization between its beginning and for ever": """
        SELECT id FROM organizations GROUP BY id
        HAVING range_agg(valid) <> datemultirange(range_merge(range_agg(valid)))
            OR NOT bool_or(upper_inf(valid))
    """,
    "a gap in what must always belong": """
        SELECT * FROM organizations AS o
        LEFT JOIN (
            SELECT subordinate, range_agg(valid) AS valid FROM relations
            WHERE hierarchy = 'PART_OF' GROUP BY subordinate
        ) AS p ON p.subordinate = o.id
        WHERE o.kind IN ('DEPARTMENT', 'INSTITUTION', 'BRANCH', 'BODY')
            AND o.status NOT IN ('DISSOLVED', 'REVOKED') AND o.valid <@ p.valid IS NOT TRUE
    """,
    "a cycle": "SELECT * FROM way WHERE top = bottom",
    "an identifier of two at once": """
        SELECT * FROM identifiers AS a
        JOIN identifiers AS b ON b.scheme = a.scheme AND b.value = a.value
            AND b.entity <> a.entity AND b.valid && a.valid
    """,
    "two superiors at once in a hierarchy of one": """
        SELECT * FROM relations AS a
        JOIN relations AS b ON b.subordinate = a.subordinate AND b.hierarchy = a.hierarchy
            AND b.superior <> a.superior AND b.valid && a.valid
        WHERE a.hierarchy IN ('PART_OF', 'SUPERVISES', 'PARTY_SUPERIOR')
    """,
}
"""What must not be, whatever instant of knowledge is asked about."""

KEYS = {
    "life": "id",
    "organization": "id",
    "relation": "subordinate, hierarchy, superior",
    "identifier": "entity, scheme, value",
    "designation": "organization, name",
    "function": "id",
    "holding": "function",
    "instrument": "id",
    "reorganization": "id",
    "succession": "reorganization, predecessor, successor",
    "registration": "organization",
    "charter": "organization",
    "staffing": "organization",
    "quota": "organization, kind",
    "mandate": "id",
    "mandate_review": "mandate, position",
    "programme": "id",
    "enrollment": "programme, organization",
    "figure": "id",
    "secondment": "id",
    "liaison": "id",
    "liaison_visit": "liaison, position",
    "liaison_note": "liaison, position",
    "secondment_private": "secondment",
    "membership": "id",
    "affiliation": "id",
    "participation": "id",
    "measure": "id",
    "measure_part": "measure, role, assignee",
    "deadline_move": "measure, position",
    "milestone": "measure, name",
    "finding": "measure, finding",
    "evidence": "measure, cited",
    "progress": "measure, position",
    "fulfilment": "measure, position",
    "naming": "entity, role, name",
    "person": "id",
    "person_private": "person",
    "person_alias": "alias",
    "employment": "person, employment",
    "professional_title": "person, name",
    "person_discipline": "person, discipline",
    "award": "person, position",
}

OVERLAPS = """
    WITH beliefs AS (
        SELECT row_number() OVER () AS n, * FROM (
            SELECT {key}, valid, tstzrange(recorded_from, NULL) AS recorded FROM {table}
            UNION ALL SELECT {key}, valid, recorded FROM {table}_past
        ) AS b
    )
    SELECT * FROM beliefs AS a JOIN beliefs AS b USING ({key})
    WHERE a.n < b.n AND a.valid && b.valid AND a.recorded && b.recorded
"""
"""Two beliefs about one thing, of one day, held at one instant."""


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), sizes=SIZES)
async def test_no_law_is_ever_broken(database_url: str, history: History, sizes: list[int]) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        log = await desk.log()
        instants = sorted({record.recorded_at for record in log})
        for instant in {*instants[:: len(instants) // _INSTANTS + 1], instants[-1]}:
            await _assert_lawful(desk, instant)
        for table, key in KEYS.items():
            assert await desk.connection.fetch(OVERLAPS.format(table=table, key=key)) == [], table
        streams = list({record.originator_id for record in log})
        assert_consistent(await read_streams(desk.connection, MAPPER, streams))


async def _assert_lawful(desk: Desk, instant: datetime) -> None:
    for breach, statement in BREACHES.items():
        assert await desk.connection.fetch(BELIEVED + statement, instant) == [], breach


NOWHERE = """
    CREATE SCHEMA nowhere;
    SET search_path TO nowhere;
"""
"""Somewhere to put tables of the same columns and without a single constraint."""

SOUND = [
    row("life", id=A, valid="[2020-01-01,)"),
    row("organization", id=A, valid="[2020-01-01,)"),
    row("life", id=B, valid="[2020-01-01,2021-01-01)"),
    row("organization", id=B, kind="DEPARTMENT", valid="[2020-01-01,2021-01-01)"),
    row("organization", id=B, kind="DEPARTMENT", status="DISSOLVED", valid="[2021-01-01,)"),
    row("relation", subordinate=B, hierarchy="PART_OF", superior=A, valid="[2020-01-01,2021-01-01)"),
]


def led(who: str, superior: str, valid: str) -> Row:
    """Return the row of a relation that nothing but a law of time speaks against."""
    return row("relation", subordinate=who, hierarchy="LEADS", superior=superior, valid=valid)


PLANTED: dict[str, list[Row]] = {
    "a child outside of its parent's life": [led(A, B, "[2020-06-01,2021-01-02)")],
    "a child that points somewhere outside of its own life": [led(B, A, "[2020-06-01,)")],
    "an identifier or a designation outside of its bearer's life": [
        row("identifier", entity=B, scheme="S", value="1", valid="[2020-06-01,)")
    ],
    "a life that is not the days on which there is an organization": [
        row("life", id=B, valid="[2022-01-01,)")
    ],
    "a life in pieces that touch": [row("life", id=A, valid="[2019-12-31,2020-01-01)")],
    "a gap in an organization between its beginning and for ever": [
        row("organization", id=A, valid="[2018-01-01,2019-12-31)")
    ],
    "a gap in what must always belong": [
        row("life", id=C, valid="[2020-01-01,)"),
        row("organization", id=C, kind="DEPARTMENT", valid="[2020-01-01,)"),
        row("relation", subordinate=C, hierarchy="PART_OF", superior=A, valid="[2020-01-02,)"),
    ],
    "a cycle": [
        led(A, C, "[2020-03-01,2020-05-01)"),
        led(C, B, "[2020-01-01,)"),
        led(B, A, "[2020-04-30,2020-06-01)"),
    ],
    "an identifier of two at once": [
        row("identifier", entity=A, scheme="S", value="1", valid="[2020-01-01,2020-06-02)"),
        row("identifier", entity=B, scheme="S", value="1", valid="[2020-06-01,2020-07-01)"),
    ],
    "two superiors at once in a hierarchy of one": [
        row("relation", subordinate=B, hierarchy="PART_OF", superior=C, valid="[2020-12-31,2021-01-01)")
    ],
}
"""For each breach, rows that are one beside those that are sound."""


@pytest.mark.parametrize("breach", BREACHES)
async def test_the_statements_find_what_they_look_for(database_url: str, breach: str) -> None:
    planted_at = datetime.fromisoformat(THEN)
    async with open_desk(database_url) as desk:
        connection = desk.connection
        await connection.execute(NOWHERE)
        for table in KEYS:
            for name in (table, f"{table}_past"):
                await connection.execute(f"CREATE TABLE {name} AS TABLE {desk.projections}.{name}")
        for sound in SOUND:
            await connection.execute(sound.insertion)
        await _assert_lawful(desk, planted_at)
        for planted in PLANTED[breach]:
            await connection.execute(planted.insertion)
        statement = BELIEVED + BREACHES[breach]
        assert await connection.fetch(statement, planted_at)
        assert await connection.fetch(statement, planted_at - timedelta(microseconds=1)) == []
