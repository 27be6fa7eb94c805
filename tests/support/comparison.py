"""What differs between two days, worked out from a register that was replayed."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol
from uuid import UUID

from projections.pinyin import sort_key
from registry.function.state import FUNCTION, Function
from registry.organization.kinds import Hierarchy
from registry.organization.state import ORGANIZATION, Organization
from registry.timeline import Noun, Timeline

Answer = dict[str, Any]


class Replayed(Protocol):
    """A register folded from its log."""

    timelines: dict[UUID, Timeline]

    def named(self, identity: UUID, day: date, *fields: str) -> Answer:
        """Return ``fields`` of whatever there is under an id on ``day``."""
        ...


def changes(replay: Replayed, since: date, day: date) -> Answer:
    """Return what differs between two days, as ``changes`` of the API shows it."""
    organizations = _both(replay, ORGANIZATION, since, day)
    living = [(i, a, b) for i, a, b in organizations if _lives(a) or _lives(b)]
    functions = _both(replay, FUNCTION, since, day)
    here = [(i, a, b) for i, a, b in functions if b is not None and not b.retired]
    return {
        "established": [replay.named(i, day, "id", "name") for i, a, _ in living if not _lives(a)],
        "dissolved": [replay.named(i, since, "id", "name") for i, _, b in living if not _lives(b)],
        "renamed": [
            {"organization": {"id": str(i)}, "before": a.name, "after": b.name}
            for i, a, b in living
            if _lives(a) and _lives(b) and a.name != b.name
        ],
        "moved": [
            {"organization": {"id": str(i)}, **_exchange(replay, _home(a), _home(b), since, day)}
            for i, a, b in living
            if _lives(a) and _lives(b) and _home(a) and _home(b) and _home(a) != _home(b)
        ],
        "functionsTransferred": [
            {"function": {"id": str(i)}, **_exchange(replay, _holder(a), _holder(b), since, day)}
            for i, a, b in here
            if _holder(a) and _holder(b) and _holder(a) != _holder(b)
        ],
        "functionsOrphaned": [{"id": str(i)} for i, a, b in here if _holder(a) and not _holder(b)],
        "functionsDefined": [{"id": str(i)} for i, a, _ in here if a is None or a.retired],
        "functionsEmphasized": [
            {"id": str(i)} for i, a, b in here if b.emphasized and not (a is not None and a.emphasized)
        ],
    }


def _both(replay: Replayed, noun: Noun, since: date, day: date) -> list[tuple[UUID, Any, Any]]:
    """Return what of ``noun`` there is on either day, by the name that a difference shows."""
    both = [
        (identity, timeline.at(since), timeline.at(day))
        for identity, timeline in replay.timelines.items()
        if timeline.noun is noun
    ]
    there = [(i, a, b) for i, a, b in both if a is not None or b is not None]
    return sorted(there, key=lambda item: (sort_key((item[2] or item[1]).name), str(item[0])))


def _exchange(replay: Replayed, before: UUID | None, after: UUID | None, since: date, day: date) -> Answer:
    assert before is not None
    assert after is not None
    return {"from": replay.named(before, since, "id", "name"), "to": replay.named(after, day, "id", "name")}


def _lives(state: Organization | None) -> bool:
    return state is not None and state.status.alive


def _home(state: Organization) -> UUID | None:
    return next((r.superior for r in state.relations if r.hierarchy is Hierarchy.PART_OF), None)


def _holder(state: Function | None) -> UUID | None:
    return None if state is None or state.holding is None else state.holding.holder
