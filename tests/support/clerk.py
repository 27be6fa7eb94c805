"""A clerk who draws commands for a register as it stands, over ten organizations and eight days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
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
        self._draw = draw
        self._register = register
        self._sent = 0
        self._makers: Sequence[Callable[[], Command]] = (
            *[self._change] * 6,
            *[self._relation] * 4,
            *[self._identifier] * 2,
            *[self._function] * 4,
            self._instrument,
            *[self._reorganization] * 7,
            *[self._correction] * 5,
            self._repetition,
        )

    def beginning(self) -> Iterator[Command]:
        """Yield the commands of a register to begin with, half of the time with a reform already adopted."""
        for who in (CITY, OFFICE, PUBLICITY, SOCIETY, PARTY):
            yield self._established(who, DAYS[0])
        yield i.RecordInstrument(document=INSTRUMENTS[0], title="意见", number="1号", **self._by(DAYS[0]))
        for function, name in zip(FUNCTIONS[:2], ("宣传", "组织"), strict=True):
            yield f.DefineFunction(function=function, name=name, holder=PUBLICITY, **self._by(DAYS[0]))
        if self._one_in(2):
            yield self._established(SECTION, DAYS[1])
            yield self._proposal(REFORMS[0])
            yield self._adoption(REFORMS[0])

    def command(self) -> Command:
        """Return any command; some expect a version or a preview, rightly or wrongly."""
        command = self._disposing(self._one(self._makers)())
        if self._one_in(12):
            entity = self._register.entity(command.subject)
            version = 0 if entity is None else entity.version
            command = replace(command, expected_version=max(0, version - self._draw(st.integers(0, 1))))
        return command

    def _one(self, among: Sequence[T]) -> T:
        return self._draw(st.sampled_from(among))

    def _one_in(self, number: int) -> bool:
        # Numbers at the ends are drawn more often than others.
        return self._draw(st.integers(0, number - 1)) == number // 2

    def _mostly(self) -> bool:
        return not self._one_in(4)

    def _day(self) -> date:
        return self._one(DAYS)

    def _by(self, day: date | None = None) -> dict[str, Any]:
        """Return what every command carries: a new id, a day as exactly as known, a source or none."""
        self._sent += 1
        on = self._day() if day is None else day
        precisions = [precision for precision in Precision if precision.fits(on)]
        return {
            "command_id": stable_id(f"command of a history {self._sent}"),
            "actor": "tester",
            "effective_on": on,
            "precision": self._one(precisions) if day is None else Precision.DAY,
            "instrument": self._source() if day is None else None,
        }

    def _source(self) -> UUID | None:
        return self._one([None, None, None, INSTRUMENTS[0]]) if not self._one_in(16) else INSTRUMENTS[1]

    def _until(self) -> date | None:
        return None if self._mostly() else self._day()

    def _who(self, *others: UUID) -> UUID:
        known = [who for who in ORGANIZATIONS if who in self._register.entities]
        return self._one(ORGANIZATIONS if self._one_in(10) else [*others, *known])

    def _established(self, who: UUID, day: date | None = None) -> o.EstablishOrganization:
        """Return its establishment in its places; on a given day, without a code and active."""
        return o.EstablishOrganization(
            organization=who,
            name=f"{KINDS[who]} {ORGANIZATIONS.index(who)}",
            kind=KINDS[who],
            places=PLACES[who],
            status=Status.ACTIVE if day else self._one([Status.ACTIVE, Status.PLANNED]),
            code=None if day else self._code(),
            **self._by(day),
        )

    def _code(self) -> str | None:
        return self._one([None, "A", "B"])

    def _change(self) -> Command:
        absent = [who for who in ORGANIZATIONS[:8] if who not in self._register.entities]
        if absent and self._one_in(2):
            return self._established(absent[0])
        who = self._who()
        makers: Sequence[Callable[..., Command]] = (
            lambda **by: o.RenameOrganization(name=self._one("甲乙丙"), **by),
            lambda **by: o.RecodeOrganization(code=self._code(), **by),
            lambda **by: o.ReclassifyOrganization(
                change=ProfileChange(subtype=self._one([None, "党组"])), **by
            ),
            o.SuspendOrganization,
            o.ActivateOrganization,
            lambda **by: o.DissolveOrganization(rules=self._rules(), **by),
            lambda **by: o.DissolveOrganization(rules=self._rules(), **by),
            o.RevokeOrganization,
        )
        return self._one(makers)(organization=who, **self._by())

    def _rules(self) -> tuple[KindRule, ...]:
        kinds = self._draw(st.lists(st.sampled_from([*map(str, Hierarchy), HOLDS]), max_size=4, unique=True))
        return tuple(
            KindRule(reference=kind, move_to=self._who() if self._mostly() else None) for kind in kinds
        )

    def _relation(self) -> Command:
        who = self._who()
        entity = self._register.entities.get(who)
        there = [] if entity is None else list(entity.references)
        if there and self._one_in(3):
            closed = self._one(there)
            hierarchy = Hierarchy(closed.kind) if closed.kind != HOLDS else Hierarchy.PART_OF
            return o.CloseRelation(
                organization=who, hierarchy=hierarchy, superior=closed.target, **self._by()
            )
        place = self._place(who)
        return o.OpenRelation(
            organization=who,
            hierarchy=place.hierarchy,
            superior=place.superior,
            until=self._until(),
            **self._by(),
        )

    def _place(self, who: UUID) -> o.Place:
        """Return a place that mostly fits the kind it has, and the kind of what is above it."""
        places = [o.Place(hierarchy, superior) for hierarchy in Hierarchy for superior in ORGANIZATIONS]
        fitting = [
            place
            for place in places
            if fits(place.hierarchy, KINDS[who], KINDS[place.superior])
            and place.superior in self._register.entities
            and place.superior != who
        ]
        return self._one(fitting if fitting and self._mostly() else places)

    def _identifier(self) -> Command:
        """Give or take an identifier or a designation; what is taken is mostly there."""
        borne = [
            (entity.id, pair)
            for entity in self._register.entities.values()
            for _, _, pair in entity.identifiers
            if pair[0] == "S"
        ]
        if borne and self._one_in(3):
            who, (scheme, _) = self._one(borne)
            return o.WithdrawIdentifier(organization=who, scheme=scheme, **self._by())
        by = {"organization": self._who(), **self._by()}
        match self._draw(st.integers(0, 3)):
            case 0 | 1:
                return o.AssignIdentifier(scheme="S", value=self._one("12"), until=self._until(), **by)
            case 2:
                return o.GrantDesignation(name=self._one("优先"), until=self._until(), **by)
            case _:
                return o.EndDesignation(name=self._one("优先"), **by)

    def _function(self) -> Command:
        absent = [function for function in FUNCTIONS if function not in self._register.entities]
        holder = self._who()
        if absent and self._one_in(3):
            return f.DefineFunction(function=absent[0], name="评估", holder=holder, **self._by())
        by = {"function": self._one(FUNCTIONS[: 3 - len(absent)]), **self._by()}
        makers: Sequence[Callable[..., Command]] = (
            lambda **by: f.TransferFunction(target=holder, **by),
            lambda **by: f.TransferFunction(target=holder, **by),
            lambda **by: f.AssignFunction(holder=holder, **by),
            f.ReleaseFunction,
            f.EmphasizeFunction,
            f.RetireFunction,
        )
        return self._one(makers)(**by)

    def _instrument(self) -> Command:
        document = self._one(INSTRUMENTS)
        if document in self._register.entities:
            return i.RepealInstrument(document=document, **self._by())
        number = self._one(["1号", "2号", None])
        return i.RecordInstrument(document=document, title="通知", number=number, **self._by())

    def _plan(self, reform: UUID) -> Plan:
        """Return a plan by which one department, that is the reform's own, succeeds to others."""
        own = (NEWER, NEWEST)[REFORMS.index(reform)]
        new = NewOrganization(
            id=own, name="新", kind=KINDS[own], superiors=(Superior(Hierarchy.PART_OF, CITY),)
        )
        heir = self._one([own, own, CITY, OFFICE])
        known = self._register.entities
        lasting = [
            who
            for who in (PUBLICITY, OFFICE, SECTION, SOCIETY)
            if who in known and known[who].life and known[who].life[-1].end == FOREVER and who != heir
        ]
        gone = self._draw(st.lists(st.sampled_from(lasting), max_size=2, unique=True)) if lasting else []
        moved = NewPlace(organization=self._who(), to=Superior(Hierarchy.PART_OF, heir))
        renamed = NewName(organization=self._who(), name=self._one("丁戊"))
        rules = tuple(KindRule(reference=kind, move_to=heir) for kind in (*Hierarchy, HOLDS))
        functions = self._draw(st.lists(st.sampled_from(FUNCTIONS), max_size=2, unique=True))
        return Plan(
            dissolved=tuple(gone),
            established=(new,) if heir == own else (),
            renamed=() if self._mostly() else (renamed,),
            moved=() if self._mostly() else (moved,),
            functions=tuple(self._handed_over(function, heir) for function in functions),
            successions=tuple(Succession(predecessor=who, successor=heir) for who in gone),
            rules=() if self._one_in(6) else rules,
        )

    def _handed_over(self, function: UUID, heir: UUID) -> FunctionChange:
        define = None if function in self._register.entities else "决策咨询"
        return FunctionChange(
            function=function,
            define=define,
            holder=self._one([heir, None]) if define is None else heir,
            emphasize=self._one_in(3),
        )

    def _reorganization(self) -> Command:
        reform = self._one(REFORMS)
        entity = self._register.entities.get(reform)
        if entity is None:
            return self._proposal(reform)
        if not any(isinstance(record.event, ReorganizationAdopted) for record in entity.records):
            if self._one_in(4):
                plan = self._plan(reform)
                return r.ReviseReorganization(reorganization=reform, plan=plan, **self._by(DAYS[2]))
            return self._adoption(reform)
        if self._one_in(3):
            return r.WithdrawReorganization(reorganization=reform, **self._by())
        changed = self._plan(reform) if self._one_in(3) else None
        day = self._day() if changed is None or self._mostly() else None
        return r.AmendReorganization(reorganization=reform, takes_effect_on=day, plan=changed, **self._by())

    def _proposal(self, reform: UUID) -> r.ProposeReorganization:
        by = self._by(self._one(DAYS[:3]))
        return r.ProposeReorganization(reorganization=reform, title="改革", plan=self._plan(reform), **by)

    def _adoption(self, reform: UUID) -> r.AdoptReorganization:
        """Return an adoption with the preview that it would be shown, or now and then one of another."""
        by = self._by(self._one(DAYS[2:]))
        command = r.AdoptReorganization(reorganization=reform, takes_effect_on=self._day(), **by)
        try:
            seen = self._register.preview(command).preview
        except Refusal:
            seen = "unseen"
        return replace(command, preview="unseen" if self._one_in(10) else seen)

    def _correction(self) -> Command:
        """Correct anything: its date, its end, what it points at, what kind it is; or retract it."""
        entity = self._register.entities[self._one(list(self._register.entities))]
        own = {record.position for record in entity.records}
        acts = [record for record in entity.records if record.cause is None or record.cause in own]
        record = self._one(acts or entity.records)
        by = {"entity": entity.id, "position": record.position, **self._by(DAYS[0])}
        content = content_of(entity.records, record.position)
        if content is None or isinstance(content, Retracted) or self._one_in(3):
            return RetractEvent(**by)
        return AmendEvent(replacement=self._changed(content), **by)

    def _changed(self, content: Event) -> Event:
        if self._one_in(2):
            return replace(content, effective_on=self._day(), precision=Precision.DAY)
        match content:
            case RelationOpened():
                return replace(content, superior=self._who(), until=self._until())
            case FunctionAssigned():
                return replace(content, holder=self._who())
            case OrganizationEstablished():
                return replace(content, kind=self._one(list(KINDS.values())), code=self._code())
            case LastingEvent():
                return replace(content, until=self._until())
            case _:
                return replace(content, reason="更正", instrument=self._one([None, *INSTRUMENTS]))

    def _repetition(self) -> Command:
        """Send a command again, or another one under its id."""
        before = self._one([answer.command for answer in self._register.answers.values()])
        return before if self._one_in(2) else replace(before, reason="重发")

    def _disposing(self, command: Command) -> Command:
        """Give a command that leaves things dangling, mostly, a disposition for each."""
        if not isinstance(command, _DISPOSING) or command.command_id in self._register.answers:
            return command
        for _ in range(2):
            try:
                drafts = decide(command, self._register)
                loose = survey(self._register, command, drafts, self._register.place).loose
            except Refusal:
                return command
            if not loose or self._one_in(6):
                return command
            given = tuple(
                Disposition(
                    source=item.reference.source,
                    position=item.reference.position,
                    action=self._one(list(Action)),
                    target=self._who(CITY) if self._mostly() else None,
                )
                for item in loose
                if item.reference.position <= self._register.head
            )
            command = replace(command, dispositions=(*command.dispositions, *given))
        return command
