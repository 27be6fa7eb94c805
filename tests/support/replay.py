"""What the API must answer, worked out from the log alone: replayed, folded, looked at on a day.

Nothing of the projections or of the planner is used but the order of names. What is so is looked
for day by day in every entity.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec.structs import replace

from projections.pinyin import sort_key
from registry.events import Recorded
from registry.function.state import FUNCTION, Function
from registry.instrument.state import INSTRUMENT, Instrument
from registry.nouns import noun_of
from registry.organization.kinds import Hierarchy, Kind
from registry.organization.state import ORGANIZATION, Organization
from registry.reorganization.state import REORGANIZATION, Reorganization
from registry.timeline import Noun, Segment, Timeline, fold
from tests.support.comparison import changes

Answer = dict[str, Any]
Keys = Callable[[Any], Collection[object]]
"""What of a state may last while other parts of it change."""

QUERY = """
query ($asOf: Date!, $knownAt: DateTime, $root: ID, $hierarchies: [Hierarchy!], $from: Date!) {
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
  instruments(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes { id number title repealed validFrom }
  }
  reorganizations(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes { id title stage takesEffectOn validFrom }
  }
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
    """For which day and with which knowledge one asks, and the day that it is compared with."""

    as_of: date
    known_at: datetime | None
    since: date


class Replay:
    """The register as believed after ``records``, which are the log up to some instant."""

    def __init__(self, records: Iterable[Recorded]) -> None:
        streams: dict[UUID, list[Recorded]] = {}
        for record in records:
            streams.setdefault(record.originator_id, []).append(record)
        self.timelines: dict[UUID, Timeline] = {}
        for stream, history in streams.items():
            timeline = fold(noun_of(history[0].event), history)
            assert isinstance(timeline, Timeline), timeline
            self.timelines[stream] = timeline

    def answer(self, day: date, root: UUID, hierarchies: Sequence[Hierarchy], since: date) -> Answer:
        """Return the answer to :data:`QUERY`."""
        organizations = self._listed(ORGANIZATION, day, _by_name)
        functions = [(i, f) for i, f in self._listed(FUNCTION, day, _by_name) if not f.retired]
        instruments = self._listed(INSTRUMENT, day, lambda i, _: (self._since(i, day), str(i)))
        reforms = self._listed(REORGANIZATION, day, lambda i, _: (self._since(i, day), str(i)))
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
            "changes": changes(self, since, day),
        }

    def _at(self, identity: UUID, day: date) -> Any:  # noqa: ANN401 - each noun has a state of its own
        timeline = self.timelines.get(identity)
        return None if timeline is None else timeline.at(day)

    def _listed(
        self, noun: Noun, day: date, key: Callable[[UUID, Any], tuple[Any, ...]]
    ) -> list[tuple[UUID, Any]]:
        found = [
            (identity, state)
            for identity, timeline in self.timelines.items()
            if timeline.noun is noun and (state := timeline.at(day)) is not None
        ]
        return sorted(found, key=lambda item: key(*item))

    def _extent(self, identity: UUID, day: date, keys: Keys, key: object) -> Segment:
        """Return the days around ``day`` on which ``key`` is among the ``keys`` without a break."""
        segments = self.timelines[identity].segments
        (here,) = (n for n, segment in enumerate(segments) if segment.start <= day < segment.end)
        first = last = here
        while first > 0 and key in keys(segments[first - 1].state):
            first -= 1
        while last < len(segments) - 1 and key in keys(segments[last + 1].state):
            last += 1
        return Segment(segments[first].start, segments[last].end, segments[here].state)

    def _since(self, identity: UUID, day: date) -> date:
        return self._extent(identity, day, _shown, *_shown(self._at(identity, day))).start

    def _validity(self, identity: UUID, day: date, keys: Keys, key: object) -> Answer:
        start, end, _ = self._extent(identity, day, keys, key)
        return {"validFrom": start.isoformat(), "validTo": None if end == date.max else end.isoformat()}

    def _whole_validity(self, identity: UUID, state: object, day: date) -> Answer:
        return self._validity(identity, day, _shown, *_shown(state))

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
                    **self._validity(identity, day, _pairs, (i.scheme, i.value)),
                }
                for i in identifiers
            ],
            "designations": [
                {"name": d.name, **self._validity(identity, day, _designations, d)} for d in designations
            ],
            "functions": self._functions_of(identity, day, "id", "name"),
            "superiors": [
                {
                    "hierarchy": r.hierarchy,
                    **self._validity(identity, day, _relations, r),
                    "position": r.position,
                    "superior": self.named(r.superior, day, "id", "name", "status", "validFrom"),
                }
                for r in sorted(state.relations, key=lambda r: (r.hierarchy, str(r.superior)))
            ],
            "children": self._children(identity, day),
            "predecessors": self._heirs(identity, day, backwards=True),
            "successors": self._heirs(identity, day, backwards=False),
        }

    def named(self, identity: UUID, day: date, *fields: str) -> Answer:
        """Return ``fields`` of whatever there is under an id on ``day``."""
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
            self.named(identity, day, *fields)
            for identity, state in self._listed(FUNCTION, day, _by_name)
            if state.holding is not None and state.holding.holder == holder
        ]

    def _below(
        self, superior: UUID, hierarchies: Sequence[Hierarchy], day: date
    ) -> list[tuple[UUID, Hierarchy]]:
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
                    **self.named(child, day, "id", "name"),
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
        named = [self.named(heir, day, "id", "name", "status") for heir in found]
        return sorted(named, key=lambda heir: (sort_key(heir["name"]), heir["id"]))

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
            **self.named(identity, day, "id", "name"),
            "superiors": [
                {"hierarchy": r.hierarchy, "superior": self.named(r.superior, day, "name")} for r in places
            ],
        }

    def _holdings(self, function: UUID) -> list[Answer]:
        found: list[Answer] = []
        last: object = None
        for start, _, state in self.timelines[function].segments:
            said = next(iter(_said(state)), None)
            if said is not None and said != last:
                days = self._validity(function, start, _said, said)
                found.append({**days, "holder": self.named(said[0], start, "id", "name")})
            last = said
        return found

    def _instrument(self, identity: UUID, state: Instrument, day: date) -> Answer:
        return {
            "id": str(identity),
            "number": state.number,
            "title": state.title,
            "repealed": state.repealed,
            "validFrom": self._since(identity, day).isoformat(),
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
                **self.named(identity, day, "id", "name", "status"),
                "functions": self._functions_of(identity, day, "name"),
            },
        }
        nodes = [node]
        for child in sorted(below - {*way, identity}, key=lambda c: self._rank(c, day)):
            nodes.extend(self._node(child, (*way, identity), hierarchies, day))
        return nodes

    def _rank(self, identity: UUID, day: date) -> tuple[int, str, str, str]:
        state = self._at(identity, day)
        return list(Kind).index(state.kind), state.code or "\U0010ffff", sort_key(state.name), str(identity)


def _by_name(identity: UUID, state: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever has a name
    return sort_key(state.name), str(identity)


def _by_title(identity: UUID, state: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever has a title
    return sort_key(state.title), str(identity)


def _shown(state: Any) -> list[object]:  # noqa: ANN401 - the state of any noun
    """Return what of a state its own row shows; the rest stands in rows of its own."""
    if isinstance(state, Organization):
        beside = {"registration": None, "charter": None, "staffing": None}
        return [replace(state, relations=(), identifiers=(), designations=(), rules=(), **beside)]
    return [replace(state, holding=None) if isinstance(state, Function) else state]


def _pairs(state: Organization) -> list[tuple[str, str]]:
    return [(identifier.scheme, identifier.value) for identifier in state.identifiers]


def _designations(state: Organization) -> Collection[object]:
    return state.designations


def _relations(state: Organization) -> Collection[object]:
    return state.relations


def _said(state: Function) -> list[tuple[UUID, int]]:
    return [] if state.holding is None else [(state.holding.holder, state.holding.position)]
