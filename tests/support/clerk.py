"""A clerk who draws commands for a register as it stands, over ten organizations and eight days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from msgspec.structs import replace

from registry.commands import Command
from registry.correction.chain import content_of
from registry.correction.commands import AmendEvent, CorrectionCommand, RetractEvent
from registry.correction.events import Retracted
from registry.dispositions import Action, Disposition
from registry.errors import Refusal
from registry.events import Event, LastingEvent
from registry.function import commands as f
from registry.function.events import HOLDS, FunctionAssigned
from registry.ids import stable_id
from registry.instrument import commands as i
from registry.nouns import NOUNS
from registry.organization import commands as o
from registry.organization.events import OrganizationEstablished, ProfileChange, RelationOpened
from registry.organization.kinds import Hierarchy, Status, fits
from registry.references import KindRule
from registry.reorganization import commands as r
from registry.reorganization.events import (
    FunctionChange,
    NewName,
    NewOrganization,
    NewPlace,
    Plan,
    ReorganizationAdopted,
    Succession,
    Superior,
)
from registry.router import decide
from registry.settlement import survey
from registry.time import FOREVER, Precision
from tests.support.reference import Reference
from tests.support.small_world import (
    CITY,
    DAYS,
    FUNCTIONS,
    INSTRUMENTS,
    KINDS,
    NEWER,
    NEWEST,
    OFFICE,
    ORGANIZATIONS,
    PARTY,
    PLACES,
    PUBLICITY,
    REFORMS,
    SECTION,
    SOCIETY,
)

T = TypeVar("T")

CLERKS = [
    import_module(f"tests.support.clerks.{path.stem}")
    for path in sorted((Path(__file__).parent / "clerks").glob("*.py"))
]
"""What draws commands to further nouns: ``MAKERS``, and ``beginning`` for what is there at the beginning."""

_ATTACHED = [bond.kind for noun in NOUNS for bond in noun.bonds if "organization" in bond.targets]
"""The kinds of reference that may point at an organization."""

_DISPOSING = (
    o.DissolveOrganization
    | o.RevokeOrganization
    | r.AmendReorganization
    | r.WithdrawReorganization
    | CorrectionCommand
)


class Clerk:
    """Draws commands for a register as it stands."""

    def __init__(self, draw: st.DrawFn, register: Reference) -> None:
        self.draw = draw
        self.register = register
        self.sent = 0
        self._makers: Sequence[Callable[[], Command]] = (
            *[self._change] * 6,
            *[self._relation] * 4,
            *[self._identifier] * 2,
            *[self._function] * 4,
            self._instrument,
            *[self._reorganization] * 7,
            *[self._correction] * 5,
            self._repetition,
            *(partial(maker, self) for module in CLERKS for maker in module.MAKERS),
        )

    def beginning(self) -> Iterator[Command]:
        """Yield the commands of a register to begin with, half of the time with a reform already adopted."""
        for who in (CITY, OFFICE, PUBLICITY, SOCIETY, PARTY):
            yield self._established(who, DAYS[0])
        yield i.RecordInstrument(document=INSTRUMENTS[0], title="意见", number="1号", **self.by(DAYS[0]))
        for function, name in zip(FUNCTIONS[:2], ("宣传", "组织"), strict=True):
            yield f.DefineFunction(function=function, name=name, holder=PUBLICITY, **self.by(DAYS[0]))
        if self.one_in(2):
            yield self._established(SECTION, DAYS[1])
            yield self._proposal(REFORMS[0])
            yield self._adoption(REFORMS[0])
        for module in CLERKS:
            yield from module.beginning(self)

    def command(self) -> Command:
        """Return any command; some expect a version or a preview, rightly or wrongly."""
        command = self._disposing(self.one(self._makers)())
        if self.one_in(12):
            entity = self.register.entity(command.subject)
            version = 0 if entity is None else entity.version
            command = replace(command, expected_version=max(0, version - self.draw(st.integers(0, 1))))
        return command

    def one(self, among: Sequence[T]) -> T:
        return self.draw(st.sampled_from(among))

    def one_in(self, number: int) -> bool:
        # Numbers at the ends are drawn more often than others.
        return self.draw(st.integers(0, number - 1)) == number // 2

    def mostly(self) -> bool:
        return not self.one_in(4)

    def day(self) -> date:
        return self.one(DAYS)

    def by(self, day: date | None = None) -> dict[str, Any]:
        """Return what every command carries: a new id, a day as exactly as known, a source or none."""
        self.sent += 1
        on = self.day() if day is None else day
        precisions = [precision for precision in Precision if precision.fits(on)]
        return {
            "command_id": stable_id(f"command of a history {self.sent}"),
            "actor": "tester",
            "effective_on": on,
            "precision": self.one(precisions) if day is None else Precision.DAY,
            "instrument": self._source() if day is None else None,
        }

    def _source(self) -> UUID | None:
        return self.one([None, None, None, INSTRUMENTS[0]]) if not self.one_in(16) else INSTRUMENTS[1]

    def until(self) -> date | None:
        return None if self.mostly() else self.day()

    def who(self, *others: UUID) -> UUID:
        known = [who for who in ORGANIZATIONS if who in self.register.entities]
        return self.one(ORGANIZATIONS if self.one_in(10) else [*others, *known])

    def _established(self, who: UUID, day: date | None = None) -> o.EstablishOrganization:
        """Return its establishment in its places; on a given day, without a code and active."""
        return o.EstablishOrganization(
            organization=who,
            name=f"{KINDS[who]} {ORGANIZATIONS.index(who)}",
            kind=KINDS[who],
            places=PLACES[who],
            status=Status.ACTIVE if day else self.one([Status.ACTIVE, Status.PLANNED]),
            code=None if day else self._code(),
            **self.by(day),
        )

    def _code(self) -> str | None:
        return self.one([None, "A", "B"])

    def _change(self) -> Command:
        absent = [who for who in ORGANIZATIONS[:8] if who not in self.register.entities]
        if absent and self.one_in(2):
            return self._established(absent[0])
        who = self.who()
        makers: Sequence[Callable[..., Command]] = (
            lambda **by: o.RenameOrganization(name=self.one("甲乙丙"), **by),
            lambda **by: o.RecodeOrganization(code=self._code(), **by),
            lambda **by: o.ReclassifyOrganization(
                change=ProfileChange(subtype=self.one([None, "党组"])), **by
            ),
            o.SuspendOrganization,
            o.ActivateOrganization,
            lambda **by: o.DissolveOrganization(rules=self._rules(), **by),
            lambda **by: o.DissolveOrganization(rules=self._rules(), **by),
            o.RevokeOrganization,
        )
        return self.one(makers)(organization=who, **self.by())

    def _rules(self) -> tuple[KindRule, ...]:
        kinds = self.draw(st.lists(st.sampled_from(_ATTACHED), max_size=4, unique=True))
        return tuple(
            KindRule(reference=kind, move_to=self.who() if self.mostly() else None) for kind in kinds
        )

    def _relation(self) -> Command:
        who = self.who()
        entity = self.register.entities.get(who)
        references = () if entity is None else entity.references
        there = [reference for reference in references if reference.kind in {*Hierarchy, HOLDS}]
        if there and self.one_in(3):
            closed = self.one(there)
            hierarchy = Hierarchy(closed.kind) if closed.kind != HOLDS else Hierarchy.PART_OF
            return o.CloseRelation(organization=who, hierarchy=hierarchy, superior=closed.target, **self.by())
        place = self._place(who)
        return o.OpenRelation(
            organization=who,
            hierarchy=place.hierarchy,
            superior=place.superior,
            until=self.until(),
            **self.by(),
        )

    def _place(self, who: UUID) -> o.Place:
        """Return a place that mostly fits the kind it has, and the kind of what is above it."""
        places = [o.Place(hierarchy, superior) for hierarchy in Hierarchy for superior in ORGANIZATIONS]
        fitting = [
            place
            for place in places
            if fits(place.hierarchy, KINDS[who], KINDS[place.superior])
            and place.superior in self.register.entities
            and place.superior != who
        ]
        return self.one(fitting if fitting and self.mostly() else places)

    def _identifier(self) -> Command:
        """Give or take an identifier or a designation; what is taken is mostly there."""
        borne = [
            (entity.id, pair)
            for entity in self.register.entities.values()
            for _, _, pair in entity.identifiers
            if pair[0] == "S"
        ]
        if borne and self.one_in(3):
            who, (scheme, _) = self.one(borne)
            return o.WithdrawIdentifier(organization=who, scheme=scheme, **self.by())
        by = {"organization": self.who(), **self.by()}
        match self.draw(st.integers(0, 3)):
            case 0 | 1:
                return o.AssignIdentifier(scheme="S", value=self.one("12"), until=self.until(), **by)
            case 2:
                return o.GrantDesignation(name=self.one("优先"), until=self.until(), **by)
            case _:
                return o.EndDesignation(name=self.one("优先"), **by)

    def _function(self) -> Command:
        absent = [function for function in FUNCTIONS if function not in self.register.entities]
        holder = self.who()
        if absent and self.one_in(3):
            return f.DefineFunction(function=absent[0], name="评估", holder=holder, **self.by())
        by = {"function": self.one(FUNCTIONS[: 3 - len(absent)]), **self.by()}
        makers: Sequence[Callable[..., Command]] = (
            lambda **by: f.TransferFunction(target=holder, **by),
            lambda **by: f.TransferFunction(target=holder, **by),
            lambda **by: f.AssignFunction(holder=holder, **by),
            f.ReleaseFunction,
            f.EmphasizeFunction,
            f.RetireFunction,
        )
        return self.one(makers)(**by)

    def _instrument(self) -> Command:
        document = self.one(INSTRUMENTS)
        if document in self.register.entities:
            return i.RepealInstrument(document=document, **self.by())
        number = self.one(["1号", "2号", None])
        return i.RecordInstrument(document=document, title="通知", number=number, **self.by())

    def _plan(self, reform: UUID) -> Plan:
        """Return a plan by which one department, that is the reform's own, succeeds to others."""
        own = (NEWER, NEWEST)[REFORMS.index(reform)]
        new = NewOrganization(
            id=own, name="新", kind=KINDS[own], superiors=(Superior(Hierarchy.PART_OF, CITY),)
        )
        heir = self.one([own, own, CITY, OFFICE])
        known = self.register.entities
        lasting = [
            who
            for who in (PUBLICITY, OFFICE, SECTION, SOCIETY)
            if who in known and known[who].life and known[who].life[-1].end == FOREVER and who != heir
        ]
        gone = self.draw(st.lists(st.sampled_from(lasting), max_size=2, unique=True)) if lasting else []
        moved = NewPlace(organization=self.who(), to=Superior(Hierarchy.PART_OF, heir))
        renamed = NewName(organization=self.who(), name=self.one("丁戊"))
        rules = tuple(KindRule(reference=kind, move_to=heir) for kind in _ATTACHED)
        functions = self.draw(st.lists(st.sampled_from(FUNCTIONS), max_size=2, unique=True))
        return Plan(
            dissolved=tuple(gone),
            established=(new,) if heir == own else (),
            renamed=() if self.mostly() else (renamed,),
            moved=() if self.mostly() else (moved,),
            functions=tuple(self._handed_over(function, heir) for function in functions),
            successions=tuple(Succession(predecessor=who, successor=heir) for who in gone),
            rules=() if self.one_in(6) else rules,
        )

    def _handed_over(self, function: UUID, heir: UUID) -> FunctionChange:
        define = None if function in self.register.entities else "决策咨询"
        return FunctionChange(
            function=function,
            define=define,
            holder=self.one([heir, None]) if define is None else heir,
            emphasize=self.one_in(3),
        )

    def _reorganization(self) -> Command:
        reform = self.one(REFORMS)
        entity = self.register.entities.get(reform)
        if entity is None:
            return self._proposal(reform)
        if not any(isinstance(record.event, ReorganizationAdopted) for record in entity.records):
            if self.one_in(4):
                plan = self._plan(reform)
                return r.ReviseReorganization(reorganization=reform, plan=plan, **self.by(DAYS[2]))
            return self._adoption(reform)
        if self.one_in(3):
            return r.WithdrawReorganization(reorganization=reform, **self.by())
        changed = self._plan(reform) if self.one_in(3) else None
        day = self.day() if changed is None or self.mostly() else None
        return r.AmendReorganization(reorganization=reform, takes_effect_on=day, plan=changed, **self.by())

    def _proposal(self, reform: UUID) -> r.ProposeReorganization:
        by = self.by(self.one(DAYS[:3]))
        return r.ProposeReorganization(reorganization=reform, title="改革", plan=self._plan(reform), **by)

    def _adoption(self, reform: UUID) -> r.AdoptReorganization:
        """Return an adoption with the preview that it would be shown, or now and then one of another."""
        by = self.by(self.one(DAYS[2:]))
        command = r.AdoptReorganization(reorganization=reform, takes_effect_on=self.day(), **by)
        try:
            seen = self.register.preview(command).preview
        except Refusal:
            seen = "unseen"
        return replace(command, preview="unseen" if self.one_in(10) else seen)

    def _correction(self) -> Command:
        """Correct anything: its date, its end, what it points at, what kind it is; or retract it."""
        entity = self.register.entities[self.one(list(self.register.entities))]
        own = {record.position for record in entity.records}
        acts = [record for record in entity.records if record.cause is None or record.cause in own]
        record = self.one(acts or entity.records)
        by = {"entity": entity.id, "position": record.position, **self.by(DAYS[0])}
        content = content_of(entity.records, record.position)
        if content is None or isinstance(content, Retracted) or self.one_in(3):
            return RetractEvent(**by)
        return AmendEvent(replacement=self._changed(content), **by)

    def _changed(self, content: Event) -> Event:
        if self.one_in(2):
            return replace(content, effective_on=self.day(), precision=Precision.DAY)
        match content:
            case RelationOpened():
                return replace(content, superior=self.who(), until=self.until())
            case FunctionAssigned():
                return replace(content, holder=self.who())
            case OrganizationEstablished():
                return replace(content, kind=self.one(list(KINDS.values())), code=self._code())
            case LastingEvent():
                return replace(content, until=self.until())
            case _:
                return replace(content, reason="更正", instrument=self.one([None, *INSTRUMENTS]))

    def _repetition(self) -> Command:
        """Send a command again, or another one under its id."""
        before = self.one([answer.command for answer in self.register.answers.values()])
        return before if self.one_in(2) else replace(before, reason="重发")

    def _disposing(self, command: Command) -> Command:
        """Give a command that leaves things dangling, mostly, a disposition for each."""
        if not isinstance(command, _DISPOSING) or command.command_id in self.register.answers:
            return command
        for _ in range(2):
            try:
                drafts = decide(command, self.register)
                loose = survey(self.register, command, drafts, self.register.place).loose
            except Refusal:
                return command
            if not loose or self.one_in(6):
                return command
            given = tuple(
                Disposition(
                    source=item.reference.source,
                    position=item.reference.position,
                    action=self.one(list(Action)),
                    target=self.who(CITY) if self.mostly() else None,
                    reference=item.reference.kind if self.mostly() else None,
                )
                for item in loose
                if item.reference.position <= self.register.head
            )
            command = replace(command, dispositions=(*command.dispositions, *given))
        return command
