"""What a clerk asks of papers, mandates, programmes, figures, secondments and liaisons in the small world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from registry.commands import Command
from registry.figure import commands as f
from registry.figure.events import REPORTED_BY
from registry.ids import stable_id
from registry.liaison import commands as t
from registry.liaison.events import LIAISON_CADRE, LIAISON_SCIENTIST
from registry.mandate import commands as m
from registry.mandate.events import GRANTED_BY, MANDATED
from registry.mandate.kinds import MandateCategory
from registry.organization import commands as o
from registry.organization.events import REPRESENTED_BY, Quota
from registry.organization.kinds import Establishment, LegalForm
from registry.person.commands import RecordDeath, RegisterPerson
from registry.programme import commands as p
from registry.programme.events import ENROLLED, RUNS_PROGRAMME
from registry.references import KindRule
from registry.secondment import commands as s
from registry.secondment.events import HOME, HOST, SECONDED
from registry.secondment.kinds import Direction, SecondmentBasis
from tests.support.small_world import CITY, DAYS, OFFICE, PUBLICITY, SOCIETY

if TYPE_CHECKING:
    from tests.support.clerk import Clerk

PEOPLE = [stable_id(f"person of the affairs of a history {n}") for n in range(3)]
MANDATES = [stable_id(f"mandate of a history {n}") for n in range(2)]
PROGRAMMES = [stable_id(f"programme of a history {n}") for n in range(2)]
FIGURES = [stable_id(f"figure of a history {n}") for n in range(3)]
SECONDMENTS = [stable_id(f"secondment of a history {n}") for n in range(2)]
LIAISONS = [stable_id(f"liaison of a history {n}") for n in range(1)]

_OF_ORGANIZATIONS = (MANDATED, GRANTED_BY, RUNS_PROGRAMME, ENROLLED, HOME, HOST)
_OF_PEOPLE = (SECONDED, REPRESENTED_BY, LIAISON_CADRE, LIAISON_SCIENTIST)


def beginning(clerk: Clerk) -> Iterator[Command]:
    """Yield three people, and now and then one of each thing, in the hands of who may be dissolved."""
    for person in PEOPLE:
        yield RegisterPerson(person=person, name="某人", **clerk.by(DAYS[0]))
    if clerk.one_in(2):
        yield _granted(clerk, MANDATES[0], **clerk.by(DAYS[1]))
        yield p.LaunchProgramme(
            programme=PROGRAMMES[0],
            name="计划",
            owner=PUBLICITY,
            participants=(SOCIETY,),
            until=clerk.until(),
            **clerk.by(DAYS[0]),
        )
        yield _begun(clerk, SECONDMENTS[0], **clerk.by(DAYS[0]))


def _granted(clerk: Clerk, mandate: UUID, **by: Any) -> m.GrantMandate:  # noqa: ANN401 - what every command carries
    return m.GrantMandate(
        mandate=mandate,
        name=clerk.one(["评估", "培训"]),
        category=clerk.one(list(MandateCategory)),
        holder=clerk.who(SOCIETY, PUBLICITY),
        grantor=clerk.one([None, CITY, OFFICE]),
        until=_until(clerk),
        **by,
    )


def _begun(clerk: Clerk, secondment: UUID, **by: Any) -> s.BeginSecondment:  # noqa: ANN401 - what every command carries
    return s.BeginSecondment(
        secondment=secondment,
        person=_person(clerk),
        home=clerk.who(OFFICE),
        host=clerk.who(PUBLICITY, SOCIETY),
        direction=clerk.one(list(Direction)),
        basis=clerk.one(list(SecondmentBasis)),
        duty=clerk.one([None, "副部长"]),
        until=_until(clerk),
        **by,
    )


def _until(clerk: Clerk) -> date | None:
    """Return an end, or none: more often one than elsewhere, since what goes on from there is at issue."""
    return clerk.one([None, *DAYS[3:]])


def _person(clerk: Clerk) -> UUID:
    return clerk.one(PEOPLE)


def _one_of(clerk: Clerk, among: Sequence[UUID]) -> tuple[UUID, bool]:
    """Return an entity, and whether it is there: mostly one that is."""
    there = [each for each in among if each in clerk.register.entities]
    if not there or (len(there) < len(among) and clerk.one_in(4)):
        return next((each for each in among if each not in there), among[0]), False
    return clerk.one(there), True


def _papers(clerk: Clerk) -> Command:
    by = {"organization": clerk.who(SOCIETY, CITY), **clerk.by()}
    makers: Sequence[Callable[..., Command]] = (
        lambda **by: o.RecordRegistration(
            legal_form=clerk.one(list(LegalForm)),
            representative=clerk.one([None, _person(clerk)]),
            until=_until(clerk),
            **by,
        ),
        lambda **by: o.ChangeRepresentative(representative=clerk.one([None, _person(clerk)]), **by),
        o.CancelRegistration,
        lambda **by: o.AdoptCharter(title=clerk.one(["章程", "新章程"]), adopted_on=DAYS[0], **by),
        o.ApproveCharter,
        lambda **by: o.SetStaffing(headcount=clerk.one([None, 3, 5]), **by),
        lambda **by: o.SetStaffing(
            establishment=clerk.one([None, (), (Quota(kind=Establishment.SUPPORT, count=4),)]), **by
        ),
    )
    return clerk.one(makers)(**by)


def _mandate(clerk: Clerk) -> Command:
    mandate, there = _one_of(clerk, MANDATES)
    if not there:
        return _granted(clerk, mandate, **clerk.by())
    makers: Sequence[Callable[..., Command]] = (
        lambda **by: m.RenewMandate(until=_until(clerk), **by),
        lambda **by: m.RenewMandate(until=_until(clerk), **by),
        lambda **by: m.ReviewMandate(finding=clerk.one(["甲", "乙"]), passed=True, **by),
        lambda **by: m.HandOverMandate(holder=clerk.who(), **by),
        lambda **by: m.ChangeGrantor(grantor=clerk.one([None, clerk.who()]), **by),
        m.RevokeMandate,
    )
    return clerk.one(makers)(mandate=mandate, **clerk.by())


def _programme(clerk: Clerk) -> Command:
    programme, there = _one_of(clerk, PROGRAMMES)
    if not there:
        return p.LaunchProgramme(
            programme=programme,
            name="计划",
            owner=clerk.who(PUBLICITY),
            until=_until(clerk),
            participants=clerk.one([(), (SOCIETY,), (SOCIETY, OFFICE)]),
            **clerk.by(),
        )
    makers: Sequence[Callable[..., Command]] = (
        lambda **by: p.ExtendProgramme(until=_until(clerk), **by),
        lambda **by: p.HandOverProgramme(owner=clerk.who(), **by),
        lambda **by: p.EnrollInProgramme(organization=clerk.who(SOCIETY), **by),
        lambda **by: p.EnrollInProgramme(organization=clerk.who(PUBLICITY), **by),
        lambda **by: p.LeaveProgramme(organization=clerk.who(SOCIETY), **by),
        p.CloseProgramme,
    )
    return clerk.one(makers)(programme=programme, **clerk.by())


def _figure(clerk: Clerk) -> Command:
    figure, there = _one_of(clerk, FIGURES)
    if there and clerk.one_in(2):
        return f.WithdrawFigure(figure=figure, **clerk.by())
    return f.ReportFigure(
        figure=figure,
        organization=clerk.who(SOCIETY),
        indicator="MEMBERS",
        period_start=date(2019, 1, 1),
        period_end=date(2019, 12, 31),
        value=clerk.one([1, 2]),
        unit="人",
        source="年报",
        **clerk.by(),
    )


def _secondment(clerk: Clerk) -> Command:
    secondment, there = _one_of(clerk, SECONDMENTS)
    if not there:
        return _begun(clerk, secondment, **clerk.by())
    makers: Sequence[Callable[..., Command]] = (
        lambda **by: s.ExtendSecondment(until=_until(clerk), **by),
        lambda **by: s.ExtendSecondment(until=_until(clerk), **by),
        lambda **by: s.MoveSecondment(home=clerk.one([None, clerk.who()]), host=clerk.who(), **by),
        s.EndSecondment,
    )
    return clerk.one(makers)(secondment=secondment, **clerk.by())


def _liaison(clerk: Clerk) -> Command:
    liaison, there = _one_of(clerk, LIAISONS)
    if not there:
        return t.BeginLiaison(liaison=liaison, cadre=_person(clerk), scientist=_person(clerk), **clerk.by())
    makers: Sequence[Callable[..., Command]] = (
        lambda **by: t.RecordVisit(note=clerk.one([None, "记"]), **by),
        lambda **by: t.RecordVisit(note=clerk.one([None, "记"]), **by),
        t.EndLiaison,
    )
    return clerk.one(makers)(liaison=liaison, **clerk.by())


def _ending(clerk: Clerk) -> Command:
    """Let one who has things in hand end, mostly with a rule for each kind of them."""
    if clerk.one_in(3):
        rules = tuple(KindRule(reference=kind) for kind in _OF_PEOPLE if clerk.mostly())
        return RecordDeath(person=_person(clerk), rules=rules, **clerk.by())
    target = None if clerk.one_in(3) else clerk.one([CITY, OFFICE])
    rules = tuple(KindRule(reference=kind, move_to=target) for kind in _OF_ORGANIZATIONS if clerk.mostly())
    rules += (KindRule(reference=REPORTED_BY),)
    return o.DissolveOrganization(organization=clerk.who(PUBLICITY, SOCIETY), rules=rules, **clerk.by())


MAKERS = (
    _papers,
    *[_mandate] * 2,
    *[_programme] * 2,
    _figure,
    *[_secondment] * 2,
    _liaison,
    _ending,
)
