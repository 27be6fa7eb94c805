"""Files sent with a mutation: the GraphQL multipart request, and every shape of it that is none."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import orjson
import pytest

from graphql_api.access import Role
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop
from tests.support.importing import table, workbook
from tests.support.provider import free_port
from tests.support.sending import establish, new_id, record
from tests.support.serving import Answer, Client, Served, served
from tests.support.witnessing import settings_of

_ASKED = """mutation Import($input: ImportFileInput!) { importFile(input: $input) { __typename
  ... on FileRefused { code message messageZh advice adviceZh }
  ... on ImportOutcome { importId state rows commands recorded skipped firstPosition lastPosition
    errorCount errorsCutShort errors { sheet row column cell code message messageZh advice adviceZh } } } }"""
_PLACE = {"0": ["variables.input.file"]}
_PEOPLE = table([["代码", "姓名"], ["P1", "王建国"], ["P2", "李秀英"]])
_WRONG = table([["代码", "姓名", "性别"], ["P1", "王建国", "男"], ["P2", "李秀英", "不详么"]])
_FILE = ("people.csv", _PEOPLE)
_Files = Mapping[str, tuple[str, bytes]]
_DATED = {"effectiveOn": "2020-01-01"}


@pytest.fixture(scope="module")
def register(postgres: EmbeddedPostgres, database_template: str) -> Iterator[Served]:
    """Give a server with a register of the module's own, which takes files of up to 1 MB."""
    name = asyncio.run(clone(postgres, database_template))
    with served(postgres.url(name), settings_of(port=free_port(), import_megabytes=1)) as server:
        yield server
    asyncio.run(drop(postgres, name))


def sent(
    client: Client,
    operations: object,
    places: object = _PLACE,
    files: _Files | None = None,
    headers: Mapping[str, str] | None = None,
) -> httpx2.Response:
    """Send a form; what is bytes is sent as it is."""
    texts = {"operations": operations, "map": places}
    form = {name: t if isinstance(t, bytes) else orjson.dumps(t) for name, t in texts.items()}
    files = {"0": _FILE} if files is None else files
    return client.http.post("/graphql", data=form, files=files, headers=headers or {})


def operation(**given: object) -> Answer:
    return {"query": _ASKED, "variables": {"input": {"file": None, **_DATED, **given}}}


def imported(client: Client, name: str = "people.csv", content: bytes = _PEOPLE, **given: object) -> Answer:
    response = sent(client, operation(**given), files={"0": (name, content)})
    assert response.status_code == 200, response.text
    assert "errors" not in response.json(), response.text
    answer: Answer = response.json()["data"]["importFile"]
    return answer


def code_of(response: httpx2.Response) -> str:
    (error,) = response.json()["errors"]
    assert {"code", "messageZh", "advice", "adviceZh"} == set(error["extensions"]), error
    return str(error["extensions"]["code"])


def people(register: Served, name: str) -> list[Answer]:
    query = "query ($name: String!) { people(first: 9, filter: {name: $name}) { nodes { name } } }"
    nodes: list[Answer] = register.administrator.data(query, name=name)["people"]["nodes"]
    return nodes


def head(register: Served) -> int:
    log = register.administrator.data("{ auditLog(first: 1) { nodes { position } } }")["auditLog"]["nodes"]
    return int(log[0]["position"]) if log else 0


def test_a_file_is_decided_then_recorded_then_nothing_new(register: Served) -> None:
    clerk, before = register.administrator, head(register)
    tried = imported(clerk, dryRun=True)
    assert (tried["__typename"], tried["state"], tried["rows"], tried["commands"]) == (
        "ImportOutcome", "DECIDED", 2, 2,
    )  # fmt: skip
    assert (head(register), tried["firstPosition"]) == (before, None)
    done = imported(clerk)
    assert (done["state"], done["recorded"], done["errors"]) == ("RECORDED", 2, [])
    assert (done["firstPosition"], done["lastPosition"]) == (before + 1, head(register))
    assert done["importId"] == tried["importId"]
    assert imported(clerk)["state"] == "UNCHANGED"
    back = clerk.http.post(f"/import/{done['importId']}/reversal")
    assert back.json()["state"] == "REVERSED"


