"""Attacks on what a reader may ask: by how it is asked, by the past, by adding rights up, by files."""

from __future__ import annotations

import csv
import io
from typing import Any
from zipfile import ZipFile

import pytest

from graphql_api.access import Role
from graphql_api.imports.columns import Kind
from graphql_api.reports.catalog import REPORTS
from tests.support.parted import NUMBERS, Parted
from tests.support.sending import establish, new_id, record, refuse
from tests.support.serving import Client, Served

ROUNDABOUT = {
    "an alias": "query($id: ID!) { a: person(id: $id) { name: identityNumber } }",
    "a fragment": "query($id: ID!) { person(id: $id) { ...F } } fragment F on Person { identityNumber }",
    "a fragment in a fragment": (
        "query($id: ID!) { person(id: $id) { ...F } }"
        " fragment F on Person { ...G } fragment G on Person { identityNumber }"
    ),
    "a fragment without a type": "query($id: ID!) { person(id: $id) { ... { identityNumber } } }",
    "the interface": "query($id: ID!) { node(id: $id) { ... on Person { identityNumber } } }",
    "the interface in the interface": (
        "query($id: ID!) { node(id: $id) { ... on Node { ... on Person { identityNumber } } } }"
    ),
    "a fragment on the interface": (
        "query($id: ID!) { person(id: $id) { ...N } } fragment N on Node { ... on Person { identityNumber } }"
    ),
    "@include": (
        "query($id: ID!, $yes: Boolean = true) { person(id: $id) { identityNumber @include(if: $yes) } }"
    ),
    "@skip": "query($id: ID!, $no: Boolean = false) { person(id: $id) { identityNumber @skip(if: $no) } }",
    "a fragment with @include": (
        "query($id: ID!) { person(id: $id) { ... @include(if: true) { identityNumber } } }"
    ),
    "another way to the person": (
        "query($id: ID!) { membership(id: $id) { memberPerson { identityNumber } } }"
    ),
    "two ways at once": (
        "query($id: ID!) { a: person(id: $id) { name } b: person(id: $id) { name identityNumber } }"
    ),
    "a page": (
        "query($id: ID!) { people(first: 1) { edges { node { identityNumber } } } person(id: $id) { id } }"
    ),
    "likely duplicates": (
        "query($id: ID!) { person(id: $id) { likelyDuplicates { person { identityNumber } } edges: id } }"
    ),
    "the people of a rule": (
        'query($id: [ID!]) { compliance(rules: ["T-1"], subjects: $id)'
        " { people(first: 5) { nodes { person { identityNumber } } } } }"
    ),
    "a search": (
        'query($id: ID!) { search(text: "孙甲", first: 5) { node { ... on Person { identityNumber } } }'
        " person(id: $id) { id } }"
    ),
}


@pytest.mark.parametrize("way", ROUNDABOUT)
def test_privilege_by_the_form_of_a_question(world: Parted, way: str) -> None:
    """Who may see the person, but nothing restricted of them, does not get it by asking in another way."""
    query = ROUNDABOUT[way]
    identity = world.ours.membership if "membership" in query else world.ours.person
    asked = {"id": world.ours.society if "compliance" in query else identity}
    readers = (
        world.register.viewer,
        world.reader(Role.VIEWER, world.ours.society),
        world.reader(Role.PARTNER, world.ours.society, scopes=("RECORDS", "PEOPLE")),
    )
    for reader in readers:
        response = reader.post(query, asked)
        codes = [error["extensions"]["code"] for error in response.json()["errors"]]
        assert codes == ["FORBIDDEN"]
        assert NUMBERS["甲"] not in response.text
    assert NUMBERS["甲"] in world.admin.post(query, asked).text or "edges" in query


@pytest.mark.parametrize("way", ["@include(if: false)", "@skip(if: true)"])
def test_what_is_left_out_of_a_question_is_neither_answered_nor_refused(world: Parted, way: str) -> None:
    query = f"query($id: ID!) {{ person(id: $id) {{ name identityNumber {way} }} }}"
    assert world.register.viewer.data(query, id=world.ours.person) == {"person": {"name": "孙甲"}}


