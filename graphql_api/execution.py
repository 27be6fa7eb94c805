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
    get_operation_ast,
)
from msgspec.structs import replace
from strawberry.extensions import SchemaExtension
from strawberry.types.execution import StreamExecutionResult

from graphql_api.budget import Budget, BudgetSpentError
from graphql_api.context import Context
from graphql_api.documents import Documents
from graphql_api.limits import variables_within_limits
from graphql_api.masking import told_errors
from graphql_api.planner.operation import Plan, Question, root_names
from graphql_api.planner.plans import Plans
from graphql_api.problems import Problem, problem
from graphql_api.straight import charged, whole
from registry.time import civil_date


class PlannedExecution(SchemaExtension):
    """Presets what Strawberry would do slower: the document, its errors, the answers of planned fields."""

    completed = False
    """Whether graphql-core completes every answer; for tests."""

    def __init__(self, documents: Documents, plans: Plans, budget: Budget) -> None:
        """Read documents through ``documents``, plan by ``plans``, and count the cost in ``budget``."""
        self._documents = documents
        self._plans = plans
        self._budget = budget
        self._cost: dict[str, int] | None = None
        self._introspects = False

    def on_operation(self) -> Iterator[None]:
        """Take the document from memory, and note which day it is: the same for the whole answer."""
        execution = self.execution_context
        context: Context = execution.context
        today = civil_date(context.services.clock.now())
        execution.context = replace(context, today=today, budget=self._budget)
        if execution.query:
            execution.graphql_document, execution.pre_execution_errors = self._read(context, execution.query)
        yield

    def _read(self, context: Context, text: str) -> tuple[DocumentNode, list[GraphQLError]]:
        """Return the document, and why it is not answered."""
        name = self.execution_context.operation_name
        try:
            self._budget.check(context.caller)
        except BudgetSpentError as error:
            return _unreadable(name), [error]
        try:
            variables_within_limits(self.execution_context.variables)
        except GraphQLError as error:
            return _unreadable(name), [error]
        read = self._documents.read(text, context.viewer, own=context.own)
        document, errors, self._introspects = read.document, read.errors, read.introspects
        if document is None or errors:
            return document or _unreadable(name), errors
        return document, self._ambiguity(document) or self._misfits(context, document)

    def _misfits(self, context: Context, document: DocumentNode) -> list[GraphQLError]:
        """Return what is wrong with the variables: graphql-core would look for more of it, for longer."""
        execution = self.execution_context
        operation = get_operation_ast(document, execution.operation_name)
        if operation is None:
            return []
        declared = {each.variable.name.value for each in operation.variable_definitions or ()}
        if context.importer is not None and not declared.issuperset(execution.variables or {}):
            # Elsewhere what is not declared is passed over; a file that nobody takes is a mistake.
            told = "The operation does not declare each variable that is sent with the file"
            chinese = "查询文档未声明随文件发送的全部变量"
            return [problem(Problem.INVALID_UPLOAD, operation, problem=told, chinese=chinese)]
        if not declared:
            return []
        return self._documents.misfits(operation, execution.variables or {}, context.viewer)

    def _ambiguity(self, document: DocumentNode) -> list[GraphQLError]:
        """Refuse a document of several operations when none is named: Strawberry would take the first."""
        execution = self.execution_context
        named = execution._provided_operation_name is not None  # noqa: SLF001 - the public one is the first's
        operations = [
            definition
            for definition in document.definitions
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
            self._documents.bounds.cost,
        )
        plan = self._plans.plan(execution.query or "", question, completed=self.completed)
        self._cost = charged(self._budget, context, question, plan)
        if self._introspects and (told := await self._introspected(question, plan)) is not None:
            execution.result = told
        elif plan is not None:
            reader = context.services.reader
            data = None if plan.statement is None else await reader.answer(plan.statement)
            if plan.whole:
                execution.result = ExecutionResult(whole(data), list(plan.problems.values()) or None)
            else:
                execution.root_value = {**orjson.loads(data or b"{}"), **plan.problems}
        yield
        self._hide(execution.result)

    async def _introspected(self, question: Question, plan: Plan | None) -> ExecutionResult | None:
        """Answer what asks for the schema and nothing else; None for what is to be completed as usual."""
        execution = self.execution_context
        names = root_names(core_of(execution.schema), question)
        if plan is None and names and all(name.startswith("__") for name in names):
            return await self._documents.introspection.answer(execution.query or "", question)
        if "__schema" in names:
            alone = "Ask for __schema in an operation of its own."
            return ExecutionResult(None, [problem(Problem.INVALID_DOCUMENT, problem=alone)])
        return None

    def get_results(self) -> dict[str, Any]:
        """Say in the answer's extensions what it cost."""
        return {} if self._cost is None else {"cost": self._cost}

    def _hide(self, result: Any) -> None:  # noqa: ANN401 - of one of several classes, or None
        """Tell nothing of the schema to who may not know it: errors of variables name its types."""
        errors = getattr(result, "errors", None)
        if errors and result.data is None and not any(error.path for error in errors):
            about_schema = [error for error in errors if "code" not in (error.extensions or {})]
            if about_schema:
                result.errors = self._documents.told(errors, self.execution_context.context.viewer)

    def on_stream_result(self, result: StreamExecutionResult) -> Iterator[None]:
        """Word the errors that go over a WebSocket; those that go over HTTP are worded by the endpoint."""
        if isinstance(getattr(result, "errors", None), list):
            self._hide(result)
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


def core_of(schema: Any) -> GraphQLSchema:  # noqa: ANN401 - Strawberry's schema and its base class differ
    """Return graphql-core's schema of a Strawberry schema."""
    core: GraphQLSchema = schema._schema  # noqa: SLF001 - the only place where it is kept
    return core