def test_the_outcome_is_that_of_the_other_door(register: Served) -> None:
    clerk = register.administrator
    told = imported(clerk, content=_WRONG, dryRun=True)
    form = {**_DATED, "dryRun": "true"}
    other = clerk.http.post("/import", files={"file": ("people.csv", _WRONG)}, data=form).json()
    assert told.pop("errorCount") == len(other["errors"])
    assert {**told, "__typename": None} == {**other, "__typename": None}
    (fault,) = told["errors"]
    assert (fault["cell"], fault["code"], told["state"]) == ("C3", "NOT_AN_OPTION", "REFUSED")
    assert all(fault[word] for word in ("message", "messageZh", "advice", "adviceZh"))


def test_sound_rows_are_recorded_where_the_sender_wants_that(register: Served) -> None:
    told = imported(register.administrator, "a.csv", _WRONG, kind="PEOPLE", skipErrors=True, source="甲")
    assert (told["state"], told["recorded"], told["skipped"], told["errorCount"]) == ("RECORDED", 1, 1, 1)
    log = register.administrator.data("{ auditLog(first: 1) { nodes { actor } } }")["auditLog"]["nodes"]
    assert log == [{"actor": "key:test administrator"}]


def test_of_very_many_errors_the_first_thousand_are_told(register: Served) -> None:
    content = table([["代码", "姓名", "性别"], *([f"M{n}", "某", "?"] for n in range(1_200))])
    told = imported(register.administrator, content=content)
    assert (told["state"], told["errorCount"], len(told["errors"])) == ("REFUSED", 1_200, 1_000)


@pytest.mark.parametrize(
    ("name", "content", "given", "code"),
    [
        ("list.csv", _PEOPLE, {}, "UNKNOWN_KIND"),
        ("people.pdf", b"%PDF", {}, "UNKNOWN_FORMAT"),
        ("people.csv", b"\xff\xfe\x00", {}, "UNKNOWN_ENCODING"),
        ("people.csv", _PEOPLE, {"effectiveOn": "2021-02-29"}, "NOT_A_DATE"),
        ("people.xlsx", workbook({"某表": [["代码"], ["1"]]}), {}, "UNKNOWN_KIND"),
        ("people.csv", b"x" * 1_100_000, {}, "FILE_TOO_LARGE"),
    ],
    ids=["kind", "format", "encoding", "29 February", "sheet", "size"],
)
def test_a_file_that_cannot_be_read_is_refused_in_both_languages(
    register: Served, name: str, content: bytes, given: Answer, code: str
) -> None:
    before = head(register)
    told = imported(register.administrator, name, content, **given)
    assert (told["__typename"], told["code"], head(register)) == ("FileRefused", code, before)
    assert all(told[word] for word in ("message", "messageZh", "advice", "adviceZh"))


def test_only_who_may_write_everywhere_sends_files(register: Served) -> None:
    admin = register.administrator
    society = establish(admin, "甲学会", "SOCIETY")
    grant = {"grant": new_id(), "principal": "key:test public", "role": "REGISTRAR", "root": society}
    record(admin, "grantRole", **grant)
    part = Client(register.url, register.tokens[Role.PUBLIC])
    before = head(register)
    for client, status, code in (
        (register.anybody, 401, "UNAUTHENTICATED"),
        (register.viewer, 403, "FORBIDDEN"),
        (part, 403, "FORBIDDEN"),
    ):
        response = sent(client, operation())
        assert (response.status_code, code_of(response)) == (status, code)
    assert head(register) == before
    part.http.close()


