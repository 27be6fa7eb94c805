"""Reading restricted data leaves a record, written before the answer, of exactly whom it showed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest

from graphql_api.access import Grant, Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.declare import RIGHT, metadata_of
from graphql_api.planner.places import ROWS
from graphql_api.planner.reading import NOBODY, PERSON_KEY, SUBJECTS, TELLING
from graphql_api.schema import build_schema
from tests.support.both_ways import VIEWERS, assert_equal, benched
from tests.support.sending import establish, new_id, record
from tests.support.serving import Answer, Client, Served
from tests.support.socketing import connected

_LOG = """query ($filter: AccessFilter, $first: Int! = 100, $after: String) {
    accessLog(first: $first, after: $after, filter: $filter) {
        nodes { id recordedAt actor kind operation fields persons roots rows } totalCount
        edges { cursor } pageInfo { hasNextPage endCursor }
    } }"""
_ACTOR = "key:test administrator"


def accesses(client: Client, **condition: object) -> list[Answer]:
    """Return the entries that fit, newest first."""
    found: list[Answer] = client.data(_LOG, filter=condition)["accessLog"]["nodes"]
    return found


def registered(client: Client, name: str = "敏感者", **given: object) -> str:
    """Register somebody, and return the id."""
    person = new_id()
    record(client, "registerPerson", person=person, name=name, **given)
    return person


def test_a_query_of_restricted_fields_is_recorded_with_whom_it_showed(register: Served) -> None:
    client, before = register.administrator, datetime.now(UTC)
    first, second = (registered(client, f"姜敏{n}", phone="13904110001") for n in "甲乙")
    registered(client, "不相干")
    shown = client.data(
        'query Phones { people(first: 10, filter: { text: "姜敏" }) { nodes { id tel: phone } } }'
    )["people"]["nodes"]
    assert {node["id"] for node in shown} == {first, second}
    assert all(node.keys() == {"id", "tel"} for node in shown)
    (entry,) = accesses(client, person=first)
    assert entry["operation"] == "Phones"
    assert (entry["actor"], entry["kind"], entry["fields"]) == (_ACTOR, "QUERY", ["Person.phone"])
    assert sorted(entry["persons"]) == sorted([first, second])
    assert (entry["roots"], entry["rows"]) == (None, 2)
    assert before <= datetime.fromisoformat(entry["recordedAt"]) <= datetime.now(UTC)
    assert accesses(client, person=second) == [entry]


def test_what_is_not_restricted_is_not_recorded(register: Served) -> None:
    client = register.administrator
    person = registered(client)
    client.data("query ($id: ID!) { person(id: $id) { id name history { name } } }", id=person)
    client.data("{ orgChart { position } people(first: 5) { nodes { name } } }")
    assert accesses(client) == []


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        (
            "query ($id: ID!) { a: node(id: $id) { ...P } } fragment P on Person { b: gender }",
            ["Person.gender"],
        ),
        ("query ($id: ID!) { person(id: $id) { affiliation { stage } } }", ["Person.affiliation"]),
        (
            "query ($id: ID!) { person(id: $id) { history { identityNumber email } } }",
            ["PersonBelief.email", "PersonBelief.identityNumber"],
        ),
        (
            "query ($id: ID!) { affiliations(first: 1, filter: { person: $id }) { totalCount } }",
            ["AffiliationConnection.totalCount", "Query.affiliations"],
        ),
        (
            "query ($id: ID!) { participations(first: 1, filter: { person: $id }) { nodes { __typename } } }",
            ["ParticipationConnection.nodes", "Query.participations"],
        ),
        (
            "query ($id: ID!) { auditLog(first: 3, filter: { entity: $id }) { nodes { data } } }",
            ["AuditEvent.data"],
        ),
        ("query ($id: ID!) { knownSince(id: $id) { value } }", ["KnownField.value"]),
        ("query ($id: ID!) { knowledge(id: $id, first: 1) { adopted { values } } }", ["KnownRow.values"]),
        ("query ($id: ID!) { personalData(person: $id) }", ["Query.personalData"]),
    ],
)
def test_no_way_to_ask_goes_unrecorded(demo: Served, query: str, fields: list[str]) -> None:
    client = demo.administrator
    person = registered(client, phone="13904110002", gender="FEMALE")
    client.data(query, id=person)
    (entry,) = accesses(client, person=person)
    # What hangs below a restricted field may be restricted itself.
    assert set(fields) <= set(entry["fields"])
    assert entry["persons"] == [person]


def test_an_answer_to_a_command_is_recorded_when_it_shows_more_than_it_was_told(register: Served) -> None:
    client = register.administrator
    person = registered(client, phone="13904110003")
    assert accesses(client) == []
    shown = "... on PersonRecorded { person { name phone } }"
    record(client, "renamePerson", shown, person=person, name="改名者", effectiveOn="2021-01-01")
    (entry,) = accesses(client, person=person)
    assert (entry["kind"], entry["fields"]) == ("MUTATION", ["Person.phone"])


def test_likely_duplicates_are_recorded_where_numbers_and_births_told_them(register: Served) -> None:
    client = register.administrator
    one = registered(client, "同名者", birthDate="1990-03-07")
    other = registered(client, "同名者", birthDate="1990-03-07")
    query = "query ($id: ID!) { person(id: $id) { likelyDuplicates { grounds } } }"
    assert client.data(query, id=one)["person"]["likelyDuplicates"] == [{"grounds": ["SAME_NAME_AND_BIRTH"]}]
    (entry,) = accesses(client, person=other)
    assert entry["fields"] == ["LikelyDuplicate.grounds"]
    assert sorted(entry["persons"]) == sorted([one, other])
    assert register.viewer.data(query, id=one)["person"]["likelyDuplicates"]
    assert len(accesses(client)) == 1, "names alone are not restricted"


def test_a_person_is_found_by_every_record(register: Served) -> None:
    client = register.administrator
    one, other = registered(client, "两份记录", phone="13904110004"), registered(client, "两份记录")
    client.data("query ($id: ID!) { person(id: $id) { phone } }", id=one)
    record(client, "mergePersons", person=one, into=other, effectiveOn="2021-01-01")
    (entry,) = accesses(client, person=other)
    assert entry["persons"] == [one]


def test_the_log_is_paged_filtered_and_for_auditors_of_everything(register: Served) -> None:
    client = register.administrator
    person = registered(client, phone="13904110005")
    for _ in range(5):
        client.data("query ($id: ID!) { person(id: $id) { phone } }", id=person)
    seen: list[Answer] = []
    after: str | None = None
    while True:
        page = client.data(_LOG, first=2, after=after)["accessLog"]
        seen.extend(page["nodes"])
        assert page["totalCount"] == 5
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert [int(entry["id"]) for entry in seen] == sorted((int(e["id"]) for e in seen), reverse=True)
    assert len({entry["id"] for entry in seen}) == 5
    instant = seen[2]["recordedAt"]
    assert len(accesses(client, recordedFrom=instant)) == 3
    assert len(accesses(client, recordedTo=instant)) == 3
    assert len(accesses(client, actor=_ACTOR, kinds=["QUERY"], field="Person.phone")) == 5
    assert accesses(client, actor="key:somebody") == accesses(client, kinds=["LOG_EXPORT"]) == []
    assert accesses(client, person=new_id()) == []
    for other in (register.viewer, register.anybody):
        assert other.problem("{ accessLog(first: 1) { totalCount } }")["extensions"]["code"] == "FORBIDDEN"


def test_who_audits_a_part_of_the_register_does_not_see_who_read_the_rest(
    register: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphql_api.authority.REMEMBERED_SECONDS", 0.0)
    admin = register.administrator
    root = establish(admin, "某区科协", "ASSOCIATION")
    record(admin, "grantRole", grant=new_id(), principal="key:test viewer", role="AUDITOR", root=root)
    error = register.viewer.problem("{ accessLog(first: 1) { totalCount } }")
    assert error["extensions"]["code"] == "FORBIDDEN"


def _ordered(url: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


def test_an_answer_that_cannot_be_recorded_is_not_given(register: Served) -> None:
    client = register.administrator
    person = registered(client, phone="13904110006")
    _ordered(register.database_url, "ALTER TABLE registry.access ADD CHECK (false) NOT VALID")
    for query in (
        "query ($id: ID!) { person(id: $id) { phone } }",
        "query ($id: ID!) { auditLog(first: 3, filter: { entity: $id }) { nodes { data } } }",
        "query ($id: ID!) { personalData(person: $id) }",
    ):
        response = client.post(query, {"id": person})
        (error,) = response.json()["errors"]
        assert error["extensions"]["code"] == "ACCESS_NOT_RECORDED"
        assert "13904110006" not in response.text
    file = client.http.get("/export/reports/party.xlsx")
    assert file.status_code == 503
    entries = client.http.get("/log/tile/entries/000")
    assert entries.status_code == 503
    # What is not restricted is answered all the same.
    assert client.data("query ($id: ID!) { person(id: $id) { name } }", id=person)["person"]["name"]


def test_a_subscription_is_recorded_when_it_begins_and_with_each_page_that_holds_some(
    register: Served,
) -> None:
    client = register.administrator
    head = client.data("{ orgChart { position } }")["orgChart"]["position"]
    query = "subscription Watch($after: Position!) { events(after: $after) { position topic data } }"
    with connected(client) as socket:
        socket.subscribe(query, {"after": head})
        establish(client, "无关单位", "SOCIETY")
        (first,) = socket.take(1)
        assert first["events"]["topic"] == "organization.established"
        person = registered(client, "订阅所见", phone="13904110007")
        (second,) = socket.take(1)
        assert second["events"]["data"]["personal"]["name"] == "订阅所见"
    newest, oldest = accesses(client, kinds=["SUBSCRIPTION"])
    assert (oldest["persons"], oldest["operation"]) == ([], "Watch")
    assert (newest["persons"], newest["fields"]) == ([person], ["AuditEvent.data"])


def test_exports_are_recorded_by_their_kind(register: Served) -> None:
    client = register.administrator
    assert client.http.get("/export/reports/party.xlsx").status_code == 200
    assert register.anybody.http.get("/export/reports/party.xlsx").status_code == 200
    tile = next(
        path for path in ("000", "000.p/1") if client.http.get(f"/log/tile/entries/{path}").is_success
    )
    found = {entry["kind"]: entry for entry in accesses(client)}
    assert found["REPORT_FILE"]["operation"] == "partyReport"
    assert found["LOG_ENTRIES"]["operation"] == tile
    assert len(accesses(client, kinds=["REPORT_FILE"])) == 1, "what is published, anybody may take"


def test_the_persons_copy_says_who_read_it(register: Served) -> None:
    client = register.administrator
    person = registered(client, phone="13904110008")
    client.data("query Once($id: ID!) { person(id: $id) { phone } }", id=person)
    query = "query Copy($id: ID!) { personalData(person: $id) }"
    (read,) = client.data(query, id=person)["personalData"]["accesses"]
    assert (read["actor"], read["operation"], read["fields"]) == (_ACTOR, "Once", ["Person.phone"])
    # The copy itself is recorded, too, and the next one says so.
    assert [entry["kind"] for entry in client.data(query, id=person)["personalData"]["accesses"]] == [
        "QUERY",
        "PERSONAL_DATA",
    ]


def test_whom_an_answer_is_about_is_exactly_whom_it_shows(register: Served) -> None:
    client = register.administrator
    root, elsewhere = establish(client, "本区", "ASSOCIATION"), establish(client, "外区", "ASSOCIATION")
    ours, theirs = registered(client, "孔里人", phone="1"), registered(client, "孔外人", phone="2")
    for person, employer in ((ours, root), (theirs, elsewhere)):
        terms = {"employer": employer, "sector": "ASSOCIATION", "primary": True}
        record(client, "employPerson", person=person, employment=new_id(), **terms)
    query = '{ people(first: 9, filter: { text: "孔" }) { nodes { id phone } } }'
    masked = Viewer("half", (Grant(Role.VIEWER), Grant(Role.REGISTRAR, UUID(root))))
    with benched(register.database_url) as bench:
        for viewer, expected in ((masked, {ours}), (VIEWERS["administrator"], {ours, theirs})):
            bench.accesses.clear()
            answer = assert_equal(bench, query, viewer)
            assert PERSON_KEY not in str(answer)
            shown = {node["id"] for node in answer["data"]["people"]["nodes"] if node["phone"]}
            assert shown == expected
            planned, completed = bench.accesses
            assert planned == completed
            assert set(map(str, planned.persons)) == expected
            assert planned.roots == (None if viewer is not masked else (UUID(root),))


def test_every_type_with_restricted_fields_says_of_whom_they_are() -> None:
    core = core_of(build_schema())
    restricted = {
        name
        for name, kind in core.type_map.items()
        for field in getattr(kind, "fields", {}).values()
        if metadata_of(field).get(RIGHT) == "RESTRICTED"
    } | {name for name, right in ROWS.items() if right == "RESTRICTED"}
    told = {name.partition(".")[0] for name in TELLING} - {"AuditEvent"}
    assert restricted | told == set(SUBJECTS) | NOBODY
    for coordinate in TELLING:
        kind, field = coordinate.split(".")
        assert field in core.type_map[kind].fields  # type: ignore[attr-defined]  # these are object types


def test_asking_whether_a_number_is_taken_is_recorded(register: Served) -> None:
    client = register.administrator
    sent = {"commandId": new_id(), "effectiveOn": "2020-01-01", "person": new_id(), "name": "某"}
    named = {"registerPerson": sent}
    numbered = {"registerPerson": {**sent, "identityNumber": "210202199003071228"}}
    preview = "query Try($c: CommandInput!) { preview(command: $c) { digest } }"
    simulate = "query Try($c: CommandInput!) { simulate(commands: [$c]) { position } }"
    for query in (preview, simulate):
        client.data(query, c=named)
    assert accesses(client) == []
    for query in (preview, simulate):
        client.data(query, c=numbered)
    newest, oldest = accesses(client)
    assert (oldest["fields"], newest["fields"]) == (["Query.preview"], ["Query.simulate"])


def test_what_a_simulation_shows_is_recorded(register: Served) -> None:
    client = register.administrator
    society = establish(client, "试算学会", "SOCIETY")
    post = new_id()
    record(client, "establishPost", post=post, organization=society, title="PRESIDENT")
    person = registered(client, "试算人", phone="13904110009")
    held = {"appointment": new_id(), "person": person, "post": post, "mode": "PART_TIME", "basis": "ELECTED"}
    record(client, "appoint", **held)
    command = {
        "commandId": new_id(),
        "effectiveOn": "2021-01-01",
        "organization": society,
        "name": "改名学会",
    }
    query = """query Suppose($c: CommandInput!) { simulate(commands: [$c]) {
        changes { renamed { organization { posts { holders { person { phone } } } } } } } }"""
    client.data(query, c={"renameOrganization": command})
    (entry,) = accesses(client, person=person)
    assert (entry["operation"], entry["fields"]) == ("Suppose", ["Person.phone"])
