"""What the API must answer, worked out from the log alone: replayed to an instant, folded, looked at on a day.

Nothing of the projections or of the planner is used. What is so is looked for day by day in every entity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec.structs import replace

from registry.events import Recorded
from registry.function.state import FUNCTION, Function
from registry.instrument.state import INSTRUMENT, Instrument
from registry.nouns import noun_of
from registry.organization.kinds import Hierarchy, Kind
from registry.organization.state import ORGANIZATION, Organization
from registry.reorganization.state import REORGANIZATION, Reorganization
from registry.timeline import Noun, Segment, Timeline, fold

Answer = dict[str, Any]

QUERY = """
query ($asOf: Date, $knownAt: DateTime, $root: ID, $hierarchies: [Hierarchy!], $from: Date!) {
  organizations(first: 100, asOf: $asOf, knownAt: $knownAt) {
    totalCount
    nodes {
      id name shortName kind status code subtype validFrom validTo position
      decidedBy { id title number repealed }
      identifiers { scheme value validFrom validTo }
      designations { name validFrom validTo }
      functions { id name }
      superiors { hierarchy validFrom validTo position superior { id name status validFrom } }
      children { hierarchy subordinate { id name functions { name } } }
      predecessors { id name status }
      successors { id name status }
    }
  }
  functions(first: 100, asOf: $asOf, knownAt: $knownAt) {
    totalCount
    nodes {
      id name emphasized retired orphaned validFrom validTo position
      holder { id name superiors { hierarchy superior { name } } }
      holdings { validFrom validTo holder { id name } }
    }
  }
  instruments(first: 100, asOf: $asOf, knownAt: $knownAt) { nodes { id number title repealed validFrom validTo } }
  reorganizations(first: 100, asOf: $asOf, knownAt: $knownAt) { nodes { id title stage takesEffectOn validFrom } }
  orgChart(root: $root, hierarchies: $hierarchies, asOf: $asOf, knownAt: $knownAt) {
    nodes { depth parentId childCount organization { id name status functions { name } } }
  }
  changes(from: $from, to: $asOf, knownAt: $knownAt) {
    established { id name }
    dissolved { id name }
    renamed { organization { id } before after }
    moved { organization { id } from { id name } to { id name } }
    functionsTransferred { function { id } from { id name } to { id name } }
    functionsOrphaned { id }
    functionsDefined { id }
    functionsEmphasized { id }
  }
}
"""
"""Everything that a chart, a list or a comparison shows, nested so that date and belief must reach inside."""


class Moment(NamedTuple):
    """For which day, and after which instant's knowledge, one asks; and the earlier day it is compared with."""

    as_of: date
    known_at: datetime | None
    since: date


