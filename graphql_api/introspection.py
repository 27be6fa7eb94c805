"""What the schema holds, told beside everything else (模式内省).

The whole schema is a megabyte, which graphql-core takes half a second to put together. It is done once for
each document, in a thread of its own, one at a time: nobody else waits for it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLSchema, execute_sync

from graphql_api.planner.operation import Question

_KEPT = 20
"""Answers kept: tools send a handful of documents."""


class Introspection:
    """The answers given last about one schema, which is the same for as long as the process lasts."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Tell of ``schema``."""
        self._schema = schema
        self._kept: OrderedDict[tuple[str, str | None], bytes] = OrderedDict()
        self._one = asyncio.Semaphore(1)

    async def answer(self, text: str, question: Question) -> ExecutionResult:
        """Answer a query that asks for nothing but the schema, whose document is ``text``."""
        key = (text, question.operation_name)
        if not question.variables and key in self._kept:
            self._kept.move_to_end(key)
            return _passed_on(self._kept[key])
        async with self._one:
            result, content = await asyncio.to_thread(self._executed, question)
        if content is None:
            return result
        if not question.variables:
            self._kept[key] = content
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return _passed_on(content)

    def _executed(self, question: Question) -> tuple[ExecutionResult, bytes | None]:
        result = execute_sync(
            self._schema,
            question.document,
            variable_values=dict(question.variables or {}),
            operation_name=question.operation_name,
        )
        return result, None if result.errors else orjson.dumps(result.data)


def _passed_on(content: bytes) -> ExecutionResult:
    """Return the result whose data are encoded already."""
    data: Any = orjson.Fragment(content)
    return ExecutionResult(data, None)
