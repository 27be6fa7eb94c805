"""How long an answer may be kept (缓存): only one that names a registered document, and by GET."""

from __future__ import annotations

from collections.abc import Mapping

from graphql import GraphQLSchema
from msgspec import Struct

from graphql_api.access import ANYBODY
from graphql_api.context import Context
from graphql_api.planner.lasting import lasts

_VARY = "Authorization, Cookie, Accept, Accept-Encoding"

LASTING = "public, max-age=86400, immutable"
"""For what nothing that is recorded later can change. A day: a defect of the program's is not for ever."""

CHECKED = "public, no-cache"
"""For the rest: today passes without an event, so every use is checked by its tag."""

PRIVATE = "private, no-cache"
"""For what somebody saw who has rights: they may end, and data of people may be erased."""


class Keeping(Struct, frozen=True):
    """What the client is told of how long it may keep an answer (缓存方式)."""

    headers: Mapping[str, str]


def kept_how(schema: GraphQLSchema, context: Context) -> Keeping:
    """Return how the answer may be kept that was just given in ``context``."""
    return Keeping({"cache-control": _control(schema, context), "vary": _VARY})


def _control(schema: GraphQLSchema, context: Context) -> str:
    if context.viewer is not ANYBODY:
        return PRIVATE
    answered = context.answered
    if answered is None or answered.head is None or answered.question is None or answered.plan is None:
        return CHECKED
    instant = lasts(schema, answered.question, answered.plan)
    if instant is None:
        return CHECKED
    return LASTING if instant <= answered.head.recorded_at else CHECKED
