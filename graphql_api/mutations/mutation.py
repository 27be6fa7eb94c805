"""The root of mutations: one field for each command of the catalog, and one for files (变更根)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry
from strawberry.tools import create_type
from strawberry.types import Info

from graphql_api.access import Right
from graphql_api.context import Context, require_somewhere, require_wherever
from graphql_api.freshness import wrote
from graphql_api.mutations.catalog import MUTATIONS, SENSITIVE, is_restricted, right_to
from graphql_api.mutations.commands import Sender, command_from
from graphql_api.mutations.importing import IMPORT_FILE
from graphql_api.mutations.inputs import described, input_of
from graphql_api.mutations.payloads import RESULTS, Recorded, Refused, recorded, refused
from graphql_api.planner.declare import BESIDES, PLAN, RIGHT, Field, Resolved
from graphql_api.problems import Problem, problem
from registry.commands import Command
from registry.errors import Refusal
from registry.proposal.commands import Propose


def _mutation(name: str, command: type[Command]) -> Field:
    """Return the field that sends ``command``."""
    payload, union = RESULTS[command.__module__.split(".")[1]]
    resolver = _resolver(name, command, payload)
    # Strawberry reads the types of a resolver from its annotations; these are known at run time only.
    resolver.__annotations__ = {"info": Info[Context, None], "input": input_of(command), "return": union}
    return strawberry.mutation(
        resolver=resolver,
        description=described(command),
        metadata={PLAN: Resolved(), RIGHT: right_to(command), BESIDES: _besides(command)},
    )


def _besides(command: type[Command]) -> Right | None:
    return Right.RESTRICTED if command in SENSITIVE else None


def _resolver(
    name: str, command: type[Command], payload: type[Recorded]
) -> Callable[..., Awaitable[Recorded | Refused]]:
    async def resolve(info: Info[Context, None], input: Any) -> Recorded | Refused:  # noqa: A002, ANN401 - the name clients use, a type made at run time
        context, right = info.context, right_to(command)
        require_somewhere(info, right)
        if (besides := _besides(command)) is not None:
            require_wherever(info, right, besides)
        sent = command_from(input, command, Sender.of(context.viewer, right, context.today))
        if isinstance(sent, Propose) and is_restricted(sent.command):
            require_wherever(info, right, Right.RESTRICTED)
        try:
            accepted = await context.services.recorder.record(sent)
        except Refusal as refusal:
            return refused(refusal)
        except OSError as error:
            # Whether it was recorded is not known: the same command again is told what came of it.
            raise problem(Problem.UNAVAILABLE) from error
        wrote(accepted.last_position)
        return recorded(payload, sent, accepted)

    resolve.__name__ = name
    return resolve


Mutation = create_type(
    "Mutation",
    [*(_mutation(name, command) for name, command in MUTATIONS.items()), IMPORT_FILE],
    description="Commands: each is carried out whole or refused, with the reason. 变更。",
)
