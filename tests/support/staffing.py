"""People for tests over HTTP."""

from __future__ import annotations

from tests.support.sending import new_id, record
from tests.support.serving import Client


def registered(client: Client, *names: str) -> list[str]:
    """Register people from 2010 on, and return their ids."""
    people = {new_id(): name for name in names}
    for identity, name in people.items():
        record(client, "registerPerson", person=identity, name=name, effectiveOn="2010-01-01")
    return list(people)
