"""The root fields that show one row or the chart (根字段编译)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graphql_api.planner import mappings as m
from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import invalid, plain, template
from registry.organization.kinds import Hierarchy, Kind

CHART_LIMIT = 20_000
"""Nodes in one chart; the largest municipal system known has half of that."""

_DEFAULT_DEPTH = 12


def entity(kind: str, table: str, columns: Mapping[str, str]) -> Callable[[Compiler, Selected, Scope], str]:
    """Return the compiler of a root field that shows one row, found by the arguments named in ``columns``.

    ``columns`` gives the condition for each argument, with ``{value}`` for its parameter and ``{t}`` for the row.
    """

    def compile_field(compiler: Compiler, field: Selected, _: Scope) -> str:
        scope = compiler.scope(field)
        row = compiler.alias()
        conditions = [
            condition.format_map(
                compiler.names(scope, t=row, value=compiler.parameter(value, sql_type))
            )
            for argument, condition, sql_type in _conditions(columns)
            if (value := field.arguments.get(argument)) is not None
        ]
        if len(conditions) != 1:
            names = ", ".join(columns)
            raise invalid(f"give exactly one of {names}", f"请只填写 {names} 中的一项", field)
        content = compiler.object(kind, compiler.below(field, kind), row, scope)
        names = compiler.names(
            scope, t=row, content=content, table=compiler.table(table, scope), condition=conditions[0]
        )
        return template("row").format_map(names)

    return compile_field


def _conditions(columns: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [
        (name, condition, "uuid" if name == "id" else "text") for name, condition in columns.items()
    ]


def org_chart(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``orgChart``: the nodes flat, in the order of the tree."""
    scope = compiler.scope(field)
    hierarchies = field.arguments.get("hierarchies") or [Hierarchy.PART_OF]
    depth = field.arguments.get("depth")
    if depth is not None and not 0 <= depth <= 50:
        raise invalid("depth is from 0 to 50", "depth 须为 0 至 50", field)
    common = {
        "as_of": scope.as_of,
        "organization": compiler.table("organization", scope),
        "relation": compiler.table("relation", scope),
        "hierarchies": compiler.parameter([str(h) for h in hierarchies], "text[]"),
    }
    root = field.arguments.get("root")
    root_sql = (
        compiler.parameter(root, "uuid") if root is not None else template("main_root").format(**common)
    )
    selected = compiler.below(field, "OrgChart")
    nodes = [n for chart in selected if chart.name == "nodes" for n in compiler.below(chart, "OrgChartNode")]
    join = ""
    if any(n.name == "organization" for n in nodes):
        join = f"JOIN {common['organization']} AS o ON o.id = n.id AND o.valid @> {scope.as_of}"
    return template("org_chart").format(
        **common,
        root=root_sql,
        kinds=compiler.parameter([str(kind) for kind in Kind], "text[]"),
        depth=compiler.parameter(_DEFAULT_DEPTH if depth is None else depth, "integer"),
        limit=CHART_LIMIT,
        child_count=template("child_count").format(**common),
        node=compiler.build(_chart_nodes(compiler, nodes, scope)),
        join_organization=join,
        chart=compiler.build(_chart(compiler, selected, scope)),
    )


def _chart(compiler: Compiler, selected: Sequence[Selected], scope: Scope) -> list[tuple[str, str]]:
    known = scope.known_at or "NULL::timestamptz"
    values = {
        "asOf": scope.as_of,
        "knownAt": f"(SELECT least(h.recorded_at, {known}) FROM registry.head AS h)",
        "position": "(SELECT h.position FROM registry.head AS h)",
        "nodes": "charted.nodes",
        "__typename": "'OrgChart'::text",
    }
    return plain(compiler, "OrgChart", selected, values)


def _chart_nodes(
    compiler: Compiler, selected: Sequence[Selected], scope: Scope
) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    values = {
        "depth": "n.depth",
        "parentId": "n.parent_id",
        "childCount": "n.child_count",
        "__typename": "'OrgChartNode'::text",
    }
    for node in selected:
        if node.name == "organization":
            compiler.check(compiler.type_of("OrgChartNode"), node)
            below = compiler.below(node, "Organization")
            pairs.append((node.key, compiler.object("Organization", below, "o", scope)))
        else:
            pairs.extend(plain(compiler, "OrgChartNode", [node], values))
    return pairs


ENTITIES = {
    "Organization": entity(
        "Organization", "organization", {"id": "{t}.id = {value}", "code": m.HAS_CODE}
    ),
    "Function": entity("Function", "function", {"id": "{t}.id = {value}"}),
    "Instrument": entity(
        "Instrument", "instrument", {"id": "{t}.id = {value}", "number": m.HAS_NUMBER}
    ),
    "Reorganization": entity("Reorganization", "reorganization", {"id": "{t}.id = {value}"}),
}
"""The compilers of the fields that show one entity, by their type."""

_NODES = {
    "organization": ("Organization", "organization"),
    "function": ("Function", "function"),
    "instrument": ("Instrument", "instrument"),
    "reorganization": ("Reorganization", "reorganization"),
}
"""The type and the read model of each noun."""


def node(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``node``: whichever entity has the id, as of today."""
    scope = compiler.scope(field)
    identity = compiler.parameter(field.arguments["id"], "uuid")
    cases: list[str] = []
    for noun, (kind, table) in _NODES.items():
        row = compiler.alias()
        content = compiler.object(kind, compiler.below(field, kind), row, scope)
        if compiler.tagged:
            content = f"({content}::jsonb || {compiler.build([('__typename', _quoted(kind))])}::jsonb)::json"
        names = compiler.names(scope, t=row, content=content, id=identity, table=compiler.table(table, scope))
        cases.append(f"WHEN '{noun}' THEN {template('row_by_id').format_map(names)}")
    noun_of = template("noun_of").format(id=identity)
    return f"(CASE {noun_of} {' '.join(cases)} END)"


def _quoted(kind: str) -> str:
    return f"'{kind}'::text"
