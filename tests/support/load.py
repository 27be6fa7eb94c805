"""Many clients that send commands at once over HTTP, and remember what they were told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

import httpx2

from registry.ids import stable_id

CITY = stable_id("the association under load")
_DAY = "2020-01-01"
_LATER = "2021-01-01"
_ATTEMPTS = 60
_PAUSE_SECONDS = 0.25
_PATIENCE_SECONDS = 60


class Mutation(NamedTuple):
    """A command as a client sends it, and how many events it comes to."""

    key: str
    field: str
    input: dict[str, Any]
    events: int

    @property
    def command_id(self) -> UUID:
        """The id of the command, which its key gives."""
        return stable_id(f"load {self.key}")

    @property
    def body(self) -> dict[str, object]:
        """The request."""
        kind = f"{self.field[0].upper()}{self.field[1:]}Input"
        query = f"""mutation ($input: {kind}!) {{
            answer: {self.field}(input: $input) {{
                ... on OrganizationRecorded {{ firstPosition position }}
                ... on Refused {{ code message }}
            }}
        }}"""
        return {"query": query, "variables": {"input": self.input}}


class Places(NamedTuple):
    """Where the events of a command stand in the log, as the client was told."""

    first: int
    last: int


class UnansweredError(Exception):
    """A command was not answered with what came of it; ``code`` says why, where it was said."""

    def __init__(self, *said: object, code: str | None = None) -> None:
        super().__init__(*said)
        self.code = code


class NoAnswerError(UnansweredError):
    """The server did not say what came of a command."""


def founding() -> Mutation:
    """Return the command that establishes what all others belong to."""
    return mutation("establishOrganization", "founding", CITY, 1, name="市科协", kind="ASSOCIATION")


def work(name: str) -> Iterator[Mutation]:
    """Yield commands for ever, each building on those before it: none of them is ever refused.

    A unit is established with an identifier, a sub-unit below it; it is renamed, and dissolved by a rule
    that moves the sub-unit.
    """
    number = 0
    while True:
        number += 1
        unit, below = stable_id(f"{name} {number}"), stable_id(f"{name} {number} below")
        key = f"{name} {number}"
        city, above = ([{"hierarchy": "PART_OF", "superior": str(o)}] for o in (CITY, unit))
        identifiers = [{"scheme": "LOAD", "value": key}]
        yield mutation(
            "establishOrganization",
            f"{key} a",
            unit,
            3,
            name=key,
            kind="DEPARTMENT",
            places=city,
            identifiers=identifiers,
        )
        yield mutation(
            "establishOrganization", f"{key} b", below, 2, name=f"{key} 下", kind="DEPARTMENT", places=above
        )
        yield mutation("renameOrganization", f"{key} c", unit, 1, name=f"{key} 改")
        rules = [{"reference": "PART_OF", "moveTo": str(CITY)}]
        yield mutation("dissolveOrganization", f"{key} d", unit, 2, rules=rules, effectiveOn=_LATER)


def mutation(field: str, key: str, organization: UUID, events: int, **more: object) -> Mutation:
    """Return a command to an organization, which ``key`` tells from all others."""
    made = Mutation(key, field, {"effectiveOn": _DAY, "organization": str(organization), **more}, events)
    made.input["commandId"] = str(made.command_id)
    return made


class RefusedError(UnansweredError):
    """A command was refused for ``code``."""


class Load:
    """Clients of a register; ``told`` is what they were answered, ``untold`` what they sent in vain."""

    def __init__(self, token: str) -> None:
        self.told: dict[UUID, tuple[Mutation, Places]] = {}
        self.untold: list[Mutation] = []
        self._headers = {"authorization": f"Bearer {token}"}
        self._enough = asyncio.Event()
        self._news = asyncio.Event()

    def client(self, url: str) -> httpx2.AsyncClient:
        """Return a client with connections of its own."""
        return httpx2.AsyncClient(base_url=url, headers=self._headers, timeout=30, trust_env=False)

    async def send(self, client: httpx2.AsyncClient, mutation: Mutation) -> Places:
        """Send one command; raises NoAnswerError when it is not said what came of it, or RefusedError."""
        try:
            response = await client.post("/graphql", json=mutation.body)
        except httpx2.TransportError as error:
            raise NoAnswerError from error
        answer = response.json()
        if "errors" in answer:
            problems = answer["errors"]
            raise NoAnswerError(problems, code=problems[0].get("extensions", {}).get("code"))
        said = answer["data"]["answer"]
        if "code" in said:
            raise RefusedError(said["message"], code=said["code"])
        return Places(said["firstPosition"], said["position"])

    async def insist(self, client: httpx2.AsyncClient, mutation: Mutation) -> Places:
        """Send one command under the same id until it is answered, for some fifteen seconds."""
        for _ in range(_ATTEMPTS):
            try:
                return await self.send(client, mutation)
            except NoAnswerError:
                await asyncio.sleep(_PAUSE_SECONDS)
        raise NoAnswerError(mutation)

    async def run(self, url: str, name: str, connections: int = 16, *, patient: bool = False) -> None:
        """Work over ``connections`` until told to stop, or until a client is not answered any more.

        A ``patient`` client sends a command again, and goes on when it is answered.
        """
        self._enough.clear()
        await asyncio.gather(
            *(self._work(url, f"{name} {number}", patient=patient) for number in range(connections))
        )

    async def told_more(self, commands: int) -> None:
        """Wait until clients have been told what came of so many more commands."""
        enough = len(self.told) + commands
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while len(self.told) < enough:
                self._news.clear()
                await self._news.wait()

    def stop(self) -> None:
        """Let every client finish the command that it waits for."""
        self._enough.set()

    async def _work(self, url: str, name: str, *, patient: bool) -> None:
        async with self.client(url) as client:
            for mutation in work(name):
                if self._enough.is_set():
                    return
                try:
                    places = await (self.insist if patient else self.send)(client, mutation)
                except NoAnswerError:
                    self.untold.append(mutation)
                    return
                self.told[mutation.command_id] = (mutation, places)
                self._news.set()

    async def settle(self, url: str) -> None:
        """Send again what nobody answered: twice, to be told the same."""
        async with self.client(url) as client:
            for mutation in self.untold:
                places = await self.send(client, mutation)
                assert await self.send(client, mutation) == places
                self.told[mutation.command_id] = (mutation, places)
        self.untold.clear()
