"""A register in memory that takes each command once, looked at by the keys of the data files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from graphql_api.demo.keys import organization_id
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.events import Recorded
from registry.function.state import FUNCTION, Function
from registry.organization.kinds import Hierarchy, Kind
from registry.organization.state import ORGANIZATION, Organization
from registry.reads import Bearer
from registry.references import Reference
from registry.reorganization.commands import AdoptReorganization
from registry.router import decide
from registry.settlement import Settlement, settle
from registry.timeline import Entity
from tests.support.given import Register


class MemoryRegister(Register):
    """A register that knows every command it took, as the store does.

    It looks up what it is asked by indexes, for the demo is large, and leaves the look at the whole of it,
    ``assert_consistent``, to whoever wants it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.records: list[Recorded] = []
        self.taken: dict[UUID, Command] = {}
        self.accepted: dict[UUID, Accepted] = {}
        self._pointing: dict[UUID, dict[UUID, list[Reference]]] = defaultdict(dict)
        self._bearing: dict[tuple[str, str], dict[UUID, list[Bearer]]] = defaultdict(dict)
        self._caused: dict[int, list[UUID]] = defaultdict(list)

    def references_to(self, target: UUID) -> Sequence[Reference]:
        return [r for references in self._pointing[target].values() for r in references]

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        return [bearer for each in self._bearing[scheme, value].values() for bearer in each]

    def consequences_of(self, position: int) -> Sequence[UUID]:
        return list(dict.fromkeys(self._caused[position]))

    def execute(self, command: Command) -> Settlement:
        settlement = settle(self, command, decide(command, self), self.place)
        for change in settlement.changes:
            self._forget(change.before)
            self._index(change.after)
            self.entities[change.after.id] = change.after
        for record in settlement.records:
            if record.cause is not None:
                self._caused[record.cause].append(record.originator_id)
        self.head += len(settlement.records)
        return settlement

    def _forget(self, entity: Entity | None) -> None:
        if entity is None:
            return
        for reference in entity.references:
            self._pointing[reference.target].pop(entity.id, None)
        for _, _, pair in entity.identifiers:
            self._bearing[pair].pop(entity.id, None)

    def _index(self, entity: Entity) -> None:
        for reference in entity.references:
            self._pointing[reference.target].setdefault(entity.id, []).append(reference)
        for start, end, pair in entity.identifiers:
            self._bearing[pair].setdefault(entity.id, []).append(Bearer(entity.id, start, end))

    async def record(self, command: Command) -> Accepted:
        known = self.taken.get(command.command_id)
        if known is None:
            place = self.place
            records = self.execute(command).records
            positions: list[int | None] = [record.position for record in records]
            first, last = (positions[0], positions[-1]) if positions else (None, None)
            self.records.extend(records)
            self.taken[command.command_id] = command
            self.accepted[command.command_id] = Accepted(command.command_id, first, last, place.recorded_at)
        elif known != command:
            raise Refusal(Code.COMMAND_ID_REUSED, id=command.command_id)
        return self.accepted[command.command_id]

    async def digest(self, command: AdoptReorganization) -> str:
        return self.preview(command).preview

    def organization(self, key: str, day: date) -> Organization | None:
        """Return the living organization with this key on ``day``."""
        entity = self.entities.get(organization_id(key))
        state = None if entity is None else entity.timeline.at(day)
        return state if isinstance(state, Organization) and state.status.alive else None

    def living(self, day: date) -> dict[UUID, Organization]:
        """Return every organization that lives on ``day``."""
        states = {
            identity: entity.timeline.at(day)
            for identity, entity in self.entities.items()
            if entity.noun is ORGANIZATION
        }
        return {i: state for i, state in states.items() if state is not None and state.status.alive}

    def names(self, kind: Kind, day: date) -> set[str]:
        """Return the names of the living organizations of ``kind`` on ``day``."""
        return {state.name for state in self.living(day).values() if state.kind is kind}

    def holders(self, day: date) -> dict[str, str | None]:
        """Return who holds which function on ``day``, by name."""
        held: dict[str, str | None] = {}
        for entity in self.entities.values():
            if entity.noun is FUNCTION:
                state = entity.timeline.at(day)
                assert isinstance(state, Function)
                holding = state.holding
                held[state.name] = None if holding is None else self.living(day)[holding.holder].name
        return held

    def below(self, key: str, hierarchy: Hierarchy, day: date) -> set[str]:
        """Return the names of what stands directly under an organization on ``day``."""
        above = organization_id(key)
        return {
            state.name
            for state in self.living(day).values()
            for relation in state.relations
            if (relation.hierarchy, relation.superior) == (hierarchy, above)
        }
