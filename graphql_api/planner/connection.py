"""Lists paged by keyset (分页): a cursor holds the sort key and the id of a row, never a row's number.

So a page stays right while rows come and go before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from graphql_api.access import PERSONAL, Right, refuse_field
from graphql_api.planner.compiler import Compiler, Scope, texts
from graphql_api.planner.cursor import place_of
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import plain, template
from graphql_api.problems import invalid

PAGE_LIMIT = 100
"""Rows on a page at most."""


class Sort(Struct, frozen=True):
    """An order: an expression over ``{t}`` that is never null, its SQL type, and the direction."""

    expression: str
    sql_type: str
    descending: bool = False


class Filter(Struct, frozen=True):
    """A condition for one field of a filter input: ``{t}`` the row, ``{value}`` the parameter.

    ``right`` is needed to ask by it: who may not see a value may not find rows by it either.
    """

    condition: str
    sql_type: str
    right: Right = Right.CHART

    def parameters(self, compiler: Compiler, value: Any) -> dict[str, str]:  # noqa: ANN401 - of any scalar
        """Return what the braces of the condition stand for."""
        return {"value": compiler.parameter(texts(value), self.sql_type)}


class Several(Struct, frozen=True):
    """A condition of several parameters: ``split`` gives the values of a field by name, beside SQL types."""

    condition: str
    split: Callable[[Any], Mapping[str, tuple[Any, str]]]
    right: Right = Right.CHART

    def parameters(self, compiler: Compiler, value: Any) -> dict[str, str]:  # noqa: ANN401 - of any input type
        """Return what the braces of the condition stand for; raises GraphQLError."""
        return {name: compiler.parameter(*pair) for name, pair in self.split(value).items()}


class Tie(Struct, frozen=True):
    """What makes an order total: an expression over ``{t}`` and its SQL type."""

    expression: str
    sql_type: str


class _Page(Struct):
    """The parts of one connection's statement; ``columns`` are what each row on the page shows."""

    row: str
    source: str
    scope: Scope
    conditions: list[str]
    after: str | None
    first: str
    cursor: str
    columns: list[str] = field(default_factory=list)

    def listed(self, expression: str) -> str:
        """Return the list of what ``expression`` gives for each row of the page."""
        name = f"c{len(self.columns)}"
        self.columns.append(f"{expression} AS {name}")
        return f"coalesce(json_agg(page.{name} ORDER BY page.n) FILTER (WHERE page.n <= {self.first}), '[]')"