def _begun(client: Client, length: int) -> socket.socket:
    """Send the headers of a form, and say that its body waits for the server to want it."""
    where = urlsplit(client.url)
    assert where.hostname is not None
    assert where.port is not None
    line = socket.create_connection((where.hostname, where.port), timeout=30)
    headers = ["POST /graphql HTTP/1.1", f"host: {where.netloc}", "expect: 100-continue", "connection: close"]
    headers += ["content-type: multipart/form-data; boundary=b", f"content-length: {length}"]
    headers += [f"{name}: {value}" for name, value in client.http.headers.items() if name == "authorization"]
    line.sendall("\r\n".join([*headers, "", ""]).encode())
    return line


def test_nobody_s_form_is_read_who_may_not_send_one(register: Served) -> None:
    for client, code in ((register.anybody, b"UNAUTHENTICATED"), (register.viewer, b"FORBIDDEN")):
        with _begun(client, 1_000_000) as line, line.makefile("rb") as told:
            answer = told.read()
        assert answer.startswith(b"HTTP/1.1 40"), answer  # and not "100 Continue", which wants the body
        assert code in answer


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_s_page_is_refused(register: Served, headers: Mapping[str, str]) -> None:
    for client in (register.administrator, register.anybody):
        response = sent(client, operation(), headers=headers)
        assert (response.status_code, code_of(response)) == (403, "CROSS_SITE")


def test_a_form_may_be_as_long_as_a_file_and_json_no_longer_than_before(register: Served) -> None:
    admin = register.administrator
    response = sent(admin, operation(), files={"0": ("people.csv", b"x" * 1_300_000)})
    assert (response.status_code, code_of(response)) == (413, "BODY_TOO_LONG")
    for path in ("/graphql", "/import"):
        long = admin.http.post(path, content=b"x" * 300_000, headers={"content-type": "application/json"})
        assert (long.status_code, code_of(long)) == (413, "BODY_TOO_LONG")
    response = sent(admin, {**operation(), "extensions": {"x": "x" * 250_000}})
    assert (response.status_code, code_of(response)) == (400, "INVALID_UPLOAD")


@pytest.mark.parametrize(
    ("operations", "places", "files", "code"),
    [
        (b"{", _PLACE, None, "INVALID_REQUEST"),
        (b"null", _PLACE, None, "INVALID_REQUEST"),
        ([operation()], _PLACE, None, "INVALID_REQUEST"),
        (operation(), b"{", None, "INVALID_REQUEST"),
        (operation(), b"null", None, "INVALID_REQUEST"),
        (operation(), [["variables.input.file"]], None, "INVALID_REQUEST"),
        (operation(), {}, None, "INVALID_UPLOAD"),
        (operation(), {"1": ["variables.input.file"]}, None, "INVALID_UPLOAD"),
        (operation(), {**_PLACE, "1": ["variables.input.file"]}, None, "INVALID_UPLOAD"),
        (operation(), {"0": None}, None, "INVALID_UPLOAD"),
        (operation(), {"0": []}, None, "INVALID_UPLOAD"),
        (operation(), {"0": "variables.input.file"}, None, "INVALID_UPLOAD"),
        (operation(), {"0": [7]}, None, "INVALID_UPLOAD"),
        (operation(), {"0": ["variables.input.file", "variables.input.kind"]}, None, "INVALID_UPLOAD"),
        (operation(), {"0": ["variables"]}, None, "INVALID_UPLOAD"),
        (operation(), {"0": ["query"]}, None, "INVALID_UPLOAD"),
        (operation(), {"0": ["variables.input.elsewhere"]}, None, "INVALID_UPLOAD"),
        (operation(), {"0": ["variables.input.file.deeper"]}, None, "INVALID_UPLOAD"),
        (operation(), {"0": ["variables.input.effectiveOn"]}, None, "INVALID_UPLOAD"),
        (operation(), {"0": ["variables." + "x." * 5_000]}, None, "INVALID_UPLOAD"),
        ({"query": _ASKED, "variables": None}, _PLACE, None, "INVALID_UPLOAD"),
        ({"query": _ASKED, "variables": [None]}, {"0": ["variables.0"]}, None, "INVALID_REQUEST"),
        ({"query": _ASKED, "variables": [None]}, {"0": ["variables.-1"]}, None, "INVALID_UPLOAD"),
        ({"variables": {"file": None}}, {"0": ["variables.file"]}, None, "INVALID_REQUEST"),
        (operation(), _PLACE, {"0": _FILE, "1": _FILE}, "INVALID_UPLOAD"),
        (operation(), _PLACE, {"operations": _FILE}, "INVALID_UPLOAD"),
        (operation(), _PLACE, {"": _FILE}, "INVALID_UPLOAD"),
    ],
)  # fmt: skip
def test_a_form_that_is_no_request_is_refused(
    register: Served,
    operations: object,
    places: object,
    files: Mapping[str, tuple[str, bytes]] | None,
    code: str,
) -> None:
    before = head(register)
    response = sent(register.administrator, operations, places, files)
    assert (response.status_code, code_of(response), head(register)) == (400, code, before)


