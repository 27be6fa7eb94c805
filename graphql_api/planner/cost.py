"""What an operation costs (代价): told in its answer, and counted in the budget of who asks.

What is planned is estimated while it is compiled, by :meth:`graphql_api.planner.compiler.Compiler.spend`,
which ends that as soon as the answer would hold too much.
"""

from __future__ import annotations

from graphql import get_operation_ast

from graphql_api.planner.operation import Plan, Question

RESOLVED_COST = 100
"""What a command costs, or a root field that is not compiled."""


def cost_of(question: Question, plan: Plan | None) -> int:
    """Return what an operation costs: the values that it asks for by estimate, and fixed prices for the rest.

    A command, and a field with a resolver of its own, have a price each; so has whatever introspection asks.
    """
    if plan is not None and plan.whole:
        return 1 + plan.cost
    operation = get_operation_ast(question.document, question.operation_name)
    selections = () if operation is None else operation.selection_set.selections
    return 1 + len(selections) * RESOLVED_COST + (0 if plan is None else plan.cost)