def test_privilege_by_a_fragment_on_a_union(world: Parted) -> None:
    query = """mutation($input: SuspendOrganizationInput!) { suspendOrganization(input: $input) {
        ... on Refused { code } ... on OrganizationRecorded { organization { staffing { headcount } } } } }"""
    sent = {"commandId": new_id(), "effectiveOn": "2026-01-01", "organization": world.ours.society}
    for reader in (world.register.anybody, world.reader(Role.AUDITOR, world.ours.society)):
        assert reader.problem(query, input=sent)["extensions"]["code"] == "FORBIDDEN"


PAST = {
    "search": "query($at: DateTime) { found: search(text: %s, first: 5, knownAt: $at) { name } }",
    "people by text": (
        "query($at: DateTime) { found: people(first: 5, filter: {text: %s}, knownAt: $at) { totalCount } }"
    ),
    "cursors of people": (
        "query($at: DateTime) { found: people(first: 5, filter: {text: %s}, knownAt: $at)"
        " { edges { cursor } } }"
    ),
    "likely duplicates": (
        "query($at: DateTime) { found: likelyDuplicates(name: %s, knownAt: $at) { grounds } }"
    ),
}


FOUND_NOTHING: tuple[Any, ...] = (None, [], {"totalCount": 0}, {"edges": []})


@pytest.mark.parametrize("way", PAST)
def test_a_name_that_was_corrected_by_asking_what_was_believed(world: Parted, way: str) -> None:
    query, asked = PAST[way] % '"误甲"', {"at": world.ours.before}
    viewers = (
        world.register.viewer,
        world.reader(Role.VIEWER, world.ours.society),
        world.reader(Role.REGISTRAR, world.ours.society),
        world.reader(Role.AUDITOR, world.theirs.society),
    )
    for reader in viewers:
        never = reader.post(PAST[way] % '"丂丄"', asked)
        response = reader.post(query, asked)
        assert response.content == never.content
        assert (response.json()["data"] or {}).get("found") in FOUND_NOTHING
    assert world.admin.data(query, **asked)["found"] not in FOUND_NOTHING


def test_the_people_of_a_rule_by_what_was_believed(world: Parted) -> None:
    query = """query($id: [ID!], $at: DateTime) { compliance(rules: ["T-1"], subjects: $id, knownAt: $at) {
        population people(first: 9) { nodes { outcome } } } }"""
    asked = {"id": [world.ours.society], "at": "2999-01-01T00:00:00Z"}
    for reader in (world.register.viewer, world.reader(Role.REGISTRAR, world.ours.society)):
        assert reader.problem(query, **asked)["extensions"]["code"] == "FORBIDDEN"
    for reader in (world.admin, world.reader(Role.AUDITOR, world.ours.society)):
        (result,) = reader.data(query, **asked)["compliance"]
        assert len(result["people"]["nodes"]) == 3


def test_measures_found_by_who_was_once_believed_to_answer_for_them(world: Parted) -> None:
    query = "query($id: ID, $at: DateTime) { measures(first: 5, filter: {responsible: $id}, knownAt: $at)"
    query += " { totalCount } }"
    asked = {"id": world.ours.person, "at": world.ours.before}
    assert world.register.viewer.problem(query, **asked)["extensions"]["code"] == "FORBIDDEN"
    assert world.admin.data(query, **asked)["measures"] == {"totalCount": 0}


def test_the_whole_log_as_files_by_an_auditor_of_a_part(world: Parted) -> None:
    part, partner = (
        world.reader(Role.AUDITOR, world.ours.society),
        world.reader(Role.PARTNER, world.ours.society, scopes=("LOG",)),
    )
    for reader in (world.register.anybody, world.register.viewer, part, partner):
        for path in ("/log/tile/entries/000", "/log/tile/entries/000.p/5", "/log/tile/entries/x999"):
            response = reader.http.get(path)
            assert response.status_code == 403
            assert response.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert world.reader(Role.AUDITOR, None).http.get("/log/tile/entries/000").status_code == 200


DATA = "query($id: ID!) { auditLog(first: 20, filter: {entity: $id}) { nodes { topic data } } }"
KNOWN = "query($id: ID!) { knowledge(id: $id, first: 5) { adopted { model values } } }"


