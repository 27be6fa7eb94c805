"""People for tests over HTTP, recorded by another process of the registry, as it were."""

from __future__ import annotations

import asyncio
from datetime import date
from uuid import UUID, uuid4

from registry.answers import Accepted
from registry.person.commands import RegisterPerson
from tests.support.desk import open_desk
from tests.support.serving import Served


def registered(served: Served, *names: str) -> list[str]:
    """Register people from 2010 on, and return their ids."""
    people = {uuid4(): name for name in names}
    asyncio.run(_record(served.database_url, people))
    return [str(identity) for identity in people]


async def _record(url: str, people: dict[UUID, str]) -> None:
    async with open_desk(url) as desk:
        for identity, name in people.items():
            command = RegisterPerson(
                command_id=uuid4(),
                actor="tester",
                person=identity,
                name=name,
                effective_on=date(2010, 1, 1),
            )
            assert isinstance(await desk.record(command), Accepted)
