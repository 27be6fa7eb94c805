"""The commands of one commit, decided one after another, each seeing all before it (批)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import structlog

from registry.answers import Accepted
from registry.commands import Command, Draft
from registry.errors import Refusal
from registry.events import Recorded
from registry.foregone import Foregone, Trail, follows
from registry.overlay import Overlay
from registry.permission import told
from registry.reads import Needs, World
from registry.settlement import Place, Settlement, adopt, settle
from registry.store.connection import TROUBLE
from registry.store.outcome import Kept, recorded, refused
from registry.store.ports import Effect
from registry.store.session import LargeError, Session
from registry.store.writer import Part
from registry.subjects import erased_by
from registry.timeline import Entity

_log = structlog.get_logger(__name__)
_TICK = timedelta(microseconds=1)

Answer = Accepted | Refusal | Exception


class Head(NamedTuple):
    """The end of the log: the newest position and the instant of the newest command."""

    position: int
    recorded_at: datetime


class Batch:
    """What the commands of one commit come to."""

    def __init__(
        self,
        session: Session,
        head: Head,
        clock: datetime,
        decide: Callable[[Command, World], list[Draft]],
        most: int | None = None,
    ) -> None:
        """Begin after ``head``; ``clock`` was read after the head was locked.

        Commands that ask about more than ``most`` entities are too large to be decided here.
        """
        self.apart = False
        """Whether to decide in a thread: for a batch of one command that takes seconds."""
        self.trail: Trail | None = None
        """How far the log holds what one stage supposed, and nothing else."""
        self.peaks = b""
        """The peaks of the tree over the log as it was before: they tell it from another of its length."""
        self._most = most
        self._session = session
        self._decide = decide
        self._clock = clock
        self._began = head
        self.head = head
        self.entities: dict[UUID, Entity] = {}
        self._records: list[Recorded] = []
        self._effects: list[Effect] = []
        self._kept: list[Kept] = []
        self._world = Overlay(session)
        self.erases = False

    @property
    def newest(self) -> datetime | None:
        """The instant of the newest command decided here, if there is one."""
        return None if self.head == self._began else self.head.recorded_at

    @property
    def waiting(self) -> int:
        """How many commands are decided and not yet taken to be written."""
        return len(self._kept)

    def take(self) -> Part:
        """Hand over what was decided since the last time."""
        part = Part(self._records, self._effects, self._kept)
        self._records, self._effects, self._kept = [], [], []
        return part

    async def fetch(self, needs: Sequence[Needs]) -> None:
        """Get ``needs``, what commands are sure to ask, but for those of them that are large."""
        await self._session.survey(Needs.all(needs))
        await self._session.fetch(Needs.all(each for each in needs if not self._is_large(each)))

    def follows(self, foregone: Foregone | None) -> bool:
        """Say whether what a command came to on a stage is what it comes to here."""
        return foregone is not None and follows(foregone, self.head.position, self.peaks, self.trail)

    async def decide(self, command: Command, digested: bytes, foregone: Foregone | None = None) -> Answer:
        """Decide ``command``, which sees every command before it, and return what came of it.

        What is ``foregone`` is not decided again. Raises LargeError for a command that asks about too much to
        be decided with others.
        """
        at = max(self._clock, self.head.recorded_at + _TICK)
        known = foregone if self.follows(foregone) else None
        try:
            settlement = await self._session.decide(
                lambda: self._settle(command, at) if known is None else adopt(self._world, known, at),
                self._most,
                apart=self.apart,
            )
        except LargeError:
            raise
        except Refusal as refusal:
            self._keep(refused(command, digested, refusal, at), at)
            return refusal
        except TROUBLE:
            raise  # the transaction is spoiled, and the batch with it
        except Exception as error:  # noqa: BLE001 - one command's defect must not take its neighbors with it
            _log.exception("decision failed", command_id=str(command.command_id), kind=type(command).__name__)
            return error
        accepted = self._accept(command, digested, settlement, at)
        if known is not None:
            self.trail = Trail(known.stage, self.head.position)
        return accepted

    def _is_large(self, needs: Needs) -> bool:
        return self._most is not None and len(self._session.named(needs)) > self._most

    def _settle(self, command: Command, at: datetime) -> Settlement:
        try:
            drafts = self._decide(command, self._world)
            return settle(self._world, command, drafts, Place(self.head.position + 1, at))
        except Refusal as refusal:
            raise told(self._world, command, refusal) from None

    def _accept(self, command: Command, digested: bytes, settlement: Settlement, at: datetime) -> Accepted:
        records = settlement.records
        first = records[0].position if records else None
        last = records[-1].position if records else None
        accepted = Accepted(command.command_id, first, last, at)
        if last is not None:
            self.head = Head(last, at)
            self._records.extend(records)
            self.erases = self.erases or bool(erased_by(records))
            self._effects.append(Effect(at, settlement.changes))
            for change in settlement.changes:
                self.entities[change.after.id] = change.after
                self._world.put(change.after)
            for record in records:
                if record.cause is not None:
                    self._world.cause(record.cause, record.originator_id)
        self._keep(recorded(command, digested, accepted), at)
        return accepted

    def _keep(self, row: Kept, at: datetime) -> None:
        """Keep the answer; the next command is later than this one, whatever came of it."""
        self._kept.append(row)
        self.head = Head(self.head.position, at)
