"""What the compilers of root fields share: SQL templates, fields with known expressions, refusals (模板)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from graphql import GraphQLError

from graphql_api.planner.compiler import Compiler
from graphql_api.planner.selection import Selected


@cache
def template(name: str) -> str:
    """Return an SQL template of the planner."""
    folder = resources.files("graphql_api.planner") / "sql"
    return (folder / f"{name}.sql").read_text(encoding="utf-8").strip()


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


def invalid(problem: str, chinese: str, field: Selected) -> GraphQLError:
    """Return the error for an argument that the schema's types could not rule out."""
    return GraphQLError(
        f"{field.name}: {problem}.",
        field.nodes,
        extensions={
            "code": "INVALID_INPUT",
            "messageZh": f"{field.name}:{chinese}。",
            "advice": "Correct the argument and ask again.",
            "adviceZh": "请改正参数后重新查询。",
        },
    )
