"""After an erasure nobody gets a byte of what was erased: by no question, in no file, in no line of a log."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphql_api.imports.columns import Kind
from graphql_api.reports.catalog import REPORTS
from projections.catalog import READ_MODELS
from projections.held import HELD_TABLES
from registry.store.audit.export import export
from registry.store.connection import connect
from tests.support.every_row import every_row
from tests.support.kept_logs import Kept, kept_logs
from tests.support.people import NUMBER
from tests.support.sending import establish, new_id, record, refuse
from tests.support.serving import Client, Served
from tests.support.socketing import connected

SECRETS = (
    "欧阳晨曦",
    "欧阳晨光",
    "ouyangchen",
    NUMBER,
    "13904115566",
    "chenxi@example.cn",
    "滨城海藻研究室",
    "海藻首席",
    "海藻学正高",
    "海藻金奖",
    "因海藻过敏",
    "海藻挂职",
    "海藻走访",
    "海藻函",
)
_LABEL = "已清除人员 (an erased person)"


class Case:
    """Somebody of whom everything is known, in a register of the demonstration."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.person, self.other = new_id(), new_id()
        self.society = establish(client, "藻类学会", "SOCIETY")
        self.home = establish(client, "藻类研究单位", "EXTERNAL")
        self.branch = establish(client, "藻类党支部", "PARTY_ORGANIZATION")
        self.post, self.appointment = new_id(), new_id()

    def send(self, command: str, day: str = "2020-01-01", /, **given: object) -> None:
        record(self.client, command, effectiveOn=day, **given)

    def tell(self) -> None:
        """Say everything that can be said of a person."""
        who, reason = {"person": self.person}, "因海藻过敏"
        self.send(
            "registerPerson",
            **who,
            name="欧阳晨曦",
            identityNumber=NUMBER,
            phone="13904115566",
            email="chenxi@example.cn",
            reason=reason,
        )
        self.send("registerPerson", person=self.other, name="某走访人")
        self.send("renamePerson", "2021-01-01", **who, name="欧阳晨光", reason=reason)
        self.send(
            "employPerson",
            **who,
            employment=new_id(),
            employerName="滨城海藻研究室",
            sector="INSTITUTE",
            position="海藻首席",
            primary=True,
        )
        self.send("awardTitle", **who, name="海藻学正高", level="SENIOR")
        self.send("grantAward", **who, name="海藻金奖", grantor="海藻金奖基金会")
        self.send("setDisciplines", **who, disciplines=["180"])
        joined = {"organization": self.society, "memberClass": "INDIVIDUAL", "reason": reason}
        self.send("admitMember", membership=new_id(), member=self.person, **joined)
        affiliation = new_id()
        self.send("openAffiliation", affiliation=affiliation, **who, branch=self.branch, stage="FORMAL")
        self.send(
            "beginParticipation", participation=new_id(), **who, organization=self.branch, role="INSTRUCTOR"
        )
        self.send("establishPost", post=self.post, organization=self.society, title="PRESIDENT")
        held = {"appointment": self.appointment, "post": self.post, "mode": "PART_TIME", "basis": "ELECTED"}
        self.send("appoint", **who, **held, reason=reason)
        between = {"home": self.home, "host": self.society, "direction": "LATERAL", "basis": "EXCHANGE"}
        self.send("beginSecondment", secondment=new_id(), **who, **between, duty="海藻挂职")
        liaison = new_id()
        self.send("beginLiaison", liaison=liaison, cadre=self.other, scientist=self.person)
        self.send("recordVisit", "2020-02-01", liaison=liaison, note="海藻走访")
        self.send(
            "recordRegistration",
            organization=self.society,
            legalForm="SOCIAL_ORGANIZATION",
            representative=self.person,
        )

    def erase(self) -> None:
        self.send("endAppointment", "2022-01-01", appointment=self.appointment, endReason="RESIGNED")
        self.send("erasePerson", "2022-01-01", person=self.person, reason="本人申请")


@pytest.fixture
def log() -> Iterator[Kept]:
    """Keep what the server writes, from before anything is told."""
    with kept_logs("json") as kept:
        yield kept


@pytest.fixture
def case(log: Kept, register: Served) -> Case:  # noqa: ARG001 - the log is kept from before
    """Give somebody of whom everything was told."""
    told = Case(register.administrator)
    told.tell()
    return told


