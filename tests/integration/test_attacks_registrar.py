"""A registrar of one subtree cannot write in another, whatever they send, and is not told what is there."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from graphql_api.access import Role
from graphql_api.mutations.catalog import MUTATIONS
from graphql_api.words import camel_case
from tests.support.living import lives
from tests.support.sending import establish, new_id, preview, record, refuse, send
from tests.support.serving import Answer, Client, Served

pytestmark = pytest.mark.usefixtures("forgetful")

FREE = {"registerPerson", "recordInstrument"}
"""Commands that anybody may send who may record anything: what they record belongs nowhere yet."""

_MUTATION = re.compile(r"^mutation .*?\{ (\w+)\(input")


def _appointed(register: Served, root: str, role: str = "REGISTRAR") -> Client:
    """Return a client that has ``role`` under ``root`` and nothing else."""
    record(
        register.administrator, "grantRole", grant=new_id(), principal="key:test public", role=role, root=root
    )
    return Client(register.url, register.tokens[Role.PUBLIC])


@pytest.fixture
def world(register: Served) -> Iterator[World]:
    with contextlib.closing(World(register)) as opened:
        yield opened


class World:
    """Two societies with a member each, and the registrar of the first."""

    def __init__(self, register: Served) -> None:
        self.register = register
        self.admin = register.administrator
        self.ours, self.theirs = (establish(self.admin, name, "SOCIETY") for name in ("甲学会", "乙学会"))
        self.insider, self.outsider = self._member("孙里人", self.ours), self._member("孙外人", self.theirs)
        self.registrar = _appointed(register, self.ours)

    def _member(self, name: str, society: str) -> str:
        person = new_id()
        record(self.admin, "registerPerson", person=person, name=name)
        joined = {"membership": new_id(), "member": person, "organization": society}
        record(self.admin, "applyForMembership", **joined, memberClass="INDIVIDUAL")
        return person

    @property
    def head(self) -> int:
        """The newest position of the log."""
        found: int = self.admin.data("{ checkpoint { size } }")["checkpoint"]["size"]
        return found

    def close(self) -> None:
        """Hang up."""
        self.registrar.http.close()


class Meddled(Client):
    """An administrator whose every command a registrar of something else sends first."""

    def __init__(self, register: Served, registrar: Client) -> None:
        super().__init__(register.url, register.tokens[Role.ADMINISTRATOR], register.colleague)
        self.registrar = registrar
        self.tried: dict[str, set[str]] = {}

    def ask(self, query: str, **variables: Any) -> Answer:  # noqa: ANN401 - variables are what JSON holds
        """Let the registrar try what is a mutation, then send it."""
        found = _MUTATION.match(query)
        if found is not None and found[1] not in FREE:
            stolen = {**variables["input"], "commandId": str(uuid4())}
            self.tried.setdefault(found[1], set()).add(_came_to(self.registrar.ask(query, input=stolen)))
        return super().ask(query, **variables)


def _came_to(answer: Answer) -> str:
    if "errors" in answer:
        (error,) = answer["errors"]
        code: str = error["extensions"]["code"]
        return code
    (outcome,) = answer["data"].values()
    return str(outcome.get("code", outcome["__typename"]))


def test_no_command_of_another_subtree_is_recorded(world: World) -> None:
    meddled = Meddled(world.register, world.registrar)
    with contextlib.closing(meddled.http):
        for life in lives():
            life(meddled)
    every = {camel_case(name) for name in MUTATIONS}
    assert set(meddled.tried) == every - FREE
    grants = {"grantRole", "revokeRole"}
    assert {name: codes for name, codes in meddled.tried.items() if name not in grants} == {
        name: {"OUTSIDE_AUTHORITY"} for name in every - FREE - grants
    }
    assert {code for name in grants for code in meddled.tried[name]} == {"FORBIDDEN"}


def test_what_is_ones_own_is_recorded(world: World) -> None:
    branch = establish(world.registrar, "甲学会分会", "BRANCH", superior=world.ours)
    record(world.registrar, "renameOrganization", organization=branch, name="甲学会青年分会")
    record(world.registrar, "renamePerson", person=world.insider, name="孙里")
    shown = "... on PersonRecorded { person { name } }"
    answer = record(world.registrar, "renamePerson", shown, person=world.insider, name="孙里人")
    assert answer["person"] == {"name": "孙里人"}


def test_several_commands_in_one_document_are_judged_each_by_itself(world: World) -> None:
    query = (
        "mutation ($a: RenameOrganizationInput!, $b: RenameOrganizationInput!) {"
        " ours: renameOrganization(input: $a) { __typename ... on Refused { code } }"
        " theirs: renameOrganization(input: $b) { __typename ... on Refused { code } }"
        " ...more }"
        " fragment more on Mutation {"
        " again: renameOrganization(input: $b) { __typename ... on Refused { code } } }"
    )
    common = {"name": "改名", "effectiveOn": "2020-02-01"}
    given = {
        name: {**common, "organization": organization, "commandId": str(uuid4())}
        for name, organization in (("a", world.ours), ("b", world.theirs))
    }
    shown = world.registrar.data(query, **given)
    refused = {"__typename": "Refused", "code": "OUTSIDE_AUTHORITY"}
    assert shown == {"ours": {"__typename": "OrganizationRecorded"}, "theirs": refused, "again": refused}


@pytest.mark.parametrize("name", ["", "孙外人", "孙某"])
def test_somebody_hidden_and_nobody_are_refused_in_the_same_words(world: World, name: str) -> None:
    head = world.head
    answers = [
        send(world.registrar, "renamePerson", person=who, name=name) for who in (world.outsider, new_id())
    ]
    assert answers[0] == answers[1]
    assert answers[0]["code"] == "OUTSIDE_AUTHORITY"
    assert world.head == head


def test_nobody_is_drawn_in_by_an_id(world: World) -> None:
    joined = {"organization": world.ours, "memberClass": "INDIVIDUAL"}
    for who in (world.outsider, new_id()):
        refuse(
            world.registrar,
            "applyForMembership",
            "OUTSIDE_AUTHORITY",
            membership=new_id(),
            member=who,
            **joined,
        )


def test_a_refusal_is_remembered_and_not_bettered_by_a_later_grant(world: World) -> None:
    command = {"commandId": str(uuid4()), "organization": world.theirs, "name": "改名"}
    first = send(world.registrar, "renameOrganization", **command)
    assert first["code"] == "OUTSIDE_AUTHORITY"
    _appointed(world.register, world.theirs).http.close()
    assert send(world.registrar, "renameOrganization", **command) == first
    record(world.registrar, "renameOrganization", organization=world.theirs, name="改名")


def test_rights_end_with_the_move_of_what_they_are_on(world: World) -> None:
    branch = establish(world.admin, "迁出分会", "BRANCH", superior=world.ours)
    record(world.registrar, "renameOrganization", organization=branch, name="分会")
    moved = {"hierarchy": "PART_OF", "superior": world.theirs, "effectiveOn": "2020-03-01"}
    record(world.admin, "openRelation", organization=branch, **moved)
    refuse(world.registrar, "renameOrganization", "OUTSIDE_AUTHORITY", organization=branch, name="原分会")
    back = {"hierarchy": "PART_OF", "superior": world.ours, "effectiveOn": "2020-04-01"}
    refuse(world.registrar, "openRelation", "OUTSIDE_AUTHORITY", organization=branch, **back)


def test_clients_say_nothing_about_their_own_rights(world: World) -> None:
    for field, value in (("within", None), ("mayGrant", True), ("actor", "operator")):
        query = (
            "mutation ($input: RenameOrganizationInput!) { renameOrganization(input: $input) { __typename } }"
        )
        sent = {
            "commandId": str(uuid4()),
            "organization": world.theirs,
            "name": "改",
            "effectiveOn": "2020-01-01",
        }
        problem = world.registrar.problem(query, input={**sent, field: value})
        assert problem["extensions"]["code"] == "INVALID_DOCUMENT"


def test_a_preview_shows_no_more_than_may_be_recorded(world: World) -> None:
    head = world.head
    shown = preview(world.registrar, "renamePerson", person=world.outsider, name="孙外人")
    assert (shown["refusal"]["code"], shown["events"]) == ("OUTSIDE_AUTHORITY", [])
    shown = preview(world.registrar, "renamePerson", person=world.insider, name="孙里")
    assert [event["topic"] for event in shown["events"]] == ["person.renamed"]
    assert world.head == head


def test_a_simulation_supposes_no_more_than_may_be_recorded(world: World) -> None:
    query = (
        "query ($commands: [CommandInput!]!) { simulate(commands: $commands) {"
        " commands { events { topic } refusal { code } } } }"
    )
    common = {"name": "改名", "effectiveOn": "2020-02-01"}
    commands = [
        {"renameOrganization": {**common, "commandId": str(uuid4()), "organization": organization}}
        for organization in (world.ours, world.theirs)
    ]
    shown = world.registrar.data(query, commands=commands)["simulate"]["commands"]
    assert shown[0] == {"events": [{"topic": "organization.renamed"}], "refusal": None}
    assert shown[1] == {"events": [], "refusal": {"code": "OUTSIDE_AUTHORITY"}}
