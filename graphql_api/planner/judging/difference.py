"""Which rules would come to something else after a simulation (规则变化)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.judging.results import Fetch, Question, Shown, compliance
from graphql_api.planner.selection import Selected
from registry.rule.kinds import JudgedAt

_SHARED = ("rule", "subject")
"""What a changed rule shows once, and not for each side."""


class Sides(NamedTuple):
    """The tables as they are are those of ``schema``; bare names mean what would be."""

    compiler: Callable[[], Compiler]
    schema: str
    day: date


async def rules_changed(sides: Sides, field: Selected, fetch: Fetch) -> list[dict[str, Any]]:
    """Return the changed rules as ``field`` asks for them, by response key."""
    reading = sides.compiler()
    asked = reading.below(field, "SimulatedRule")
    for part in asked:
        if part.name != "__typename":
            reading.check(reading.type_of("SimulatedRule"), part)
    before = await _side(sides, asked, "before", sides.schema, fetch)
    after = await _side(sides, asked, "after", "", fetch)
    changed = [
        (before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if _state(before.get(key)) != _state(after.get(key))
    ]
    return [_shown(asked, *pair) for pair in sorted(changed, key=_code)]


async def _side(
    sides: Sides, asked: list[Selected], side: str, schema: str, fetch: Fetch
) -> dict[tuple[str, str | None], Shown]:
    """Judge on one side; what is asked of it, and of both, stands under the key of whatever asks."""
    compiler = sides.compiler()
    selected = [part._replace(key=_key(part)) for part in asked if part.name in _SHARED]
    for part in asked:
        if part.name == side:
            below = compiler.below(part, "RuleResult")
            selected += [inner._replace(key=_key(part, inner)) for inner in below]
    scope = Scope(compiler.parameter(sides.day, "date"), None, schema=schema)
    question = Question(selected, None, None, JudgedAt.AS_OF, sides.day)
    return {
        (result.code, result.subject): result for result in await compliance(compiler, scope, question, fetch)
    }


def _key(part: Selected, inner: Selected | None = None) -> str:
    return part.key if inner is None else f"{part.key}/{inner.key}"


def _state(result: Shown | None) -> tuple[object, ...] | None:
    return None if result is None else result.state


def _code(pair: tuple[Shown | None, Shown | None]) -> tuple[str, str]:
    result = pair[1] or pair[0]
    assert result is not None
    return result.code, result.subject or ""


def _shown(asked: list[Selected], before: Shown | None, after: Shown | None) -> dict[str, Any]:
    sides = {"before": before, "after": after}
    either = after or before
    assert either is not None
    shown: dict[str, Any] = {}
    for part in asked:
        if part.name in _SHARED:
            shown[part.key] = either.shown[part.key]
        elif part.name in sides:
            result = sides[part.name]
            prefix = f"{part.key}/"
            shown[part.key] = result and {
                key.removeprefix(prefix): value
                for key, value in result.shown.items()
                if key.startswith(prefix)
            }
    return shown
