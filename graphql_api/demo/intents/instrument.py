"""From records of instruments to commands (文件资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, instrument_id, stamp
from graphql_api.demo.records import instrument as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.instrument.commands import RecordInstrument


def _instrument(record: m.InstrumentRecord, keys: Keys) -> list[Command]:
    return [
        RecordInstrument(
            document=instrument_id(record.key),
            title=record.title,
            number=record.number,
            issuer=record.issuer,
            **stamp(record, keys, "record"),
        )
    ]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.InstrumentRecord: _instrument,
}
