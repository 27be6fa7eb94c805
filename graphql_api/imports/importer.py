"""A file taken in as one act, or taken back (导入与撤回).

All is decided first, in a snapshot; nothing is recorded unless all of it is sound, or the sender wants what
is sound. What was decided is recorded as it is while nobody else records anything; from then on it is decided
again, under the lock, as every command is.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import BinaryIO, Protocol
from uuid import UUID, uuid5

from msgspec import Struct

from graphql_api.imports.cells import Day
from graphql_api.imports.columns import Kind
from graphql_api.imports.deciding import Sender, Stage, decide_all
from graphql_api.imports.ordering import order_of
from graphql_api.imports.outcome import Outcome, State
from graphql_api.imports.progress import Progress
from graphql_api.imports.reading import Limits, lines_of
from graphql_api.imports.recording import Journal, Record, Recorded, record_all
from graphql_api.imports.rows import FAULT_LIMIT, Contents, Fault, Place, contents_of
from graphql_api.imports.spool import Planned, Spool
from registry.correction.chain import content_of
from registry.correction.commands import RetractEvent
from registry.errors import Refusal
from registry.ids import stable_id
from registry.reads import Needs, World

_CHUNK = 1 << 20
_ACTS = 500
_LAST = 2**62


class Act(Protocol):
    """An act of an import: where it stands, and whether its stream begins with it."""

    @property
    def stream(self) -> UUID:
        """The stream."""
        ...

    @property
    def position(self) -> int:
        """The position in the log."""
        ...

    @property
    def begins(self) -> bool:
        """Whether the stream begins with it: without it, nothing is there to point at."""
        ...


class Acts(Journal, Protocol):
    """The journal of imports, see :mod:`registry.store.imports`."""

    async def acts(self, import_id: UUID, before: int, count: int) -> Sequence[Act]:
        """Return the last ``count`` acts of an import before a position, last first."""
        ...


class Asked(Struct, frozen=True, kw_only=True):
    """What the sender of a file wants (导入请求)."""

    name: str
    actor: str
    kind: Kind | None = None
    day: Day | None = None
    source: str = "import"
    dry_run: bool = False
    skip_errors: bool = False
    may_grant: bool = False

    def import_id(self, file: BinaryIO) -> UUID:
        """Return the id of the import: the same file, asked for in the same way, is the same import."""
        digest = hashlib.sha256()
        file.seek(0)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        file.seek(0)
        said = (digest.hexdigest(), self.source, self.kind, self.day)
        return stable_id("\x1f".join(("import file", *map(str, said))))


class Importer:
    """Takes files in."""

    def __init__(
        self,
        stages: Callable[[], AbstractAsyncContextManager[Stage]],
        record: Record,
        journal: Acts,
        limits: Limits,
    ) -> None:
        """Decide on ``stages``, send commands to ``record``, noting them in ``journal``."""
        self._stages = stages
        self._record = record
        self._journal = journal
        self._limits = limits

    async def run(self, file: BinaryIO, asked: Asked, progress: Progress) -> Outcome:
        """Take ``file`` in and return what came of it; raises WrongError when it cannot be read at all."""
        import_id = asked.import_id(file)
        contents = await asyncio.to_thread(self._contents, file, asked)
        order = order_of(contents)
        faults = [*contents.faults, *order.faults]
        with Spool() as spool:
            sender = Sender(import_id, asked.actor, asked.source, asked.may_grant)
            progress.begin("decided 判定", len(order.steps))
            async with self._stages() as stage:
                faults += await decide_all(stage, order, sender, spool, progress.told)
            count = contents.sound + len({fault.place[:2] for fault in contents.faults})
            del contents, order, stage  # what was decided is in the spool: recording needs the room
            refused = _decided(import_id, faults, spool, asked, count)
            if refused is not None:
                return refused
            progress.begin("recorded 入账", spool.rows)
            recorded = await record_all(spool, import_id, self._record, self._journal, progress.told)
            return _recorded(import_id, recorded, faults, spool, count)

    def _contents(self, file: BinaryIO, asked: Asked) -> Contents:
        return contents_of(lines_of(file, asked.name, asked.kind, self._limits), asked.day)

    async def reverse(
        self, import_id: UUID, actor: str, today: date, progress: Progress, *, dry_run: bool = False
    ) -> Outcome:
        """Retract everything that was recorded under an import, the last first; all of it, or nothing."""
        reason = f"import {import_id} reversed (撤回导入)"
        with Spool() as spool:
            async with self._stages() as stage:
                progress.begin("retracted 撤回判定", 0)
                faults = []
                async for act in self._acts(import_id, stage):
                    fault = await _retracted(stage, act, spool, (import_id, actor, today, reason))
                    faults += [] if fault is None else [fault]
                    await progress.told(spool.rows)
            if faults or dry_run or not spool.rows:
                sound = State.DECIDED if spool.rows else State.UNCHANGED
                state = State.REFUSED if faults else sound
                return Outcome(
                    import_id=import_id, state=state, commands=spool.commands, faults=tuple(faults)
                )
            progress.begin("recorded 入账", spool.rows)
            reversal = uuid5(import_id, "reversal")
            done = await record_all(spool, reversal, self._record, self._journal, progress.told)
            outcome = _recorded(import_id, done, [], spool, spool.rows)
        return Outcome(
            import_id=import_id,
            state=State.STOPPED if done.faults else State.REVERSED,
            commands=outcome.commands,
            recorded=outcome.recorded,
            first_position=done.first_position,
            last_position=done.last_position,
            faults=outcome.faults,
        )

    async def _acts(self, import_id: UUID, stage: Stage) -> AsyncIterator[Act]:
        """Yield the acts of an import, the last first, with all at hand that their retraction asks for."""
        before = _LAST
        while acts := await self._journal.acts(import_id, before, _ACTS):
            stage.turn()
            await stage.fetch(
                Needs(
                    entities=frozenset(act.stream for act in acts),
                    references_to=frozenset(act.stream for act in acts if act.begins),
                    consequences_of=frozenset(act.position for act in acts),
                )
            )
            for act in acts:
                if act.position <= stage.position:
                    yield act
            before = acts[-1].position


async def _retracted(stage: Stage, act: Act, spool: Spool, who: tuple[UUID, str, date, str]) -> Fault | None:
    """Suppose the retraction of an act that stands, and spool it; return why it cannot be retracted."""
    import_id, actor, today, reason = who

    def stands(world: World) -> bool:
        entity = world.entity(act.stream)
        return entity is not None and content_of(entity.records, act.position) is not None

    if not await stage.ask(stands):
        return None
    command = RetractEvent(
        command_id=uuid5(import_id, f"reverse/{stage.position}/{act.position}"),
        actor=actor,
        effective_on=today,
        reason=reason,
        entity=act.stream,
        position=act.position,
        may_grant=False,
    )
    place = Place(str(act.stream), act.position)
    try:
        foregone = await stage.suppose(command)
    except Refusal as refusal:
        stage.take_back()
        return Fault(place, refusal)
    stage.keep()
    spool.put(Planned(place, None, [command], [foregone]))
    return None


def _decided(
    import_id: UUID, faults: Sequence[Fault], spool: Spool, asked: Asked, rows: int
) -> Outcome | None:
    """Return the outcome where nothing is to be recorded."""
    cut_short = len(faults) >= FAULT_LIMIT
    skipped = len({fault.place[:2] for fault in faults}) if asked.skip_errors else 0
    if faults and (cut_short or not asked.skip_errors):
        state = State.REFUSED
    elif asked.dry_run:
        state = State.DECIDED if spool.rows else State.UNCHANGED
    elif spool.rows == 0:
        state = State.UNCHANGED
    else:
        return None
    return Outcome(
        import_id=import_id,
        state=state,
        rows=rows,
        commands=spool.commands,
        skipped=skipped,
        faults=tuple(faults),
        cut_short=cut_short,
    )


def _recorded(
    import_id: UUID, recorded: Recorded, faults: Sequence[Fault], spool: Spool, rows: int
) -> Outcome:
    return Outcome(
        import_id=import_id,
        state=State.STOPPED if recorded.faults else State.RECORDED,
        rows=rows,
        commands=spool.commands,
        recorded=recorded.commands,
        skipped=len({fault.place[:2] for fault in faults}),
        first_position=recorded.first_position,
        last_position=recorded.last_position,
        faults=(*faults, *recorded.faults),
    )
