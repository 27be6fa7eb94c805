"""Organizations filtered by what stands above and below them at any depth, by discipline, by day, by text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.correction.commands import RetractEvent
from registry.ids import stable_id
from registry.organization.commands import (
    CloseRelation,
    DissolveOrganization,
    EstablishOrganization,
    OpenRelation,
)
from registry.organization.events import Profile
from registry.organization.kinds import Hierarchy, Kind
from tests.support import dalian as d
from tests.support.committing import fresh
from tests.support.desk import Desk, open_desk
from tests.support.given import BY

TODAY = date(2023, 1, 1)
SECTION, GROUP = stable_id("处"), stable_id("组")
LISTED = """
query ($filter: OrganizationFilter, $asOf: Date, $knownAt: DateTime) {
  organizations(first: 100, filter: $filter, asOf: $asOf, knownAt: $knownAt) { totalCount nodes { name } }
}
"""
LADDER = (
    *d.DEPARTMENTS,
    d.department(SECTION, "处", d.OFFICE),
    d.department(GROUP, "组", SECTION),
    d.established(d.SOCIETY, "化学会", Kind.SOCIETY, (Hierarchy.SUPERVISES, d.CITY)),
)


async def accept(desk: Desk, *commands: Any) -> int:  # noqa: ANN401 - any command, its id is replaced
    """Record commands one by one; return the first position of the last."""
    position: int | None = None
    for command in commands:
        position = (await desk.committer.record(fresh(command))).first_position
    assert position is not None
    return position


async def listed(
    desk: Desk, as_of: date = TODAY, known_at: str | None = None, **condition: object
) -> set[str]:
    """Return the names of what fits a condition on a day."""
    answer = await desk.ask(LISTED, TODAY, filter=condition, asOf=as_of.isoformat(), knownAt=known_at)
    page = answer["organizations"]
    assert page["totalCount"] == len(page["nodes"])
    return {node["name"] for node in page["nodes"]}


def end(identity: object, hierarchy: Hierarchy = Hierarchy.PART_OF) -> dict[str, str]:
    return {"hierarchy": str(hierarchy), "id": str(identity)}


async def test_below_and_above_are_everything_at_any_depth_in_that_hierarchy(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        await accept(desk, *LADDER)
        assert await listed(desk, ancestor=end(d.OFFICE)) == {"处", "组"}
        assert {"办公室", "处", "组"} < await listed(desk, ancestor=end(d.CITY))
        assert await listed(desk, ancestor=end(d.CITY, Hierarchy.SUPERVISES)) == {"化学会"}
        assert await listed(desk, ancestor=end(GROUP)) == set()
        assert await listed(desk, descendant=end(GROUP)) == {"处", "办公室", "市科协"}
        assert await listed(desk, descendant=end(d.CITY)) == set()
        assert await listed(desk, ancestor=end(d.CITY), descendant=end(GROUP)) == {"处", "办公室"}
        assert await listed(desk, ancestor=end(d.CITY), kinds=["SOCIETY"]) == set()


async def test_what_stands_below_is_that_of_the_day_and_of_the_belief(database_url: str) -> None:
    moved = OpenRelation(
        organization=SECTION,
        hierarchy=Hierarchy.PART_OF,
        superior=d.ACADEMIC,
        effective_on=date(2015, 1, 1),
        **BY,
    )
    async with open_desk(database_url) as desk:
        position = await accept(desk, *LADDER, moved)
        moved_at = (await desk.log())[-1].recorded_at.isoformat()
        assert await listed(desk, date(2014, 12, 31), ancestor=end(d.OFFICE)) == {"处", "组"}
        assert await listed(desk, date(2015, 1, 1), ancestor=end(d.OFFICE)) == set()
        assert await listed(desk, ancestor=end(d.ACADEMIC)) == {"处", "组"}
        await accept(desk, RetractEvent(entity=SECTION, position=position, effective_on=TODAY, **BY))
        assert await listed(desk, ancestor=end(d.OFFICE)) == {"处", "组"}
        assert await listed(desk, TODAY, moved_at, ancestor=end(d.OFFICE)) == set()
        assert await listed(desk, TODAY, moved_at, descendant=end(GROUP)) == {"处", "学会学术部", "市科协"}


async def test_a_relation_that_ended_leads_nowhere(database_url: str) -> None:
    led = OpenRelation(
        organization=d.OFFICE,
        hierarchy=Hierarchy.LEADS,
        superior=d.ACADEMIC,
        effective_on=date(2012, 1, 1),
        **BY,
    )
    ended = CloseRelation(
        organization=d.OFFICE,
        hierarchy=Hierarchy.LEADS,
        superior=d.ACADEMIC,
        effective_on=date(2014, 1, 1),
        **BY,
    )
    async with open_desk(database_url) as desk:
        await accept(desk, *d.DEPARTMENTS, led, ended)
        below = end(d.ACADEMIC, Hierarchy.LEADS)
        assert await listed(desk, date(2013, 12, 31), ancestor=below) == {"办公室"}
        assert await listed(desk, date(2014, 1, 1), ancestor=below) == set()


async def test_a_discipline_is_found_by_how_its_code_begins(database_url: str) -> None:
    codes = {"力学会": "130", "化学会": "150.15", "有机化学会": "150.25"}
    societies = [
        EstablishOrganization(
            organization=stable_id(name),
            name=name,
            kind=Kind.SOCIETY,
            profile=Profile(discipline=code),
            effective_on=d.FOUNDED,
            **BY,
        )
        for name, code in codes.items()
    ]
    async with open_desk(database_url) as desk:
        await accept(desk, d.ASSOCIATION, *societies)
        assert await listed(desk, discipline="150") == {"化学会", "有机化学会"}
        assert await listed(desk, discipline="150.2") == {"有机化学会"}
        assert await listed(desk, discipline="%") == set()


async def test_who_existed_on_a_day_may_be_gone_by_now(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        await accept(desk, *d.DEPARTMENTS)
        await accept(desk, DissolveOrganization(organization=d.OFFICE, effective_on=date(2015, 1, 1), **BY))
        assert "办公室" in await listed(desk, aliveOn="2014-12-31")
        assert "办公室" not in await listed(desk, aliveOn="2015-01-01")
        assert await listed(desk, aliveOn="2009-12-31") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办公", {"办公室"}),
        ("bgs", {"办公室"}),
        ("xueshu", {"学会学术部"}),
        ("学术 xuehui", {"学会学术部"}),
        ("科学 普及", {"科学技术普及部"}),
        ("宣传 gjllb", set()),
        ("部", {"组织宣传部", "国际联络部", "学会学术部", "科学技术普及部"}),
        ("组织宣传%", {"组织宣传部"}),
        ("组织宣伝部", set()),
    ],
)
async def test_every_word_of_a_text_is_in_the_name(database_url: str, text: str, expected: set[str]) -> None:
    async with open_desk(database_url) as desk:
        await accept(desk, *d.DEPARTMENTS)
        assert await listed(desk, text=text) == expected


async def test_lists_of_all_nouns_are_filtered_by_text(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        await accept(desk, *d.REGISTER)
        query = '{ functions(first: 9, filter: { text: "xuanchuan" }) { nodes { name } } }'
        assert (await desk.ask(query, TODAY))["functions"]["nodes"] == [{"name": "宣传"}]
        for root in ("instruments", "reorganizations"):
            query = f'{{ {root}(first: 9, filter: {{ text: "xuanchuan" }}) {{ nodes {{ title }} }} }}'
            assert (await desk.ask(query, TODAY))[root]["nodes"] == []
