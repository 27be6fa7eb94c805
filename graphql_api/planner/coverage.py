"""Coverage of societies by Party organizations and Party work compiled (党的组织和工作覆盖编译).

One statement: a joint branch covers several societies and is one organization; an instructor, sent to the
society or in a post of it, gives work coverage only. Shares are told as the counts they are of, so that
nothing is rounded.
"""

from __future__ import annotations

from graphql_api.planner.compiler import Compiler, Scope, texts
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import plain, template

_SOCIETIES_ESTIMATE = 200

_LISTS = {
    "organizationallyCovered": "v.organizational",
    "workCovered": "v.work",
    "uncovered": "NOT v.work",
}
"""Which societies each list shows."""

_SHARE = "CASE WHEN counted.total > 0 THEN counted.{part} || '/' || counted.total END"


def party_coverage(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``partyCoverage``."""
    scope = compiler.scope(field)
    root = field.arguments.get("root")
    names = compiler.names(scope)
    names["root"] = (
        template("main_root").format_map(names) if root is None else compiler.parameter(root, "uuid")
    )
    names["kinds"] = compiler.parameter(texts(field.arguments["kinds"]), "text[]")
    names["covered"] = template("party_covered").format_map(names)
    columns: list[str] = []
    names["coverage"] = _coverage(compiler, field, scope, columns)
    names["columns"] = "".join(f",\n        {column}" for column in columns)
    return template("party_coverage").format_map(names)


def _coverage(compiler: Compiler, field: Selected, scope: Scope, columns: list[str]) -> str:
    """Return the JSON of the answer, adding to ``columns`` each list of societies that it shows."""
    known = scope.known_at or "NULL::timestamptz"
    pairs: list[tuple[str, str]] = []
    for part in compiler.below(field, "PartyCoverage"):
        values = {
            "asOf": scope.as_of,
            "knownAt": f"(SELECT least(h.recorded_at, {known}) FROM registry.head AS h)",  # noqa: S608 - names of ours; values are parameters
            "total": "counted.total",
            "organizational": "counted.organizational",
            "work": "counted.work",
            "organizationalShare": _SHARE.format(part="organizational"),
            "workShare": _SHARE.format(part="work"),
        }
        if part.name == "forms":
            values["forms"] = _forms(compiler, part)
        elif part.name == "societies":
            values["societies"] = _listed(columns, _society(compiler, part, scope), "true")
        elif part.name in _LISTS:
            content = _organization(compiler, part, scope)
            values[part.name] = _listed(columns, content, _LISTS[part.name])
        pairs.extend(plain(compiler, "PartyCoverage", [part], values))
    return compiler.build(pairs)


def _listed(columns: list[str], content: str, which: str) -> str:
    """Add the list of ``content`` of the societies of which ``which`` is true, and return its name."""
    name = f"list{len(columns)}"
    columns.append(
        f"coalesce(json_agg({content} ORDER BY o.name, o.id) FILTER (WHERE {which}), '[]') AS {name}"
    )
    return f"counted.{name}"


def _organization(compiler: Compiler, field: Selected, scope: Scope) -> str:
    each = scope.each(_SOCIETIES_ESTIMATE)
    return compiler.object("Organization", compiler.below(field, "Organization"), "o", each)


def _society(compiler: Compiler, field: Selected, scope: Scope) -> str:
    pairs: list[tuple[str, str]] = []
    for part in compiler.below(field, "SocietyCoverage"):
        values = {"organizational": "v.organizational", "work": "v.work"}
        if part.name == "society":
            values["society"] = _organization(compiler, part, scope)
        elif part.name == "partyOrganizations":
            row = compiler.alias()
            each = scope.each(_SOCIETIES_ESTIMATE)
            content = compiler.object("Organization", compiler.below(part, "Organization"), row, each)
            names = compiler.names(scope, t=row, content=content)
            values["partyOrganizations"] = template("party_covering").format_map(names)
        pairs.extend(plain(compiler, "SocietyCoverage", [part], values))
    return compiler.build(pairs)


def _forms(compiler: Compiler, field: Selected) -> str:
    values = {name: f"f.{name}" for name in ("form", "organizational", "organizations", "societies")}
    form = compiler.build(plain(compiler, "PartyForm", compiler.below(field, "PartyForm"), values))
    return template("party_forms").format(form=form)
