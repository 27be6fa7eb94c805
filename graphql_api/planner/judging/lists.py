"""Who is counted, who is not, and of whom that is not known, by name (名单编译)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graphql_api.access import Right
from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.connection import PAGE_LIMIT
from graphql_api.planner.cursor import place_of
from graphql_api.planner.judging.rules import Book
from graphql_api.planner.mappings.names import of_person
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import plain, template
from graphql_api.problems import invalid
from registry.rule.kinds import PopulationKind

_COUNTED = (
    "CASE WHEN {row}.member AND {row}.counted THEN 'COUNTED'"
    " WHEN {row}.member AND NOT {row}.counted THEN 'NOT_COUNTED' ELSE 'UNKNOWN' END"
)
_ORDER = "NAME"


class Kind(NamedTuple):
    """What a list shows: its field and type, for which populations, from where, by which name.

    ``source`` joins to the element ``{e}``.
    """

    field: str
    type: str
    populations: frozenset[PopulationKind]
    source: str
    row: str
    sorted: str


_ORGANIZATIONS = frozenset(
    {
        PopulationKind.SUPERVISED,
        PopulationKind.PARTS,
        PopulationKind.GUIDED,
        PopulationKind.SELF,
        PopulationKind.MEMBERS,
    }
)
KINDS = {
    kind.field: kind
    for kind in (
        Kind(
            "people",
            "JudgedPerson",
            frozenset({PopulationKind.HOLDERS, PopulationKind.MEMBERS}),
            "JOIN {person} AS q ON q.id = {e} AND q.valid @> {as_of}"
            " LEFT JOIN {latest_person_private} AS o ON o.person = q.id AND o.valid @> {as_of}",
            "o",
            "coalesce(o.name, '')",
        ),
        Kind(
            "organizations",
            "Organization",
            _ORGANIZATIONS,
            "JOIN {organization} AS o ON o.id = {e} AND o.valid @> {as_of}",
            "o",
            "o.pinyin",
        ),
        Kind(
            "measures",
            "Measure",
            frozenset({PopulationKind.MEASURES}),
            "JOIN {measure} AS o ON o.id = {e} AND o.valid @> {as_of}",
            "o",
            "o.code",
        ),
    )
}
"""The lists by their field."""


class Listing(NamedTuple):
    """A list asked for: the field, the rules that it can be shown for, and the rows of all of them."""

    field: Selected
    rules: frozenset[int]
    sql: str


def listings(compiler: Compiler, scope: Scope, book: Book, selected: Sequence[Selected]) -> list[Listing]:
    """Return the lists that ``selected`` asks of results."""
    return [_listing(compiler, scope, book, field) for field in selected if field.name in KINDS]


def _listing(compiler: Compiler, scope: Scope, book: Book, field: Selected) -> Listing:
    kind = KINDS[field.name]
    size = field.arguments["first"]
    if not 1 <= size <= PAGE_LIMIT:
        raise invalid("first", f"it is from 1 to {PAGE_LIMIT}", f"须为 1 至 {PAGE_LIMIT}", field.nodes)
    rules = frozenset(_shown_for(compiler, book, kind))
    told = _restricted(compiler, book, rules)
    if told:
        # Whom a rule takes so is told by births, genders and the like.
        compiler.note(f"RuleResult.{field.name}")
    first = compiler.parameter(size, "integer")
    each = scope.each(size)
    bound = compiler.places.bound(kind.type, "j")
    names = compiler.names(
        scope,
        first=first,
        listed=_connection(compiler, kind, field, first),
        node=_node(compiler, kind, field, each, told),
        cursor=template("cursor").format(order=_ORDER, key="w.sorted", tie="w.element"),
        sorted=kind.sorted,
        beyond=_beyond(compiler, kind, field),
        rules=compiler.parameter(sorted(rules), "integer[]"),
        outcome=_outcome(compiler, field),
        bound="" if bound is None else f" AND {bound}",
    )
    for alias, row in (("source_judged", "j"), ("source_shown", "w")):
        names[alias] = kind.source.format_map(compiler.names(scope, e=f"{row}.element"))
    return Listing(field, rules, template("judging_listed").format_map(names))


def _shown_for(compiler: Compiler, book: Book, kind: Kind) -> Sequence[int]:
    """Return for which rules the list is shown: where it hangs on restricted data, to few."""
    restricted = compiler.places.covers(kind.type, Right.RESTRICTED)
    return [
        number
        for number, judged in enumerate(book.rules)
        if judged.row.definition.population.kind in kind.populations
        and (restricted or not book.restricted(judged.row.definition))
    ]


def _outcome(compiler: Compiler, field: Selected) -> str:
    asked = field.arguments.get("outcome")
    if asked is None:
        return ""
    return f" AND {_COUNTED.format(row='j')} = {compiler.parameter(str(asked), 'text')}"


def _beyond(compiler: Compiler, kind: Kind, field: Selected) -> str:
    cursor = field.arguments.get("after")
    if cursor is None:
        return "true"
    key, tie = place_of(cursor, _ORDER, ("text", "uuid"), field.nodes)
    return (
        f"({kind.sorted}, j.element) > ({compiler.parameter(key, 'text')}, {compiler.parameter(tie, 'uuid')})"
    )


def _restricted(compiler: Compiler, book: Book, rules: frozenset[int]) -> str:
    """Return those of ``rules`` whose lists tell restricted data, as a parameter; empty if there are none."""
    found = [number for number in sorted(rules) if book.restricted(book.rules[number].row.definition)]
    return compiler.parameter(found, "integer[]") if found else ""


def _node(compiler: Compiler, kind: Kind, field: Selected, scope: Scope, told: str) -> str:
    """Return the JSON of an element under each key by which it is asked for."""
    pairs: list[tuple[str, str]] = []
    for part in compiler.below(field, f"{kind.type}Connection"):
        if part.name == "nodes":
            pairs.append((part.key, _element(compiler, kind, part, scope, told)))
        elif part.name == "edges":
            edge: list[tuple[str, str]] = []
            for inner in compiler.below(part, f"{kind.type}Edge"):
                values = {"cursor": template("cursor").format(order=_ORDER, key="w.sorted", tie="w.element")}
                if inner.name == "node":
                    values["node"] = _element(compiler, kind, inner, scope, told)
                edge.extend(plain(compiler, f"{kind.type}Edge", [inner], values))
            pairs.append((part.key, compiler.build(edge)))
    return compiler.build(pairs)


def _element(compiler: Compiler, kind: Kind, part: Selected, scope: Scope, told: str) -> str:
    below = compiler.below(part, kind.type)
    if kind.type != "JudgedPerson":
        return compiler.object(kind.type, below, kind.row, scope)
    compiler.spend(len(below) * scope.times, below)
    pairs: list[tuple[str, str]] = []
    for field in below:
        values = {
            "id": "w.element",
            "name": of_person("o.name", "w.element"),
            "outcome": _COUNTED.format(row="w"),
        }
        if field.name == "person":
            values["person"] = compiler.object("Person", compiler.below(field, "Person"), "q", scope)
        pairs.extend(plain(compiler, kind.type, [field], values))
    if told:
        pairs.append(compiler.marked(f"CASE WHEN w.rule = ANY ({told}) THEN w.element END"))
    return compiler.build(pairs)


def _connection(compiler: Compiler, kind: Kind, field: Selected, first: str) -> str:
    """Return the JSON of the page, as an aggregate over the rows ``n`` of one result."""
    shown = f"n.beyond AND n.place <= {first}"
    pairs: list[tuple[str, str]] = []
    for part in compiler.below(field, f"{kind.type}Connection"):
        values = {"totalCount": "count(*)"}
        if part.name in ("nodes", "edges"):
            listed = f"json_agg(n.node -> '{part.key}' ORDER BY n.place) FILTER (WHERE {shown})"
            values[part.name] = f"coalesce({listed}, '[]')"
        elif part.name == "pageInfo":
            page = {
                "hasNextPage": f"bool_or(n.beyond AND n.place > {first})",
                "hasPreviousPage": "bool_or(NOT n.beyond)",
                "startCursor": "min(n.cursor) FILTER (WHERE n.beyond AND n.place = 1)",
                "endCursor": f"(array_agg(n.cursor ORDER BY n.place DESC) FILTER (WHERE {shown}))[1]",
            }
            below = compiler.below(part, "PageInfo")
            values["pageInfo"] = compiler.build(plain(compiler, "PageInfo", below, page))
        pairs.extend(plain(compiler, f"{kind.type}Connection", [part], values))
    return compiler.build(pairs)


_EMPTY: Mapping[str, Any] = {
    "nodes": [],
    "edges": [],
    "totalCount": 0,
    "hasNextPage": False,
    "hasPreviousPage": False,
}


def empty(compiler: Compiler, field: Selected) -> dict[str, Any]:
    """Return the page of a result that has nobody to list."""
    kind = f"{KINDS[field.name].type}Connection"
    page: dict[str, Any] = {}
    for part in compiler.below(field, kind):
        if part.name == "pageInfo":
            below = compiler.below(part, "PageInfo")
            page[part.key] = {inner.key: _EMPTY.get(inner.name) for inner in below}
        else:
            page[part.key] = _EMPTY.get(part.name)
    return page
