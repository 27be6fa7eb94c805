"""Laws of memberships and Party affiliations in the tables, at every instant of knowledge."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from registry.organization.kinds import Kind, Status
from registry.organization.state import Organization
from tests.support.desk import Desk, emptied_desk, open_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.planting import THEN, A, B, C, Row, row
from tests.support.replay import Replay
from tests.support.small_world import CITY, DAYS

_INSTANTS = 8
"""At about how many instants of a history the laws are looked at."""

BELIEVED = """
WITH aliases AS (
    SELECT alias, canonical FROM person_alias WHERE recorded_from <= $1
    UNION ALL SELECT alias, canonical FROM person_alias_past WHERE recorded @> $1::timestamptz
), lives AS (
    SELECT id, valid FROM life WHERE recorded_from <= $1
    UNION ALL SELECT id, valid FROM life_past WHERE recorded @> $1::timestamptz
), whole_lives AS (
    SELECT id, range_agg(valid) AS valid FROM lives GROUP BY id
), memberships AS (
    SELECT id, member, organization, member_class, number, status, valid FROM membership
    WHERE recorded_from <= $1
    UNION ALL SELECT id, member, organization, member_class, number, status, valid FROM membership_past
    WHERE recorded @> $1::timestamptz
), affiliations AS (
    SELECT id, person, branch, end_reason, valid FROM affiliation WHERE recorded_from <= $1
    UNION ALL SELECT id, person, branch, end_reason, valid FROM affiliation_past
    WHERE recorded @> $1::timestamptz
), participations AS (
    SELECT id, person, organization, ended, valid FROM participation WHERE recorded_from <= $1
    UNION ALL SELECT id, person, organization, ended, valid FROM participation_past
    WHERE recorded @> $1::timestamptz
), organizations AS (
    SELECT id, kind, subtype, valid FROM organization WHERE recorded_from <= $1
    UNION ALL SELECT id, kind, subtype, valid FROM organization_past WHERE recorded @> $1::timestamptz
), persons_memberships AS (
    SELECT m.id, coalesce(s.canonical, m.member) AS member, m.organization, m.status, m.valid
    FROM memberships AS m LEFT JOIN aliases AS s ON s.alias = m.member
), persons_affiliations AS (
    SELECT f.id, coalesce(s.canonical, f.person) AS person, f.end_reason, f.valid
    FROM affiliations AS f LEFT JOIN aliases AS s ON s.alias = f.person
), persons_participations AS (
    SELECT p.id, coalesce(s.canonical, p.person) AS person, p.organization, p.ended, p.valid
    FROM participations AS p LEFT JOIN aliases AS s ON s.alias = p.person
), ends (source, target, valid) AS (
    SELECT id, unnest(ARRAY[id, member, organization]), valid FROM memberships WHERE status <> 'ENDED'
    UNION ALL
    SELECT id, unnest(ARRAY[id, person, branch]), valid FROM affiliations WHERE end_reason IS NULL
    UNION ALL
    SELECT id, unnest(ARRAY[id, person, organization]), valid FROM participations WHERE NOT ended
)
"""
"""The tables as believed at ``$1``, and what each of these must lie within the life of, its own included."""

BREACHES = {
    "something open outside of a life": """
        SELECT * FROM ends AS e LEFT JOIN whole_lives AS l ON l.id = e.target
        WHERE e.valid <@ l.valid IS NOT TRUE
    """,
    "a member twice": """
        SELECT * FROM persons_memberships AS a JOIN persons_memberships AS b
            ON b.member = a.member AND b.organization = a.organization AND b.id <> a.id AND b.valid && a.valid
        WHERE a.status <> 'ENDED' AND b.status <> 'ENDED'
    """,
    "a number of two": """
        SELECT * FROM memberships AS a JOIN memberships AS b
            ON b.number = a.number AND b.organization = a.organization AND b.id <> a.id AND b.valid && a.valid
        WHERE a.status <> 'ENDED' AND b.status <> 'ENDED'
    """,
    "taking part in one twice": """
        SELECT * FROM persons_participations AS a JOIN persons_participations AS b
            ON b.person = a.person AND b.organization = a.organization AND b.id <> a.id AND b.valid && a.valid
        WHERE NOT a.ended AND NOT b.ended
    """,
    "two affiliations of one person": """
        SELECT * FROM persons_affiliations AS a JOIN persons_affiliations AS b
            ON b.person = a.person AND b.id <> a.id AND b.valid && a.valid
        WHERE a.end_reason IS NULL AND b.end_reason IS NULL
    """,
    "an affiliation with what holds none": """
        SELECT * FROM affiliations AS a JOIN organizations AS o ON o.id = a.branch AND o.valid && a.valid
        WHERE a.end_reason IS NULL
            AND (o.kind NOT IN ('PARTY_ORGANIZATION', 'EXTERNAL')
                OR o.subtype IN ('党组', '党建工作小组', '党建指导员'))
    """,
    "taking part in what is no Party organization": """
        SELECT * FROM participations AS p
        JOIN organizations AS o ON o.id = p.organization AND o.valid && p.valid
        WHERE NOT p.ended AND o.kind NOT IN ('PARTY_ORGANIZATION', 'EXTERNAL')
    """,
    "a class that does not fit": """
        SELECT * FROM memberships AS m
        JOIN organizations AS o ON o.id = m.organization AND o.valid && m.valid
        WHERE m.status <> 'ENDED'
            AND (o.kind IN ('DEPARTMENT', 'BRANCH', 'BODY', 'PARTY_ORGANIZATION', 'LEADING_GROUP')
                OR (m.member_class = 'CORPORATE')
                    <> EXISTS (SELECT FROM organizations AS w WHERE w.id = m.member AND w.valid && m.valid))
    """,
    "members of each other": """
        SELECT * FROM memberships AS a JOIN memberships AS b
            ON b.member = a.organization AND b.organization = a.member AND b.valid && a.valid
        WHERE a.status <> 'ENDED' AND b.status <> 'ENDED'
    """,
}
"""What must not be, whatever instant of knowledge is asked about."""


async def _assert_lawful(desk: Desk, instant: datetime) -> None:
    for breach, statement in BREACHES.items():
        assert await desk.connection.fetch(BELIEVED + statement, instant) == [], breach


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), sizes=SIZES)
async def test_no_law_of_members_is_ever_broken(
    database_url: str, history: History, sizes: list[int]
) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        instants = sorted({record.recorded_at for record in await desk.log()})
        for instant in {*instants[:: len(instants) // _INSTANTS + 1], instants[-1]}:
            await _assert_lawful(desk, instant)


EVER = "[2020-01-01,)"
YEAR = "[2020-01-01,2021-01-01)"
D = "dddddddd-0000-0000-0000-000000000001"
E = "eeeeeeee-0000-0000-0000-000000000001"
F = "ffffffff-0000-0000-0000-000000000001"

SOUND = [
    row("life", id=A, valid=EVER),
    row("organization", id=A, kind="SOCIETY", valid=EVER),
    row("life", id=B, valid=EVER),
    row("organization", id=B, kind="PARTY_ORGANIZATION", subtype="党支部", valid=EVER),
    row("life", id=C, valid=YEAR),
    row("life", id=D, valid=YEAR),
    row("life", id=E, valid=EVER),
    row("membership", id=D, member=C, organization=A, member_class="STUDENT", number="1", valid=YEAR),
    row("membership", id=D, member=C, organization=A, status="ENDED", valid="[2021-01-01,)"),
    row("affiliation", id=D, person=C, branch=B, valid=YEAR),
    row("participation", id=D, person=C, organization=B, valid=YEAR),
    row("person_alias", alias=F, canonical=C, valid="(,)"),
]
"""A society, a branch and a person who was a member of both for a year."""

PLANTED: dict[str, list[Row]] = {
    "something open outside of a life": [
        row("participation", id=D, person=C, organization=B, valid="[2020-06-01,2021-01-02)")
    ],
    "a member twice": [row("membership", id=E, member=C, organization=A, valid="[2020-12-31,2021-01-01)")],
    "taking part in one twice": [
        row("participation", id=E, person=F, organization=B, valid="[2020-12-31,2021-01-01)")
    ],
    "a number of two": [
        row("membership", id=E, member=E, organization=A, number="1", valid="[2020-12-31,2022-01-01)")
    ],
    "two affiliations of one person": [
        row("affiliation", id=E, person=F, branch=E, valid="[2020-12-31,2021-01-01)")
    ],
    "an affiliation with what holds none": [row("affiliation", id=E, person=E, branch=A, valid=EVER)],
    "taking part in what is no Party organization": [
        row("participation", id=E, person=E, organization=A, valid=EVER)
    ],
    "a class that does not fit": [
        row("membership", id=E, member=C, organization=A, member_class="CORPORATE", valid=EVER)
    ],
    "members of each other": [row("membership", id=E, member=A, organization=C, valid=EVER)],
}
"""For each breach, rows that are one beside those that are sound."""


@pytest.mark.parametrize("breach", BREACHES)
async def test_the_statements_find_what_they_look_for(database_url: str, breach: str) -> None:
    planted_at = datetime.fromisoformat(THEN)
    async with open_desk(database_url) as desk:
        connection = desk.connection
        await connection.execute("CREATE SCHEMA nowhere; SET search_path TO nowhere")
        for table in ("life", "organization", "membership", "affiliation", "participation", "person_alias"):
            for name in (table, f"{table}_past"):
                await connection.execute(f"CREATE TABLE {name} AS TABLE {desk.projections}.{name}")
        for sound in SOUND:
            await connection.execute(sound.insertion)
        await _assert_lawful(desk, planted_at)
        for planted in PLANTED[breach]:
            await connection.execute(planted.insertion)
        assert await connection.fetch(BELIEVED + BREACHES[breach], planted_at)


_COVERAGE = """
query ($root: ID, $kinds: [OrganizationKind!]!, $day: Date, $known: DateTime) {
  partyCoverage(root: $root, kinds: $kinds, asOf: $day, knownAt: $known) {
    total organizational work
    societies { society { id } organizational work partyOrganizations { id } }
    forms { form organizations societies }
  }
}
"""
_SOCIETIES = [Kind.SOCIETY, Kind.INSTITUTION, Kind.ALLIANCE, Kind.RURAL_ASSOCIATION, Kind.NEW_GROUP]
"""What counts as a society here, so that there are several in so small a world."""


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
async def test_coverage_counts_each_society_once(database_url: str, history: History) -> None:
    async with emptied_desk(database_url) as desk:
        await desk.record_together(history.commands)
        log = await desk.log()
        instants = sorted({record.recorded_at for record in log})
        for day, known_at in zip(DAYS, [None, *instants[:: max(1, len(instants) // 7)]], strict=False):
            known = [record for record in log if known_at is None or record.recorded_at <= known_at]
            answer = await desk.ask(
                _COVERAGE,
                DAYS[-1],
                root=str(CITY),
                kinds=[str(kind) for kind in _SOCIETIES],
                day=day.isoformat(),
                known=None if known_at is None else known_at.isoformat(),
            )
            assert answer["partyCoverage"] == _coverage(Replay(known), day)


def _coverage(replay: Replay, day: date) -> dict[str, Any]:
    """Return the coverage on ``day`` by looking at every organization in turn."""
    states: dict[UUID, Organization] = {
        identity: state
        for identity, timeline in replay.timelines.items()
        if isinstance(state := timeline.at(day), Organization) and state.status is Status.ACTIVE
    }
    supervised = {
        identity: sorted(
            str(r.superior) for r in state.relations if r.hierarchy == "COVERS" and r.superior in states
        )
        for identity, state in states.items()
        if state.kind in _SOCIETIES
        and any((r.hierarchy, r.superior) == ("SUPERVISES", CITY) for r in state.relations)
    }
    forms: dict[str | None, tuple[set[str], set[str]]] = {}
    for society, parties in supervised.items():
        for party in parties:
            found = forms.setdefault(states[UUID(party)].profile.subtype, (set(), set()))
            found[0].add(party)
            found[1].add(str(society))
    each = [
        {
            "society": {"id": str(society)},
            "organizational": any(states[UUID(p)].profile.subtype != "党建指导员" for p in parties),
            "work": bool(parties),
            "partyOrganizations": [
                {"id": p} for p in sorted(parties, key=lambda p: (states[UUID(p)].name, p))
            ],
        }
        for society, parties in sorted(supervised.items(), key=lambda s: (states[s[0]].name, str(s[0])))
    ]
    return {
        "total": len(each),
        "organizational": sum(society["organizational"] is True for society in each),
        "work": sum(society["work"] is True for society in each),
        "societies": each,
        "forms": [
            {"form": form, "organizations": len(parties), "societies": len(societies)}
            for form, (parties, societies) in sorted(forms.items(), key=lambda f: (f[0] is None, f[0] or ""))
        ],
    }
