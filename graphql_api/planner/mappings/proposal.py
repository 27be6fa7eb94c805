"""What the fields of proposals map to (报送映射). See the package for what stands in braces.

What is of a person stands in a table of its own, in which nothing is left of whoever was erased.
"""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Several, Sort, Tie
from graphql_api.planner.declare import Join
from graphql_api.planner.mappings.names import lineage
from graphql_api.planner.templates import template

_PRIVATE = (
    "(SELECT {what} FROM {{proposal_private}} AS o"
    " WHERE o.proposal = {{t}}.id AND (o.valid @> {{as_of}}) IS TRUE)"
)

MUTATION = "lower(left({t}.kind, 1)) || substr({t}.kind, 2)"
"""The mutation that sends such commands: the kind of a command is its name with a capital."""

COMMAND = "{t}.content::json"
PERSONAL_COMMAND = _PRIVATE.format(what="o.content::json")
REASON = f"coalesce({{t}}.reason, {_PRIVATE.format(what='o.reason')})"
DECISION = f"coalesce({{t}}.decision, {_PRIVATE.format(what='o.decision')})"

_DECIDING = (
    "(SELECT {what} FROM registry.event AS e WHERE e.position = {{t}}.position AND {{t}}.status <> 'PENDING')"
)
DECIDED_BY = _DECIDING.format(what="e.actor")
DECIDED_AT = _DECIDING.format(what="e.recorded_at")
DECISION_COMMAND = _DECIDING.format(what="e.command_id")
MADE_AT = "(SELECT e.recorded_at FROM registry.event AS e WHERE e.position = {t}.made)"

CONCERNED = Join(
    "organization",
    "{j}.id IN (SELECT o.organization FROM {proposal_place} AS o WHERE o.proposal = {t}.id)"
    " AND {j}.valid @> {as_of}",
    order="{j}.name, {j}.id",
)

_UNDER = (
    "EXISTS (SELECT FROM {proposal_place} AS o WHERE o.proposal = {t}.id AND (o.organization = {end} OR "
    + template("below").replace("{t}.id", "o.organization")
    + "))"
)

PROPOSALS = Connection(
    kind="Proposal",
    source="proposal",
    sorts={
        "NEWEST": Sort("{t}.made", "bigint", descending=True),
        "OLDEST": Sort("{t}.made", "bigint"),
    },
    where={
        "statuses": Filter("{t}.status = ANY ({value})", "text[]"),
        "submitter": Filter("{t}.submitter = {value}", "text"),
        "subject": Filter("{t}.subject = {value}", "uuid"),
        "mutation": Filter(f"{MUTATION} = {{value}}", "text"),
        "under": Several(_UNDER, lineage),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
