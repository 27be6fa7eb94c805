"""What the database refuses although it was allowed costs the offender alone, and nothing stays half done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from projections.inline import InlineProjections
from registry.commands import Command, Draft
from registry.errors import Code
from registry.organization.commands import DissolveOrganization, EstablishOrganization
from registry.organization.kinds import Kind
from registry.reads import Bearer, World
from registry.router import decide
from registry.store.committer import Committer
from registry.store.connection import Connection
from registry.store.ports import Effect
from registry.store.rows import Rows
from tests.support.committing import Office, accepted, bears, codes, fresh, record, refused, send
from tests.support.dalian import ASSOCIATION, CITY, EFFECT, OFFICE, department, established
from tests.support.given import BY

WRITTEN = ("registry.event", "registry.command", "life", "organization", "relation", "identifier")


class Blind(InlineProjections):
    """Says that nobody bears anything and nobody points at anybody, so that too much is allowed."""

    async def bearers(
        self, connection: Connection, pairs: Sequence[tuple[str, str]]
    ) -> Iterable[tuple[tuple[str, str], Bearer]]:
        del connection, pairs
        return ()

    async def sources_of(
        self, connection: Connection, targets: Sequence[UUID]
    ) -> Iterable[tuple[UUID, UUID]]:
        del connection, targets
        return ()


class Failing(InlineProjections):
    """Closes beliefs, and then fails, from the ``after``-th time on for as long as it is told to."""

    def __init__(self, name: str, after: int) -> None:
        super().__init__(name)
        self.fails = True
        self._before = after

    async def close(self, connection: Connection, effects: Sequence[Effect]) -> Sequence[Rows]:
        begun = await super().close(connection, effects)
        self._before -= 1
        if self.fails and self._before < 0:
            message = "the projection is broken"
            raise RuntimeError(message)
        return begun


def associations(count: int) -> list[EstablishOrganization]:
    return [fresh(established(uuid4(), "科协", Kind.ASSOCIATION)) for _ in range(count)]


async def rows(office: Office) -> dict[str, int]:
    """Return how many rows each table has."""
    return {table: await office.value(f"SELECT count(*) FROM {table}") for table in WRITTEN}  # noqa: S608 - names of ours


@pytest.mark.parametrize(("after", "count"), [(0, 3), (0, 100), (1, 100)])
async def test_nothing_stays_of_a_batch_whose_projections_fail(
    office: Office, after: int, count: int
) -> None:
    """A long batch is written in parts, of which the first may be written when the second one fails."""
    failing = Failing(office.projections, after)
    committer = await office.open(projections=failing)
    before = await office.fetch("SELECT position, recorded_at FROM registry.head")
    commands = associations(count)
    for answer in await send(committer, *commands, commands[0]):
        assert isinstance(answer, RuntimeError)
    assert await rows(office) == dict.fromkeys(WRITTEN, 0)
    assert await office.fetch("SELECT position, recorded_at FROM registry.head") == before
    failing.fails = False
    answers = await record(committer, *commands, commands[0])
    assert [answer.first_position for answer in answers] == [*range(1, count + 1), 1]


@pytest.mark.parametrize("count", [1, 2, 7, 60])
@pytest.mark.parametrize("where", [0, -1])
async def test_an_exclusion_finds_the_offender_and_leaves_the_others(
    office: Office, count: int, where: int
) -> None:
    committer = await office.open(projections=Blind(office.projections))
    holder, *others = associations(count + 1)
    offender = bears(others[0].organization, "1")
    await record(committer, holder, others[0], bears(holder.organization, "1"))
    commands: list[Command] = [*others[1:]]
    commands.insert(where % count, offender)
    answers = dict(zip(commands, await send(committer, *commands), strict=True))
    refusal = refused(answers.pop(offender), Code.DEFECT)
    assert refusal.details == {"constraint": "identifier_unique_among_the_living"}
    assert committer.defects == 1
    for answer in answers.values():
        accepted(answer)
    positions = await office.value("SELECT array_agg(position ORDER BY position) FROM registry.event")
    assert positions == [*range(1, count + 3)]
    assert await office.value("SELECT count(*) FROM organization") == count + 1


async def test_a_deferred_foreign_key_finds_its_offenders_too(office: Office) -> None:
    """Dissolving what departments are part of is found impossible only when the transaction ends."""
    committer = await office.open(projections=Blind(office.projections))
    await record(committer, fresh(ASSOCIATION), fresh(department(OFFICE, "办公室")))
    dissolving = [fresh(DissolveOrganization(organization=CITY, effective_on=EFFECT, **BY)) for _ in range(2)]
    first, last = associations(2)
    answers = await send(committer, first, *dissolving, last)
    assert codes(answers) == [None, Code.DEFECT, Code.DEFECT, None]
    assert refused(answers[1], Code.DEFECT).details == {"constraint": "relation_within_life_of_superior"}
    assert committer.defects == 2
    assert await office.value("SELECT max(position) FROM registry.event") == 5


async def test_a_defect_is_not_an_answer_for_ever(office: Office) -> None:
    """When the program is mended, the same command under the same id is decided as it should have been."""
    blind = await office.open(projections=Blind(office.projections))
    holder, other = associations(2)
    await record(blind, holder, other, bears(holder.organization, "1"))
    offender = bears(other.organization, "1")
    assert codes(await send(blind, offender)) == [Code.DEFECT]
    assert codes(await send(await office.open(), offender)) == [Code.IDENTIFIER_TAKEN]


async def test_an_unexpected_exception_in_a_decision_answers_that_command_alone(office: Office) -> None:
    broken = True

    def deciding(command: Command, world: World) -> list[Draft]:
        if broken and command.reason == "unlucky":
            raise ZeroDivisionError
        return decide(command, world)

    committer = await office.open(decide=deciding)
    first, unlucky, last = associations(3)
    unlucky = replace(unlucky, reason="unlucky")
    answers = await send(committer, first, unlucky, last)
    assert isinstance(answers[1], ZeroDivisionError)
    assert [accepted(answers[0]).first_position, accepted(answers[2]).first_position] == [1, 2]
    broken = False
    assert [answer.first_position for answer in await record(committer, unlucky)] == [3]
    assert committer.defects == 0


async def test_a_question_that_the_database_cannot_take_is_a_defect_of_the_command_that_asks(
    office: Office,
) -> None:
    """What is asked only while deciding spoils the transaction when the database refuses it."""

    def deciding(command: Command, world: World) -> list[Draft]:
        if command.reason == "asks":
            world.bearers("LOCAL", "\0")
        return decide(command, world)

    committer = await office.open(decide=deciding)
    commands = associations(60)
    commands[40] = replace(commands[40], reason="asks")
    answers = await send(committer, *commands)
    assert codes(answers) == [None] * 40 + [Code.DEFECT] + [None] * 19
    assert await office.value("SELECT count(*) FROM registry.event") == 59


def _named(name: str) -> Command:
    return fresh(established(uuid4(), name, Kind.ASSOCIATION))


UNWRITABLE: dict[str, Callable[[], Command]] = {
    "name with half a character": lambda: _named("市\ud800"),
    "name with a zero": lambda: _named("市\0"),
    "actor with half a character": lambda: replace(_named("市科协"), actor="a\ud800"),
    "actor with a zero": lambda: replace(_named("市科协"), actor="\\\0"),
    "identifier with half a character": lambda: bears(CITY, "1\ud800"),
    "identifier with a zero": lambda: bears(CITY, "1\0"),
    "code with a zero": lambda: replace(_named("市科协"), code="1\0"),
}


@pytest.mark.parametrize("unwritable", UNWRITABLE)
async def test_what_the_database_could_not_hold_is_no_defect_and_spares_its_neighbors(
    committer: Committer, unwritable: str
) -> None:
    await record(committer, fresh(ASSOCIATION))
    first, last = associations(2)
    answers = await send(committer, first, UNWRITABLE[unwritable](), last)
    assert [accepted(answers[0]).first_position, accepted(answers[2]).first_position] == [2, 3]
    refused(answers[1], Code.INVALID_INPUT)
    assert committer.defects == 0


async def test_what_only_looks_like_a_zero_is_text(office: Office, committer: Committer) -> None:
    await record(committer, _named("市\\u0000"))
    assert await office.value("SELECT name FROM organization") == "市\\u0000"