def test_restricted_data_of_one_part_by_the_log_of_another(world: Parted) -> None:
    """A right to the log there and one to restricted data here are none to restricted data there."""
    theirs = {"id": world.theirs.person}
    across = world.reader(Role.PARTNER, world.theirs.society, scopes=("LOG",))
    _grant(world, across, "REGISTRAR", world.ours.society)
    whole = world.reader(Role.PARTNER, None, scopes=("LOG",))
    _grant(world, whole, "REGISTRAR", world.ours.society)
    for reader in (across, whole):
        response = reader.post(DATA, theirs)
        (registered,) = [
            e for e in response.json()["data"]["auditLog"]["nodes"] if e["topic"] == "person.registered"
        ]
        assert registered["data"]["personal"] == {"sealed": True}
        assert "孙乙" not in response.text
    known = whole.post(KNOWN, theirs)
    assert "errors" not in known.json()
    assert "孙乙" not in known.text
    assert NUMBERS["乙"] not in known.text
    assert NUMBERS["乙"] in world.admin.post(KNOWN, theirs).text


def test_names_by_the_log_alone(world: Parted) -> None:
    """A partner with LOG sees that people are there, and nothing of them."""
    partner = world.reader(Role.PARTNER, None, scopes=("LOG",))
    query = "query($id: ID!) { auditLog(first: 20, filter: {entity: $id}) { nodes { data subject { id } } } }"
    for part in (world.ours, world.theirs):
        response = partner.post(query, {"id": part.person})
        nodes = response.json()["data"]["auditLog"]["nodes"]
        assert nodes
        assert {node["subject"] is None for node in nodes} == {True}
        assert not any(text in response.text for text in ("孙甲", "孙乙", *NUMBERS.values()))


def test_names_by_records_alone(world: Parted) -> None:
    partner = world.reader(Role.PARTNER, None, scopes=("RECORDS",))
    for query in (
        "{ memberships(first: 9) { nodes { memberName } } }",
        "{ secondments(first: 9) { nodes { personName } } }",
        "{ secondments(first: 9) { nodes { personId } } }",
        "{ secondmentsReport { rows { personName } } }",
        "{ measures(first: 9) { nodes { responsibleId } } }",
    ):
        assert partner.problem(query)["extensions"]["code"] == "FORBIDDEN"
    shown = partner.post(
        "{ memberships(first: 50) { nodes { id memberPerson { id } number edgesOf: status } } }"
    )
    assert not any(text in shown.text for text in ("孙甲", "孙乙"))
    book = partner.http.get("/export/reports/secondments.xlsx").content
    assert "孙甲" not in _texts(book)
    assert "姓名" in _texts(book), "named on the last sheet among what is withheld"


def test_rights_of_a_part_do_not_add_up_to_the_whole(world: Parted) -> None:
    both = world.reader(Role.VIEWER, world.ours.society, world.theirs.society)
    query = '{ people(first: 100, filter: {text: "孙"}) { nodes { name } } }'
    assert sorted(p["name"] for p in both.data(query)["people"]["nodes"]) == ["孙乙", "孙乙", "孙甲", "孙甲"]
    assert both.problem("{ reorganizations(first: 1) { totalCount } }")["extensions"]["code"] == "FORBIDDEN"


def _grant(world: Parted, reader: Client, role: str, root: str | None) -> None:
    """Give a reader another role."""
    given = {"principal": world.principal(reader), "role": role, "root": root}
    record(world.admin, "grantRole", grant=new_id(), **given)


FORMULAS = (
    '=HYPERLINK("http://evil")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\uff1d1+1",
    "\uff20SUM(1)",
    "=cmd|' /C calc'!A0",
)
CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def test_formulas_in_every_export(register: Served) -> None:
    """A name that a spreadsheet would calculate stays a text, in every report, column and sheet."""
    admin = register.administrator
    association = admin.data('{ organization(code: "DLKX") { id } }')["organization"]["id"]
    _plant(admin, association)
    for name in REPORTS:
        given = {"from": "2018-12-31", "to": "2026-01-01"} if name == "reform" else {}
        response = admin.http.get(f"/export/reports/{name}.xlsx", params=given)
        assert response.status_code == 200, (name, response.text)
        with ZipFile(io.BytesIO(response.content)) as book:
            for part in book.namelist():
                text = book.read(part).decode(errors="replace")
                assert "<f>" not in text, (name, part)
                assert "<f " not in text, (name, part)
                assert "<hyperlink " not in text, (name, part)
    texts = _texts(admin.http.get("/export/reports/secondments.xlsx").content)
    assert all(formula.strip() in texts for formula in FORMULAS[:4])


