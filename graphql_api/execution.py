"""How an operation is executed: parsed and validated once, planned, run as one statement (执行)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from typing import Any

import orjson
from graphql import DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema, validate
from strawberry.extensions import SchemaExtension

from graphql_api.context import Context
from graphql_api.limits import parse_within_limits
from graphql_api.planner.operation import plan_operation

_DOCUMENTS = 1_000
"""Documents kept parsed and validated; a page of ours has a dozen."""


class _Documents:
    """The documents seen last, parsed and validated."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[DocumentNode | None, list[GraphQLError]]] = OrderedDict()

    def get(self, schema: GraphQLSchema, text: str) -> tuple[DocumentNode | None, list[GraphQLError]]:
        """Return the document and its errors, from memory if it was seen."""
        known = self._kept.get(text)
        if known is not None:
            self._kept.move_to_end(text)
            return known
        found = self._read(schema, text)
        self._kept[text] = found
        if len(self._kept) > _DOCUMENTS:
            self._kept.popitem(last=False)
        return found

    @staticmethod
    def _read(schema: GraphQLSchema, text: str) -> tuple[DocumentNode | None, list[GraphQLError]]:
        try:
            document = parse_within_limits(text)
        except GraphQLError as error:
            return None, [error]
        return document, validate(schema, document)


_documents = _Documents()


class PlannedExecution(SchemaExtension):
    """Presets what Strawberry would do slower: the document, its validation, and the result of planned queries."""

    def on_operation(self) -> Iterator[None]:
        """Take the document from memory."""
        context = self.execution_context
        if context.query:
            document, errors = _documents.get(_core(context.schema), context.query)
            if document is not None:
                context.graphql_document = document
            if errors or document is not None:
                context.pre_execution_errors = errors
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        """Run a planned query as one statement."""
        context = self.execution_context
        assert context.graphql_document is not None
        asked: Context = context.context
        try:
            statement = plan_operation(
                _core(context.schema),
                context.graphql_document,
                context.operation_name,
                context.variables,
                asked.viewer,
                asked.today,
            )
        except GraphQLError as error:
            context.result = ExecutionResult(data=None, errors=[error])
        else:
            if statement is not None:
                text = await asked.services.reader.fetch(statement)
                context.result = ExecutionResult(data=orjson.Fragment(text), errors=None)  # type: ignore[arg-type]  # encoded as it is
        yield


def _core(schema: Any) -> GraphQLSchema:
    """Return graphql-core's schema of a Strawberry schema."""
    core: GraphQLSchema = schema._schema  # noqa: SLF001 - the only place where it is kept
    return core
