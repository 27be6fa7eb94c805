"""Whose rows a file holds: those of who takes it, and nobody learns of others from what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from graphql_api.access import Role
from graphql_api.imports.columns import Kind
from tests.support.parted import NUMBERS, Parted
from tests.support.sending import new_id, record
from tests.support.serving import Client, Served

PEOPLE = "/export/registers/people.jsonl"
_OF_EACH_REQUEST = {"date", "x-request-id"}
_SUBTREE = ("people", "memberships")

READERS: dict[str, Callable[[Parted], Client]] = {
    "viewer": lambda world: world.reader(Role.VIEWER, world.ours.society),
    "auditor": lambda world: world.reader(Role.AUDITOR, world.ours.society),
    "partner": lambda world: world.reader(Role.PARTNER, world.ours.society, scopes=("RECORDS", "RESTRICTED")),
}


def lines_of(client: Client, kind: str, **given: str) -> list[dict[str, Any]]:
    """Return the lines of a file, which has to be given."""
    answer = client.http.get(f"/export/registers/{kind}.jsonl", params=given)
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["kexie-rows"]) == len(answer.text.splitlines())
    return [json.loads(line) for line in answer.text.splitlines()]


def told(response: httpx2.Response) -> tuple[int, Any, bytes]:
    """Return what somebody can see of an answer."""
    headers = sorted((k, v) for k, v in response.headers.items() if k not in _OF_EACH_REQUEST)
    return response.status_code, headers, response.content


def code_of(response: httpx2.Response) -> tuple[int, str]:
    """Return the status and the code of a refusal."""
    (error,) = response.json()["errors"]
    return response.status_code, error["extensions"]["code"]


@pytest.fixture(scope="module", params=READERS)
def reader(world: Parted, request: pytest.FixtureRequest) -> Client:
    """Give somebody who may see one of the two societies."""
    return READERS[request.param](world)


def test_a_role_on_a_subtree_gives_the_rows_of_the_subtree(world: Parted, reader: Client) -> None:
    members = {line["number"] for line in lines_of(reader, "memberships") if "number" in line}
    assert members == {"会员甲"}
    everybody = {line["number"] for line in lines_of(world.admin, "memberships") if "number" in line}
    assert everybody >= {"会员甲", "会员乙"}
    people = {line["name"] for line in lines_of(reader, "people")}
    assert people == {"孙甲", "正甲"}
    assert {line["name"] for line in lines_of(world.admin, "people")} >= people | {"孙乙", "正乙"}


@pytest.mark.parametrize("kind", _SUBTREE)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_root_that_is_hidden_is_told_apart_from_no_unknown_one(
    world: Parted, reader: Client, kind: str, form: str
) -> None:
    def asked(root: str) -> httpx2.Response:
        return reader.http.get(f"/export/registers/{kind}.{form}", params={"root": root})

    assert told(asked(world.theirs.society)) == told(asked(new_id()))
    assert asked(world.theirs.society).headers["kexie-rows"] == "0"


def test_restricted_columns_are_those_of_the_reader(world: Parted) -> None:
    auditor = lines_of(READERS["auditor"](world), "people")
    assert {line["identity_number"] for line in auditor if "identity_number" in line} == {NUMBERS["甲"]}
    answer = READERS["viewer"](world).http.get(PEOPLE)
    assert NUMBERS["甲"] not in answer.text
    assert "identity_number" in answer.headers["kexie-withheld"].split(",")


def test_a_partner_gets_what_its_scopes_say(world: Parted) -> None:
    records = world.reader(Role.PARTNER, None, scopes=("RECORDS",))
    assert code_of(records.http.get(PEOPLE)) == (403, "FORBIDDEN")
    people = world.reader(Role.PARTNER, None, scopes=("RECORDS", "PEOPLE"))
    answer = people.http.get(PEOPLE)
    assert "孙甲" in answer.text
    assert NUMBERS["甲"] not in answer.text
    assert "identity_number" in answer.headers["kexie-withheld"].split(",")
    restricted = world.reader(Role.PARTNER, None, scopes=("RECORDS", "RESTRICTED"))
    assert NUMBERS["甲"] in restricted.http.get(PEOPLE).text
    log = world.reader(Role.PARTNER, None, scopes=("LOG",))
    assert code_of(log.http.get(PEOPLE)) == (403, "FORBIDDEN")


def test_whoever_has_not_signed_in_gets_what_is_published(world: Parted) -> None:
    anybody = world.register.anybody
    for kind in ("people", "memberships", "appointments"):
        answer = anybody.http.get(f"/export/registers/{kind}.csv")
        if answer.status_code != 200:
            assert code_of(answer) == (401, "UNAUTHENTICATED")
        assert "孙" not in answer.text
    assert {line["name"] for line in lines_of(anybody, "organizations")} >= {"甲学会", "乙学会"}
    stranger = Client(world.register.url, "no key of this register")
    answer = stranger.http.get("/export/registers/organizations.csv")
    stranger.http.close()
    assert code_of(answer) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_register_is_written_out_for_every_reader_or_refused(world: Parted, kind: Kind) -> None:
    partners = [
        world.reader(Role.PARTNER, None, scopes=scopes)
        for scopes in (("RECORDS",), ("PEOPLE",), ("LOG",), ("COMMANDS",))
    ]
    for client in (world.register.anybody, world.register.viewer, world.admin, *partners):
        answer = client.http.get(f"/export/registers/{kind}.jsonl")
        if answer.status_code != 200:
            assert code_of(answer) in {(401, "UNAUTHENTICATED"), (403, "FORBIDDEN")}
            continue
        withheld = {name for name in answer.headers["kexie-withheld"].split(",") if name}
        shown = {name for line in answer.text.splitlines() for name in json.loads(line)}
        assert not shown & withheld


def test_a_file_is_in_the_access_log_of_who_took_it(world: Parted) -> None:
    reader = READERS["auditor"](world)
    rows = lines_of(reader, "people")
    principal = world.principal(reader)
    entries = world.admin.data("{ accessLog(first: 20) { nodes { actor kind operation fields rows } } }")[
        "accessLog"
    ]["nodes"]
    mine = [entry for entry in entries if entry["actor"] == principal]
    assert {(entry["kind"], entry["operation"]) for entry in mine} == {("REPORT_FILE", "export people")}
    (shown,) = [entry for entry in mine if entry["fields"]]
    assert "Person.identityNumber" in shown["fields"]
    assert shown["rows"] == len(rows)


def test_who_is_erased_is_in_no_file_and_is_not_taken_in_again(register: Served) -> None:
    clerk = register.administrator
    person = new_id()
    record(clerk, "registerPerson", person=person, name="欧阳晨曦", identityNumber=NUMBERS["甲"])
    before = clerk.http.get("/export/registers/people.csv", params={"ids": "false"})
    assert person in before.text
    instant = clerk.data("{ orgChart { knownAt } }")["orgChart"]["knownAt"]
    record(clerk, "erasePerson", person=person, reason="本人申请")
    for given in ({}, {"knownAt": instant}):
        after = clerk.http.get("/export/registers/people.csv", params=given)
        assert after.status_code == 200
        assert "欧阳晨曦" not in after.text
        assert NUMBERS["甲"] not in after.text
        assert person not in after.text
    answer = clerk.http.post("/import", files={"file": ("people.csv", before.content)}).json()
    assert answer["state"] != "RECORDED"
    assert any("人员" in str(error) for error in answer["errors"])
    assert "欧阳晨曦" not in json.dumps(answer, ensure_ascii=False)
