"""The projections as the log knows them: written in its transaction, read for its decisions (内联投影)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from functools import cache
from typing import Self
from uuid import UUID

import asyncpg

from projections.bitemporal import Beliefs, close
from projections.catalog import READ_MODELS, fingerprint
from projections.cover import Cover, cover_of
from projections.erasure import erase
from projections.model import ReadModel
from projections.shadow import shadow
from registry.reads import Bearer
from registry.references import Reference
from registry.statements import statement
from registry.store.connection import Connection
from registry.store.master import Master
from registry.store.ports import Effect
from registry.store.rows import Rows
from registry.time import FOREVER

_SOURCES_OF = " UNION ".join(
    statement("projections", "sources_of").format(table=model.name, entity=model.columns[0].name, point=point)
    for model in READ_MODELS
    for point in model.points
)
_FINGERPRINT = statement("projections", "fingerprint_of")
_REFERENCES_OF = statement("projections", "references_of")
_BEARERS = statement("projections", "bearers")


class InlineProjections:
    """The read models in the schema ``name``, over connections whose search path begins with it."""

    def __init__(self, name: str, master: Master | None = None) -> None:
        """Write and read the schema ``name``; ``master`` unwraps what identifiers are hashed with."""
        self._name = name
        self._master = master
        self._known_cover: Cover | None = None

    @property
    def name(self) -> str:
        """The schema."""
        return self._name

    async def successor(self, connection: Connection, name: str) -> Self | None:
        """Return the same of the schema ``name``, if this program's read models made it."""
        if await connection.fetchval(_FINGERPRINT, name) != fingerprint():
            return None
        successor = copy(self)
        successor._name = name  # noqa: SLF001 - it is of this class
        return successor

    async def close(self, connection: Connection, effects: Sequence[Effect]) -> Sequence[Rows]:
        """Close what ``effects`` ended in every table, and return what they began."""
        cover = await self._cover(connection)
        nouns = {change.after.noun.name for _, changes in effects for change in changes}
        beliefs = [Beliefs(model, cover) for model in _models_of(frozenset(nouns))]
        take_in(beliefs, effects)
        return await close(connection, self._name, beliefs)

    async def shadow(self, connection: Connection, effects: Sequence[Effect]) -> None:
        """Let the tables look as if ``effects`` had been recorded, until the transaction ends."""
        await shadow(connection, self._name, effects, await self._cover(connection))

    async def erase(self, connection: Connection, persons: Sequence[UUID]) -> Sequence[UUID]:
        """Delete all that is shown of the personal data of ``persons``, and was; return whose streams."""
        return await erase(connection, self._name, persons)

    async def sources_of(
        self, connection: Connection, targets: Sequence[UUID]
    ) -> Iterable[tuple[UUID, UUID]]:
        """Return each of ``targets`` with whoever points at it."""
        rows = await connection.fetch(_SOURCES_OF, targets)
        return [(row["target"], row["source"]) for row in rows]

    async def references_of(
        self, connection: Connection, sources: Sequence[UUID] | None
    ) -> Iterable[Reference]:
        """Return what each of ``sources`` stands under, or everybody."""
        return [_reference(row) for row in await connection.fetch(_REFERENCES_OF, sources)]

    async def bearers(
        self, connection: Connection, pairs: Sequence[tuple[str, str]]
    ) -> Iterable[tuple[tuple[str, str], Bearer]]:
        """Return who bears each of ``pairs``."""
        cover = await self._cover(connection)
        asked = {(scheme, cover.value(scheme, value)): (scheme, value) for scheme, value in pairs}
        schemes, values = [scheme for scheme, _ in asked], [value for _, value in asked]
        rows = await connection.fetch(_BEARERS, schemes, values)
        return [
            (
                asked[row["scheme"], row["value"]],
                Bearer(row["entity"], row["begins"], _end(row["ends"])),
            )
            for row in rows
        ]

    async def _cover(self, connection: Connection) -> Cover:
        """Return what covers identifiers; the secret never changes, so it is fetched once."""
        if self._known_cover is None:
            self._known_cover = await cover_of(connection, self._master)
        return self._known_cover


@cache
def _models_of(nouns: frozenset[str]) -> Sequence[ReadModel]:
    """Return the read models that show any of ``nouns``; batches are of few combinations of them."""
    return tuple(model for model in READ_MODELS if model.nouns & nouns or not model.nouns)


def take_in(beliefs: Sequence[Beliefs], effects: Sequence[Effect]) -> None:
    """Let each read model take in what it shows of ``effects``, in order."""
    showing: dict[str, list[Beliefs]] = {}
    for recorded_at, changes in effects:
        for change in changes:
            noun = change.after.noun.name
            concerned = showing.get(noun)
            if concerned is None:
                concerned = showing[noun] = [b for b in beliefs if b.model.shows(change.after)]
            for belief in concerned:
                belief.change(change.before, change.after, recorded_at)
            change.after.timeline.settle()


def _reference(row: asyncpg.Record) -> Reference:
    return Reference(
        source=row["source"],
        kind=row["kind"],
        target=row["target"],
        start=row["begins"],
        end=_end(row["ends"]),
        position=row["position"],
    )


def _end(day: date | None) -> date:
    return FOREVER if day is None else day
