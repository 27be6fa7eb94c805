"""A registrar of a subtree records what belongs to it, and is not told of what does not."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from registry.authority import Authority
from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.errors import Code
from registry.function.commands import AssignFunction, DefineFunction, TransferFunction
from registry.ids import stable_id
from registry.instrument.commands import RecordInstrument, RepealInstrument
from registry.membership.commands import ApplyForMembership, EndMembership, TransferMembership
from registry.membership.kinds import MemberClass, MembershipEnd
from registry.organization import commands as o
from registry.organization.events import RelationOpened
from registry.organization.kinds import Hierarchy, Kind
from registry.person import commands as p
from registry.post.commands import ChangeSeats, EstablishPost, MovePost
from registry.post.kinds import Title
from registry.router import DECISIONS
from tests.support.affairs import BRANCH, MECHANICS, dissolved, person
from tests.support.dalian import ASSOCIATION, CITY, FOUNDED, SOCIETY, department, established
from tests.support.given import BY, Given, given
from tests.support.people import NUMBER, employed, merged, registered

TODAY = date(2020, 6, 1)
OFFICE, OTHER, GROUP = stable_id("学术部"), stable_id("普及部"), stable_id("学术处")
POST, MEMBERSHIP = stable_id("部长"), stable_id("会籍")
INSIDER, OUTSIDER, NOBODY = stable_id("里"), stable_id("外"), stable_id("无")
SOMEBODY: dict[str, Any] = {**BY, "actor": "user:another"}

ORGANIZATIONS = (
    ASSOCIATION,
    department(OFFICE, "学术部"),
    department(GROUP, "学术处", OFFICE),
    department(OTHER, "普及部"),
    established(MECHANICS, "机械工程学会", Kind.SOCIETY, (Hierarchy.PART_OF, OFFICE)),
    established(BRANCH, "热处理专业委员会", Kind.BRANCH, (Hierarchy.PART_OF, MECHANICS)),
    established(SOCIETY, "化学会", Kind.SOCIETY, (Hierarchy.SUPERVISES, CITY)),
)
POSTS = (
    EstablishPost(
        post=POST, title=Title.DEPARTMENT_HEAD, organization=OFFICE, seats=1, effective_on=FOUNDED, **BY
    ),
)


def _member(who: UUID, where: UUID, membership: UUID = MEMBERSHIP) -> ApplyForMembership:
    return ApplyForMembership(
        membership=membership,
        member=who,
        organization=where,
        member_class=MemberClass.INDIVIDUAL,
        effective_on=FOUNDED,
        **BY,
    )


PEOPLE = (
    person(INSIDER, "里"),
    person(OUTSIDER, "外"),
    _member(INSIDER, MECHANICS),
    _member(OUTSIDER, SOCIETY, stable_id("外会籍")),
)


def by_registrar(command: Command, *roots: UUID, **more: Any) -> Command:  # noqa: ANN401 - any field that an authority has
    """Return ``command`` as sent by somebody who keeps the office with its parts, and sees no more."""
    held = frozenset(roots or {OFFICE})
    within = Authority(**{"roots": held, "today": TODAY, "people": held, "restricted": held, **more})
    return replace(command, within=within, actor="user:registrar")


def register(*commands: Command) -> Given:
    return given(*ORGANIZATIONS, *POSTS, *PEOPLE, *commands)


def rename(organization: UUID, name: str = "新名") -> o.RenameOrganization:
    return o.RenameOrganization(organization=organization, name=name, effective_on=TODAY, **BY)


def relation(below: UUID, above: UUID, hierarchy: Hierarchy = Hierarchy.PART_OF) -> o.OpenRelation:
    return o.OpenRelation(organization=below, hierarchy=hierarchy, superior=above, effective_on=TODAY, **BY)


def named(who: UUID, name: str = "新名") -> p.RenamePerson:
    return p.RenamePerson(person=who, name=name, effective_on=TODAY, **BY)


THEIRS: list[tuple[str, Command]] = [
    ("the root itself", rename(OFFICE)),
    ("what is part of it", rename(BRANCH)),
    ("a new department", department(stable_id("新处"), "新处", GROUP, on=TODAY)),
    ("a new department from next year on", department(stable_id("新处"), "新处", GROUP, on=date(2021, 1, 1))),
    ("a move within it", relation(MECHANICS, GROUP)),
    ("a post of it", ChangeSeats(post=POST, seats=2, effective_on=TODAY, **BY)),
    ("a move of a post within it", MovePost(post=POST, organization=GROUP, effective_on=TODAY, **BY)),
    (
        "a function for it",
        DefineFunction(function=stable_id("职"), name="职", holder=GROUP, effective_on=TODAY, **BY),
    ),
    ("the end of what is part of it", dissolved(BRANCH, TODAY)),
    ("a member", named(INSIDER)),
    ("where a member works", employed(stable_id("业"), GROUP, person=INSIDER)),
    (
        "the end of a membership",
        EndMembership(end_reason=MembershipEnd.RESIGNED, membership=MEMBERSHIP, effective_on=TODAY, **BY),
    ),
    ("somebody new", registered(stable_id("新"), "新人")),
    ("a new document", RecordInstrument(document=stable_id("文"), title="文", effective_on=TODAY, **BY)),
]

NOT_THEIRS: list[tuple[str, Command]] = [
    ("another department", rename(OTHER)),
    ("the association", rename(CITY)),
    ("nothing to do with another department", rename(OTHER, "普及部")),
    ("a new department of another", department(stable_id("新处"), "新处", OTHER, on=TODAY)),
    ("a new society under nobody", established(stable_id("会"), "会", Kind.SOCIETY, on=TODAY)),
    ("its own root put elsewhere", relation(OFFICE, OTHER)),
    ("a part of it put elsewhere", relation(GROUP, OTHER)),
    ("another department taken in", relation(OTHER, OFFICE)),
    ("a society said to be led by somebody else", relation(MECHANICS, OTHER, Hierarchy.LEADS)),
    ("its own root dissolved", dissolved(OFFICE, TODAY)),
    ("a post moved out", MovePost(post=POST, organization=OTHER, effective_on=TODAY, **BY)),
    (
        "a post of another department",
        EstablishPost(
            post=stable_id("职"),
            title=Title.DEPARTMENT_HEAD,
            organization=OTHER,
            seats=1,
            effective_on=TODAY,
            **BY,
        ),
    ),
    ("a function of nobody", DefineFunction(function=stable_id("职"), name="职", effective_on=TODAY, **BY)),
    ("a member of another society", named(OUTSIDER)),
    ("nothing to do with a member of another", named(OUTSIDER, "外")),
    ("somebody who is not there", named(NOBODY)),
    ("a wrong name for somebody outside", named(OUTSIDER, "")),
    ("a wrong name for somebody who is not there", named(NOBODY, "")),
    ("a member drawn in by an id", _member(OUTSIDER, MECHANICS, stable_id("新会籍"))),
    ("a member who is not there", _member(NOBODY, MECHANICS, stable_id("新会籍"))),
    (
        "a membership moved out",
        TransferMembership(membership=MEMBERSHIP, organization=SOCIETY, effective_on=TODAY, **BY),
    ),
    ("where a member works elsewhere", employed(stable_id("业"), OTHER, person=INSIDER)),
    ("a merge with somebody outside", merged(OUTSIDER, INSIDER)),
    ("a merge into somebody outside", merged(INSIDER, OUTSIDER)),
]


@pytest.mark.parametrize(("_what", "command"), THEIRS, ids=[what for what, _ in THEIRS])
def test_a_registrar_records(_what: str, command: Command) -> None:
    assert register().when(by_registrar(command)).records


@pytest.mark.parametrize(("_what", "command"), NOT_THEIRS, ids=[what for what, _ in NOT_THEIRS])
def test_a_registrar_does_not_record(_what: str, command: Command) -> None:
    refusal = register().when(by_registrar(command)).then_refused(Code.OUTSIDE_AUTHORITY)
    assert refusal.details == {}


def test_what_is_only_supervised_is_not_part_of_it() -> None:
    society = established(stable_id("会"), "会", Kind.SOCIETY, (Hierarchy.SUPERVISES, CITY), on=TODAY)
    register().when(by_registrar(society, CITY)).then_refused(Code.OUTSIDE_AUTHORITY)
    register().when(by_registrar(rename(SOCIETY), CITY)).then_refused(Code.OUTSIDE_AUTHORITY)
    register().when(by_registrar(rename(SOCIETY), SOCIETY)).then_recorded("organization.renamed")


def test_a_consequence_elsewhere_needs_the_right_there() -> None:
    supported = register(
        relation(OTHER, GROUP, Hierarchy.LEADS),
    )
    end = dissolved(GROUP, TODAY, rules=())
    refusal = supported.when(by_registrar(end)).then_refused(Code.DANGLING)
    assert str(OTHER) in refusal.details["list"]


def test_what_is_not_in_the_table_of_places_is_for_the_whole_register() -> None:
    document = RecordInstrument(document=stable_id("文"), title="文", effective_on=FOUNDED, **BY)
    repeal = RepealInstrument(document=stable_id("文"), effective_on=TODAY, **BY)
    register(document).when(by_registrar(repeal)).then_refused(Code.OUTSIDE_AUTHORITY)


def test_rights_go_by_the_hierarchy_of_today() -> None:
    moved = register(relation(GROUP, OTHER))
    moved.when(by_registrar(rename(GROUP))).then_refused(Code.OUTSIDE_AUTHORITY)
    moved.when(by_registrar(rename(GROUP), OTHER)).then_recorded("organization.renamed")
    early = replace(rename(GROUP), effective_on=date(2015, 1, 1))
    moved.when(by_registrar(early)).then_refused(Code.OUTSIDE_AUTHORITY)
    moved.when(by_registrar(early, OTHER)).then_recorded("organization.renamed")


def test_who_planned_a_department_may_plan_on_and_who_had_it_last_may_correct() -> None:
    planned = register(department(stable_id("新处"), "新处", OFFICE, on=date(2021, 1, 1)))
    later = replace(rename(stable_id("新处")), effective_on=date(2021, 2, 1))
    planned.when(by_registrar(later)).then_recorded("organization.renamed")
    planned.when(by_registrar(later, OTHER)).then_refused(Code.OUTSIDE_AUTHORITY)
    over = register(dissolved(BRANCH, date(2019, 1, 1)))
    correction = replace(rename(BRANCH), effective_on=date(2018, 1, 1))
    over.when(by_registrar(correction)).then_recorded("organization.renamed")


def test_a_right_does_not_come_from_the_command_that_needs_it() -> None:
    record = register().register.fact(OTHER, RelationOpened)
    taken = AmendEvent(
        entity=OTHER,
        position=record.position,
        replacement=replace(record.event, superior=OFFICE),
        effective_on=TODAY,
        **BY,
    )
    register().when(by_registrar(taken)).then_refused(Code.OUTSIDE_AUTHORITY)


def test_retracting_is_judged_by_what_was() -> None:
    there = register(relation(GROUP, OTHER))
    position = there.register.entities[GROUP].records[-1].position
    back = RetractEvent(entity=GROUP, position=position, effective_on=TODAY, **BY)
    there.when(by_registrar(back)).then_refused(Code.OUTSIDE_AUTHORITY)
    there.when(by_registrar(back, OTHER)).then_refused(Code.OUTSIDE_AUTHORITY)
    there.when(by_registrar(back, OFFICE, OTHER)).then_recorded("correction.retracted")


def test_a_function_goes_from_hand_to_hand_only_by_who_keeps_both() -> None:
    what = stable_id("职")
    held = register(DefineFunction(function=what, name="职", holder=GROUP, effective_on=FOUNDED, **BY))
    out = TransferFunction(function=what, target=OTHER, effective_on=TODAY, **BY)
    held.when(by_registrar(out)).then_refused(Code.OUTSIDE_AUTHORITY)
    held.when(by_registrar(out, OFFICE, OTHER)).then_recorded("function.transferred")
    free = register(DefineFunction(function=what, name="职", effective_on=FOUNDED, **BY))
    taken = AssignFunction(function=what, holder=GROUP, effective_on=TODAY, **BY)
    free.when(by_registrar(taken)).then_refused(Code.OUTSIDE_AUTHORITY)


def test_whoever_registered_somebody_may_go_on_until_they_belong_somewhere() -> None:
    who = stable_id("新")
    new = register().given(by_registrar(registered(who, "新人", effective_on=FOUNDED)))
    new.when(by_registrar(named(who))).then_recorded("person.renamed")
    other = replace(by_registrar(named(who, "又名"), OTHER), actor="user:another")
    new.when(other).then_refused(Code.OUTSIDE_AUTHORITY)
    new.given(by_registrar(_member(who, MECHANICS, stable_id("新会籍"))))
    new.when(by_registrar(named(who, "再名"))).then_recorded("person.renamed")
    gone = EndMembership(
        end_reason=MembershipEnd.RESIGNED, membership=stable_id("新会籍"), effective_on=date(2020, 5, 1), **BY
    )
    new.given(gone)
    new.when(by_registrar(named(who, "末名"))).then_refused(Code.OUTSIDE_AUTHORITY)


def test_people_of_two_places_need_both() -> None:
    both = register(_member(INSIDER, SOCIETY, stable_id("二")))
    both.when(by_registrar(named(INSIDER))).then_refused(Code.OUTSIDE_AUTHORITY)
    both.when(by_registrar(named(INSIDER), OFFICE, SOCIETY)).then_recorded("person.renamed")


def test_erasing_needs_every_place_there_ever_was() -> None:
    second = stable_id("二")
    ended = EndMembership(
        end_reason=MembershipEnd.RESIGNED, membership=second, effective_on=date(2015, 1, 1), **BY
    )
    left = register(_member(INSIDER, SOCIETY, second), ended)
    erase = p.ErasePerson(person=INSIDER, reason="依申请删除", effective_on=TODAY, **BY)
    left.when(by_registrar(erase)).then_refused(Code.OUTSIDE_AUTHORITY)
    left.when(by_registrar(named(INSIDER))).then_recorded("person.renamed")
    assert left.when(by_registrar(erase, OFFICE, SOCIETY)).records


def test_who_sees_everybody_may_name_anybody() -> None:
    drawn = _member(OUTSIDER, MECHANICS, stable_id("新会籍"))
    register().when(by_registrar(drawn, people=None)).then_recorded("membership.applied")


def test_a_refusal_does_not_speak_of_who_cannot_be_seen() -> None:
    numbered = register(registered(NOBODY, "外", identity_number=NUMBER))
    again = registered(stable_id("新"), "新人", identity_number=NUMBER)
    numbered.when(again).then_refused(Code.IDENTITY_NUMBER_TAKEN, holder=NOBODY)
    numbered.when(by_registrar(again)).then_refused(Code.OUTSIDE_AUTHORITY)
    numbered.when(by_registrar(again, people=None)).then_refused(Code.IDENTITY_NUMBER_TAKEN)


def test_a_mistake_in_ones_own_part_is_told_as_to_anybody() -> None:
    register().when(by_registrar(rename(GROUP, ""))).then_refused(Code.INVALID_INPUT, field="name")
    again = department(GROUP, "学术处", OFFICE)
    register().when(by_registrar(again)).then_refused(Code.ALREADY_EXISTS, id=GROUP)


def test_what_may_be_new_is_what_a_command_opens() -> None:
    """Every command whose subject may be missing says so: others are refused before anything is looked at."""
    opening = {command for command in DECISIONS if command.opens}
    assert {command.__name__ for command in opening} == {
        "AdmitMember",
        "ApplyForMembership",
        "Appoint",
        "BeginLiaison",
        "BeginParticipation",
        "BeginSecondment",
        "DefineCriterion",
        "DefineFunction",
        "EstablishOrganization",
        "EstablishPost",
        "GrantMandate",
        "GrantRole",
        "LaunchProgramme",
        "OpenAffiliation",
        "OpenTerm",
        "ProposeReorganization",
        "RecordInstrument",
        "RegisterPerson",
        "RenewTerm",
        "ReportFigure",
        "SetMeasure",
        "SetRule",
    }
