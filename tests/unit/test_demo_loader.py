"""Loading the register: once, twice, after an interruption."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from graphql_api.demo.keys import organization_id
from graphql_api.demo.loader import commands, load
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.reorganization.commands import AdoptReorganization
from tests.support.demo_register import MemoryRegister


async def test_every_command_is_sent_and_recorded() -> None:
    fresh = MemoryRegister()
    assert await load(fresh.record, fresh.digest) == len(commands())
    assert set(fresh.taken) == {command.command_id for command in commands()}
    positions = [record.position for record in fresh.records]
    assert positions == list(range(1, len(positions) + 1))


async def test_loading_twice_records_nothing_twice() -> None:
    twice = MemoryRegister()
    await load(twice.record, twice.digest)
    once = list(twice.records)
    assert await load(twice.record, twice.digest) == len(commands()) - 1, "the adoption is behind it"
    assert twice.records == once


async def test_an_interrupted_load_is_completed() -> None:
    halfway = MemoryRegister()
    for command in commands()[:60]:
        assert not isinstance(command, AdoptReorganization)
        await halfway.record(command)
    await load(halfway.record, halfway.digest)
    whole = MemoryRegister()
    await load(whole.record, whole.digest)
    assert halfway.records == whole.records


async def test_a_refusal_of_the_preview_is_not_swallowed() -> None:
    empty = MemoryRegister()

    async def accept(command: Command) -> Accepted:
        """Take a command and forget it, so that the reorganization is never proposed."""
        return Accepted(command.command_id, None, None, datetime(2020, 1, 1, tzinfo=UTC))

    with pytest.raises(Refusal) as refused:
        await load(accept, empty.digest)
    assert refused.value.code is Code.NOT_FOUND


async def test_data_changed_under_an_old_key_is_refused() -> None:
    known = MemoryRegister()
    first, *_ = commands()
    await known.record(first)
    with pytest.raises(Refusal) as refused:
        await known.record(replace(first, reason="另一内容"))
    assert refused.value.code is Code.COMMAND_ID_REUSED


def test_the_same_files_give_the_same_commands() -> None:
    assert commands() == commands()
    assert organization_id("大连市科协") == UUID("3d6e5b7d-1979-5fba-8026-065788069cbe"), (
        "links to it would break"
    )
