"""What a request carries through its resolvers (请求上下文)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from graphql import GraphQLError, GraphQLResolveInfo
from msgspec import Struct
from strawberry.types import Info

from graphql_api.access import ANYBODY, Grant, Right, Viewer, has_wherever, refuse_field
from graphql_api.accesses import Access
from graphql_api.budget import Budget, caller_of
from graphql_api.imports.importer import Asked
from graphql_api.imports.outcome import Outcome
from graphql_api.imports.progress import Progress
from graphql_api.planner.compiler import Statement
from graphql_api.planner.head import Head
from graphql_api.planner.operation import Plan, Question
from graphql_api.principal import Principal
from graphql_api.types.terms.access import AccessKind
from projections.held import Due
from registry.answers import Accepted, Preview, Simulated
from registry.commands import Command
from registry.time import Clock

Fetch = Callable[[Statement], Awaitable[str | None]]
"""Gives the text of one statement after another, all from the same snapshot."""

Inquiry = Callable[[Fetch, str], Awaitable[Any]]
"""Asks as many statements as it needs, told the schema of the tables as they are; returns the answer."""


class Reader(Protocol):
    """Runs compiled statements."""

    async def fetch(self, statement: Statement) -> str | None:
        """Return the text the statement gives, from one snapshot."""
        ...

    async def answer(self, statement: Statement) -> bytes | None:
        """Return that text as it is sent, in UTF-8: of a long one no other copy is made."""
        ...

    def snapshot(self) -> AbstractAsyncContextManager[Fetch]:
        """Return a context that gives what fetches several statements from the same snapshot."""
        ...


class WatchedReader(Reader, Protocol):
    """Runs compiled statements, and records what they read that is restricted."""

    def watched(self, fetch: Fetch) -> Fetch:
        """Return what does as ``fetch`` does, and records what is read."""
        ...


class Accesses(Protocol):
    """Keeps who read restricted data."""

    async def record(self, access: Access) -> None:
        """Add an entry; raises GraphQLError when that is not possible."""
        ...


class Recorder(Protocol):
    """Records commands."""

    async def record(self, command: Command) -> Accepted:
        """Record ``command``; raises Refusal."""
        ...


class Previewer(Protocol):
    """Shows what commands would do."""

    async def preview(self, command: Command) -> Preview:
        """Return what ``command`` would do; raises Refusal."""
        ...


class Simulator(Protocol):
    """Shows what would be so after commands."""

    async def simulate(self, commands: Sequence[Command], inquire: Inquiry | None) -> Simulated:
        """Return what ``commands`` would come to, and what ``inquire`` finds then; raises Refusal."""
        ...


class FileImporter(Protocol):
    """Takes files in."""

    async def run(self, file: BinaryIO, asked: Asked, progress: Progress) -> Outcome:
        """Take ``file`` in and return what came of it; raises WrongError when it cannot be read at all."""
        ...


class News(Protocol):
    """Tells that something was recorded."""

    @property
    def changes(self) -> int:
        """How many times something may have been recorded; to be counted before one looks."""
        ...

    async def wait(self, seen: int) -> bool:
        """Wait for more than ``seen`` changes, or a while; False when there will be none any more."""
        ...


class SignIn(Protocol):
    """Tells who somebody is."""

    async def principal(
        self, authorization: object, *, session: str | None = None, address: str = ""
    ) -> Principal | None:
        """Return who it is, or None when what was sent is nobody's (any more)."""
        ...


class Proofs(Protocol):
    """Shows that the log is what it was, and that an event is in it."""

    async def checkpoint(self) -> str | None:
        """Return the newest signed note with its cosignatures; None when nothing was signed yet."""
        ...

    def key(self) -> str:
        """Return the public key of the log, then those of its witnesses, a line each."""
        ...

    async def tile(self, level: int, index: int, width: int) -> bytes | None:
        """Return the first hashes of a tile; None when there are not so many."""
        ...

    async def entries(self, index: int, width: int) -> bytes | None:
        """Return the first leaves of a tile as a bundle; None when there are not so many."""
        ...

    async def accept(self, content: str) -> int:
        """Keep the cosignatures of a note; returns how many. Raises ValueError, LookupError, PermissionError.

        These stand for a note that is none or wrongly signed, for a checkpoint that is not of this log, and
        for witnesses that nobody knows.
        """
        ...

    async def inclusion(self, position: int, size: int) -> tuple[bytes, bytes, Sequence[bytes]]:
        """Return leaf hash, root and proof; raises ValueError for what is not in the log."""
        ...

    async def consistency(self, old: int, new: int) -> tuple[bytes, bytes, Sequence[bytes]]:
        """Return both roots and the proof; raises ValueError for sizes that the log does not have."""
        ...


