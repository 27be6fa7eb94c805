"""Commands drawn by chance over few entities and few days, so that they collide often; the same for a seed.

They are made to be accepted about half the time: what is drawn is mostly there, and mostly fits.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

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
from registry.organization import commands as o
from registry.organization.events import OrganizationEstablished, ProfileChange, RelationOpened
from registry.organization.kinds import Hierarchy, Kind, LegalForm, Status
from registry.person.commands import RegisterPerson
from registry.references import KindRule
from registry.reorganization import commands as r
from registry.reorganization.events import FunctionChange, NewName, NewOrganization, NewPlace, Plan, Superior
from registry.reorganization.state import Stage
from registry.router import decide
from registry.settlement import survey
from tests.support.given import BY, Register

T = TypeVar("T")

DAYS = [date(2020, 1, 1) + timedelta(days=30 * n) for n in range(8)]
CITY, *OTHERS = [stable_id(f"organization {n}") for n in range(8)]
ORGANIZATIONS = [CITY, *OTHERS]
REPRESENTATIVE = stable_id("representative")
FUNCTIONS = [stable_id(f"function {n}") for n in range(3)]
REFORMS = [stable_id(f"reform {n}") for n in range(2)]
KINDS = [Kind.DEPARTMENT, Kind.DEPARTMENT, Kind.SOCIETY, Kind.ASSOCIATION]
HIERARCHIES = [Hierarchy.PART_OF, Hierarchy.GUIDES, Hierarchy.SUPERVISES, Hierarchy.LEADS]


class Chance:
    """A source of commands for a register as it stands."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - histories of tests need to be repeatable, not secret
        self._makers: Sequence[Callable[[Register], Command | None]] = (
            *[self._organization] * 5,
            *[self._relation] * 3,
            *[self._papers] * 3,
            *[self._identifier] * 3,
            *[self._function] * 4,
            *[self._reorganization] * 4,
            *[self._correction] * 4,
        )

    def command(self, register: Register) -> Command | None:
        """Return any command, or None when what was drawn has nothing to be about."""
        made = self._one(self._makers)(register)
        return None if made is None else self._disposing(register, made)

    def establishing(self) -> list[Command]:
        """Return the commands of a register to begin with."""
        commands: list[Command] = [
            o.EstablishOrganization(
                organization=CITY, name="市科协", kind=Kind.ASSOCIATION, effective_on=DAYS[0], **BY
            )
        ]
        commands.append(RegisterPerson(person=REPRESENTATIVE, name="某人", effective_on=DAYS[0], **BY))
        commands.extend(self._establishment(who, CITY, DAYS[0]) for who in OTHERS[:4])
        commands.extend(
            f.DefineFunction(function=who, name="职能", holder=OTHERS[0], effective_on=DAYS[0], **BY)
            for who in FUNCTIONS[:2]
        )
        return commands

    def _one(self, among: Sequence[T]) -> T:
        return self._random.choice(among)

    def _often(self) -> bool:
        return self._random.random() < 0.7

    def _day(self) -> date:
        return DAYS[min(self._random.randrange(len(DAYS)), self._random.randrange(len(DAYS)))]

    def _until(self) -> date | None:
        return None if self._often() else self._one(DAYS)

    def _who(self, register: Register) -> UUID:
        known = [who for who in ORGANIZATIONS if who in register.entities]
        return self._one(known if self._often() else ORGANIZATIONS)

    def _establishment(self, who: UUID, superior: UUID, day: date) -> o.EstablishOrganization:
        kind = self._one(KINDS)
        places = [o.Place(Hierarchy.PART_OF, superior)] if self._often() or kind is Kind.DEPARTMENT else []
        return o.EstablishOrganization(
            organization=who,
            name=self._one("甲乙丙"),
            kind=kind,
            status=self._one([Status.ACTIVE, Status.ACTIVE, Status.PLANNED]),
            places=tuple(places),
            effective_on=day,
            **BY,
        )

    def _organization(self, register: Register) -> Command:
        absent = [who for who in ORGANIZATIONS if who not in register.entities]
        if absent and self._often():
            return self._establishment(absent[0], self._who(register), self._day())
        fields = {"organization": self._who(register), "effective_on": self._day(), **BY}
        change = ProfileChange(subtype=self._one([None, "党组"]))
        return self._one(
            [
                o.RenameOrganization(name=self._one("甲乙丙丁"), **fields),
                o.RecodeOrganization(code=self._one(["1", "2", None]), **fields),
                o.ReclassifyOrganization(change=change, **fields),
                o.SuspendOrganization(**fields),
                o.ActivateOrganization(**fields),
                o.DissolveOrganization(rules=self._rules(register), **fields),
                o.RevokeOrganization(**fields),
            ]
        )

    def _papers(self, _register: Register) -> Command:
        fields = {"organization": self._one([CITY, *OTHERS[:3]]), "effective_on": self._day(), **BY}
        form, until = self._one(list(LegalForm)), self._until()
        who = self._one([None, REPRESENTATIVE])
        return self._one(
            [
                *[o.RecordRegistration(legal_form=form, representative=who, until=until, **fields)] * 2,
                *[o.ChangeRepresentative(representative=who, **fields)] * 3,
                *[o.CancelRegistration(**fields)] * 2,
                o.AdoptCharter(title=self._one("甲乙"), adopted_on=DAYS[0], **fields),
                o.ApproveCharter(**fields),
                o.SetStaffing(headcount=self._one([3, None]), **fields),
            ]
        )

    def _rules(self, register: Register) -> tuple[KindRule, ...]:
        kinds = self._random.sample([*map(str, HIERARCHIES), HOLDS], k=self._random.randrange(4))
        return tuple(
            KindRule(reference=kind, move_to=self._who(register) if self._often() else None) for kind in kinds
        )

    def _relation(self, register: Register) -> Command:
        who = self._who(register)
        fields = {"organization": who, "effective_on": self._day(), **BY}
        references = register.entities[who].references if who in register.entities else ()
        there = [reference for reference in references if reference.kind in set(Hierarchy)]
        if there and not self._often():
            closed = self._one(there)
            return o.CloseRelation(hierarchy=Hierarchy(closed.kind), superior=closed.target, **fields)
        hierarchy = self._one(HIERARCHIES)
        return o.OpenRelation(
            hierarchy=hierarchy, superior=self._who(register), until=self._until(), **fields
        )

    def _identifier(self, register: Register) -> Command:
        fields = {"organization": self._who(register), "effective_on": self._day(), **BY}
        name, until = self._one("甲乙"), self._until()
        return self._one(
            [
                o.AssignIdentifier(scheme="S", value=name, until=until, **fields),
                o.WithdrawIdentifier(scheme="S", **fields),
                o.GrantDesignation(name=name, until=until, **fields),
                o.EndDesignation(name=name, **fields),
            ]
        )

    def _function(self, register: Register) -> Command:
        fields = {"function": self._one(FUNCTIONS), "effective_on": self._day(), **BY}
        holder = self._who(register)
        return self._one(
            [
                f.DefineFunction(name="职能", holder=holder, **fields),
                f.AssignFunction(holder=holder, **fields),
                f.TransferFunction(target=holder, **fields),
                f.TransferFunction(target=holder, **fields),
                f.ReleaseFunction(**fields),
                f.EmphasizeFunction(**fields),
                f.RetireFunction(**fields),
            ]
        )

    def _plan(self, register: Register) -> Plan:
        absent = [who for who in ORGANIZATIONS if who not in register.entities]
        new = [
            NewOrganization(
                id=who,
                name="新",
                kind=self._one(KINDS),
                superiors=(Superior(Hierarchy.PART_OF, CITY),),
            )
            for who in absent[: self._random.randrange(3)]
        ]
        lives = {entity.id: entity.life for entity in register.entities.values()}
        living = [who for who in OTHERS if any(period.end == date.max for period in lives.get(who, ()))]
        heir = new[0].id if new else CITY
        moved = NewPlace(organization=self._who(register), to=Superior(Hierarchy.PART_OF, heir))
        held = FunctionChange(function=self._one(FUNCTIONS), holder=self._one([heir, None]))
        name = NewName(organization=self._who(register), name=self._one("丁戊"))
        return Plan(
            dissolved=tuple(self._random.sample(living, k=min(len(living), self._random.randrange(3)))),
            established=tuple(new),
            renamed=() if self._often() else (name,),
            moved=() if self._often() else (moved,),
            functions=(held,) if self._often() else (),
            rules=tuple(KindRule(reference=kind, move_to=heir) for kind in (*HIERARCHIES, HOLDS)),
        )

    def _reorganization(self, register: Register) -> Command:
        who = self._one(REFORMS)
        fields = {"reorganization": who, "effective_on": self._day(), **BY}
        plan, day = self._plan(register), self._day()
        if who not in register.entities:
            return r.ProposeReorganization(title="改革", plan=plan, **fields)
        segments = register.entities[who].timeline.segments
        if segments and segments[-1].state.stage is Stage.PROPOSED and self._often():
            fields["effective_on"] = DAYS[-1]
            revising = r.ReviseReorganization(plan=plan, **fields)
            adopting = r.AdoptReorganization(takes_effect_on=day, **fields)
            return self._one([revising, self._adoption(register, adopting)])
        return self._one(
            [
                r.AdoptReorganization(takes_effect_on=day, preview="", **fields),
                r.AmendReorganization(takes_effect_on=day, **fields),
                r.AmendReorganization(takes_effect_on=self._until(), plan=plan, **fields),
                r.WithdrawReorganization(**fields),
            ]
        )

    def _adoption(self, register: Register, command: r.AdoptReorganization) -> r.AdoptReorganization:
        """Give the command the preview that it would be shown."""
        try:
            return replace(command, preview=register.preview(command).preview)
        except Refusal:
            return command

    def _correction(self, register: Register) -> Command | None:
        """Correct anything: its date, what it points at, what kind it is; or retract it."""
        entity = self._one(list(register.entities.values()))
        record = self._one(entity.records)
        fields = {"entity": entity.id, "position": record.position, "effective_on": DAYS[0], **BY}
        content = content_of(entity.records, record.position)
        if content is None or isinstance(content, Retracted) or not self._often():
            return RetractEvent(**fields)
        return AmendEvent(replacement=self._changed(register, content), **fields)

    def _changed(self, register: Register, content: Event) -> Event:
        other = self._who(register)
        if self._often():
            return replace(content, effective_on=self._day())
        match content:
            case RelationOpened():
                return replace(content, superior=other)
            case FunctionAssigned():
                return replace(content, holder=other)
            case OrganizationEstablished():
                return replace(content, kind=self._one(KINDS))
            case LastingEvent():
                return replace(content, until=self._until())
            case _:
                return replace(content, reason="更正")

    def _disposing(self, register: Register, command: Command) -> Command:
        """Give a command that leaves things dangling, mostly, a disposition for each."""
        if not isinstance(
            command,
            o.DissolveOrganization
            | o.RevokeOrganization
            | r.WithdrawReorganization
            | r.AmendReorganization
            | CorrectionCommand,
        ):
            return command
        for _ in range(2):
            try:
                loose = survey(register, command, decide(command, register), register.place).loose
            except Refusal:
                return command
            if not loose or not self._often():
                return command
            given = tuple(
                Disposition(
                    source=item.reference.source,
                    position=item.reference.position,
                    action=self._one(list(Action)),
                    target=self._who(register) if self._often() else None,
                )
                for item in loose
                if item.reference.position <= register.head
            )
            command = replace(command, dispositions=(*command.dispositions, *given))
        return command