def _form(*parts: tuple[str, bytes], end: bytes = b"--b--\r\n") -> bytes:
    return (
        b"".join(
            b"--b\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), text)
            for head, text in parts
        )
        + end
    )


_OPERATIONS = ('name="operations"', orjson.dumps(operation()))
_TRIED = ('name="operations"', orjson.dumps(operation(dryRun=True)))
_MAP = ('name="map"', orjson.dumps(_PLACE))
_PART = ('name="0"; filename="people.csv"', _PEOPLE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"--b",
        b"\x00" * 100,
        _form(_OPERATIONS, _MAP),
        _form(_OPERATIONS, _PART),
        _form(_MAP, _PART),
        _form(_OPERATIONS, _MAP, _PART, end=b"")[:-9],
        _form(_OPERATIONS, _MAP, _PART, _PART),
        _form(_OPERATIONS, _OPERATIONS, _PART),
        _form(_OPERATIONS, _MAP, ('name="more"', b"x"), _PART),
        _form(_OPERATIONS, _MAP, ("", b"x"), _PART),
        _form(*((f'name="{n}"', b"x") for n in range(2_000))),
        _form(*((f'name="{n}"; filename="a.csv"', b"x") for n in range(2_000))),
        _form(_OPERATIONS, _MAP, ('name="0"', _PEOPLE)),
    ],
)
def test_a_form_that_is_broken_is_refused(register: Served, content: bytes) -> None:
    headers = {"content-type": "multipart/form-data; boundary=b"}
    response = register.administrator.http.post("/graphql", content=content, headers=headers)
    assert (response.status_code, code_of(response)) == (400, "INVALID_UPLOAD")


def test_so_is_one_without_a_boundary_and_one_that_is_packed(register: Served) -> None:
    http, content = register.administrator.http, _form(_OPERATIONS, _MAP, _PART)
    response = http.post("/graphql", content=content, headers={"content-type": "multipart/form-data"})
    assert (response.status_code, code_of(response)) == (400, "INVALID_UPLOAD")
    packed = {"content-type": "multipart/form-data; boundary=b", "content-encoding": "gzip"}
    response = http.post("/graphql", content=content, headers=packed)
    assert (response.status_code, code_of(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_events_are_no_answer_to_a_file(register: Served) -> None:
    response = sent(register.administrator, operation(), headers={"accept": "text/event-stream"})
    assert (response.status_code, code_of(response)) == (400, "INVALID_UPLOAD")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{ __typename }", "INVALID_UPLOAD"),
        ("query ($file: JSON) { __typename }", "INVALID_DOCUMENT"),
        ("query ($day: Date) { orgChart(asOf: $day) { position } }", "INVALID_UPLOAD"),
        (
            "mutation ($input: ImportFileInput!) { importFile(input: $input) { __typename } }",
            "INVALID_UPLOAD",
        ),
        ("query ($file: Date) { orgChart(asOf: $file) { position } }", "INVALID_INPUT"),
        ("subscription ($file: Position) { events(after: $file) { position } }", "INVALID_REQUEST"),
        ("mutation (", "INVALID_DOCUMENT"),
    ],
)
def test_a_file_that_no_variable_takes_is_refused(register: Served, text: str, code: str) -> None:
    asked = {"query": text, "variables": {"file": None}}
    response = sent(register.administrator, asked, {"0": ["variables.file"]})
    (error, *_) = response.json()["errors"]
    assert error["extensions"]["code"] == code, response.text
    assert not response.json().get("data")