class PersonData(Protocol):
    """Collects what is held on people."""

    async def held_on(self, person: UUID) -> dict[str, Any] | None:
        """Return all that is held on a person; None for nobody."""
        ...

    async def due(self, day: date) -> Sequence[Due]:
        """Return whose data has been kept for as long as it is to be kept."""
        ...


class Authority(Protocol):
    """Tells what the register grants."""

    async def grants(self, principal: str, today: date) -> Sequence[Grant]:
        """Return what ``principal`` is granted on the day."""
        ...


class Services(Struct, frozen=True):
    """What the process offers to every request; the composition root makes it."""

    reader: WatchedReader
    recorder: Recorder
    previewer: Previewer
    simulator: Simulator
    news: News
    sign_in: SignIn
    authority: Authority
    clock: Clock
    proofs: Proofs
    person_data: PersonData
    accesses: Accesses


class Answered(Struct):
    """How an operation was answered, for whoever says how long the answer may be kept, and what is left.

    ``head`` is how far the log had come before, if somebody looked.
    """

    head: Head | None = None
    left: int | None = None
    question: Question | None = None
    plan: Plan | None = None


class Context(Struct):
    """One operation: who asks, on which civil day, and what it may use.

    ``authorization`` is what was sent to sign in with, ``session`` the cookie of the register's own page,
    ``address`` the client's, ``connection_params`` what a WebSocket client sent when it connected. It has one
    context for its whole life, of which each operation gets a copy with its own day and the ``budget`` that
    it is counted in. ``own`` says that the server itself wrote the document, ``answered`` is filled in where
    somebody wants to know, ``importer`` is there for a request that carries a file, and has its turn.
    """

    services: Services
    request_id: str
    today: date
    viewer: Viewer = ANYBODY
    authorization: object = None
    session: str | None = None
    address: str = ""
    connection_params: object = None
    own: bool = False
    answered: Answered | None = None
    budget: Budget | None = None
    importer: FileImporter | None = None

    @property
    def caller(self) -> str:
        """Under which name what it costs is counted."""
        return caller_of(self.viewer, self.address)

    async def signed_in(self) -> Viewer:
        """Return who asks now: a token may be revoked while a subscription lasts.

        The one place where an identity becomes a viewer with rights.
        """
        principal = await self.services.sign_in.principal(
            self.authorization, session=self.session, address=self.address
        )
        if principal is None:
            return ANYBODY
        granted = await self.services.authority.grants(principal.name, self.today)
        return Viewer(principal.name, (Grant(principal.role), *granted))


def require(info: Info[Context, None], right: Right) -> None:
    """Refuse a resolved field whose right the viewer does not have everywhere."""
    if not info.context.viewer.everywhere(right):
        raise refusal(info)


def require_somewhere(info: Info[Context, None], right: Right) -> None:
    """Refuse a resolved field whose right the viewer has nowhere; where they have it is for the registry."""
    if not info.context.viewer.may(right):
        raise refusal(info)


def require_wherever(info: Info[Context, None], right: Right, other: Right) -> None:
    """Refuse a resolved field unless the viewer has ``other`` wherever they have ``right``."""
    if not has_wherever(info.context.viewer, right, other):
        raise refusal(info)


async def record_reading(
    info: Info[Context, None], persons: Sequence[UUID] = (), kind: AccessKind = AccessKind.QUERY
) -> None:
    """Record whose restricted data a resolved field is about to tell; planned ones say so themselves."""
    raw, viewer = raw_info(info), info.context.viewer
    name = raw.operation.name
    everywhere = viewer.everywhere(Right.RESTRICTED)
    await info.context.services.accesses.record(
        Access(
            actor=viewer.name,
            kind=kind,
            operation=None if name is None else name.value,
            fields=(f"{raw.parent_type.name}.{raw.field_name}",),
            persons=sorted(persons),
            roots=None if everywhere else sorted(viewer.roots(Right.RESTRICTED)),
            rows=len(persons),
        )
    )


def refusal(info: Info[Context, None]) -> GraphQLError:
    """Return the error for the field ``info`` is about."""
    raw = raw_info(info)
    return refuse_field(f"{raw.parent_type.name}.{raw.field_name}", raw.field_nodes)


def raw_info(info: Info[Context, None]) -> GraphQLResolveInfo[Any]:
    """Return graphql-core's own information about the field being resolved."""
    raw: GraphQLResolveInfo[Any] = info._raw_info  # noqa: SLF001 - Strawberry offers no public way to the nodes
    return raw