_QUERIES = (
    """query All($id: ID!) { node(id: $id) { id }
        a: search(text: "欧阳", first: 50) { name } b: search(text: "ouyang", first: 50) { name } }""",
    """query All($id: ID!) { person(id: $id) { name gender birthDate identityNumber phone email
        employments { employerName title } employmentHistory { employerName } titles { name }
        awards { name grantor }
        memberships { memberName } affiliation { branch { name } } participations { role }
        appointments { holderName } history { name phone } likelyDuplicates { grounds } } }""",
    """query All($id: ID!) { person(id: $id, asOf: "2021-06-01", knownAt: "2100-01-01T00:00:00Z") { name
        history(beliefs: true) { name identityNumber phone email } employments { employerName } } }""",
    "query All($id: ID!) { node(id: $id) { id } people(first: 100) { nodes { id name phone } } }",
    "query All($id: ID!) { auditLog(first: 100, filter: { entity: $id }) { nodes { topic data } } }",
    """query All($id: ID!) { node(id: $id) { id }
        auditLog(first: 100, filter: { nouns: ["secondment", "liaison",
        "appointment", "membership", "affiliation", "participation"] }) { nodes { topic data } } }""",
    """query All($id: ID!) { knownSince(id: $id) { model value }
        knowledge(id: $id, first: 100) { adopted { model values } withdrawn { values } events { data } } }""",
    "query All($id: ID!) { personalData(person: $id) }",
    """query All($id: ID!) { accessLog(first: 100, filter: { person: $id }) {
        nodes { actor operation fields persons } } }""",
    """query All($id: ID!) { node(id: $id) { id }
        organizations(first: 100, filter: { text: "藻类" }) { nodes { name
        registration { representativeName } posts { holders { holderName } } } } }""",
    "query All($id: ID!) { secondments(first: 100, filter: { person: $id }) { nodes { personName duty } } }",
    """query All($id: ID!) { liaisons(first: 100, filter: { scientist: $id }) {
        nodes { scientistName cadreName visits { note } } } }""",
    """query All($id: ID!) { node(id: $id) { id }
        compliance { rule { code } people(first: 100) { nodes { name } } } }""",
)


def _answers(client: Client, person: str) -> dict[str, str]:
    """Return the bytes of every answer about a person, as text."""
    found: dict[str, str] = {}
    for query in _QUERIES:
        response = client.post(query, {"id": person})
        assert "errors" not in response.json(), response.text[:500]
        found[query] = response.text
    return found


def _files(client: Client) -> dict[str, bytes]:
    """Return what every report holds, with the parts of its archive taken out."""
    found: dict[str, bytes] = {}
    for name, report in REPORTS.items():
        days = {"from": "2020-01-01", "to": "2021-06-01"} if report.between else {"asOf": "2021-06-01"}
        response = client.http.get(f"/export/reports/{name}.xlsx", params=days)
        assert response.status_code == 200, response.text
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            found[name] = b"\n".join(archive.read(part) for part in archive.namelist())
    return found


def _registers(client: Client) -> dict[str, bytes]:
    """Return every file of the registers in every form, as of the end and of a day in the middle."""
    found: dict[str, bytes] = {}
    days: tuple[dict[str, str], ...] = ({}, {"asOf": "2021-06-01", "knownAt": "2100-01-01T00:00:00Z"})
    for kind, form, when in itertools.product(Kind, ("csv", "jsonl", "xlsx"), days):
        response = client.http.get(f"/export/registers/{kind}.{form}", params=when)
        assert response.status_code == 200, response.text
        content = response.content
        if form == "xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = b"\n".join(archive.read(part) for part in archive.namelist())
        found[f"{kind}.{form} {when}"] = content
    return found


def _feed(client: Client, after: int) -> str:
    """Return what the change feed tells, event by event."""
    response = client.http.get("/events", params={"after": after, "limit": 1_000})
    assert response.status_code == 200, response.text
    return response.text


def _tables(url: str) -> str:
    """Return every row of every table, those that only a server writes among them."""

    async def run() -> str:
        connection = await connect(url)
        try:
            return await every_row(connection.fetch)
        finally:
            await connection.close()

    return asyncio.run(run())


def _bundle(url: str, folder: Path) -> bytes:
    """Return everything that an exported log holds."""

    async def run() -> None:
        connection = await connect(url)
        try:
            await export(connection, folder, [])
        finally:
            await connection.close()

    asyncio.run(run())
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _delivered(client: Client, count: int) -> str:
    query = "subscription All { events { position topic data } }"
    with connected(client) as socket:
        socket.subscribe(query)
        return json.dumps(socket.take(count), ensure_ascii=False)


def _in(content: bytes | str) -> set[str]:
    text = content if isinstance(content, bytes) else content.encode()
    escaped = {secret: json.dumps(secret)[1:-1].encode() for secret in SECRETS}
    return {secret for secret in SECRETS if secret.encode() in text or escaped[secret] in text}


def test_no_byte_of_what_was_erased_is_told_by_anything(
    case: Case, register: Served, tmp_path: Path, log: Kept
) -> None:
    client = register.administrator
    head = client.data("{ orgChart { position } }")["orgChart"]["position"]
    before = "".join(_answers(client, case.person).values()) + _delivered(client, head)
    assert set(SECRETS) - {"ouyangchen", "海藻函"} <= _in(before), "what is looked for was there"
    assert _in(b"".join(_files(client).values())) == {"欧阳晨光", "海藻挂职"}
    case.erase()
    for query, text in _answers(client, case.person).items():
        assert _in(text) == set(), query
    for name, content in _files(client).items():
        assert _in(content) == set(), name
    assert _in(_delivered(client, head + 2)) == set()
    assert _in(_bundle(register.database_url, tmp_path / "bundle")) == set()
    for text in ("欧阳晨曦", "欧阳晨光"):
        # What a client sends comes back to it at most, and is written nowhere.
        client.ask("query ($t: String!) { people(first: 1, filter: { text: $t }) { totalCount } }", t=text)
    # What the program wrote since the beginning, when the data was still there.
    written = "\n".join(log.lines)
    assert "answered" in written
    assert _in(written) == set()


