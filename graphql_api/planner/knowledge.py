"""What was known of an entity, and since when, compiled (认知沿革的编译).

Every read model keeps each belief that was ever held, with the instants between which it was. All rows of one
entity are gathered once, whatever its noun, and looked at from there: row by row, or field by field.
"""

from __future__ import annotations

from collections.abc import Callable

from graphql_api.access import Right
from graphql_api.planner.believed import Belief
from graphql_api.planner.compiler import LIST_ESTIMATE, Compiler, Scope
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import template
from graphql_api.problems import invalid
from projections.catalog import READ_MODELS
from projections.model import ReadModel

BELIEFS_LIMIT = 100
"""Beliefs in one answer at most."""

_DERIVED = frozenset({"life", "naming"})
"""Read models that say nothing which others do not: they are there to look things up by."""

_OF_ANYTHING = frozenset({"identifier"})
"""Read models that are of organizations and documents, too, and hold numbers of people hashed."""

_UNSAID = frozenset({"pinyin", "position"})
"""Columns that are no part of what is believed."""


def knowledge(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``knowledge``: what was believed of an entity, one belief after another."""
    size = field.arguments["first"]
    if not 1 <= size <= BELIEFS_LIMIT:
        raise invalid("first", f"it is from 1 to {BELIEFS_LIMIT}", f"须为 1 至 {BELIEFS_LIMIT}", field.nodes)
    scope = compiler.scope(field).each(size)
    row, after = compiler.alias(), field.arguments.get("after")
    identity = compiler.parameter(field.arguments["id"], "uuid")
    return template("knowledge").format(
        known=_known(compiler, identity),
        t=row,
        id=identity,
        content=compiler.object("Belief", compiler.below(field, "Belief"), row, scope),
        after="true" if after is None else f"e.recorded_at > {compiler.parameter(after, 'timestamptz')}",
        first=compiler.parameter(size, "integer"),
    )


def known_since(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``knownSince``: since when each thing that is believed of a day has been believed of it."""
    scope = compiler.scope(field)
    row, identity = compiler.alias(), compiler.parameter(field.arguments["id"], "uuid")
    return template("known_since").format(
        known=_known(compiler, identity),
        f=row,
        id=identity,
        content=compiler.object(
            "KnownField",
            compiler.below(field, "KnownField"),
            row,
            # What is shown beside it is no part of the belief that is asked about.
            scope._replace(known_at=None).each(LIST_ESTIMATE),
        ),
        as_of=scope.as_of,
        believed=_at("x", scope.known_at),
    )


def belief_difference(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``beliefDifference``: what two beliefs say differently of an entity on one day."""
    scope = compiler.scope(field)
    identity = compiler.parameter(field.arguments["id"], "uuid")
    before, after = (compiler.parameter(field.arguments[name], "timestamptz") for name in ("from", "to"))
    changed = _changed(compiler, field, scope, _at("x", before), _at("x", after))
    return template("belief_difference").format(known=_known(compiler, identity), changed=changed)


def events_of(instant: str) -> Callable[[Compiler, Selected, str, Scope], str]:
    """Return the compiler of the events of an entity at the instant that a column of its row says."""

    def compile_events(compiler: Compiler, field: Selected, row: str, scope: Scope) -> str:
        event = compiler.alias()
        below = compiler.below(field, "AuditEvent")
        content = compiler.object("AuditEvent", below, event, scope.each(LIST_ESTIMATE))
        return template("knowledge_events").format(
            e=event, content=content, id=f"{row}.id", instant=f"{row}.{instant}"
        )

    return compile_events


def rows_at(edge: str) -> Callable[[Compiler, Selected, str, Scope], str]:
    """Return the compiler of the rows that a belief began with, or ended: ``edge`` is lower or upper."""

    def compile_rows(compiler: Compiler, field: Selected, row: str, scope: Scope) -> str:
        known = compiler.alias()
        content = compiler.object(
            "KnownRow", compiler.below(field, "KnownRow"), known, scope.each(LIST_ESTIMATE)
        )
        return template("knowledge_rows").format(
            k=known, content=content, edge=edge, instant=f"{row}.recorded_at"
        )

    return compile_rows


def changed_by(compiler: Compiler, field: Selected, row: str, scope: Scope) -> str:
    """Compile what a belief says differently, on the day of the answer, from the one before it."""
    instant = f"{row}.recorded_at"
    before = f"lower(x.recorded) < {instant} AND (upper(x.recorded) >= {instant} OR upper_inf(x.recorded))"
    return _changed(compiler, field, scope, before, _at("x", instant))


def _changed(compiler: Compiler, field: Selected, scope: Scope, before: str, after: str) -> str:
    row = compiler.alias()
    content = compiler.object(
        "FieldChange", compiler.below(field, "FieldChange"), row, scope.each(LIST_ESTIMATE)
    )
    return template("knowledge_changed").format(
        f=row, content=content, as_of=scope.as_of, believed_before=before, believed_after=after
    )


def _at(row: str, instant: str | None) -> str:
    """Return the condition that ``row`` is believed at an instant, now if it is None."""
    return f"upper_inf({row}.recorded)" if instant is None else f"{row}.recorded @> {instant}"


def _known(compiler: Compiler, identity: str) -> str:
    """Return every row there ever was of an entity, and every field of these, as common tables."""
    rows = (
        _rows(model, identity, _sealed(compiler, model))
        for model in READ_MODELS
        if model.name not in _DERIVED
    )
    return template("known").format(rows="\n  UNION ALL\n".join(rows))


def _sealed(compiler: Compiler, model: ReadModel) -> str:
    """Return the condition that a row of a read model is not to be shown to the viewer."""
    if not model.personal or compiler.viewer.everywhere(Right.RESTRICTED):
        return "false"
    if not compiler.viewer.may(Right.RESTRICTED):
        return "true"
    kinds = ("Person", "Organization")
    ours = " OR ".join(compiler.places.placed(kind, "s", Right.RESTRICTED) for kind in kinds)
    return f"NOT EXISTS (SELECT FROM (VALUES (x.{model.personal})) AS s (id) WHERE {ours})"


def _rows(model: ReadModel, identity: str, sealed: str) -> str:
    """Return all rows of an entity in one read model; ``sealed`` says of which nothing is shown."""
    entity, *columns = (column.name for column in model.columns)
    keys, values = columns[: model.keys], [name for name in columns[model.keys :] if name not in _UNSAID]
    # Where the key is all there is, that there is such a row is what is believed.
    said = _object(values) if values else "jsonb_build_object('there', true)"
    of_people = bool(model.personal) and model.name not in _OF_ANYTHING
    person = f"x.{model.personal}" if of_people else "NULL::uuid"
    return (
        f"    SELECT '{model.name}' AS model, {_object(keys)} AS key, {said} AS said,"  # noqa: S608 - names of ours; values are parameters
        f" {sealed} AS sealed, {person} AS person, x.valid, x.recorded"
        f" FROM {Belief(None).every(model.name)} AS x WHERE x.{entity} = {identity}"
    )


def _object(columns: list[str]) -> str:
    pairs = ", ".join(f"'{_camel(name)}', x.{name}" for name in columns)
    return f"jsonb_build_object({pairs})"


def _camel(column: str) -> str:
    """Return the name under which the API shows a column: a column ends in _ where SQL has the word."""
    first, *others = column.rstrip("_").split("_")
    return first + "".join(map(str.capitalize, others))
