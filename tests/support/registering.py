"""People put into the register of a server by its own committer, beside the schema."""

from __future__ import annotations

import asyncio
from datetime import date
from uuid import UUID, uuid4

from registry.errors import Refusal
from registry.person.commands import RegisterPerson
from tests.support.desk import open_desk
from tests.support.serving import Served


def register_person(served: Served, name: str, on: date = date(2020, 1, 1)) -> str:
    """Register a person, and return the id."""
    person = uuid4()
    asyncio.run(_record(served.database_url, person, name, on))
    return str(person)


async def _record(url: str, person: UUID, name: str, on: date) -> None:
    command = RegisterPerson(command_id=uuid4(), actor="tester", person=person, name=name, effective_on=on)
    async with open_desk(url) as desk:
        answer = await desk.record(command)
    assert not isinstance(answer, Refusal), answer
