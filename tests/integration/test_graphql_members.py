"""Memberships, Party affiliations and participations over HTTP: every command, every list, every right."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.registering import register_person
from tests.support.sending import establish, new_id, preview, record, refuse
from tests.support.serving import Client, Served

_MEMBERSHIP = (
    "membership { memberId memberName memberClass status number admittedOn endReason"
    " organization { name } memberOrganization { name } validFrom }"
)
_AFFILIATION = (
    "affiliation { personName stage branch { name } letter letterValidUntil transferredOn receivedOn"
    " receiptOverdue endReason }"
)
_PARTICIPATION = "participation { personName role organization { name } ended }"


class World:
    """An association with two societies, two Party organizations, and one person, under names of its own."""

    def __init__(self, served: Served) -> None:
        self.client = client = served.administrator
        self.city = establish(client, "会员市科协", "ASSOCIATION")
        self.society = self._society("会员化学会")
        self.other = self._society("会员物理学会")
        self.branch = self._party("会员党支部", "党支部")
        self.group = self._party("会员党建工作小组", "党建工作小组")
        self.outside = establish(client, "市外党支部", "EXTERNAL")
        self.person = register_person(served, "张会员")

    def _society(self, name: str) -> str:
        society = establish(self.client, name, "SOCIETY")
        record(
            self.client,
            "openRelation",
            organization=society,
            hierarchy="SUPERVISES",
            superior=self.city,
        )
        return society

    def _party(self, name: str, subtype: str) -> str:
        return establish(self.client, name, "PARTY_ORGANIZATION", profile={"subtype": subtype})

    def one(self, name: str, shown: str, /, **given: object) -> Any:  # noqa: ANN401 - a row as JSON
        """Send a command that is carried out, and return its subject as shown."""
        noun = shown.partition(" ")[0]
        fields = f"... on {noun[0].upper()}{noun[1:]}Recorded {{ {shown} }}"
        return record(self.client, name, fields, **given)[noun]

    def membership(self, name: str, day: str, /, **given: object) -> Any:  # noqa: ANN401 - a row as JSON
        """Send a command to a membership."""
        return self.one(name, _MEMBERSHIP, effectiveOn=day, **given)


def test_the_life_of_a_membership(register: Served) -> None:
    world = World(register)
    what = new_id()
    joined = {"member": world.person, "organization": world.society}
    shown = world.membership(
        "applyForMembership", "2020-01-02", membership=what, **joined, memberClass="STUDENT"
    )
    assert (shown["status"], shown["admittedOn"], shown["memberName"]) == ("APPLIED", None, "张会员")
    shown = world.membership(
        "admitMember", "2020-02-01", membership=what, **joined, memberClass="INDIVIDUAL", number="H-1"
    )
    assert shown == {
        "memberId": world.person,
        "memberName": "张会员",
        "memberClass": "INDIVIDUAL",
        "status": "ADMITTED",
        "number": "H-1",
        "admittedOn": "2020-02-01",
        "endReason": None,
        "organization": {"name": "会员化学会"},
        "memberOrganization": None,
        "validFrom": "2020-02-01",
    }
    assert world.membership("suspendMembership", "2020-03-01", membership=what)["status"] == "SUSPENDED"
    assert world.membership("resumeMembership", "2020-04-01", membership=what)["status"] == "ADMITTED"
    expert = {"memberClass": "SENIOR_EXPERT", "number": None}
    shown = world.membership("reclassifyMembership", "2020-05-01", membership=what, **expert)
    assert (shown["memberClass"], shown["number"]) == ("SENIOR_EXPERT", None)
    shown = world.membership(
        "transferMembership", "2020-06-01", membership=what, organization=world.other, number="W-1"
    )
    assert (shown["organization"], shown["number"]) == ({"name": "会员物理学会"}, "W-1")
    shown = world.membership("endMembership", "2020-07-01", membership=what, endReason="RESIGNED")
    assert (shown["status"], shown["endReason"]) == ("ENDED", "RESIGNED")
    query = (
        'query ($id: ID!) { membership(id: $id, asOf: "2020-08-01") { history {'
        " status memberClass organization { name } validFrom recordedTo } } }"
    )
    history = register.viewer.data(query, id=what)["membership"]["history"]
    assert [(each["status"], each["validFrom"]) for each in history] == [
        ("APPLIED", "2020-01-02"),
        ("ADMITTED", "2020-02-01"),
        ("SUSPENDED", "2020-03-01"),
        ("ADMITTED", "2020-04-01"),
        ("ADMITTED", "2020-05-01"),
        ("ADMITTED", "2020-06-01"),
        ("ENDED", "2020-07-01"),
    ]
    assert {each["recordedTo"] for each in history} == {None}


def test_the_lives_of_an_affiliation_and_of_a_participation(register: Served) -> None:
    world = World(register)
    what = new_id()

    def one(name: str, day: str, /, **given: object) -> Any:  # noqa: ANN401 - a row as JSON
        return world.one(name, _AFFILIATION, affiliation=what, effectiveOn=day, **given)

    opened = one(
        "openAffiliation", "2020-01-02", person=world.person, branch=world.branch, stage="PROBATIONARY"
    )
    assert (opened["personName"], opened["branch"], opened["receiptOverdue"]) == (
        "张会员",
        {"name": "会员党支部"},
        False,
    )
    assert one("confirmAffiliation", "2020-02-01")["stage"] == "FORMAL"
    letter = {"letter": "转12号", "letterValidUntil": "2020-05-31"}
    shown = one("transferAffiliation", "2020-03-01", branch=world.outside, **letter)
    assert shown == {
        "personName": "张会员",
        "stage": "FORMAL",
        "branch": {"name": "市外党支部"},
        **letter,
        "transferredOn": "2020-03-01",
        "receivedOn": None,
        "receiptOverdue": False,
        "endReason": None,
    }
    listed = (
        "query ($p: ID, $day: Date) { affiliations(first: 5, asOf: $day, filter: { person: $p,"
        " receiptOverdue: true }) { totalCount } }"
    )
    for day, count in (("2020-05-31", 0), ("2020-06-01", 1)):
        assert world.client.data(listed, p=world.person, day=day)["affiliations"]["totalCount"] == count
    assert one("receiveTransfer", "2020-06-10", receivedOn="2020-05-20")["receivedOn"] == "2020-05-20"
    assert world.client.data(listed, p=world.person, day="2020-06-10")["affiliations"]["totalCount"] == 0
    assert one("endAffiliation", "2020-07-01", endReason="RESIGNED")["endReason"] == "RESIGNED"

    taking, begun = new_id(), {"person": world.person, "organization": world.group}
    shown = world.one("beginParticipation", _PARTICIPATION, participation=taking, **begun)
    assert shown == {
        "personName": "张会员",
        "role": "MEMBER",
        "organization": {"name": "会员党建工作小组"},
        "ended": False,
    }
    ended = {"participation": taking, "effectiveOn": "2020-07-01"}
    assert world.one("endParticipation", _PARTICIPATION, **ended)["ended"]


def test_refusals_come_as_words(register: Served) -> None:
    client = register.administrator
    world = World(register)
    said = {"person": world.person, "stage": "FORMAL"}
    opening = ("openAffiliation", "HOLDS_NO_AFFILIATION")
    refuse(client, *opening, affiliation=new_id(), branch=world.group, **said)
    opening = ("openAffiliation", "NO_PARTY_ORGANIZATION")
    refuse(client, *opening, affiliation=new_id(), branch=world.society, **said)
    record(client, "openAffiliation", affiliation=new_id(), branch=world.branch, **said)
    opening = ("openAffiliation", "ALREADY_AFFILIATED")
    refuse(client, *opening, affiliation=new_id(), branch=world.outside, **said)
    joined = {"member": world.person, "organization": world.society, "memberClass": "INDIVIDUAL"}
    corporate = {**joined, "memberClass": "CORPORATE"}
    refuse(client, "admitMember", "MEMBER_KINDS", membership=new_id(), **corporate)
    record(client, "admitMember", membership=new_id(), **joined)
    refuse(client, "admitMember", "ALREADY_MEMBER", membership=new_id(), **joined)


def test_members_are_listed_by_what_is_above_them_and_shown_with_their_organization(
    register: Served,
) -> None:
    client = register.administrator
    world = World(register)
    joined = {"organization": world.society, "memberClass": "INDIVIDUAL", "member": world.person}
    record(client, "admitMember", membership=new_id(), **joined, number="1")
    corporate = {"memberClass": "CORPORATE", "member": world.other}
    record(client, "admitMember", membership=new_id(), **corporate, organization=world.city)
    query = (
        "query ($f: MembershipFilter) { memberships(first: 10, orderBy: ADMITTED_ON, filter: $f,"
        ' asOf: "2021-01-01") { totalCount nodes { memberName } } }'
    )

    def names(**given: object) -> list[str]:
        page = register.viewer.data(query, f=given)["memberships"]
        assert page["totalCount"] == len(page["nodes"])
        return sorted(node["memberName"] for node in page["nodes"])

    assert names(ancestor=world.city) == ["会员物理学会", "张会员"]
    assert names(ancestor=world.society) == ["张会员"]
    assert names(organization=world.city) == ["会员物理学会"]
    assert names(ancestor=world.city, classes=["CORPORATE"]) == ["会员物理学会"]
    assert names(ancestor=world.city, statuses=["ENDED"]) == []
    assert names(member=world.person) == ["张会员"]
    assert names(organization=world.society, number="1") == ["张会员"]
    shown = register.viewer.data(
        'query ($id: ID) { organization(id: $id, asOf: "2021-01-01") { memberCount'
        " members { memberOrganization { name memberships { organization { name } } } } } }",
        id=world.city,
    )["organization"]
    assert shown == {
        "memberCount": 1,
        "members": [
            {
                "memberOrganization": {
                    "name": "会员物理学会",
                    "memberships": [{"organization": {"name": "会员市科协"}}],
                }
            }
        ],
    }


def test_pages_of_memberships_follow_each_other_in_every_order(register: Served) -> None:
    client = register.administrator
    world = World(register)
    for number, day in (("b", "2020-03-01"), ("a", "2020-02-01"), (None, "2020-04-01")):
        person = register_person(register, f"会员{number}")
        joined = {"organization": world.society, "memberClass": "INDIVIDUAL", "member": person}
        record(client, "admitMember", membership=new_id(), **joined, number=number, effectiveOn=day)
    query = (
        "query ($f: MembershipFilter, $after: String, $by: MembershipOrder!) { memberships(first: 1,"
        ' after: $after, orderBy: $by, filter: $f, asOf: "2021-01-01") {'
        " nodes { number } pageInfo { hasNextPage endCursor } } }"
    )
    for order, expected in (
        ("NUMBER", [None, "a", "b"]),
        ("ADMITTED_ON", ["a", "b", None]),
        ("VALID_FROM", ["a", "b", None]),
    ):
        found: list[str | None] = []
        more: list[bool] = []
        after = None
        for _ in expected:
            page = client.data(query, f={"organization": world.society}, after=after, by=order)["memberships"]
            found += [node["number"] for node in page["nodes"]]
            more.append(page["pageInfo"]["hasNextPage"])
            after = page["pageInfo"]["endCursor"]
        assert found == expected
        assert more == [True, True, False]


def test_dissolving_a_society_shows_its_members_before(register: Served) -> None:
    client = register.administrator
    world = World(register)
    what = new_id()
    joined = {"organization": world.society, "memberClass": "INDIVIDUAL", "member": world.person}
    record(client, "admitMember", membership=what, **joined)
    gone = {"organization": world.society, "effectiveOn": "2021-01-01"}
    (loose,) = preview(client, "dissolveOrganization", **gone)["dangling"]
    assert (loose["source"], loose["reference"]) == (what, "MEMBER_OF")
    rules = [{"reference": "MEMBER_OF", "moveTo": world.other}]
    record(client, "dissolveOrganization", **gone, rules=rules)
    query = 'query ($id: ID!) { membership(id: $id, asOf: "2021-01-01") { organization { name } } }'
    assert client.data(query, id=what)["membership"]["organization"]["name"] == "会员物理学会"


def test_a_person_shows_what_each_of_its_records_joined(register: Served) -> None:
    client = register.administrator
    world = World(register)
    alias = register_person(register, "张会员又名")
    joined = {"memberClass": "INDIVIDUAL", "organization": world.society, "member": alias}
    what = new_id()
    record(client, "admitMember", membership=what, **joined)
    said = {"person": alias, "stage": "FORMAL", "branch": world.branch}
    record(client, "openAffiliation", affiliation=new_id(), **said)
    taking = {"person": world.person, "organization": world.group}
    record(client, "beginParticipation", participation=new_id(), **taking)
    record(client, "mergePersons", person=alias, into=world.person)
    fields = (
        "memberships { organization { name } memberPerson { id } memberName }"
        " affiliation { branch { name } person { id } } participations { organization { name }"
        " person { id } }"
    )
    query = f'query ($id: ID!) {{ person(id: $id, asOf: "2020-06-01") {{ {fields} }} }}'
    main = {"id": world.person}
    expected = {
        "memberships": [
            {"organization": {"name": "会员化学会"}, "memberPerson": main, "memberName": "张会员"}
        ],
        "affiliation": {"branch": {"name": "会员党支部"}, "person": main},
        "participations": [{"organization": {"name": "会员党建工作小组"}, "person": main}],
    }
    for identity in (world.person, alias):
        assert client.data(query, id=identity)["person"] == expected
        found = "query ($p: ID) { memberships(first: 5, filter: { member: $p }) { nodes { id } } }"
        assert client.data(found, p=identity)["memberships"]["nodes"] == [{"id": what}]
    again = {**joined, "member": world.person}
    refuse(client, "admitMember", "ALREADY_MEMBER", membership=new_id(), **again)


_ASKED = {
    "memberships": "{ memberships(first: 1) { totalCount } }",
    "names": "{ memberships(first: 1) { nodes { memberName } } }",
    "members": '{ organization(code: "DLKX") { memberCount } }',
    "affiliations": "{ affiliations(first: 1) { totalCount } }",
    "participations": "{ participations(first: 1) { totalCount } }",
    "coverage": "{ partyCoverage { total } }",
}
_ALLOWED = {
    "anybody": {"coverage"},
    "viewer": {"coverage", "memberships", "names", "members"},
    "administrator": set(_ASKED),
}


@pytest.mark.parametrize("who", _ALLOWED)
@pytest.mark.parametrize("asked", _ASKED)
def test_each_sees_what_it_may(demo: Served, who: str, asked: str) -> None:
    client: Client = getattr(demo, who)
    if asked in _ALLOWED[who]:
        assert client.data(_ASKED[asked])
    else:
        assert client.problem(_ASKED[asked])["extensions"]["code"] == "FORBIDDEN"


def test_an_affiliation_is_not_found_by_its_id_without_the_right(register: Served) -> None:
    world = World(register)
    what = new_id()
    said = {"person": world.person, "stage": "FORMAL", "branch": world.branch}
    record(register.administrator, "openAffiliation", affiliation=what, **said)
    query = "query ($id: ID!) { node(id: $id) { id } }"
    assert register.administrator.data(query, id=what)["node"] == {"id": what}
    assert register.viewer.data(query, id=what)["node"] is None
