"""What the compilers of root fields share: SQL templates, and fields with known expressions (模板)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphql_api.planner.compiler import Compiler
from graphql_api.planner.selection import Selected
from registry.statements import statement


def template(name: str) -> str:
    """Return an SQL template of the planner."""
    return statement("graphql_api.planner", name).strip()


def plain(
    compiler: Compiler, kind: str, selected: Sequence[Selected], values: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return the keys and expressions of fields whose expressions are known, checking the right to each."""
    pairs: list[tuple[str, str]] = []
    for field in selected:
        if field.name == "__typename":
            pairs.append((field.key, f"'{kind}'::text"))
            continue
        compiler.check(compiler.type_of(kind), field)
        pairs.append((field.key, values[field.name]))
    return pairs
