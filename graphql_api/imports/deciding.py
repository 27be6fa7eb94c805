"""The whole file decided against a snapshot, before anything of it is recorded (整体判定)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID, uuid5

import structlog
from msgspec.structs import replace

from graphql_api.imports.columns import COLUMNS, Kind
from graphql_api.imports.foreseeing import Foresight
from graphql_api.imports.identities import Look
from graphql_api.imports.ordering import Order, Step
from graphql_api.imports.rows import FAULT_LIMIT, Fault, Place, Row
from graphql_api.imports.saying import Intent
from graphql_api.imports.spool import Planned, Spool
from graphql_api.imports.wrong import Wrong, WrongError
from registry.commands import Command
from registry.correction.commands import CorrectionCommand
from registry.errors import Code, Refusal
from registry.foregone import Foregone
from registry.reads import Needs, World

_log = structlog.get_logger(__name__)
_CHUNK = 200
_TURN = 10

_ABOUT: dict[Code, tuple[str, ...]] = {
    Code.INVALID_IDENTITY_NUMBER: ("identity_number",),
    Code.IDENTITY_NUMBER_TAKEN: ("identity_number",),
    Code.IDENTITY_DISAGREES: ("identity_number",),
    Code.INVALID_IDENTIFIER: ("value", "uscc"),
    Code.MEMBER_NUMBER_TAKEN: ("number",),
    Code.MEMBER_KINDS: ("member_class",),
    Code.ALREADY_MEMBER: ("from",),
    Code.TERM_OVERLAPS: ("from",),
    Code.CYCLE: ("superior", "parent"),
    Code.MUST_BELONG: ("parent",),
    Code.HIERARCHY_KINDS: ("superior", "parent"),
}
"""The columns, the first that the sheet has, that refusals of these codes are about."""

Result = TypeVar("Result")
Told = Callable[[int], Awaitable[None]]
"""Hears how many rows are done."""


class Stage(Protocol):
    """Where commands are supposed, see :mod:`registry.store.staging`."""

    position: int

    @property
    def world(self) -> World:
        """What is so, with all that is supposed."""
        ...

    def turn(self) -> None:
        """Let what was fetched go."""
        ...

    async def fetch(self, needs: Needs) -> None:
        """Get what is needed, together."""
        ...

    async def ask(self, question: Callable[[World], Result]) -> Result:
        """Return what ``question`` says of the world."""
        ...

    async def suppose(self, command: Command) -> Foregone:
        """Return what ``command`` comes to, having supposed it; raises Refusal."""
        ...

    def keep(self) -> Sequence[UUID]:
        """Keep what was supposed since the last time; return whom it changed."""
        ...

    def take_back(self) -> None:
        """Take back what was supposed since then."""
        ...

    def let_go(self, identities: Sequence[UUID]) -> None:
        """Forget these but for what they bear."""
        ...


class Sender(NamedTuple):
    """Whose commands they are, under which import (提交者)."""

    import_id: UUID
    actor: str
    source: str
    may_grant: bool = False


async def decide_all(stage: Stage, order: Order, sender: Sender, spool: Spool, told: Told) -> list[Fault]:
    """Put what the rows of a file come to into ``spool``, and return what is wrong with them.

    A row is taken whole or not at all. What a row with an error would have defined is not there for others.
    """
    faults: list[Fault] = []
    alone = len({step.table.kind for step in order.steps}) == 1
    failed: set[tuple[str, int]] = set()
    done = 0
    foresight = Foresight(stage.world, stage.position)
    look = Look(foresight, sender.source, stage.position)
    for chunk in _chunks(order.steps):
        stage.turn()
        look.turn()
        rows = [step.row for step in chunk]
        await foresight.foresee(stage, look, chunk, rows)
        for number, (step, row) in enumerate(zip(chunk, rows, strict=True)):
            if number % _TURN == 0:
                await asyncio.sleep(0)  # a server has others to answer meanwhile
            if (row.sheet, row.number) in failed:
                continue  # what has not begun does not end
            fault = await _decide(stage, look, step, row, sender, spool, foresight.found(number))
            if fault is not None:
                stage.take_back()
                faults.append(fault)
                failed.add((row.sheet, row.number))
                continue
            changed = stage.keep()
            foresight.changed(changed)
            if alone and _is_done_with(order.steps, done + number):
                stage.let_go(changed)
        done += len(chunk)
        if len(faults) >= FAULT_LIMIT:
            break
        await told(done)
    return faults


def _is_done_with(steps: Sequence[Step], at: int) -> bool:
    """Say whether no row after this one can ask for what it is about, in a file of one kind."""
    step = steps[at]
    if step.table.kind is Kind.MEMBERSHIPS:
        return not step.goes_on
    following = steps[at + 1] if at + 1 < len(steps) else None
    same = following is not None and following.table is step.table and following.key == step.key
    return step.table.kind is Kind.PEOPLE and not same


def _chunks(steps: Sequence[Step]) -> Iterator[Sequence[Step]]:
    for at in range(0, len(steps), _CHUNK):
        yield steps[at : at + _CHUNK]


async def _decide(  # noqa: PLR0913, PLR0917 - where, by what, what, for whom, and where to
    stage: Stage,
    look: Look,
    step: Step,
    row: Row,
    sender: Sender,
    spool: Spool,
    found: Sequence[Intent] | None,
) -> Fault | None:
    """Suppose what a row comes to, which was ``found`` or is now, and spool it; return what is wrong."""
    column: str | None = None
    try:
        intents = await stage.ask(lambda _: step.planner(row, look)) if found is None else found
        commands: list[Command] = []
        known: list[Foregone] = []
        for number, intent in enumerate(intents):
            column = intent.column
            command = _numbered(stage, step, f"{row.sheet}/{row.number}/{number}", intent, sender)
            foregone = await stage.suppose(command)
            if foregone.records:
                commands.append(command)
                known.append(foregone)
    except WrongError as wrong:
        return Fault(step.table.place(row.number, wrong.column), wrong)
    except Refusal as refusal:
        return Fault(step.table.place(row.number, blamed(step.table.kind, refusal, column)), refusal)
    except AssertionError:
        _log.exception("a row could not be decided", sheet=str(step.table.kind), row=row.number)
        return Fault(Place(row.sheet, row.number), WrongError(Wrong.DEFECT))
    if commands:
        spool.put(Planned(step.table.place(row.number, None), column, commands, known))
    return None


def _numbered(stage: Stage, step: Step, name: str, intent: Intent, sender: Sender) -> Command:
    """Return the command as it is sent, under an id that the same row has in the same snapshot alone.

    The log decides everything: at the same position of it the same command gets the same answer, so that it
    may be sent again. Once the log has gone on, whatever was refused may be allowed.
    """
    command = intent.command
    if isinstance(command, CorrectionCommand) and command.position > stage.position:
        raise WrongError(Wrong.DUPLICATE_ROW, intent.column, row="… (另一)")
    identity = uuid5(sender.import_id, f"{stage.position}/{step.planner.__name__}/{name}")
    return replace(command, command_id=identity, actor=sender.actor, may_grant=sender.may_grant)


def blamed(kind: Kind, refusal: Refusal, column: str | None) -> str | None:
    """Return the column that a refusal is about: the field that it names, or what asked for the command."""
    known = {name.name for name in COLUMNS[kind]}
    schemes = {"CODE": ("code",), "USCC": ("uscc", "value")}
    about = _ABOUT.get(refusal.code) or schemes.get(refusal.details.get("scheme", ""), ())
    told = next((name for name in about if name in known), None)
    if told is not None:
        return told
    named = refusal.details.get("field", "").rpartition(".")[2]
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in named)
    aliases = {"effective_on": "from", "until": "to"}
    snake = aliases.get(snake, snake)
    return snake if snake in known else column
