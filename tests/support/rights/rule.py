"""The rights to what is shown of rules, criteria, and what they come to."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.CHART: frozenset(
        [
            "Criterion",
            "CriterionBelief",
            "CriterionConnection",
            "CriterionEdge",
            "Rule",
            "RuleBelief",
            "RuleConnection",
            "RuleEdge",
            "RuleResult",
        ]
    ),
    Right.RECORD: frozenset(["SimulatedRule"]),
    Right.PERSON: frozenset(["JudgedPerson", "JudgedPersonConnection", "JudgedPersonEdge"]),
    Right.WRITE: frozenset(["CriterionRecorded", "RuleRecorded"]),
}

FIELDS: dict[str, Right] = {
    "Criterion.position": Right.RECORD,
    "Query.compliance": Right.CHART,
    "Query.complianceTrend": Right.CHART,
    "Query.criteria": Right.CHART,
    "Query.criterion": Right.CHART,
    "Query.rule": Right.CHART,
    "Query.rules": Right.CHART,
    "Rule.position": Right.RECORD,
    "RuleResult.people": Right.PERSON,
}
