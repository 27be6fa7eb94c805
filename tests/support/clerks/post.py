"""Commands drawn about posts, terms and appointments: two posts with few seats, one body, four people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from hypothesis import strategies as st
from msgspec.structs import replace

from registry.appointment import commands as a
from registry.appointment.events import APPOINTED_TO, IN_TERM, AppointmentMade
from registry.appointment.kinds import Basis, EndReason, Mode
from registry.commands import Command
from registry.correction.chain import content_of
from registry.correction.commands import AmendEvent
from registry.ids import stable_id
from registry.organization.commands import DissolveOrganization
from registry.person.commands import MergePersons, RecordDeath, RegisterPerson
from registry.post import commands as p
from registry.post.events import POST_OF
from registry.post.kinds import Title
from registry.references import KindRule
from registry.renewal.commands import AdjustTerm, RenewTerm
from registry.term import commands as t
from registry.term.events import TERM_OF
from tests.support.small_world import CITY, DAYS, INSTRUMENTS, SOCIETY

if TYPE_CHECKING:
    from tests.support.clerk import Clerk

PEOPLE = [stable_id(f"holder of a history {n}") for n in range(4)]
POSTS = [stable_id(f"post of a history {n}") for n in range(3)]
TERMS = [stable_id(f"term of a history {n}") for n in range(4)]
APPOINTMENTS = [stable_id(f"appointment of a history {n}") for n in range(12)]

_RULES = [KindRule(reference=kind) for kind in (POST_OF, TERM_OF, APPOINTED_TO, IN_TERM)]


def beginning(clerk: Clerk) -> Iterator[Command]:
    """Yield four people, two posts of a society, its first term, and who presides."""
    first = DAYS[0]
    for who in PEOPLE:
        yield RegisterPerson(person=who, name="某人", **clerk.by(first))
    for where, title, seats in ((POSTS[0], Title.PRESIDENT, 1), (POSTS[1], Title.DIRECTOR, 2)):
        yield p.EstablishPost(
            post=where, organization=SOCIETY, title=title, seats=seats, elected=True, **clerk.by(first)
        )
    yield t.OpenTerm(term=TERMS[0], body=SOCIETY, number=1, planned_end=DAYS[6], **clerk.by(first))
    yield a.Appoint(
        appointment=APPOINTMENTS[0],
        person=PEOPLE[0],
        post=POSTS[0],
        term=TERMS[0],
        mode=Mode.FULL_TIME,
        basis=Basis.ELECTED,
        **clerk.by(first),
    )


def _fresh(clerk: Clerk, among: list[UUID]) -> UUID:
    """Return an id that is free, or any of them when none is."""
    free = [each for each in among if each not in clerk.register.entities]
    return free[0] if free else clerk.one(among)


def _known(clerk: Clerk, among: list[UUID]) -> UUID:
    """Return an id that is mostly there."""
    known = [each for each in among if each in clerk.register.entities]
    return clerk.one(known if known and clerk.mostly() else among)


def _term(clerk: Clerk) -> UUID | None:
    return _known(clerk, TERMS) if clerk.mostly() else None


def _appoint(clerk: Clerk) -> Command:
    return a.Appoint(
        appointment=_fresh(clerk, APPOINTMENTS),
        person=clerk.one(PEOPLE),
        post=_known(clerk, POSTS),
        term=_term(clerk),
        mode=clerk.one(list(Mode)),
        basis=clerk.one(list(Basis)),
        representing=None if clerk.mostly() else clerk.who(),
        until=clerk.until(),
        **clerk.by(),
    )


def _line(clerk: Clerk, identity: UUID) -> a.NewAppointment:
    return a.NewAppointment(
        id=identity,
        person=clerk.one(PEOPLE),
        post=_known(clerk, POSTS),
        mode=Mode.PART_TIME,
        basis=Basis.ELECTED,
        until=clerk.until(),
    )


def _roster(clerk: Clerk) -> tuple[a.NewAppointment, ...]:
    free = [each for each in APPOINTMENTS if each not in clerk.register.entities]
    return tuple(_line(clerk, each) for each in free[: clerk.draw(st.integers(0, 2))])


def _leave(clerk: Clerk) -> Command:
    reason = clerk.one([None, *EndReason])
    return a.EndAppointment(appointment=_known(clerk, APPOINTMENTS), end_reason=reason, **clerk.by())


def _represent(clerk: Clerk) -> Command:
    unit = clerk.who() if clerk.mostly() else None
    return a.ChangeRepresentation(appointment=_known(clerk, APPOINTMENTS), representing=unit, **clerk.by())


def _amend(clerk: Clerk) -> Command:
    """Amend an appointment as it was made: who, where, for which term, until when, since when."""
    identity = _known(clerk, APPOINTMENTS)
    entity = clerk.register.entities.get(identity)
    content = None if entity is None else content_of(entity.records, entity.records[0].position)
    if entity is None or not isinstance(content, AppointmentMade):
        return _appoint(clerk)
    other = clerk.one(
        [
            replace(content, person=clerk.one(PEOPLE)),
            replace(content, post=_known(clerk, POSTS)),
            replace(content, term=_term(clerk)),
            replace(content, until=clerk.until()),
            replace(content, effective_on=clerk.day()),
        ]
    )
    position = entity.records[0].position
    return AmendEvent(entity=identity, position=position, replacement=other, **clerk.by(DAYS[0]))


def _post(clerk: Clerk) -> Command:
    by = {"post": _known(clerk, POSTS), **clerk.by()}
    seats = clerk.one([1, 1, 2, 3, None])
    makers: list[Callable[[], Command]] = [
        lambda: p.EstablishPost(
            organization=clerk.who(SOCIETY),
            title=Title.MEMBER,
            seats=seats,
            **{**by, "post": _fresh(clerk, POSTS)},
        ),
        lambda: p.RenamePost(name=clerk.one(["会长", None]), **by),
        lambda: p.ChangeSeats(seats=seats, **by),
        lambda: p.ChangeSeats(seats=seats, **by),
        lambda: p.MovePost(organization=clerk.who(CITY), **by),
        lambda: p.AbolishPost(rules=_rules(clerk), **by),
    ]
    return clerk.one(makers)()


def _rules(clerk: Clerk) -> tuple[KindRule, ...]:
    return tuple(_RULES) if clerk.mostly() else ()


def _terms(clerk: Clerk) -> Command:
    by = {"term": _known(clerk, TERMS), **clerk.by()}
    fresh = {**by, "term": _fresh(clerk, TERMS)}
    makers: list[Callable[[], Command]] = [
        lambda: t.OpenTerm(body=clerk.who(SOCIETY), number=2, planned_end=clerk.until(), **fresh),
        lambda: t.ExtendTerm(planned_end=clerk.day(), **{**by, "instrument": INSTRUMENTS[0]}),
        lambda: t.EndTerm(**by),
        lambda: RenewTerm(renews=_known(clerk, TERMS), roster=_roster(clerk), **fresh),
        lambda: RenewTerm(renews=_known(clerk, TERMS), roster=_roster(clerk), **fresh),
        lambda: AdjustTerm(ended=_ended(clerk), made=_roster(clerk), **by),
    ]
    return clerk.one(makers)()


def _ended(clerk: Clerk) -> tuple[a.EndedAppointment, ...]:
    return (a.EndedAppointment(id=_known(clerk, APPOINTMENTS)),) if clerk.mostly() else ()


def _gone(clerk: Clerk) -> Command:
    """Dissolve an organization, or record a death, with rules for whatever hangs on it."""
    if clerk.mostly():
        return RecordDeath(person=clerk.one(PEOPLE), rules=(KindRule(reference="APPOINTEE"),), **clerk.by())
    return DissolveOrganization(organization=clerk.who(SOCIETY), rules=_rules(clerk), **clerk.by())


def _merge(clerk: Clerk) -> Command:
    """Say that two records are of one person, who may hold a post by both."""
    return MergePersons(person=clerk.one(PEOPLE), into=clerk.one(PEOPLE), **clerk.by())


MAKERS: tuple[Callable[[Clerk], Command], ...] = (
    *[_appoint] * 5,
    *[_leave] * 2,
    _represent,
    *[_amend] * 2,
    *[_post] * 3,
    *[_terms] * 5,
    _gone,
    _merge,
)
