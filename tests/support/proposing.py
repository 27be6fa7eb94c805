"""Two societies, and who proposes, decides and watches in one of them; over HTTP."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import asyncpg

from graphql_api.access import Role
from graphql_api.keys import issue
from tests.support.lives.proposal import renaming
from tests.support.sending import establish, new_id, record
from tests.support.serving import Answer, Client, Served

SHOWN = """
    query ($id: ID!) { proposal(id: $id) {
        submitter mutation subjectId command personal status reason decidedBy decisionReason
        concerns { name }
    } }
"""
PERSONAL = "query ($id: ID!) { proposal(id: $id) { personal personalCommand } }"


class World:
    """Two societies, and who proposes, decides and watches in the first."""

    def __init__(self, register: Served) -> None:
        self.register = register
        self.admin = register.administrator
        self.ours, self.theirs = (establish(self.admin, name, "SOCIETY") for name in ("甲学会", "乙学会"))
        self.submitter = self._appointed("SUBMITTER", self.ours)
        self.registrar = self._appointed("REGISTRAR", self.ours)
        self.other = self._appointed("REGISTRAR", self.theirs)
        self.auditor = self._appointed("AUDITOR", self.ours)
        self.viewer = self._appointed("VIEWER", self.ours)

    def _appointed(self, role: str, root: str) -> Client:
        label = f"{role.lower()} {uuid4()}"
        token = asyncio.run(_token(self.register.database_url, label))
        record(self.admin, "grantRole", grant=new_id(), principal=f"key:{label}", role=role, root=root)
        return Client(self.register.url, token)

    def name(self, client: Client) -> str:
        """Return the name of a client's principal, as it stands in what it proposes."""
        shown = "{ proposals(first: 100) { nodes { submitter } } }"
        (name,) = {each["submitter"] for each in client.data(shown)["proposals"]["nodes"]}
        return str(name)

    def proposed(self, client: Client | None = None, name: str = "甲协会", **given: object) -> str:
        """Return a proposal to rename our society."""
        proposal = new_id()
        command = renaming(self.ours, name, **given)
        record(client or self.submitter, "propose", proposal=proposal, command=command)
        return proposal

    def shown(self, client: Client, proposal: str, query: str = SHOWN) -> Answer | None:
        """Return what ``client`` sees of a proposal."""
        found: Answer | None = client.data(query, id=proposal)["proposal"]
        return found

    def close(self) -> None:
        """Hang up."""
        for client in (self.submitter, self.registrar, self.other, self.auditor, self.viewer):
            client.http.close()


async def _token(database_url: str, label: str) -> str:
    connection = await asyncpg.connect(database_url)
    try:
        return await issue(connection, label, Role.PUBLIC)
    finally:
        await connection.close()
