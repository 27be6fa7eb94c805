"""Commands to grants, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.sending import establish, new_id, record
from tests.support.serving import Client


def _life_of_a_grant(client: Client) -> set[str]:
    grant, society = new_id(), establish(client, "授权学会", "SOCIETY")
    shown = "... on GrantRecorded { grant { principal role status root { name } until endedOn recordedBy } }"
    given = record(
        client, "grantRole", shown, grant=grant, principal="user:8c1f", role="VIEWER", root=society
    )
    said = {"principal": "user:8c1f", "role": "VIEWER", "root": {"name": "授权学会"}, "until": None}
    by = given["grant"]["recordedBy"]
    assert given["grant"] == {**said, "status": "ACTIVE", "endedOn": None, "recordedBy": by}
    taken = record(client, "revokeRole", shown, grant=grant, effectiveOn="2020-02-01")
    ended = {"status": "REVOKED", "endedOn": "2020-02-01", "recordedBy": by}
    assert taken["grant"] == {**said, **ended}
    scoped = "... on GrantRecorded { grant { role scopes history { scopes } } }"
    partner = record(
        client,
        "grantRole",
        scoped,
        grant=new_id(),
        principal="key:portal",
        role="PARTNER",
        scopes=["LOG"],
    )
    assert partner["grant"] == {"role": "PARTNER", "scopes": ["LOG"], "history": [{"scopes": ["LOG"]}]}
    return {"grantRole", "revokeRole"}


LIVES: tuple[Callable[[Client], set[str]], ...] = (_life_of_a_grant,)
"""Each sends every command to one kind of entity, and returns their names."""
