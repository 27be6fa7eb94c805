"""Lists paged by keyset (分页): a cursor holds the sort key and the id of a row, never a row's number.

So a page stays right while rows come and go before it.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence

from msgspec import Struct

from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import invalid, plain, template

PAGE_LIMIT = 100
"""Rows on a page at most."""


class Sort(Struct, frozen=True):
    """An order: an expression over ``{t}`` that is never null, its SQL type, and the direction."""

    expression: str
    sql_type: str
    descending: bool = False


class Filter(Struct, frozen=True):
    """A condition for one field of a filter input: ``{t}`` the row, ``{value}`` the parameter."""

    condition: str
    sql_type: str


class Tie(Struct, frozen=True):
    """What makes an order total: an expression over ``{t}`` and its SQL type."""

    expression: str
    sql_type: str


class _Page(Struct):
    """The parts of one connection's statement."""

    row: str
    source: str
    conditions: list[str]
    sort: Sort
    first: str


class Connection(Struct, frozen=True):
    """A root field that pages through rows of ``source`` shown as ``kind``.

    ``fixed`` always holds; ``where`` gives the conditions of the fields of the argument ``filter``.
    """

    kind: str
    source: str
    sorts: Mapping[str, Sort]
    where: Mapping[str, Filter]
    fixed: str
    tie: Tie

    def __call__(self, compiler: Compiler, field: Selected, _: Scope) -> str:
        """Compile the field."""
        scope = compiler.scope(field)
        size = field.arguments["first"]
        if not 1 <= size <= PAGE_LIMIT:
            raise invalid(f"first is from 1 to {PAGE_LIMIT}", f"first 须为 1 至 {PAGE_LIMIT}", field)
        row = compiler.alias()
        page = _Page(
            row=row,
            source=f"{compiler.table(self.source, scope)} AS {row}",
            conditions=self._conditions(compiler, field, row, scope),
            sort=self._sort(field),
            first=compiler.parameter(size, "integer"),
        )
        selected = compiler.below(field, f"{self.kind}Connection")
        key, tie = page.sort.expression.format(t=row), self.tie.expression.format(t=row)
        cursor = template("cursor").format(key=key, tie=tie)
        direction = "DESC" if page.sort.descending else "ASC"
        return template("connection").format(
            connection=compiler.build(self._pairs(compiler, selected, page)),
            edge=self._edge(compiler, selected, page, scope, cursor),
            node=self._node(compiler, selected, row, scope),
            cursor=cursor,
            key=key,
            tie=tie,
            source=page.source,
            conditions=" AND ".join([*page.conditions, *self._after(compiler, field, page)]),
            direction=direction,
            first=page.first,
        )

    def _sort(self, field: Selected) -> Sort:
        order = field.arguments.get("orderBy")
        return next(iter(self.sorts.values())) if order is None else self.sorts[str(order)]

    def _conditions(self, compiler: Compiler, field: Selected, row: str, scope: Scope) -> list[str]:
        conditions = [self.fixed.format_map(compiler.names(scope, t=row))]
        for name, value in (field.arguments.get("filter") or {}).items():
            if value is None:
                continue
            rule = self.where[name]
            plain_value = [str(item) for item in value] if isinstance(value, list) else value
            parameter = compiler.parameter(plain_value, rule.sql_type)
            names = compiler.names(scope, t=row, value=parameter)
            conditions.append(f"({rule.condition.format_map(names)})")
        return conditions

    def _after(self, compiler: Compiler, field: Selected, page: _Page) -> list[str]:
        after = field.arguments.get("after")
        if after is None:
            return []
        key, tie = _decoded(after, field)
        comparison = "<" if page.sort.descending else ">"
        left = f"({page.sort.expression.format(t=page.row)}, {self.tie.expression.format(t=page.row)})"
        right = (
            f"({compiler.parameter(key, 'text')}::{page.sort.sql_type},"
            f" {compiler.parameter(tie, 'text')}::{self.tie.sql_type})"
        )
        return [f"{left} {comparison} {right}"]

    def _edge(
        self, compiler: Compiler, selected: Sequence[Selected], page: _Page, scope: Scope, cursor: str
    ) -> str:
        kind = f"{self.kind}Edge"
        pairs: list[tuple[str, str]] = []
        for edge in (e for s in selected if s.name == "edges" for e in compiler.below(s, kind)):
            if edge.name != "node":
                pairs.extend(plain(compiler, kind, [edge], {"cursor": cursor}))
                continue
            compiler.check(compiler.type_of(kind), edge)
            below = compiler.below(edge, self.kind)
            pairs.append((edge.key, compiler.object(self.kind, below, page.row, scope)))
        return compiler.build(pairs)

    def _node(self, compiler: Compiler, selected: Sequence[Selected], row: str, scope: Scope) -> str:
        nodes = [n for s in selected if s.name == "nodes" for n in compiler.below(s, self.kind)]
        return compiler.object(self.kind, nodes, row, scope)

    def _pairs(
        self, compiler: Compiler, selected: Sequence[Selected], page: _Page
    ) -> list[tuple[str, str]]:
        kind = f"{self.kind}Connection"
        listed = "coalesce(json_agg(page.{0} ORDER BY page.n) FILTER (WHERE page.n <= {1}), '[]')"
        values = {
            "edges": listed.format("edge", page.first),
            "nodes": listed.format("node", page.first),
            "totalCount": f"(SELECT count(*) FROM {page.source} WHERE {' AND '.join(page.conditions)})",
        }
        pairs: list[tuple[str, str]] = []
        for field in selected:
            if field.name == "pageInfo":
                values["pageInfo"] = _page_info(compiler, field, page)
            pairs.extend(plain(compiler, kind, [field], values))
        return pairs


def _page_info(compiler: Compiler, field: Selected, page: _Page) -> str:
    values = {
        "hasNextPage": f"count(*) > {page.first}",
        "startCursor": "min(page.cursor) FILTER (WHERE page.n = 1)",
        "endCursor": f"(array_agg(page.cursor ORDER BY page.n))[least(count(*), {page.first})]",
    }
    return compiler.build(plain(compiler, "PageInfo", compiler.below(field, "PageInfo"), values))


def _decoded(cursor: str, field: Selected) -> tuple[str, str]:
    wrong = invalid("after is not a cursor of this list", "after 不是本列表的游标", field)
    try:
        decoded = json.loads(base64.b64decode(cursor, validate=True))
    except (binascii.Error, ValueError):
        raise wrong from None
    match decoded:
        case [str(key), str(tie)]:
            return key, tie
        case _:
            raise wrong