class Replay:
    """The register as believed after ``records``, which are the log up to some instant."""

    def __init__(self, records: Iterable[Recorded]) -> None:
        streams: dict[UUID, list[Recorded]] = {}
        for record in records:
            streams.setdefault(record.originator_id, []).append(record)
        self._timelines: dict[UUID, Timeline] = {}
        for stream, history in streams.items():
            timeline = fold(noun_of(history[0].event), history)
            assert isinstance(timeline, Timeline), timeline
            self._timelines[stream] = timeline

    def answer(self, day: date, root: UUID, hierarchies: Sequence[Hierarchy], since: date) -> Answer:
        """Return the answer to :data:`QUERY`."""
        organizations = self._listed(ORGANIZATION, day, _by_name)
        functions = [(i, f) for i, f in self._listed(FUNCTION, day, _by_name) if not f.retired]
        instruments = self._listed(INSTRUMENT, day, lambda i, s: (self._since(i, day), str(i)))
        reforms = self._listed(REORGANIZATION, day, lambda i, s: (self._since(i, day), str(i)))
        return {
            "organizations": {
                "totalCount": len(organizations),
                "nodes": [self._organization(i, state, day) for i, state in organizations],
            },
            "functions": {
                "totalCount": len(functions),
                "nodes": [self._function(i, state, day) for i, state in functions],
            },
            "instruments": {"nodes": [self._instrument(i, state, day) for i, state in instruments]},
            "reorganizations": {"nodes": [self._reorganization(i, state, day) for i, state in reforms]},
            "orgChart": {"nodes": self._chart(root, hierarchies, day)},
            "changes": self._changes(since, day),
        }

    def _at(self, identity: UUID, day: date) -> Any:  # noqa: ANN401 - each noun has a state of its own
        timeline = self._timelines.get(identity)
        return None if timeline is None else timeline.at(day)

    def _listed(
        self, noun: Noun, day: date, key: Callable[[UUID, Any], tuple[Any, ...]]
    ) -> list[tuple[UUID, Any]]:
        found = [
            (identity, state)
            for identity, timeline in self._timelines.items()
            if timeline.noun is noun and (state := timeline.at(day)) is not None
        ]
        return sorted(found, key=lambda item: key(*item))

    def _extent(self, identity: UUID, day: date, holds: Callable[[Any], bool]) -> Segment:
        """Return the days around ``day`` during which ``holds`` is true without a break."""
        segments = self._timelines[identity].segments
        (here,) = (n for n, segment in enumerate(segments) if segment.start <= day < segment.end)
        first = last = here
        while first > 0 and holds(segments[first - 1].state):
            first -= 1
        while last < len(segments) - 1 and holds(segments[last + 1].state):
            last += 1
        return Segment(segments[first].start, segments[last].end, segments[here].state)

    def _since(self, identity: UUID, day: date) -> date:
        state = self._at(identity, day)
        return self._extent(identity, day, lambda other: _shown(other) == _shown(state)).start

    def _validity(self, identity: UUID, day: date, holds: Callable[[Any], bool]) -> Answer:
        start, end, _ = self._extent(identity, day, holds)
        return {"validFrom": start.isoformat(), "validTo": None if end == date.max else end.isoformat()}

    def _whole_validity(self, identity: UUID, state: object, day: date) -> Answer:
        return self._validity(identity, day, lambda other: _shown(other) == _shown(state))

    def _organization(self, identity: UUID, state: Organization, day: date) -> Answer:
        identifiers = sorted(state.identifiers, key=lambda i: (i.scheme, i.value))
        designations = sorted(state.designations, key=lambda d: d.name)
        return {
            "id": str(identity),
            "name": state.name,
            "shortName": state.short_name,
            "kind": state.kind,
            "status": state.status,
            "code": state.code,
            "subtype": state.profile.subtype,
            **self._whole_validity(identity, state, day),
            "position": state.position,
            "decidedBy": self._decided_by(state.instrument, day),
            "identifiers": [
                {
                    "scheme": i.scheme,
                    "value": i.value,
                    **self._validity(identity, day, lambda s, i=i: (i.scheme, i.value) in _pairs(s)),
                }
                for i in identifiers
            ],
            "designations": [
                {"name": d.name, **self._validity(identity, day, lambda s, d=d: d in s.designations)}
                for d in designations
            ],
            "functions": self._functions_of(identity, day, "id", "name"),
            "superiors": [
                {
                    "hierarchy": r.hierarchy,
                    **self._validity(identity, day, lambda s, r=r: r in s.relations),
                    "position": r.position,
                    "superior": self._named(r.superior, day, "id", "name", "status", "validFrom"),
                }
                for r in sorted(state.relations, key=lambda r: (r.hierarchy, str(r.superior)))
            ],
            "children": self._children(identity, day),
            "predecessors": self._heirs(identity, day, backwards=True),
            "successors": self._heirs(identity, day, backwards=False),
        }

    def _named(self, identity: UUID, day: date, *fields: str) -> Answer:
        state = self._at(identity, day)
        everything = {
            "id": str(identity),
            "name": state.name,
            "status": getattr(state, "status", None),
            "validFrom": self._since(identity, day).isoformat(),
        }
        return {field: everything[field] for field in fields}

    def _decided_by(self, instrument: UUID | None, day: date) -> Answer | None:
        state = None if instrument is None else self._at(instrument, day)
        if not isinstance(state, Instrument):
            return None
        return {
            "id": str(instrument),
            "title": state.title,
            "number": state.number,
            "repealed": state.repealed,
        }

    def _functions_of(self, holder: UUID, day: date, *fields: str) -> list[Answer]:
        return [
            self._named(identity, day, *fields)
            for identity, state in self._listed(FUNCTION, day, _by_name)
            if state.holding is not None and state.holding.holder == holder
        ]

    def _below(self, superior: UUID, hierarchies: Sequence[Hierarchy], day: date) -> list[tuple[UUID, Hierarchy]]:
        return [
            (identity, relation.hierarchy)
            for identity, state in self._listed(ORGANIZATION, day, _by_name)
            for relation in state.relations
            if relation.superior == superior and relation.hierarchy in hierarchies
        ]

    def _children(self, identity: UUID, day: date) -> list[Answer]:
        found = sorted(self._below(identity, list(Hierarchy), day), key=lambda c: (c[1], str(c[0])))
        return [
            {
                "hierarchy": hierarchy,
                "subordinate": {
                    **self._named(child, day, "id", "name"),
                    "functions": self._functions_of(child, day, "name"),
                },
            }
            for child, hierarchy in found
        ]

    def _heirs(self, identity: UUID, day: date, *, backwards: bool) -> list[Answer]:
        found: set[UUID] = set()
        for _, reform in self._listed(REORGANIZATION, day, _by_title):
            assert isinstance(reform, Reorganization)
            for succession in reform.plan.successions if reform.stage == "COMPLETED" else ():
                ends = (succession.successor, succession.predecessor)
                here, there = ends if backwards else ends[::-1]
                if here == identity and self._at(there, day) is not None:
                    found.add(there)
        named = [self._named(heir, day, "id", "name", "status") for heir in found]
        return sorted(named, key=lambda heir: (heir["name"], heir["id"]))

    def _function(self, identity: UUID, state: Function, day: date) -> Answer:
        return {
            "id": str(identity),
            "name": state.name,
            "emphasized": state.emphasized,
            "retired": state.retired,
            "orphaned": state.holding is None,
            **self._whole_validity(identity, state, day),
            "position": state.position,
            "holder": None if state.holding is None else self._holder(state.holding.holder, day),
            "holdings": self._holdings(identity),
        }

    def _holder(self, identity: UUID, day: date) -> Answer:
        state = self._at(identity, day)
        places = sorted(state.relations, key=lambda r: (r.hierarchy, str(r.superior)))
        return {
            **self._named(identity, day, "id", "name"),
            "superiors": [
                {"hierarchy": r.hierarchy, "superior": self._named(r.superior, day, "name")} for r in places
            ],
        }

    def _holdings(self, function: UUID) -> list[Answer]:
        found: list[Answer] = []
        last: object = None
        for start, _, state in self._timelines[function].segments:
            said = None if state.holding is None else (state.holding.holder, state.holding.position)
            if said is not None and said != last:
                days = self._validity(function, start, lambda s, said=said: _said(s) == said)
                found.append({**days, "holder": self._named(said[0], start, "id", "name")})
            last = said
        return found

    def _instrument(self, identity: UUID, state: Instrument, day: date) -> Answer:
        return {
            "id": str(identity),
            "number": state.number,
            "title": state.title,
            "repealed": state.repealed,
            **self._whole_validity(identity, state, day),
        }

    def _reorganization(self, identity: UUID, state: Reorganization, day: date) -> Answer:
        effect = state.takes_effect_on
        return {
            "id": str(identity),
            "title": state.title,
            "stage": state.stage,
            "takesEffectOn": None if effect is None else effect.isoformat(),
            "validFrom": self._since(identity, day).isoformat(),
        }

    def _chart(self, root: UUID, hierarchies: Sequence[Hierarchy], day: date) -> list[Answer]:
        state = self._at(root, day)
        return [] if state is None or not state.status.alive else self._node(root, (), hierarchies, day)

    def _node(
        self, identity: UUID, way: tuple[UUID, ...], hierarchies: Sequence[Hierarchy], day: date
    ) -> list[Answer]:
        """Return a node and everything below it, in order of kind, code and name."""
        below = {child for child, _ in self._below(identity, hierarchies, day)}
        node = {
            "depth": len(way),
            "parentId": str(way[-1]) if way else None,
            "childCount": len(below),
            "organization": {
                **self._named(identity, day, "id", "name", "status"),
                "functions": self._functions_of(identity, day, "name"),
            },
        }
        nodes = [node]
        for child in sorted(below - {*way, identity}, key=lambda c: self._rank(c, day)):
            nodes.extend(self._node(child, (*way, identity), hierarchies, day))
        return nodes

    def _rank(self, identity: UUID, day: date) -> tuple[int, str, str, str]:
        state = self._at(identity, day)
        return list(Kind).index(state.kind), state.code or "\U0010ffff", state.name, str(identity)

    def _changes(self, since: date, day: date) -> Answer:
        organizations = self._both(ORGANIZATION, since, day)
        living = [(i, a, b) for i, a, b in organizations if _lives(a) or _lives(b)]
        functions = self._both(FUNCTION, since, day)
        here = [(i, a, b) for i, a, b in functions if b is not None and not b.retired]
        return {
            "established": [self._named(i, day, "id", "name") for i, a, _ in living if not _lives(a)],
            "dissolved": [self._named(i, since, "id", "name") for i, _, b in living if not _lives(b)],
            "renamed": [
                {"organization": {"id": str(i)}, "before": a.name, "after": b.name}
                for i, a, b in living
                if _lives(a) and _lives(b) and a.name != b.name
            ],
            "moved": [
                {"organization": {"id": str(i)}, **self._exchange(_home(a), _home(b), since, day)}
                for i, a, b in living
                if _lives(a) and _lives(b) and _home(a) and _home(b) and _home(a) != _home(b)
            ],
            "functionsTransferred": [
                {"function": {"id": str(i)}, **self._exchange(_holder(a), _holder(b), since, day)}
                for i, a, b in here
                if _holder(a) and _holder(b) and _holder(a) != _holder(b)
            ],
            "functionsOrphaned": [{"id": str(i)} for i, a, b in here if _holder(a) and not _holder(b)],
            "functionsDefined": [{"id": str(i)} for i, a, _ in here if a is None or a.retired],
            "functionsEmphasized": [
                {"id": str(i)} for i, a, b in here if b.emphasized and not (a is not None and a.emphasized)
            ],
        }

    def _both(self, noun: Noun, since: date, day: date) -> list[tuple[UUID, Any, Any]]:
        """Return what of ``noun`` there is on either day, by the name that a difference shows."""
        both = [
            (identity, timeline.at(since), timeline.at(day))
            for identity, timeline in self._timelines.items()
            if timeline.noun is noun
        ]
        there = [(i, a, b) for i, a, b in both if a is not None or b is not None]
        return sorted(there, key=lambda item: ((item[2] or item[1]).name, str(item[0])))

    def _exchange(self, before: UUID | None, after: UUID | None, since: date, day: date) -> Answer:
        assert before is not None
        assert after is not None
        return {"from": self._named(before, since, "id", "name"), "to": self._named(after, day, "id", "name")}


def _by_name(identity: UUID, state: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever has a name
    return state.name, str(identity)


def _by_title(identity: UUID, state: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever has a title
    return state.title, str(identity)


def _shown(state: Any) -> object:  # noqa: ANN401 - the state of any noun
    """Return what of a state its own row shows; the rest stands in rows of its own."""
    if isinstance(state, Organization):
        return replace(state, relations=(), identifiers=(), designations=(), rules=())
    return replace(state, holding=None) if isinstance(state, Function) else state


def _pairs(state: Organization) -> list[tuple[str, str]]:
    return [(identifier.scheme, identifier.value) for identifier in state.identifiers]


def _said(state: Function) -> tuple[UUID, int] | None:
    return None if state.holding is None else (state.holding.holder, state.holding.position)


def _lives(state: Organization | None) -> bool:
    return state is not None and state.status.alive


def _home(state: Organization) -> UUID | None:
    return next((r.superior for r in state.relations if r.hierarchy is Hierarchy.PART_OF), None)


def _holder(state: Function | None) -> UUID | None:
    return None if state is None or state.holding is None else state.holding.holder
