"""Who answers for a measure is one person, by whichever record."""

from __future__ import annotations

from datetime import date
from typing import Any

from registry.answers import Accepted
from registry.ids import stable_id
from registry.measure.commands import SetMeasure
from registry.person.commands import MergePersons, RegisterPerson
from tests.support.desk import open_desk

_QUERY = """
query ($who: ID) {
  measures(first: 9, filter: { responsible: $who }) {
    nodes { hasResponsible responsibleId responsible { id name } }
  }
}
"""
_DAY = date(2020, 1, 1)


async def test_a_merged_person_goes_on_answering_under_either_record(database_url: str) -> None:
    alias, main, other = (stable_id(f"{n} who answers") for n in ("one", "another", "a third"))
    by: list[dict[str, Any]] = [
        {"command_id": stable_id(f"answering {n}"), "actor": "t", "effective_on": _DAY} for n in range(5)
    ]
    commands = [
        *(RegisterPerson(person=who, name="某人", **by[n]) for n, who in enumerate((alias, main, other))),
        SetMeasure(
            measure=stable_id("m"), code="P", title="措施", plan_clause="二", responsible=alias, **by[3]
        ),
        MergePersons(person=alias, into=main, **by[4]),
    ]
    async with open_desk(database_url) as desk:
        for command in commands:
            assert isinstance(await desk.record(command), Accepted)
        for who in (alias, main):
            answer = await desk.ask(_QUERY, _DAY, who=str(who))
            assert answer["measures"]["nodes"] == [
                {
                    "hasResponsible": True,
                    "responsibleId": str(main),
                    "responsible": {"id": str(main), "name": "某人"},
                }
            ]
        assert (await desk.ask(_QUERY, _DAY, who=str(other)))["measures"]["nodes"] == []
