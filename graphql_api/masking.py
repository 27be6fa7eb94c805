"""What the world is told of an error (错误呈现): ours as it is, the program's own only by an id."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

import structlog
from graphql import GraphQLError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from graphql_api.problems import Problem, told

_log = structlog.get_logger(__name__)

_LONGEST = 500
"""Characters of a message at most that is not ours."""

_INSIDE = frozenset(
    {
        Problem.TIMEOUT,
        Problem.UNAVAILABLE,
        Problem.SIGN_IN_UNAVAILABLE,
        Problem.PROJECTIONS_MOVED,
        Problem.INTERNAL,
        Problem.ACCESS_NOT_RECORDED,
    }
)


def told_errors(errors: Iterable[GraphQLError]) -> list[GraphQLError]:
    """Return the errors as clients may see them, each with a code and words in both languages."""
    return [_told(error) for error in errors]


def is_ours(error: GraphQLError) -> bool:
    """Say whether the request was right, and the fault is on this side."""
    return (error.extensions or {}).get("code") in _INSIDE


def _told(error: GraphQLError) -> GraphQLError:
    if "code" in (error.extensions or {}):
        return error
    origin = _origin(error)
    if isinstance(origin, GraphQLError | CannotGetOperationTypeError | InvalidOperationTypeError):
        # It quotes what was sent, which may be long.
        message = error.message if len(error.message) <= _LONGEST else f"{error.message[:_LONGEST]}…"
        return _like(error, message, told(Problem.INVALID_DOCUMENT, problem=message))
    identity = str(uuid4())
    _log.error("internal error", error_id=identity, exc_info=origin)
    return _like(error, f"Internal error {identity}.", told(Problem.INTERNAL, id=identity))


def _origin(error: GraphQLError) -> Exception:
    """Return what happened first: an error of graphql-core's, or an exception of the program's."""
    origin: Exception = error
    while isinstance(origin, GraphQLError) and origin.original_error is not None:
        origin = origin.original_error
    return origin


def _like(error: GraphQLError, message: str, extensions: dict[str, object]) -> GraphQLError:
    """Return an error at the same place, without its origin."""
    return GraphQLError(
        message, error.nodes, error.source, error.positions, error.path, extensions=extensions
    )