def test_no_byte_of_it_is_in_a_file_the_feed_or_a_table(case: Case, register: Served) -> None:
    """What a server has answered, copied, refused and recorded of somebody is erased with them."""
    client = register.administrator
    oldest = """query ($id: ID!) { auditLog(first: 1, orderBy: OLDEST, filter: { entity: $id }) {
        nodes { position } } }"""
    (first,) = client.data(oldest, id=case.person)["auditLog"]["nodes"]
    start = first["position"] - 1
    # The same number again: the refusal is kept for whoever repeats the command.
    taken = {"person": new_id(), "name": "欧阳晨曦", "identityNumber": NUMBER}
    refuse(client, "registerPerson", "IDENTITY_NUMBER_TAKEN", **taken)
    _answers(client, case.person)
    everywhere = _in(b"".join(_registers(client).values()))
    assert everywhere >= {"欧阳晨光", NUMBER, "13904115566", "chenxi@example.cn"}, "it was in the files"
    assert _in(_feed(client, start)) >= {"欧阳晨曦", NUMBER, "海藻首席", "因海藻过敏"}, "it was in the feed"
    assert _in(_tables(register.database_url)) >= set(SECRETS[:6]), "it was in the tables"
    case.erase()
    for name, content in _registers(client).items():
        assert _in(content) == set(), name
    told = _feed(client, start)
    assert "person.erased" in told
    assert _in(told) == set()
    _answers(client, case.person)
    assert _in(_tables(register.database_url)) == set()


def test_charts_and_lists_keep_an_erased_person_and_no_name(case: Case, register: Served) -> None:
    client = register.administrator
    query = """query ($id: ID!) { post(id: $id, asOf: "2021-06-01") { holders { holderName } } }"""
    assert client.data(query, id=case.post)["post"]["holders"] == [{"holderName": "欧阳晨光"}]
    case.erase()
    for asking in (client, register.anybody):
        assert asking.data(query, id=case.post)["post"]["holders"] == [{"holderName": _LABEL}]
    lists = """query ($id: ID!, $o: ID!) {
        secondments(first: 9, filter: { person: $id }) { nodes { personName } }
        liaisons(first: 9, filter: { scientist: $id }) { nodes { scientistName cadreName } }
        memberships(first: 9, filter: { member: $id }) { totalCount nodes { memberName } }
        organization(id: $o) { registration { representativeName } memberCount }
        person(id: $id) { name } }"""
    shown = client.data(lists, id=case.person, o=case.society)
    assert shown["secondments"]["nodes"] == [{"personName": _LABEL}]
    assert shown["liaisons"]["nodes"] == [{"scientistName": _LABEL, "cadreName": "某走访人"}]
    assert shown["memberships"] == {"totalCount": 1, "nodes": [{"memberName": _LABEL}]}
    assert shown["organization"] == {"registration": {"representativeName": _LABEL}, "memberCount": 1}
    assert shown["person"] == {"name": None}, "the person's own name is none"


def test_the_copy_is_complete_and_holds_nothing_of_others(case: Case, register: Served) -> None:
    client = register.administrator
    query = "query ($id: ID!) { personalData(person: $id) }"
    copy = client.data(query, id=case.person)["personalData"]
    assert set(copy["current"]) >= {
        "affiliation",
        "appointment",
        "award",
        "employment",
        "liaison",
        "liaison_note",
        "liaison_visit",
        "membership",
        "participation",
        "person_private",
        "post",
        "professional_title",
        "registration",
        "secondment",
        "secondment_private",
    }
    topics = {event["topic"].partition(".")[0] for event in copy["events"]}
    assert topics >= {
        "person",
        "membership",
        "appointment",
        "affiliation",
        "participation",
        "secondment",
        "liaison",
    }
    assert "organization" in topics, "the registration names the person"
    other = client.data(query, id=case.other)["personalData"]
    assert [event["topic"] for event in other["events"]] == ["person.registered", "liaison.begun"]
    assert set(other["current"]) == {"liaison", "liaison_visit", "person", "person_private"}
    assert _in(json.dumps(other, ensure_ascii=False)) == set(), (
        "what was said of the scientist is the scientist's"
    )


def test_every_table_that_points_at_people_is_part_of_the_copy() -> None:
    pointing = {"person", "member", "cadre", "scientist", "representative", "assignee", "alias", "canonical"}
    tables = {model.name for model in READ_MODELS if pointing & {column.name for column in model.columns}}
    assert tables <= HELD_TABLES
    assert {"post", "term", "liaison_visit", "person"} <= HELD_TABLES