class Connection(Struct, frozen=True):
    """A root field that pages through rows of ``source``, a table or a query in brackets, shown as ``kind``.

    ``fixed`` always holds; ``where`` gives the conditions of the fields of the argument ``filter``. The
    first of ``sorts`` is the order when none is asked for. ``indexed`` names the fields by one of which alone
    an index gives the rows in any of these orders, whatever is asked for.
    """

    kind: str
    source: str
    sorts: Mapping[str, Sort]
    where: Mapping[str, Filter | Several]
    fixed: str
    tie: Tie
    indexed: frozenset[str] = frozenset()

    def __call__(self, compiler: Compiler, asked: Selected, _: Scope) -> str:
        """Compile the field."""
        scope = compiler.scope(asked)
        given = [name for name, value in (asked.arguments.get("filter") or {}).items() if value is not None]
        if len(given) == 1 and given[0] in self.indexed:
            compiler.looked_up += 1
        size = asked.arguments["first"]
        if not 1 <= size <= PAGE_LIMIT:
            raise invalid("first", f"it is from 1 to {PAGE_LIMIT}", f"须为 1 至 {PAGE_LIMIT}", asked.nodes)
        row = compiler.alias()
        order = str(asked.arguments.get("orderBy") or next(iter(self.sorts)))
        key, tie = self.sorts[order].expression.format(t=row), self.tie.expression.format(t=row)
        page = _Page(
            row=row,
            source=f"{self._source(compiler, scope)} AS {row}",
            scope=scope.each(size),
            conditions=self.conditions(compiler, asked, row, scope),
            after=self._after(compiler, asked, order, f"({key}, {tie})"),
            first=compiler.parameter(size, "integer"),
            cursor=template("cursor").format(order=order, key=key, tie=tie),
        )
        pairs = self._pairs(compiler, compiler.below(asked, f"{self.kind}Connection"), page)
        return template("connection").format(
            connection=compiler.build(pairs),
            columns="".join(f", {column}" for column in page.columns),
            cursor=page.cursor,
            key=key,
            tie=tie,
            row=page.row,
            source=page.source,
            conditions=" AND ".join([*page.conditions, *([page.after] if page.after else [])]),
            direction="DESC" if self.sorts[order].descending else "ASC",
            first=page.first,
        )

    def _source(self, compiler: Compiler, scope: Scope) -> str:
        """Return the table as believed, or the query over such tables."""
        if self.source.startswith("("):
            return self.source.format_map(compiler.names(scope))
        return compiler.table(self.source, scope)

    def conditions(self, compiler: Compiler, asked: Selected, row: str, scope: Scope) -> list[str]:
        """Return what must hold of a row by ``fixed`` and by the argument ``filter``."""
        conditions = [self.fixed.format_map(compiler.names(scope, t=row))]
        bound = compiler.places.bound(self.kind, row)
        if bound is not None:
            conditions.append(bound)
        for name, value in (asked.arguments.get("filter") or {}).items():
            if value is None:
                continue
            rule = self.where[name]
            if not self._may_ask_by(compiler, rule.right, scope):
                raise refuse_field(f"{self.kind}Filter.{name}", asked.nodes)
            compiler.note_asked(self.kind, name, value)
            names = compiler.names(scope, t=row, **rule.parameters(compiler, value))
            conditions.append(f"({rule.condition.format_map(names)})")
        return conditions

    def _may_ask_by(self, compiler: Compiler, right: Right, scope: Scope) -> bool:
        """Say whether rows may be found by what needs ``right``, and who once believed it of a person."""
        past = scope.known_at is not None and right in PERSONAL
        rights = (right, Right.AUDIT) if past else (right,)
        return all(compiler.places.covers(self.kind, needed) for needed in rights)

    def _after(self, compiler: Compiler, asked: Selected, order: str, place: str) -> str | None:
        """Return the condition that a row comes after the cursor given, if one is."""
        cursor = asked.arguments.get("after")
        if cursor is None:
            return None
        sort = self.sorts[order]
        key, tie = place_of(cursor, order, (sort.sql_type, self.tie.sql_type), asked.nodes)
        values = f"({compiler.parameter(key, sort.sql_type)}, {compiler.parameter(tie, self.tie.sql_type)})"
        return f"{place} {'<' if sort.descending else '>'} {values}"

    def _pairs(self, compiler: Compiler, selected: Sequence[Selected], page: _Page) -> list[tuple[str, str]]:
        kind = f"{self.kind}Connection"
        pairs: list[tuple[str, str]] = []
        for part in selected:
            values = {"totalCount": _count(page)}
            if part.name == "edges":
                values["edges"] = page.listed(self._edge(compiler, part, page))
            elif part.name == "nodes":
                below = compiler.below(part, self.kind)
                values["nodes"] = page.listed(compiler.object(self.kind, below, page.row, page.scope))
            elif part.name == "pageInfo":
                values["pageInfo"] = _page_info(compiler, part, page)
            pairs.extend(plain(compiler, kind, [part], values))
        return pairs

    def _edge(self, compiler: Compiler, edges: Selected, page: _Page) -> str:
        kind = f"{self.kind}Edge"
        pairs: list[tuple[str, str]] = []
        for part in compiler.below(edges, kind):
            values = {"cursor": page.cursor}
            if part.name == "node":
                below = compiler.below(part, self.kind)
                values["node"] = compiler.object(self.kind, below, page.row, page.scope)
            pairs.extend(plain(compiler, kind, [part], values))
        return compiler.build(pairs)


def _count(page: _Page) -> str:
    return f"(SELECT count(*) FROM {page.source} WHERE {' AND '.join(page.conditions)})"  # noqa: S608 - names of ours; values are parameters


def _page_info(compiler: Compiler, asked: Selected, page: _Page) -> str:
    before = " AND ".join([*page.conditions, f"({page.after}) IS NOT TRUE"])
    values = {
        "hasNextPage": f"count(*) > {page.first}",
        "hasPreviousPage": f"EXISTS (SELECT FROM {page.source} WHERE {before})" if page.after else "false",
        "startCursor": "min(page.cursor) FILTER (WHERE page.n = 1)",
        "endCursor": f"(array_agg(page.cursor ORDER BY page.n))[least(count(*), {page.first})]",
    }
    return compiler.build(plain(compiler, "PageInfo", compiler.below(asked, "PageInfo"), values))
