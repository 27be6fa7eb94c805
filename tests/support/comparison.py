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


def changes(replay: Replayed, since: date, day: date, earlier: Replayed | None = None) -> Answer:
    """Return what differs between two days, as ``changes`` of the API shows it.

    With ``earlier``, the first day is as that register has it: another belief.
    """
    before = replay if earlier is None else earlier
    organizations = _both(before, replay, ORGANIZATION, since, day)
    living = [(i, a, b) for i, a, b in organizations if _lives(a) or _lives(b)]
    functions = _both(before, replay, FUNCTION, since, day)
    here = [(i, a, b) for i, a, b in functions if b is not None and not b.retired]
    return {
        "established": [replay.named(i, day, "id", "name") for i, a, _ in living if not _lives(a)],
        "dissolved": [before.named(i, since, "id", "name") for i, _, b in living if not _lives(b)],
        "renamed": [
            {"organization": {"id": str(i)}, "before": a.name, "after": b.name}
            for i, a, b in living
            if _lives(a) and _lives(b) and a.name != b.name
        ],
        "moved": [
            {"organization": {"id": str(i)}, **_exchange((before, _home(a), since), (replay, _home(b), day))}
            for i, a, b in living
            if _lives(a) and _lives(b) and _home(a) and _home(b) and _home(a) != _home(b)
        ],
        "functionsTransferred": [
            {"function": {"id": str(i)}, **_exchange((before, _holder(a), since), (replay, _holder(b), day))}
            for i, a, b in here
            if _holder(a) and _holder(b) and _holder(a) != _holder(b)
        ],
        "functionsOrphaned": [{"id": str(i)} for i, a, b in here if _holder(a) and not _holder(b)],
        "functionsDefined": [{"id": str(i)} for i, a, _ in here if a is None or a.retired],
        "functionsEmphasized": [
            {"id": str(i)} for i, a, b in here if b.emphasized and not (a is not None and a.emphasized)
        ],
    }


def _both(
    before: Replayed, after: Replayed, noun: Noun, since: date, day: date
) -> list[tuple[UUID, Any, Any]]:
    """Return what of ``noun`` there is on either day, by the name that a difference shows."""
    both = [
        (identity, _state(before, identity, since), _state(after, identity, day))
        for identity, timeline in {**before.timelines, **after.timelines}.items()
        if timeline.noun is noun
    ]
    there = [(i, a, b) for i, a, b in both if a is not None or b is not None]
    return sorted(there, key=lambda item: (sort_key((item[2] or item[1]).name), str(item[0])))


def _state(replay: Replayed, identity: UUID, day: date) -> Any:  # noqa: ANN401 - each noun has a state of its own
    timeline = replay.timelines.get(identity)
    return None if timeline is None else timeline.at(day)


_End = tuple[Replayed, UUID | None, date]


def _exchange(before: _End, after: _End) -> Answer:
    ends = {"from": before, "to": after}
    assert all(identity is not None for _, identity, _ in ends.values())
    return {
        name: replay.named(identity, day, "id", "name")
        for name, (replay, identity, day) in ends.items()
        if identity is not None
    }


def _lives(state: Organization | None) -> bool:
    return state is not None and state.status.alive


def _home(state: Organization) -> UUID | None:
    return next((r.superior for r in state.relations if r.hierarchy is Hierarchy.PART_OF), None)


def _holder(state: Function | None) -> UUID | None:
    return None if state is None or state.holding is None else state.holding.holder
