"""The organization chart compiled (架构图编译): nodes flat, in the order of the tree."""

from __future__ import annotations

from msgspec import Struct

from graphql_api.planner.compiler import Compiler, Scope, texts
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import plain, template
from graphql_api.problems import invalid
from registry.organization.kinds import Kind

CHART_LIMIT = 20_000
"""Nodes in one chart; the largest municipal system known has half of that."""

MANY_NODES = 2_000
"""From so many nodes on, reading all organizations once takes less than looking each of the nodes up."""

DEPTH_LIMIT = 50
_DEFAULT_DEPTH = 12

_NODES_ESTIMATE = 500


def org_chart(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``orgChart``."""
    scope = compiler.scope(field)
    names = {
        "as_of": scope.as_of,
        "organization": compiler.table("organization", scope),
        "relation": compiler.table("relation", scope),
        "hierarchies": compiler.parameter(texts(field.arguments["hierarchies"]), "text[]"),
    }
    kinds = compiler.parameter(list(map(str, Kind)), "text[]")
    # Nobody stands under somebody twice in one hierarchy, but may in two.
    several = len(field.arguments["hierarchies"]) > 1
    root = field.arguments.get("root")
    shown = _Shown()
    chart = _chart(compiler, field, scope, shown)
    return template("org_chart").format(
        **names,
        root=template("main_root").format(**names) if root is None else compiler.parameter(root, "uuid"),
        placed=", ".join([template("org_chart_placed").format(kinds=kinds), *shown.organizations]),
        organizations="".join(f", b.organization{n}" for n, _ in enumerate(shown.organizations)),
        depth=compiler.parameter(_depth(field), "integer"),
        limit=CHART_LIMIT,
        many=MANY_NODES,
        each_once="DISTINCT " if several else "",
        child_count=template("child_count").format(**names),
        rows=template("org_chart_rows").format(**names) if shown.asks else "",
        chart=chart,
        columns=", ".join(shown.nodes) or "1",
    )


def _depth(field: Selected) -> int:
    depth: int | None = field.arguments.get("depth")
    if depth is None:
        return _DEFAULT_DEPTH
    if not 0 <= depth <= DEPTH_LIMIT:
        raise invalid("depth", f"it is from 0 to {DEPTH_LIMIT}", f"须为 0 至 {DEPTH_LIMIT}", field.nodes)
    return depth


class _Shown(Struct):
    """What the chart shows: of each organization, however often it stands there, and of its nodes."""

    organizations: list[str] = []
    nodes: list[str] = []
    asks: bool = False
    """Whether something is asked for each node, over the row of its organization."""

    def organization(self, expression: str) -> str:
        """Return what gives, in the row of a node, what ``expression`` does for its organization.

        What its row says is worked out once, for all that may stand in the chart. What asks
        for more, only for those that do.
        """
        if "(SELECT" in expression:
            self.asks = True
            return expression
        name = f"organization{len(self.organizations)}"
        self.organizations.append(f"{expression} AS {name}")
        return f"n.{name}"

    def listed(self, expression: str) -> str:
        """Return the list of what ``expression`` gives for each node."""
        name = f"nodes{len(self.nodes)}"
        self.nodes.append(f"coalesce(json_agg({expression} ORDER BY n.way), '[]') AS {name}")
        return f"charted.{name}"


def _chart(compiler: Compiler, field: Selected, scope: Scope, shown: _Shown) -> str:
    """Return the JSON of the chart, adding to ``shown`` what it is made of."""
    known = scope.known_at or "NULL::timestamptz"
    pairs: list[tuple[str, str]] = []
    for part in compiler.below(field, "OrgChart"):
        values = {
            "asOf": scope.as_of,
            "knownAt": f"(SELECT least(h.recorded_at, {known}) FROM registry.head AS h)",  # noqa: S608 - names of ours; values are parameters
            "position": "(SELECT h.position FROM registry.head AS h)",
        }
        if part.name == "nodes":
            values["nodes"] = shown.listed(_node(compiler, part, scope, shown))
        pairs.extend(plain(compiler, "OrgChart", [part], values))
    return compiler.build(pairs)


def _node(compiler: Compiler, nodes: Selected, scope: Scope, shown: _Shown) -> str:
    each = scope.each(_NODES_ESTIMATE)
    pairs: list[tuple[str, str]] = []
    selected = compiler.below(nodes, "OrgChartNode")
    compiler.spend(len(selected) * each.times, selected)
    for part in selected:
        values = {"depth": "n.depth", "parentId": "n.superior", "childCount": "n.child_count"}
        if part.name == "organization":
            below = compiler.below(part, "Organization")
            values["organization"] = shown.organization(compiler.object("Organization", below, "o", each))
        pairs.extend(plain(compiler, "OrgChartNode", [part], values))
    return compiler.build(pairs)
