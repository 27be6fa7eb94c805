"""How answers of contenders that spell them otherwise come to the same, and PostGraphile's server (对照)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from typing import Any

import asyncpg

from bench.read.processes import served_by
from bench.read.questions import Question, posted
from projections.catalog import READ_MODELS
from registry.organization.kinds import Kind
from registry.post.kinds import Title
from registry.time import civil_date

FOLDER = Path(__file__).parent / "postgraphile"
_SCHEMA = (FOLDER / "schema.sql").read_text(encoding="utf-8")
_BELIEVED = re.compile(r"\{believed:(\w+)\}")
_COLUMNS = {
    model.name: ", ".join((*(column.name for column in model.columns), "valid")) for model in READ_MODELS
}


def installed() -> str | None:
    """Return why PostGraphile cannot take part; None when it can."""
    if which("node") is None:
        return "Node is not installed"
    if not (FOLDER / "node_modules" / "postgraphile").is_dir():
        return "run `npm ci` in bench/read/postgraphile"
    return None


async def show(url: str, projections: str) -> None:
    """Make the functions that PostGraphile shows."""

    def believed(found: re.Match[str]) -> str:
        columns, name = _COLUMNS[found[1]], f"{projections}.{found[1]}"
        return (
            f"{found[1]} AS NOT MATERIALIZED (SELECT {columns} FROM {name}"  # noqa: S608 - names of ours
            f" WHERE recorded_from <= coalesce(known_at, 'infinity')"
            f" UNION ALL SELECT {columns} FROM {name}_past WHERE recorded @> known_at)"
        )

    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_BELIEVED.sub(believed, _SCHEMA).replace("{projections}", projections))
    finally:
        await connection.close()


@contextmanager
def postgraphile(url: str, readers: int, log: Path) -> Iterator[int]:
    """Run PostGraphile in its production settings and give its port."""
    settings = {
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
        "PEER_URL": url,
        "PEER_SCHEMA": "peer",
        "PEER_READERS": str(readers),
        "PGOPTIONS": "-c jit=off",
    }
    with served_by(["node", "serve.js"], log, FOLDER, settings) as (_, port):
        yield port


def to_postgraphile(question: Question) -> bytes:
    """Return the HTTP request that asks PostGraphile."""
    query = (FOLDER / "queries" / f"{question.query}.graphql").read_text(encoding="utf-8")
    today = civil_date(datetime.now(UTC)).isoformat()
    variables = {"asOf": today, **question.variables()}
    variables |= {"kinds": list(map(str, Kind)), "titles": list(map(str, Title))}
    declared = {name: value for name, value in variables.items() if f"${name}:" in query}
    return posted("/graphql", {"query": query, "variables": declared})


def _chart(data: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    nodes = [
        {
            "depth": row["depth"],
            "parentId": row["parentId"],
            "organization": {key: row[key] for key in ("id", "name", "kind", "status", "code")},
        }
        for row in data["orgChartList"]
    ]
    return {"orgChart": {"nodes": nodes}}


def _page(data: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    return {"memberships": {"nodes": [_member(row) for row in data["membershipsList"]]}}


def _member(row: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    appointments = [
        {
            "id": one["id"],
            "mode": one["mode"],
            "post": {
                "title": one["held"]["title"],
                "organization": {
                    "id": one["held"]["organizationId"],
                    "name": one["held"]["organizationName"],
                },
            },
        }
        for one in row["appointmentsList"]
    ]
    shown = {key: row[key] for key in ("id", "memberClass", "memberName", "organization")}
    return {**shown, "memberPerson": {"id": row["member"], "appointments": appointments}}


def _held_in(held: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    return {"id": held["organizationId"], "name": held["organizationName"]}


def _one(data: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    row = data["organizationByCode"]
    superiors = [
        {"hierarchy": one["hierarchy"], "superior": {"id": one["id"], "name": one["name"]}}
        for one in row["superiorsList"]
    ]
    posts = [{"title": one["title"], "holders": one["holdersList"]} for one in row["postsList"]]
    shown = {key: row[key] for key in ("id", "name", "kind", "status", "code")}
    return {"organization": {**shown, "superiors": superiors, "posts": posts}}


RESHAPED: Mapping[str, Callable[[Any], Any]] = {"chart": _chart, "page": _page, "one": _one}
"""What PostGraphile answers, as the others say it."""
