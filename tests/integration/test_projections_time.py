"""Edge cases of time that registries get wrong: each answer is for one day and one belief."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from registry.correction.commands import AmendEvent, RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code, Refusal
from registry.function.commands import ReleaseFunction, TransferFunction
from registry.organization import commands as o
from registry.organization.events import OrganizationRenamed
from registry.organization.kinds import Hierarchy, Kind
from registry.references import KindRule
from tests.support import dalian as d
from tests.support.committing import fresh
from tests.support.desk import Desk, open_desk
from tests.support.given import BY

TODAY = date(2023, 1, 1)
NEVER_LONG = timedelta(microseconds=1)

NESTED = """
query ($city: ID!, $then: Date!, $now: Date!) {
  then: organization(id: $city, asOf: $then) { ...all }
  now: organization(id: $city, asOf: $now) { ...all }
}
fragment all on Organization {
  children { subordinate { name functions { name holder { name superiors { superior { name } } } } } }
}
"""
ONE = """
query ($id: ID!, $asOf: Date, $knownAt: DateTime) {
  organization(id: $id, asOf: $asOf, knownAt: $knownAt) {
    name status validFrom validTo superiors { hierarchy superior { name } } functions { name }
  }
}
"""
CHART = "query ($asOf: Date) { orgChart(asOf: $asOf) { position nodes { organization { name } } } }"
HELD = """
query ($id: ID!, $asOf: Date) {
  function(id: $id, asOf: $asOf) { orphaned holder { name } holdings { validFrom validTo holder { name } } }
}
"""
HISTORY = """
query ($id: ID!) {
  organization(id: $id) { history(beliefs: true) { name validFrom validTo recordedFrom recordedTo } }
}
"""


async def accept(desk: Desk, *commands: Any) -> int:  # noqa: ANN401 - any command, its id is replaced
    """Record commands one by one, all of which are accepted; return the first position of the last."""
    position: int | None = None
    for command in commands:
        answer = await desk.record(fresh(command))
        assert not isinstance(answer, Refusal), str(answer)
        position = answer.first_position
    assert position is not None
    return position


async def organization(desk: Desk, who: object, as_of: date, known_at: datetime | None = None) -> Any:  # noqa: ANN401 - the answer has the query's shape
    known = None if known_at is None else known_at.isoformat()
    answer = await desk.ask(ONE, TODAY, id=str(who), asOf=as_of.isoformat(), knownAt=known)
    return answer["organization"]


async def chart(desk: Desk, as_of: date) -> set[str]:
    """Return the names of what is part of the association on a day."""
    answer = await desk.ask(CHART, TODAY, asOf=as_of.isoformat())
    return {node["organization"]["name"] for node in answer["orgChart"]["nodes"]}


async def latest(desk: Desk) -> datetime:
    """Return the instant up to which everything is known."""
    return (await desk.log())[-1].recorded_at


def renamed(who: Any, name: str, on: date) -> o.RenameOrganization:  # noqa: ANN401 - an id, of whatever type
    return o.RenameOrganization(organization=who, name=name, effective_on=on, **BY)


async def test_a_date_reaches_every_nested_field(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        await accept(
            desk,
            *d.REGISTER,
            renamed(d.CITY, "市科协新名", date(2016, 1, 1)),
            renamed(d.ACADEMIC, "学会部", date(2017, 1, 1)),
            TransferFunction(function=d.BUILDING, target=d.ACADEMIC, effective_on=date(2018, 1, 1), **BY),
        )
        days = {"then": "2015-01-01", "now": "2018-01-01"}
        answer = await desk.ask(NESTED, TODAY, city=str(d.CITY), **days)
    holders = {
        when: {
            function["name"]: (child["subordinate"]["name"], function["holder"])
            for child in found["children"]
            for function in child["subordinate"]["functions"]
        }
        for when, found in answer.items()
    }
    city = {
        when: [{"superior": {"name": name}}] for when, name in (("then", "市科协"), ("now", "市科协新名"))
    }
    assert holders["then"]["系统组织建设"] == (
        "组织宣传部",
        {"name": "组织宣传部", "superiors": city["then"]},
    )
    assert holders["now"]["系统组织建设"] == ("学会部", {"name": "学会部", "superiors": city["now"]})


async def test_the_past_shows_names_and_superiors_of_its_day(database_url: str) -> None:
    section = d.department(d.SOCIETY, "处", d.PROPAGANDA)
    moved = o.OpenRelation(
        organization=d.SOCIETY,
        hierarchy=Hierarchy.PART_OF,
        superior=d.OFFICE,
        effective_on=date(2015, 1, 1),
        **BY,
    )
    async with open_desk(database_url) as desk:
        await accept(desk, *d.REGISTER, section, moved)
        await accept(desk, renamed(d.PROPAGANDA, "宣传部", date(2014, 1, 1)))
        await accept(desk, renamed(d.OFFICE, "综合办", date(2016, 1, 1)))
        above = {
            year: (await organization(desk, d.SOCIETY, date(year, 6, 1)))["superiors"][0]["superior"]["name"]
            for year in (2013, 2014, 2015, 2016)
        }
        held = await desk.ask(HELD, TODAY, id=str(d.BUILDING), asOf="2022-01-01")
    assert above == {2013: "组织宣传部", 2014: "宣传部", 2015: "办公室", 2016: "综合办"}
    # A holding that goes on is shown with the name of the day on which it began.
    assert [holding["holder"]["name"] for holding in held["function"]["holdings"]] == ["组织宣传部"]


async def test_a_period_ends_on_the_day_that_it_no_longer_covers(database_url: str) -> None:
    led = o.OpenRelation(
        organization=d.OFFICE,
        hierarchy=Hierarchy.LEADS,
        superior=d.ACADEMIC,
        until=date(2030, 3, 1),
        effective_on=date(2020, 3, 1),
        **BY,
    )
    async with open_desk(database_url) as desk:
        await accept(desk, *d.REGISTER, led)
        found = [
            len((await organization(desk, d.OFFICE, day))["superiors"])
            for day in (date(2020, 2, 29), date(2020, 3, 1), TODAY, date(2030, 2, 28), date(2030, 3, 1))
        ]
    assert found == [1, 2, 2, 2, 1]


async def test_what_is_dissolved_is_still_found_and_nowhere_shown(database_url: str) -> None:
    ended = o.DissolveOrganization(
        organization=d.LIAISON,
        rules=(KindRule(reference="HOLDS", move_to=d.ACADEMIC),),
        effective_on=date(2019, 1, 1),
        **BY,
    )
    async with open_desk(database_url) as desk:
        await accept(desk, *d.REGISTER)
        position = await accept(desk, ended)
        last, first = date(2018, 12, 31), date(2019, 1, 1)
        before, after = [await organization(desk, d.LIAISON, day) for day in (last, first)]
        charts = [await chart(desk, day) for day in (last, first)]
        await accept(desk, RetractEvent(entity=d.LIAISON, position=position, effective_on=first, **BY))
        restored = await organization(desk, d.LIAISON, first)
    assert (before["status"], before["validTo"]) == ("ACTIVE", "2019-01-01")
    assert (after["status"], after["validFrom"]) == ("DISSOLVED", "2019-01-01")
    assert after["superiors"] == after["functions"] == []
    assert charts[0] - charts[1] == {"国际联络部"}
    assert restored["functions"] == before["functions"] != []
    assert restored["superiors"] == before["superiors"] != []
    assert restored["validTo"] is None


async def test_a_merger_keeps_everything(database_url: str) -> None:
    """Whatever the merged department held or had below it is found at its heir on the same day."""
    section = d.department(d.SOCIETY, "处", d.PROPAGANDA)
    rules = tuple(KindRule(reference=kind, move_to=d.ACADEMIC) for kind in ("PART_OF", "HOLDS"))
    merged = o.DissolveOrganization(
        organization=d.PROPAGANDA, rules=rules, effective_on=date(2019, 1, 1), **BY
    )
    async with open_desk(database_url) as desk:
        await accept(desk, *d.REGISTER, section)
        before = await organization(desk, d.PROPAGANDA, date(2018, 12, 31))
        await accept(desk, merged)
        after = await organization(desk, d.ACADEMIC, date(2019, 1, 1))
        below = await organization(desk, d.SOCIETY, date(2019, 1, 1))
    assert len(before["functions"]) == 3
    assert after["functions"] == before["functions"]
    assert below["superiors"] == [{"hierarchy": "PART_OF", "superior": {"name": "学会学术部"}}]


async def test_a_vacancy_is_not_unchanged(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        await accept(desk, *d.REGISTER)
        await accept(desk, ReleaseFunction(function=d.BUILDING, effective_on=date(2015, 1, 1), **BY))
        held, vacant = [
            (await desk.ask(HELD, TODAY, id=str(d.BUILDING), asOf=day))["function"]
            for day in ("2014-12-31", "2015-01-01")
        ]
    assert (held["orphaned"], held["holder"]) == (False, {"name": "组织宣传部"})
    assert (vacant["orphaned"], vacant["holder"]) == (True, None)
    assert vacant["holdings"] == [
        {"validFrom": "2010-01-01", "validTo": "2015-01-01", "holder": {"name": "组织宣传部"}}
    ]


async def test_of_two_events_of_a_day_the_later_one_counts_and_both_are_kept(database_url: str) -> None:
    day = date(2015, 1, 1)
    async with open_desk(database_url) as desk:
        await accept(desk, *d.REGISTER, renamed(d.OFFICE, "甲", day))
        between = await latest(desk)
        second = await accept(desk, renamed(d.OFFICE, "乙", day))
        names = [(await organization(desk, d.OFFICE, when))["name"] for when in (day, day - timedelta(1))]
        known_then = (await organization(desk, d.OFFICE, day, between))["name"]
        await accept(desk, RetractEvent(entity=d.OFFICE, position=second, effective_on=day, **BY))
        again = (await organization(desk, d.OFFICE, day))["name"]
        history = (await desk.ask(HISTORY, TODAY, id=str(d.OFFICE)))["organization"]["history"]
    assert names == ["乙", "办公室"]
    assert (known_then, again) == ("甲", "甲")
    believed = [
        (row["name"], row["recordedTo"] is None) for row in history if row["validFrom"] == "2015-01-01"
    ]
    assert believed == [("甲", False), ("乙", False), ("甲", True)]


async def test_an_amendment_is_amended_and_retracted_and_every_belief_stays(database_url: str) -> None:
    day = date(2015, 1, 1)

    def amended(position: int, name: str, on: date) -> AmendEvent:
        content = OrganizationRenamed(name=name, effective_on=on)
        return AmendEvent(entity=d.OFFICE, position=position, replacement=content, effective_on=on, **BY)

    async with open_desk(database_url) as desk:
        await accept(desk, *d.REGISTER)
        first = await accept(desk, renamed(d.OFFICE, "甲", day))
        second = await accept(desk, amended(first, "乙", date(2014, 1, 1)))
        third = await accept(desk, amended(second, "丙", date(2016, 1, 1)))
        await accept(desk, RetractEvent(entity=d.OFFICE, position=third, effective_on=day, **BY))
        await accept(desk, RetractEvent(entity=d.OFFICE, position=second, effective_on=day, **BY))
        instants = [record.recorded_at for record in (await desk.log())[-5:]]
        names = [
            [
                (await organization(desk, d.OFFICE, date(year, 6, 1), known))["name"]
                for year in (2014, 2015, 2016)
            ]
            for known in (instants[0] - NEVER_LONG, *instants)
        ]
    assert names == [
        ["办公室", "办公室", "办公室"],
        ["办公室", "甲", "甲"],
        ["乙", "乙", "乙"],
        ["办公室", "办公室", "丙"],
        ["乙", "乙", "乙"],
        ["办公室", "甲", "甲"],
    ]


async def test_what_was_never_established_is_not_there_but_was_believed(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        await accept(desk, d.ASSOCIATION)
        established = await accept(desk, d.department(d.OFFICE, "办公室"))
        believed = await latest(desk)
        await accept(desk, RetractEvent(entity=d.OFFICE, position=established, effective_on=TODAY, **BY))
        assert await organization(desk, d.OFFICE, TODAY) is None
        assert await chart(desk, TODAY) == {"市科协"}
        assert (await organization(desk, d.OFFICE, TODAY, believed))["name"] == "办公室"


async def test_an_act_that_others_built_on_is_corrected_with_them_or_not_at_all(database_url: str) -> None:
    section = d.established(d.SOCIETY, "处", Kind.DEPARTMENT, (Hierarchy.PART_OF, d.OFFICE))
    async with open_desk(database_url) as desk:
        await accept(desk, d.ASSOCIATION)
        established = await accept(desk, d.department(d.OFFICE, "办公室"))
        built = await accept(desk, section)
        believed = await latest(desk)
        undone = RetractEvent(entity=d.OFFICE, position=established, effective_on=TODAY, **BY)
        refused = await desk.record(fresh(undone))
        assert isinstance(refused, Refusal)
        assert refused.code is Code.DANGLING
        assert await chart(desk, TODAY) == {"市科协", "办公室", "处"}
        redirected = Disposition(source=d.SOCIETY, position=built + 1, action=Action.REDIRECT, target=d.CITY)
        await accept(desk, fresh(undone, dispositions=(redirected,)))
        assert await chart(desk, TODAY) == {"市科协", "处"}
        then = await organization(desk, d.SOCIETY, TODAY, believed)
        assert then["superiors"] == [{"hierarchy": "PART_OF", "superior": {"name": "办公室"}}]
