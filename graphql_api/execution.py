"""How an operation is executed: parsed and validated once, planned, run as one statement (执行)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)
from msgspec.structs import replace
from strawberry.extensions import SchemaExtension
from strawberry.types.execution import StreamExecutionResult

from graphql_api.context import Context
from graphql_api.documents import Documents
from graphql_api.masking import told_errors
from graphql_api.planner.operation import Plan, Question, plan_operation
from graphql_api.problems import Problem, problem
from registry.time import civil_date


class PlannedExecution(SchemaExtension):
    """Presets what Strawberry would do slower: the document, its errors, the answers of planned fields."""

    completed = False
    """Whether graphql-core completes every answer; for tests."""

    def __init__(self, documents: Documents) -> None:
        """Read documents through ``documents``."""
        self._documents = documents

    def on_operation(self) -> Iterator[None]:
        """Take the document from memory, and note which day it is: the same for the whole answer."""
        execution = self.execution_context
        context: Context = execution.context
        execution.context = replace(context, today=civil_date(context.services.clock.now()))
        if execution.query:
            document, errors = self._documents.read(execution.query)
            execution.graphql_document = document or _unreadable(execution.operation_name)
            execution.pre_execution_errors = errors or self._ambiguity()
        yield

    def _ambiguity(self) -> list[GraphQLError]:
        """Refuse a document of several operations when none is named: Strawberry would take the first."""
        execution = self.execution_context
        assert execution.graphql_document is not None
        named = execution._provided_operation_name is not None  # noqa: SLF001 - the public one is the first's
        operations = [
            definition
            for definition in execution.graphql_document.definitions
            if isinstance(definition, OperationDefinitionNode)
        ]
        if named or len(operations) <= 1:
            return []
        return [problem(Problem.INVALID_DOCUMENT, operations, problem="Must provide operation name.")]

    async def on_execute(self) -> AsyncIterator[None]:
        """Run the planned fields of a query as one statement."""
        execution = self.execution_context
        context: Context = execution.context
        assert execution.graphql_document is not None
        question = Question(
            execution.graphql_document,
            execution.operation_name,
            execution.variables,
            context.viewer,
            context.today,
        )
        plan = plan_operation(core_of(execution.schema), question, completed=self.completed)
        if plan is not None:
            text = None if plan.statement is None else await context.services.reader.fetch(plan.statement)
            if plan.whole:
                execution.result = _whole(plan, text)
            else:
                execution.root_value = {**orjson.loads(text or "{}"), **plan.problems}
        yield

    def on_stream_result(self, result: StreamExecutionResult) -> Iterator[None]:
        """Word the errors that go over a WebSocket; those that go over HTTP are worded by the endpoint."""
        if isinstance(getattr(result, "errors", None), list):
            told: Any = result
            told.errors = told_errors(told.errors)
        yield


def _unreadable(name: str | None) -> DocumentNode:
    """Return what stands for a document that could not be read.

    Strawberry tells of the errors found only once it has a document, and would read the text again to get
    one.
    """
    operation = OperationDefinitionNode(
        operation=OperationType.QUERY,
        name=None if name is None else NameNode(value=name),
        selection_set=SelectionSetNode(selections=()),
    )
    return DocumentNode(definitions=(operation,))


def _whole(plan: Plan, text: str | None) -> ExecutionResult:
    """Return the result whose data the statement gave: they are encoded as they are."""
    data: Any = None if text is None else orjson.Fragment(text)
    return ExecutionResult(data, list(plan.problems.values()) or None)


def core_of(schema: Any) -> GraphQLSchema:  # noqa: ANN401 - Strawberry's schema and its base class differ
    """Return graphql-core's schema of a Strawberry schema."""
    core: GraphQLSchema = schema._schema  # noqa: SLF001 - the only place where it is kept
    return core