def test_formulas_in_every_register(register: Served) -> None:
    """No cell of a register's CSV begins with what a spreadsheet takes for a formula; workbooks hold none."""
    admin = register.administrator
    _plant(admin, admin.data('{ organization(code: "DLKX") { id } }')["organization"]["id"])
    planted = 0
    for kind in Kind:
        table = admin.http.get(f"/export/registers/{kind}.csv")
        assert table.status_code == 200, (kind, table.text)
        cells = [cell for row in csv.reader(io.StringIO(table.text)) for cell in row]
        planted += sum(cell.removeprefix("'") in {formula.strip() for formula in FORMULAS} for cell in cells)
        assert [cell for cell in cells if cell.startswith(CALCULATED)] == [], kind
        with ZipFile(io.BytesIO(admin.http.get(f"/export/registers/{kind}.xlsx").content)) as book:
            for part in book.namelist():
                text = book.read(part).decode(errors="replace")
                assert not any(mark in text for mark in ("<f>", "<f ", "<hyperlink ")), (kind, part)
    # Of organizations, people and functions each.
    assert planted >= 3 * len(FORMULAS)


def _plant(admin: Client, association: str) -> None:
    """Name things of every sort like formulas."""
    for number, formula in enumerate(FORMULAS):
        text = formula.strip()
        unit = establish(admin, text, "DEPARTMENT", association)
        other = establish(admin, f"{text}二", "SOCIETY")
        person = new_id()
        record(admin, "registerPerson", person=person, name=text)
        sent: dict[str, Any] = {"person": person, "home": unit, "host": other, "direction": "DOWN"}
        record(admin, "beginSecondment", secondment=new_id(), basis="SECONDMENT", duty=text, **sent)
        record(admin, "setStaffing", organization=unit, headcount=1, establishment=[])
        measure = new_id()
        set_as = {"code": f"F-{number}", "title": text, "planClause": text, "lead": unit}
        record(admin, "setMeasure", measure=measure, supporting=[], **set_as)
        record(admin, "reportProgress", measure=measure, note=text)
        record(admin, "defineFunction", function=new_id(), name=text, description=text)


def _texts(content: bytes) -> str:
    """Return all texts of a workbook."""
    with ZipFile(io.BytesIO(content)) as book:
        parts = [book.read(name).decode() for name in book.namelist() if name.endswith(".xml")]
    return " ".join(parts).replace("&quot;", '"').replace("&apos;", "'")


def test_a_partner_that_widens_its_own_scopes(world: Parted) -> None:
    partner = world.reader(Role.PARTNER, None, scopes=("COMMANDS", "LOG"))
    principal = world.principal(partner)
    own = {"principal": principal, "role": "PARTNER", "scopes": ["RESTRICTED"]}
    query = "mutation($input: GrantRoleInput!) { grantRole(input: $input) { __typename } }"
    sent = {"commandId": new_id(), "effectiveOn": "2020-01-01", "grant": new_id(), **own}
    assert partner.problem(query, input=sent)["extensions"]["code"] == "FORBIDDEN"
    listed = (
        "query($p: String) { grants(first: 1, filter: {principal: $p}) { nodes { id position scopes } } }"
    )
    (grant,) = world.admin.data(listed, p=principal)["grants"]["nodes"]
    more = {"principal": principal, "role": "ADMINISTRATOR", "effective_on": "2020-01-01"}
    replacement = {"topic": "grant.given", "data": more}
    amended = {"entity": grant["id"], "position": grant["position"], "replacement": replacement}
    refuse(partner, "amendEvent", "GRANTS_FORBIDDEN", **amended)
    refuse(partner, "retractEvent", "GRANTS_FORBIDDEN", entity=grant["id"], position=grant["position"])
    assert world.admin.data(listed, p=principal)["grants"]["nodes"] == [grant]
    assert grant["scopes"] == ["COMMANDS", "LOG"]
