"""Who may be recorded twice, compiled (疑似重复的编译): one statement over the indexes of names and numbers.

What is restricted (numbers and births) counts only for those who may see it; who is not shown is not found.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from graphql_api.access import Right, refuse_field
from graphql_api.planner.compiler import LIST_ESTIMATE, Compiler, Scope
from graphql_api.planner.mappings.person import RECORDS
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import plain, template
from graphql_api.problems import invalid
from graphql_api.types.terms.person import Ground

_LIMIT = 50
"""Records shown at most: of a name borne by more, none is likely."""

_GROUNDS = f"ARRAY[{', '.join(repr(str(ground)) for ground in Ground)}]"
"""The grounds by their rank, the strongest first."""

_ASKED = "SELECT {name}, {identity_number}, {birth_date}, {birth_precision}"
_WORKED = "SELECT {employer}, {employer_name}"

_OF_PERSON = (
    "SELECT DISTINCT p.name, p.identity_number, p.birth_date, p.birth_precision"  # noqa: S608 - names of ours; values are parameters
    f" FROM {{person_private}} AS p WHERE p.person = ANY ({RECORDS})"
)
_WORK_OF_PERSON = (
    "SELECT DISTINCT e.employer, e.employer_name"  # noqa: S608 - names of ours; values are parameters
    f" FROM {{employment}} AS e WHERE e.person = ANY ({RECORDS})"
)

_RESTRICTED = ("identityNumber", "birthDate", "birthPrecision")


def likely_duplicates(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile the root field: whoever may be the person that the arguments tell of."""
    said = {name: value for name, value in field.arguments.items() if value is not None}
    restricted = compiler.places.covers("Person", Right.RESTRICTED)
    for name in _RESTRICTED[:2]:
        if name in said and not restricted:
            raise refuse_field(f"Query.{field.name}.{name}", field.nodes)
    if "name" not in said and "identityNumber" not in said:
        raise invalid("name", "give a name or an identity number", "请填写姓名或公民身份号码", field.nodes)
    birth: date | None = said.get("birthDate")
    values = {
        "name": compiler.parameter(said.get("name"), "text"),
        "identity_number": compiler.parameter(said.get("identityNumber"), "text"),
        "birth_date": "NULL::date" if birth is None else compiler.parameter(birth, "date"),
        "birth_precision": compiler.parameter(str(said["birthPrecision"]), "text"),
        "employer": compiler.parameter(said["employer"], "uuid") if "employer" in said else "NULL::uuid",
        "employer_name": compiler.parameter(said.get("employerName"), "text"),
    }
    scope = compiler.scope(field)
    parts = {
        "asked": _ASKED.format_map(values),
        "worked": _WORKED.format_map(values),
        "excluded": "'{}'::uuid[]",
    }
    return _compiled(compiler, field, scope, parts)


def duplicates_of(compiler: Compiler, field: Selected, row: str, scope: Scope) -> str:
    """Compile the field of a person: whoever else may be the same."""
    names = compiler.names(scope, t=row)
    parts = {
        "asked": _OF_PERSON.format_map(names),
        "worked": _WORK_OF_PERSON.format_map(names),
        "excluded": RECORDS.format_map(names),
    }
    return _compiled(compiler, field, scope, parts, f"{row}.id")


def _compiled(
    compiler: Compiler, field: Selected, scope: Scope, parts: Mapping[str, str], of: str | None = None
) -> str:
    restricted = compiler.places.covers("Person", Right.RESTRICTED)
    row, each = compiler.alias(), scope.each(LIST_ESTIMATE)
    selected = compiler.below(field, "LikelyDuplicate")
    compiler.spend(len(selected) * each.times, selected)
    pairs: list[tuple[str, str]] = []
    for part in selected:
        values: dict[str, Any] = {"grounds": f"{row}.grounds"}
        if part.name == "person":
            values["person"] = compiler.object("Person", compiler.below(part, "Person"), row, each)
        pairs.extend(plain(compiler, "LikelyDuplicate", [part], values))
    bound = compiler.places.bound("LikelyDuplicate", "p")
    if restricted:
        # Who is likely to be the same was told by numbers and births.
        compiler.note("LikelyDuplicate.grounds")
        pairs.append(compiler.marked(f"{row}.id"))
        if of is not None:
            pairs.append(compiler.marked(of))
    names = compiler.names(
        scope,
        t=row,
        content=compiler.build(pairs),
        limit=str(_LIMIT),
        grounds=_GROUNDS,
        restricted=str(restricted).lower(),
        bound="" if bound is None else f" AND {bound}",
        **parts,
    )
    return template("likely_duplicates").format_map(names)
