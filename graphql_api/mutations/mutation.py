"""The root of mutations: one field for each command of the catalog (变更根)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import strawberry
from strawberry.tools import create_type
from strawberry.types import Info

from graphql_api.context import Context, require
from graphql_api.mutations.catalog import MUTATIONS
from graphql_api.mutations.inputs import command_from, input_of
from graphql_api.mutations.payloads import RESULTS, recorded, refused
from graphql_api.planner.declare import PLAN, RIGHT, Resolved, Right
from registry.commands import Command
from registry.errors import Refusal


def _mutation(name: str, command: type[Command]) -> Any:
    """Return the field that sends ``command``."""
    payload, union = RESULTS[command.__module__.split(".")[1]]
    resolver = _resolver(name, command, payload)
    resolver.__annotations__ = {"info": Info[Context, None], "input": input_of(command), "return": union}
    return strawberry.mutation(
        resolver=resolver,
        name=None,
        description=(command.__doc__ or "").split("\n", 1)[0],
        metadata={PLAN: Resolved(), RIGHT: Right.WRITE},
    )


def _resolver(name: str, command: type[Command], payload: Any) -> Callable[..., Any]:
    async def resolve(info: Info[Context, None], input: Any) -> Any:  # noqa: A002 - the name clients use
        require(info, Right.WRITE)
        sent = command_from(input, command, info.context.viewer)
        try:
            return recorded(payload, sent, await info.context.services.recorder.record(sent))
        except Refusal as refusal:
            return refused(refusal)

    resolve.__name__ = name
    return resolve


Mutation = create_type(
    "Mutation",
    [_mutation(name, command) for name, command in MUTATIONS.items()],
    description="Commands. 变更。",
)
