"""What differs between two beliefs about one day, compiled (两次认知之间的变化)."""

from __future__ import annotations

from graphql_api.planner.changes import Difference, difference_of
from graphql_api.planner.compiler import LIST_ESTIMATE, Compiler, Scope
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import plain, template

_KEYS = {"organization": "id", "relation": "subordinate", "function": "id", "holding": "function"}
"""The read models that a difference is seen in, and whose rows they hold."""


def belief_changes(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``beliefChanges``: the register on a day, as believed at one instant and at another."""
    scope = compiler.scope(field)
    before, after = (
        scope._replace(known_at=compiler.parameter(field.arguments[name], "timestamptz"))
        for name in ("from", "to")
    )
    root = {"root": field.arguments.get("root")}
    pairs: list[tuple[str, str]] = []
    for part in compiler.below(field, "BeliefChanges"):
        values = {"asOf": scope.as_of, "from": f"({before.known_at})", "to": f"({after.known_at})"}
        if part.name == "changes":
            values["changes"] = difference_of(compiler, part._replace(arguments=root), before, after)
        elif part.name == "events":
            values["events"] = _events(compiler, part, Difference(compiler, before, after, root["root"]))
        pairs.extend(plain(compiler, "BeliefChanges", [part], values))
    return compiler.build(pairs)


def _events(compiler: Compiler, part: Selected, difference: Difference) -> str:
    """Return the events recorded between the two instants that had a part in the difference."""
    row, entity = compiler.alias(), compiler.alias()
    now = difference.after._replace(known_at=None, times=LIST_ESTIMATE)
    content = compiler.object("AuditEvent", compiler.below(part, "AuditEvent"), row, now)
    held = (
        f"SELECT {key} AS id, valid, recorded FROM {now.belief.every(table)} AS e"  # noqa: S608 - names of ours; values are parameters
        for table, key in _KEYS.items()
    )
    within = (difference.within(entity), difference.within(entity, functions=True))
    return template("belief_events").format(
        t=row,
        d=entity,
        content=content,
        before_known=difference.before.known_at,
        after_known=difference.after.known_at,
        after=difference.after.as_of,
        differing=difference.fill("belief_differing"),
        held=" UNION ALL ".join(held),
        within=f"({' OR '.join(dict.fromkeys(within))})",
    )
