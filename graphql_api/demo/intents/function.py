"""From records of functions to commands (职能资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, function_id, stamp
from graphql_api.demo.records import function as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.function.commands import DefineFunction


def _function(record: m.FunctionRecord, keys: Keys) -> list[Command]:
    return [
        DefineFunction(
            function=function_id(record.key),
            name=record.name,
            description=record.description,
            holder=keys.organization(record.holder),
            unspecified=record.unspecified,
            illustrative=record.illustrative,
            **stamp(record, keys, "define"),
        )
    ]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.FunctionRecord: _function,
}
