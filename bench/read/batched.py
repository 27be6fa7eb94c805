"""Peer: plain Strawberry, its resolvers batched by DataLoaders that live for one request (批量加载)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import asyncpg
import orjson
import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import Info

from bench.read.bare import open_pool
from bench.read.rows import Row, Rows, Times
from registry.organization.kinds import Hierarchy, Kind
from registry.post.kinds import Title
from registry.time import civil_date

_KIND_ORDER = {str(kind): number for number, kind in enumerate(Kind)}
_TITLE_ORDER = {str(title): number for number, title in enumerate(Title)}
_LAST = "\U0010ffff"

strawberry.enum(Hierarchy)


Asked: TypeAlias = Info[Rows, None]


@strawberry.type
class Organization:
    """An organization on a day."""

    id: UUID
    name: str
    kind: str
    status: str
    code: str | None
    times: strawberry.Private[Times]

    @classmethod
    def of(cls, row: Row, times: Times) -> Organization:
        """Return what a row says."""
        shown = {key: row[key] for key in ("id", "name", "kind", "status", "code")}
        return cls(times=times, **shown)

    @strawberry.field
    async def superiors(self, info: Asked, hierarchies: list[Hierarchy]) -> list[Superior]:
        """Return whom it stands under."""
        wanted = ", ".join(f"'{hierarchy}'" for hierarchy in hierarchies)
        loader = info.context.many(
            "relation",
            self.times,
            "subordinate",
            lambda row: (row["hierarchy"], row["superior"]),
            f"hierarchy IN ({wanted})",
        )
        return [
            Superior(hierarchy=row["hierarchy"], id=row["superior"], times=self.times)
            for row in await loader.load(self.id)
        ]

    @strawberry.field
    async def posts(self, info: Asked) -> list[Post]:
        """Return its posts in the order of protocol."""
        loader = info.context.many("post", self.times, "organization", _post_order, "NOT abolished")
        return [Post.of(row, self.times) for row in await loader.load(self.id)]


@strawberry.type
class Superior:
    """Whom an organization stands under."""

    hierarchy: str
    id: strawberry.Private[UUID]
    times: strawberry.Private[Times]

    @strawberry.field
    async def superior(self, info: Asked) -> Organization | None:
        """Return the organization."""
        return await _organization(info, self.id, self.times)


@strawberry.type
class Post:
    """A post."""

    title: str
    id: strawberry.Private[UUID]
    of_organization: strawberry.Private[UUID]
    times: strawberry.Private[Times]

    @classmethod
    def of(cls, row: Row, times: Times) -> Post:
        """Return what a row says."""
        return cls(title=row["title"], id=row["id"], of_organization=row["organization"], times=times)

    @strawberry.field
    async def organization(self, info: Asked) -> Organization | None:
        """Return where it is."""
        return await _organization(info, self.of_organization, self.times)

    @strawberry.field
    async def holders(self, info: Asked) -> list[Holder]:
        """Return who holds it."""
        loader = info.context.many(
            "appointment", self.times, "post", lambda row: (row["valid"].lower, row["id"]), "NOT ended"
        )
        return [Holder(person_id=row["person"], times=self.times) for row in await loader.load(self.id)]


@strawberry.type
class Holder:
    """Who holds a post."""

    person_id: UUID
    times: strawberry.Private[Times]

    @strawberry.field
    async def holder_name(self, info: Asked) -> str | None:
        """Return the name, as believed now."""
        return await _name(info, self.person_id, self.times)


@strawberry.type
class Appointment:
    """A post that somebody holds or held."""

    id: UUID
    mode: str
    of_post: strawberry.Private[UUID]
    times: strawberry.Private[Times]

    @strawberry.field
    async def post(self, info: Asked) -> Post | None:
        """Return the post."""
        row = await info.context.one("post", self.times).load(self.of_post)
        return None if row is None else Post.of(row, self.times)


@strawberry.type
class Person:
    """Somebody."""

    id: UUID
    times: strawberry.Private[Times]

    @strawberry.field
    async def appointments(self, info: Asked) -> list[Appointment]:
        """Return the posts held."""
        loader = info.context.many(
            "appointment", self.times, "person", lambda row: (row["made_on"], row["id"])
        )
        rows = await loader.load(self.id)
        return [
            Appointment(id=row["id"], mode=row["mode"], of_post=row["post"], times=self.times) for row in rows
        ]


@strawberry.type
class Membership:
    """A membership."""

    id: UUID
    member_class: str
    member: strawberry.Private[UUID]
    of_organization: strawberry.Private[UUID]
    times: strawberry.Private[Times]

    @strawberry.field
    async def member_name(self, info: Asked) -> str | None:
        """Return the name, as believed now."""
        return await _name(info, self.member, self.times)

    @strawberry.field
    async def organization(self, info: Asked) -> Organization | None:
        """Return whose member it is."""
        return await _organization(info, self.of_organization, self.times)

    @strawberry.field
    async def member_person(self, info: Asked) -> Person | None:
        """Return the person."""
        row = await info.context.one("person", self.times).load(self.member)
        return None if row is None else Person(id=row["id"], times=self.times)


@strawberry.type
class MembershipConnection:
    """A page of memberships."""

    nodes: list[Membership]


@strawberry.type
class OrgChartNode:
    """A node of a chart."""

    depth: int
    parent_id: UUID | None
    organization: Organization


@strawberry.type
class OrgChart:
    """A chart, its nodes in the order of the tree."""

    nodes: list[OrgChartNode]


@strawberry.input
class MembershipFilter:
    """Which memberships."""

    organization: strawberry.ID


KnownAt: TypeAlias = Annotated[datetime | None, strawberry.argument(description="The belief.")]


@strawberry.type
class Query:
    """What is asked."""

    @strawberry.field
    async def org_chart(
        self,
        info: Asked,
        top: Annotated[strawberry.ID, strawberry.argument(name="root")],
        hierarchies: list[Hierarchy],
        as_of: date | None = None,
        known_at: KnownAt = None,
    ) -> OrgChart:
        """Return a chart, read level by level."""
        return OrgChart(nodes=await _nodes(info.context, UUID(top), hierarchies, _times(as_of, known_at)))

    @strawberry.field
    async def organization(
        self, info: Asked, code: str, as_of: date | None = None, known_at: KnownAt = None
    ) -> Organization | None:
        """Return the organization with a code."""
        times = _times(as_of, known_at)
        found = await info.context.fetch("identifier", times, "scheme = 'CODE' AND value = $1", code)
        return await _organization(info, found[0]["entity"], times) if found else None

    @strawberry.field
    async def memberships(
        self,
        info: Asked,
        first: int,
        filter: MembershipFilter,  # noqa: A002 - the name of the argument
        as_of: date | None = None,
        known_at: KnownAt = None,
    ) -> MembershipConnection:
        """Return a page of the members of an organization."""
        times = _times(as_of, known_at)
        condition = f"organization = $1 ORDER BY lower(valid), id LIMIT {first:d}"
        rows = await info.context.fetch("membership", times, condition, UUID(filter.organization))
        return MembershipConnection(
            nodes=[
                Membership(
                    id=row["id"],
                    member_class=row["member_class"],
                    member=row["member"],
                    of_organization=row["organization"],
                    times=times,
                )
                for row in rows
            ]
        )


def _times(as_of: date | None, known_at: datetime | None) -> Times:
    return Times(as_of or civil_date(datetime.now(UTC)), known_at)


async def _organization(info: Asked, who: UUID, times: Times) -> Organization | None:
    row = await info.context.one("organization", times).load(who)
    return None if row is None else Organization.of(row, times)


async def _name(info: Asked, person: UUID, times: Times) -> str | None:
    row = await info.context.one("person_private", Times(times.as_of, None), "person").load(person)
    return None if row is None else str(row["name"])


async def _nodes(
    rows: Rows, root: UUID, hierarchies: Sequence[Hierarchy], times: Times
) -> list[OrgChartNode]:
    """Return the nodes of a chart: two queries a level, whatever its width."""
    wanted = ", ".join(f"'{hierarchy}'" for hierarchy in hierarchies)
    below: dict[UUID, list[OrgChartNode]] = {}
    top = await rows.fetch("organization", times, "id = $1", root)
    level = [OrgChartNode(depth=0, parent_id=None, organization=Organization.of(row, times)) for row in top]
    first = list(level)
    while level:
        above = {node.organization.id: node.depth for node in level}
        relations = await rows.fetch(
            "relation", times, f"superior = ANY($1) AND hierarchy IN ({wanted})", list(above)
        )
        parents = {row["subordinate"]: row["superior"] for row in relations}
        found = await rows.fetch("organization", times, "id = ANY($1)", list(parents))
        level = []
        for row in sorted(found, key=_sibling_order):
            parent = parents[row["id"]]
            node = OrgChartNode(
                depth=above[parent] + 1, parent_id=parent, organization=Organization.of(row, times)
            )
            below.setdefault(parent, []).append(node)
            level.append(node)
    ordered, waiting = [], first[::-1]
    while waiting:
        ordered.append(waiting.pop())
        waiting += below.get(ordered[-1].organization.id, [])[::-1]
    return ordered


def _sibling_order(row: Row) -> tuple[object, ...]:
    return _KIND_ORDER[row["kind"]], row["code"] or _LAST, row["pinyin"], row["id"]


def _post_order(row: Row) -> tuple[object, ...]:
    return _TITLE_ORDER[row["title"]], row["name"] is not None, row["name"] or "", row["id"]


class BatchedGraphQL(GraphQL[Rows, None]):
    """The endpoint: a context for each request, and answers written by orjson."""

    def __init__(self, pools: list[asyncpg.Pool[Row]]) -> None:
        """Serve over the pool that will be in ``pools``."""
        # One of each for all requests: a class here would be made anew for each, and remember nothing.
        parsed, validated = ParserCache(), ValidationCache()
        schema = strawberry.Schema(
            Query,
            config=StrawberryConfig(auto_camel_case=True),
            extensions=[lambda: parsed, lambda: validated],
        )
        super().__init__(schema, graphql_ide=None)
        self._pools = pools

    async def get_context(
        self,
        request: Request | WebSocket,  # noqa: ARG002 - the signature is Strawberry's
        response: Response | WebSocket,  # noqa: ARG002 - the signature is again Strawberry's
    ) -> Rows:
        """Return the loaders of a request."""
        return Rows(self._pools[0])

    def encode_json(self, data: object) -> bytes:
        """Write an answer."""
        return orjson.dumps(data)


def build_batched(url: str, projections: str, readers: int) -> Starlette:
    """Return the application, which reads the schema ``projections`` over ``readers`` connections."""
    pools: list[asyncpg.Pool[Row]] = []

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with open_pool(url, projections, readers) as pool:
            pools.append(pool)
            yield

    app = Starlette(lifespan=lifespan)
    app.mount("/graphql", BatchedGraphQL(pools))
    return app
