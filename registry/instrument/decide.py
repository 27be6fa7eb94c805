"""Decisions about instruments (文件决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.instrument import commands as c
from registry.instrument import events as e
from registry.instrument.state import INSTRUMENT, Instrument
from registry.reads import World, require, require_absent


def record(command: c.RecordInstrument, world: World) -> list[Draft]:
    """Record the document as issued."""
    require_absent(world, command.document, INSTRUMENT)
    event = e.InstrumentIssued(
        title=command.title,
        number=command.number,
        issuer=command.issuer,
        sha256=command.sha256,
        **asdict(command.stamp),
    )
    return [Draft(command.document, event)]


def repeal(command: c.RepealInstrument, world: World) -> list[Draft]:
    """Repeal it; quiet when it is repealed on that day."""
    state = require(world, command.document, INSTRUMENT).timeline.at(command.effective_on)
    if not isinstance(state, Instrument):
        raise Refusal(Code.NOT_ALIVE, id=command.document, date=command.effective_on)
    if state.repealed:
        return []
    return [Draft(command.document, e.InstrumentRepealed(**asdict(command.stamp)))]