@pytest.mark.parametrize("value", ["people.csv", 7, {}, [], {"name": "people.csv", "file": "x"}])
def test_json_holds_no_file(register: Served, value: object) -> None:
    problem = register.administrator.problem(_ASKED, input={"file": value, **_DATED})["extensions"]
    assert problem["code"] == "INVALID_UPLOAD"
    assert "multipart/form-data" in problem["advice"]
    assert "multipart/form-data" in problem["adviceZh"]
    literal = 'mutation { importFile(input: {file: "people.csv"}) { __typename } }'
    assert register.administrator.problem(literal)["extensions"]["code"] == "INVALID_UPLOAD"


def test_a_file_is_nothing_but_a_file(register: Served) -> None:
    before = head(register)
    query = "mutation ($input: AmendEventInput!) { amendEvent(input: $input) { __typename } }"
    data = {
        "commandId": new_id(), "effectiveOn": "2020-01-01", "entity": new_id(), "position": 1,
        "replacement": {"topic": "organization.renamed", "data": None},
    }  # fmt: skip
    asked = {"query": query, "variables": {"input": data}}
    for place in ("variables.input.replacement.data", "variables.input.reason"):
        data["reason"] = None
        response = sent(register.administrator, asked, {"0": [place]})
        assert "INTERNAL" not in response.text
        assert response.json()["errors"]
    assert head(register) == before


def test_a_file_that_is_left_out_is_no_file(register: Served) -> None:
    asked = {**operation(), "variables": {"input": {"file": None}, "more": None}}
    response = sent(register.administrator, asked, {"0": ["variables.more"]})
    assert response.json()["errors"], response.text
    assert not response.json().get("data")


def test_while_a_file_comes_in_neither_door_takes_another(register: Served) -> None:
    admin, content = register.administrator, _form(_TRIED, _MAP, _PART)
    with _begun(admin, len(content)) as line, line.makefile("rb") as told:
        assert told.readline() == b"HTTP/1.1 100 Continue\r\n"  # the server has opened the gate for it
        for response in (sent(admin, operation()), admin.http.post("/import", files={"file": _FILE})):
            assert (response.status_code, code_of(response)) == (503, "IMPORT_UNDER_WAY")
        line.sendall(content)
        assert b'"state":"DECIDED"' in told.read()
    assert imported(admin, dryRun=True)["state"] == "DECIDED"


def test_registered_documents_take_files(
    postgres: EmbeddedPostgres, database_template: str, tmp_path: Path
) -> None:
    (tmp_path / "import.graphql").write_text(_ASKED, encoding="utf-8")
    name = asyncio.run(clone(postgres, database_template))
    settings = settings_of(port=free_port(), documents="trusted", documents_dir=tmp_path)
    with served(postgres.url(name), settings) as register:
        clerk, variables = register.administrator, operation(dryRun=True)["variables"]
        named = {"documentId": f"sha256:{sha256(_ASKED.encode()).hexdigest()}", "variables": variables}
        answer = sent(clerk, named).json()
        assert answer["data"]["importFile"]["state"] == "DECIDED", answer
        unknown = sent(clerk, {"documentId": "sha256:" + "0" * 64, "variables": variables})
        assert (unknown.status_code, code_of(unknown)) == (404, "UNKNOWN_DOCUMENT")
        other = sent(clerk, {"query": _ASKED + " ", "variables": variables})
        assert code_of(other) == "UNTRUSTED_DOCUMENT"
    asyncio.run(drop(postgres, name))
