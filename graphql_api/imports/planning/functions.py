"""Rows of functions (职能). Pure."""

from __future__ import annotations

from graphql_api.imports.identities import Look
from graphql_api.imports.planning.boards import identified
from graphql_api.imports.rows import Row
from graphql_api.imports.saying import Changes, Intent, Kinds, check_period, event_of, stamp
from graphql_api.imports.wrong import Wrong, WrongError
from registry.function import commands as c
from registry.function import events as e
from registry.function.state import Function


def function(row: Row, look: Look) -> list[Intent]:
    """Return what a function comes to: its words, who holds it from that day, its end."""
    check_period(row)
    identity = identified("function", row, look)
    holder = None
    if row.get("holder") is not None:
        holder = look.required("organization", row.get("holder"), "holder", row.day.on)
    entity = look.standing(identity)
    if entity is None:
        command = c.DefineFunction(
            **stamp(row, look),
            function=identity,
            name=row.get("name"),
            description=row.get("description"),
            holder=holder,
        )
        ends = [] if row.end is None else [c.RetireFunction(**stamp(row, look, row.end), function=identity)]
        return [Intent("code", command), *(Intent("to", end) for end in ends)]
    changes = Changes(entity, row, look)
    first = entity.timeline.segments[0]
    state = first.state if row.day.on < first.start else entity.timeline.at(row.day.on)
    if not isinstance(state, Function) or state.retired:
        details = {"noun": "function 职能", "value": row.get("code"), "date": row.day.on}
        raise WrongError(Wrong.NOT_THERE, "from", **details)
    defined = event_of(entity, (e.FunctionDefined,))
    assert defined is not None
    if row.day.on < first.start:
        changes.move("from", defined, row.day)
    for name in ("name", "description"):
        if row.says(name) and row.get(name) != getattr(state, name):
            changes.amend(name, defined, **{name: row.get(name)})
    _hold(row, look, changes, state)
    _retire(row, look, changes)
    return changes.intents()


def _hold(row: Row, look: Look, changes: Changes, state: Function) -> None:
    if not row.says("holder"):
        return
    given, identity = changes.stamp, changes.entity.id
    known = None if state.holding is None else state.holding.holder
    if row.get("holder") is None:
        if known is not None:
            changes.send("holder", c.ReleaseFunction(**given, function=identity))
        return
    holder = look.required("organization", row.get("holder"), "holder", row.day.on)
    if known == holder:
        return
    if known is None:
        changes.send("holder", c.AssignFunction(**given, function=identity, holder=holder))
        return
    kinds: Kinds = {e.FunctionAssigned: {"holder": holder}, e.FunctionTransferred: {"target": holder}}
    changes.say("holder", kinds, c.TransferFunction(**given, function=identity, target=holder))


def _retire(row: Row, look: Look, changes: Changes) -> None:
    if row.end is None:
        return
    there = event_of(changes.entity, (e.FunctionRetired,))
    if there is None:
        retiring = c.RetireFunction(**stamp(row, look, row.end), function=changes.entity.id)
        changes.send("to", retiring)
    elif there.event.effective_on != row.end.on:
        changes.move("to", there, row.end)
