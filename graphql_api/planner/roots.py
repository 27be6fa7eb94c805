"""The root fields that show one entity (根字段编译)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from graphql_api.access import PERSONAL, Right
from graphql_api.planner import mappings as m
from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.declare import RIGHT, metadata_of
from graphql_api.planner.mappings import measure, rule
from graphql_api.planner.places import ROWS
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import template
from graphql_api.problems import invalid


def entity(kind: str, table: str, columns: Mapping[str, str]) -> Callable[[Compiler, Selected, Scope], str]:
    """Return the compiler of a root field that shows one row, found by the arguments named in ``columns``.

    ``columns`` gives the condition for each argument, with ``{value}`` for its parameter and ``{t}`` for
    the row.
    """

    def compile_field(compiler: Compiler, field: Selected, _: Scope) -> str:
        scope = compiler.scope(field)
        row = compiler.alias()
        given = {name: value for name in columns if (value := field.arguments.get(name)) is not None}
        if len(given) != 1:
            listed = ", ".join(columns)
            raise invalid(
                field.name, f"give exactly one of {listed}", f"请只填写 {listed} 中的一项", field.nodes
            )
        ((name, value),) = given.items()
        parameter = compiler.parameter(value, "uuid" if name == "id" else "text")
        condition = columns[name].format_map(compiler.names(scope, t=row, value=parameter))
        bound = compiler.places.bound(kind, row)
        if bound is not None:
            condition = f"{condition} AND {bound}"
        compiler.looked_up += 1
        content = compiler.object(kind, compiler.below(field, kind), row, scope)
        names = compiler.names(
            scope, t=row, content=content, table=compiler.table(table, scope), condition=condition
        )
        return template("row").format_map(names)

    return compile_field


ENTITIES = {
    "Organization": entity("Organization", "organization", {"id": "{t}.id = {value}", "code": m.HAS_CODE}),
    "Function": entity("Function", "function", {"id": "{t}.id = {value}"}),
    "Instrument": entity("Instrument", "instrument", {"id": "{t}.id = {value}", "number": m.HAS_NUMBER}),
    "Reorganization": entity("Reorganization", "reorganization", {"id": "{t}.id = {value}"}),
    "Person": entity("Person", "person", {"id": "{t}.id = {value}"}),
    "Mandate": entity("Mandate", "mandate", {"id": "{t}.id = {value}"}),
    "Programme": entity("Programme", "programme", {"id": "{t}.id = {value}"}),
    "Figure": entity("Figure", "figure", {"id": "{t}.id = {value}"}),
    "Grant": entity("Grant", "role_grant", {"id": "{t}.id = {value}"}),
    "Secondment": entity("Secondment", "secondment", {"id": "{t}.id = {value}"}),
    "Liaison": entity("Liaison", "liaison", {"id": "{t}.id = {value}"}),
    "Membership": entity("Membership", "membership", {"id": "{t}.id = {value}"}),
    "Affiliation": entity("Affiliation", "affiliation", {"id": "{t}.id = {value}"}),
    "Participation": entity("Participation", "participation", {"id": "{t}.id = {value}"}),
    "Post": entity("Post", "post", {"id": "{t}.id = {value}"}),
    "Term": entity("Term", "term", {"id": "{t}.id = {value}"}),
    "Appointment": entity("Appointment", "appointment", {"id": "{t}.id = {value}"}),
    "Measure": entity("Measure", "measure", {"id": "{t}.id = {value}", "code": measure.HAS_CODE}),
    "Criterion": entity("Criterion", "criterion", {"id": "{t}.id = {value}", "code": rule.CRITERION_CODE}),
    "Proposal": entity("Proposal", "proposal", {"id": "{t}.id = {value}"}),
    "Rule": entity("Rule", "rule", {"id": "{t}.id = {value}", "code": rule.RULE_CODE}),
}
"""The compilers of the fields that show one entity, by their type."""


class _Noun(NamedTuple):
    """The type and the read model of a noun; the noun is the field of Query that shows one, too."""

    noun: str
    kind: str
    table: str


_NOUNS = (
    _Noun("organization", "Organization", "organization"),
    _Noun("function", "Function", "function"),
    _Noun("instrument", "Instrument", "instrument"),
    _Noun("reorganization", "Reorganization", "reorganization"),
    _Noun("mandate", "Mandate", "mandate"),
    _Noun("programme", "Programme", "programme"),
    _Noun("figure", "Figure", "figure"),
    _Noun("grant", "Grant", "role_grant"),
    _Noun("secondment", "Secondment", "secondment"),
    _Noun("liaison", "Liaison", "liaison"),
    _Noun("membership", "Membership", "membership"),
    _Noun("affiliation", "Affiliation", "affiliation"),
    _Noun("participation", "Participation", "participation"),
    _Noun("post", "Post", "post"),
    _Noun("term", "Term", "term"),
    _Noun("appointment", "Appointment", "appointment"),
    _Noun("measure", "Measure", "measure"),
    _Noun("criterion", "Criterion", "criterion"),
    _Noun("rule", "Rule", "rule"),
    _Noun("person", "Person", "person"),
    _Noun("proposal", "Proposal", "proposal"),
)


def node(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``node``: whatever has the id today; what the viewer may not see is not there."""
    scope = compiler.scope(field)
    identity = compiler.parameter(field.arguments["id"], "uuid")
    return entity_of(compiler, field, scope, identity, template("noun_of").format(id=identity))


def entity_of(compiler: Compiler, field: Selected, scope: Scope, identity: str, noun_of: str) -> str:
    """Return what ``field`` asks of the entity whose id and noun two expressions give; null if not shown."""
    cases: list[str] = []
    for noun, kind, table in _visible(compiler):
        row = compiler.alias()
        content = compiler.object(kind, compiler.below(field, kind), row, scope, open_type=True)
        bound = compiler.places.bound(kind, row)
        names = compiler.names(
            scope,
            t=row,
            content=content,
            id=identity,
            table=compiler.table(table, scope),
            bound="" if bound is None else f" AND {bound}",
        )
        cases.append(f"WHEN '{noun}' THEN {template('row_by_id').format_map(names)}")
    return f"(CASE {noun_of} {' '.join(cases)} END)"


def visible_nouns(compiler: Compiler, *, past: bool = False) -> list[str]:
    """Return the nouns that the viewer may see, or may see what was once believed of."""
    return [
        noun
        for noun, kind, _ in _visible(compiler)
        if not past or ROWS.get(kind) not in PERSONAL or compiler.places.covers(kind, Right.AUDIT)
    ]


def bound_nouns(compiler: Compiler, identity: str, noun: str, scope: Scope) -> list[str]:
    """Return the conditions that what has the id and the noun of two expressions is shown at all."""
    conditions: list[str] = []
    for name, kind, table in _visible(compiler):
        row = compiler.alias()
        bound = compiler.places.bound(kind, row)
        if bound is not None:
            source = compiler.table(table, scope)
            found = f"EXISTS (SELECT FROM {source} AS {row} WHERE {row}.id = {identity} AND {bound})"
            conditions.append(f"({noun} <> '{name}' OR {found})")
    return conditions


def _visible(compiler: Compiler) -> list[_Noun]:
    query = compiler.selector.schema.query_type
    assert query is not None
    return [
        noun
        for noun in _NOUNS
        if compiler.places.covers(noun.kind, Right(metadata_of(query.fields[noun.noun])[RIGHT]))
    ]
