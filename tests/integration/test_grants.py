"""What somebody may do is what the register grants them, from the day on and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from graphql_api.access import Grant, Role
from graphql_api.authority import Grants
from tests.support.sending import establish, new_id, record, refuse
from tests.support.serving import Client, Served

pytestmark = pytest.mark.usefixtures("forgetful")

HOLDER = "key:test viewer"
SHOWN = "... on GrantRecorded { firstPosition }"


def _grant(client: Client, role: str, **given: object) -> str:
    grant = new_id()
    record(client, "grantRole", grant=grant, principal=HOLDER, role=role, **given)
    return grant


def _may(client: Client, query: str) -> bool:
    errors = client.ask(query).get("errors", [])
    assert [error["extensions"]["code"] for error in errors] in ([], ["FORBIDDEN"])
    return not errors


LOG = "{ auditLog(first: 1) { totalCount } }"
PEOPLE = "{ people(first: 1) { nodes { identityNumber } } }"
GRANTS = "{ grants(first: 100) { nodes { principal } } }"


def test_an_auditor_reads_the_log_and_writes_nothing(register: Served) -> None:
    assert not _may(register.viewer, LOG)
    grant = _grant(register.administrator, "AUDITOR")
    assert _may(register.viewer, LOG)
    assert _may(register.viewer, PEOPLE)
    assert _may(register.viewer, GRANTS)
    problem = _refused(register.viewer, "defineFunction", function=new_id(), name="职能")
    assert problem == "FORBIDDEN"
    record(register.administrator, "revokeRole", grant=grant)
    assert not _may(register.viewer, LOG)


def test_a_registrar_writes_and_grants_nothing(register: Served) -> None:
    _grant(register.administrator, "REGISTRAR")
    record(register.viewer, "defineFunction", function=new_id(), name="某职能")
    own = {"grant": new_id(), "principal": HOLDER, "role": "ADMINISTRATOR"}
    assert _refused(register.viewer, "grantRole", **own) == "FORBIDDEN"
    assert not _may(register.viewer, GRANTS)


def test_a_registrar_corrects_no_grant(register: Served) -> None:
    admin = register.administrator
    grant = new_id()
    given = record(
        admin,
        "grantRole",
        SHOWN,
        grant=grant,
        principal=HOLDER,
        role="REGISTRAR",
    )
    more = {"principal": HOLDER, "role": "ADMINISTRATOR", "effective_on": "2020-01-01"}
    replacement = {"topic": "grant.given", "data": more}
    position = given["firstPosition"]
    correction = {
        "entity": grant,
        "position": position,
        "replacement": replacement,
        "effectiveOn": "2020-01-01",
    }
    refuse(register.viewer, "amendEvent", "GRANTS_FORBIDDEN", **correction)
    taken = record(admin, "revokeRole", SHOWN, grant=grant, effectiveOn="2100-01-01")
    back = {"entity": grant, "position": taken["firstPosition"]}
    refuse(register.viewer, "retractEvent", "GRANTS_FORBIDDEN", **back)
    assert not _may(register.viewer, GRANTS)


def test_nobody_says_of_themselves_what_they_may(register: Served) -> None:
    _grant(register.administrator, "REGISTRAR")
    for said in ({"mayGrant": True}, {"actor": "operator"}):
        sent = {
            "commandId": new_id(),
            "function": new_id(),
            "name": "职能",
            "effectiveOn": "2020-01-01",
            **said,
        }
        query = "mutation($input: DefineFunctionInput!) { defineFunction(input: $input) { __typename } }"
        problem = register.viewer.problem(query, input=sent)
        assert problem["extensions"]["code"] in {"INVALID_DOCUMENT", "INVALID_INPUT"}


@pytest.fixture
def partner(register: Served) -> Iterator[Client]:
    client = Client(register.url, register.tokens[Role.PUBLIC])
    yield client
    client.http.close()


def test_a_partner_may_do_what_its_scopes_say(register: Served, partner: Client) -> None:
    key = "key:test public"
    shown = "... on GrantRecorded { grant { role scopes } }"
    grant, scopes = new_id(), ["RECORDS", "PEOPLE"]
    given = record(
        register.administrator, "grantRole", shown, grant=grant, principal=key, role="PARTNER", scopes=scopes
    )
    assert given["grant"] == {"role": "PARTNER", "scopes": ["PEOPLE", "RECORDS"]}
    assert _may(partner, "{ people(first: 1) { totalCount nodes { name } } }")
    assert _may(partner, "{ memberships(first: 1) { totalCount } }")
    for query in (LOG, PEOPLE, GRANTS, "{ affiliations(first: 1) { totalCount } }"):
        assert not _may(partner, query)
    assert _refused(partner, "defineFunction", function=new_id(), name="职能") == "FORBIDDEN"
    record(register.administrator, "revokeRole", grant=grant)
    assert not _may(partner, "{ people(first: 1) { totalCount } }")


def test_a_grant_holds_from_its_day_on_until_it_ends(register: Served) -> None:
    _grant(register.administrator, "AUDITOR", effectiveOn="2999-01-01")
    _grant(register.administrator, "AUDITOR", effectiveOn="2019-01-01", until="2020-01-01")
    assert not _may(register.viewer, LOG)


def test_a_grant_goes_with_the_organization_that_it_is_for(register: Served) -> None:
    society = establish(register.administrator, "将撤销学会", "SOCIETY")
    grant = _grant(register.administrator, "AUDITOR", root=society)
    rules = [{"reference": "GRANTED_OVER"}]
    record(
        register.administrator,
        "dissolveOrganization",
        organization=society,
        rules=rules,
        effectiveOn="2021-01-01",
    )
    query = "query($id: ID!) { grant(id: $id) { status endedOn } }"
    shown = register.administrator.data(query, id=grant)["grant"]
    assert shown == {"status": "REVOKED", "endedOn": "2021-01-01"}


def _refused(client: Client, mutation: str, **given: object) -> str:
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    query = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ __typename }} }}"
    sent = {"commandId": new_id(), "effectiveOn": "2020-01-01", **given}
    code: str = client.problem(query, input=sent)["extensions"]["code"]
    return code


async def test_grants_are_remembered_for_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphql_api.authority.REMEMBERED_SECONDS", 5.0)
    asked: list[object] = []

    class Runner:
        async def fetch(self, _query: str, *args: object) -> Any:  # noqa: ANN401 - stands for records
            asked.append(args)
            return [{"role": "AUDITOR", "root": None, "scopes": []}]

    granted = Grants(Runner())
    today = date(2026, 1, 1)
    assert await granted.grants("user:a", today) == (Grant(Role.AUDITOR),)
    assert await granted.grants("user:a", today) == (Grant(Role.AUDITOR),)
    assert await granted.grants("user:a", date(2026, 1, 2)) == (Grant(Role.AUDITOR),)
    assert len(asked) == 2, "a day of its own"
