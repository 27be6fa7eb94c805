"""What was asked before (直答): answered from a kept plan, without a step through Strawberry or graphql-core.

Whoever asks, each request goes through the same doors as one that is compiled, see
:mod:`graphql_api.execution`: the budget, the length of the variables, the policy on documents, the rights
that the plan is kept under, and the reader that records what is restricted. What is refused at any of them,
has no plan that is kept, or is more than a planned query, is left to execution, which words what is wrong.
Nothing is counted or read before it is sure that the answer is given here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from graphql import GraphQLError
from strawberry.types.execution import ExecutionResult, PreExecutionError

from graphql_api.budget import Budget
from graphql_api.context import Context
from graphql_api.documents import Documents
from graphql_api.limits import variables_within_limits
from graphql_api.planner.cost import cost_of
from graphql_api.planner.operation import Plan, Question
from graphql_api.planner.plans import Plans
from registry.time import civil_date


class Straight:
    """Answers whole queries whose plans are kept."""

    def __init__(self, documents: Documents, plans: Plans, budget: Budget) -> None:
        """Take documents from ``documents``, plans from ``plans``, and count the cost in ``budget``."""
        self._documents = documents
        self._plans = plans
        self._budget = budget

    async def answer(
        self, text: str, variables: Mapping[str, Any] | None, context: Context, name: str | None
    ) -> ExecutionResult | None:
        """Return the answer; None for what is to be executed in full."""
        if context.importer is not None or self._budget.wait_seconds(context.caller) > 0:
            return None
        question = self._question(text, variables, context, name)
        plan = None if question is None else self._plans.kept(text, question)
        if question is None or plan is None or not plan.whole or plan.statement is None:
            return None
        extensions = {"cost": charged(self._budget, context, question, plan)}
        try:
            data = whole(await context.services.reader.answer(plan.statement))
        except GraphQLError as error:
            return PreExecutionError(None, [error], extensions)
        except Exception as error:  # noqa: BLE001 - masked and logged where answers are worded, like any other
            return PreExecutionError(None, [GraphQLError(str(error), original_error=error)], extensions)
        return ExecutionResult(data, None, extensions)

    def _question(
        self, text: str, variables: Mapping[str, Any] | None, context: Context, name: str | None
    ) -> Question | None:
        """Return the question; None where something about it has to be looked at closely."""
        if not isinstance(variables, dict | None) or not isinstance(name, str | None):
            return None
        try:
            variables_within_limits(variables)
        except GraphQLError:
            return None
        read = self._documents.read(text, context.viewer, own=context.own)
        if read.document is None or read.errors or read.introspects:
            return None
        if name is None:
            if len(read.operations) != 1:
                return None
            (name,) = read.operations
        today = civil_date(context.services.clock.now())
        limit = self._documents.bounds.cost
        return Question(read.document, name, variables, context.viewer, today, limit)


def charged(budget: Budget, context: Context, question: Question, plan: Plan | None) -> dict[str, int]:
    """Count what an operation costs, and return what is told of that in its answer."""
    cost = cost_of(question, plan)
    left = budget.charge(context.caller, cost)
    if context.answered is not None:
        context.answered.question, context.answered.plan, context.answered.left = question, plan, left
    # What is left differs from one time to the next: it is no part of an answer that would be the same.
    return {"requested": cost, "limit": question.limit, "perMinute": budget.per_minute}


def whole(told: bytes | None) -> Any:  # noqa: ANN401 - Strawberry takes any data
    """Return the data of an answer that the statement gave: they are sent as they are."""
    return None if told is None else orjson.Fragment(told)
