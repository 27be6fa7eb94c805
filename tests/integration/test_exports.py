"""Registers as files: they hold what the register says, by the rights of queries, and go in again."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import httpx2
import pytest
from python_calamine import CalamineWorkbook

from graphql_api.imports.columns import Kind
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop
from tests.support.importing import DISTRICT, workbook
from tests.support.provider import free_port
from tests.support.serving import Client, Served, served
from tests.support.witnessing import settings_of

ORDER = tuple(Kind)
PEOPLE = "/export/registers/people.csv"


@pytest.fixture(scope="module")
def registers(postgres: EmbeddedPostgres, database_template: str) -> Iterator[tuple[Served, Served]]:
    """Give two servers, one with a district that was imported, and one with nothing."""
    names = [asyncio.run(clone(postgres, database_template)) for _ in range(2)]
    with (
        served(postgres.url(names[0]), settings_of(port=free_port(), import_megabytes=1)) as one,
        served(postgres.url(names[1]), settings_of(port=free_port(), import_megabytes=1)) as other,
    ):
        told = put(one.administrator, "register.xlsx", workbook(DISTRICT))
        assert told["state"] == "RECORDED"
        yield one, other
    for name in names:
        asyncio.run(drop(postgres, name))


def put(client: Client, name: str, content: bytes) -> dict[str, Any]:
    answer = client.http.post("/import", files={"file": (name, content)})
    told: dict[str, Any] = answer.json()
    return told


def get(client: Client, kind: str, form: str = "csv", **given: str) -> httpx2.Response:
    return client.http.get(f"/export/registers/{kind}.{form}", params=given)


def code_of(response: httpx2.Response) -> str:
    (error,) = response.json()["errors"]
    assert all(error["extensions"].values())
    return str(error["extensions"]["code"])


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("kind", ORDER)
def test_what_is_exported_and_imported_again_changes_nothing(
    registers: tuple[Served, Served], kind: Kind, form: str
) -> None:
    clerk = registers[0].administrator
    answer = get(clerk, kind, form)
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["kexie-rows"]) > 0
    told = put(clerk, f"{kind}.{form}", answer.content)
    assert (told["state"], told["errors"]) == ("UNCHANGED", [])


def test_what_is_imported_into_an_empty_register_is_exported_as_the_same_bytes(
    registers: tuple[Served, Served],
) -> None:
    one, other = registers
    files = {kind: get(one.administrator, kind, ids="false").content for kind in ORDER}
    for kind in ORDER:
        told = put(other.administrator, f"{kind}.csv", files[kind])
        assert (told["state"] in {"RECORDED", "UNCHANGED"}, told["errors"]) == (True, []), (
            kind,
            files[kind].decode(),
        )
    for kind in ORDER:
        assert get(other.administrator, kind, ids="false").content == files[kind], kind


def test_a_file_says_of_what_day_and_belief_it_is(registers: tuple[Served, Served]) -> None:
    clerk = registers[0].administrator
    answer = get(clerk, "organizations", "xlsx", asOf="2013-01-01", language="en")
    assert answer.headers["kexie-as-of"] == "2013-01-01"
    head = clerk.data("{ orgChart { position knownAt } }")["orgChart"]
    assert answer.headers["kexie-position"] == str(head["position"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_name("organizations").to_python()
    place = rows[0].index("name")
    assert "学会工作部" in [row[place] for row in rows]
    assert "学会服务部" not in [row[place] for row in rows]
    origin = {row[0]: row[1] for row in book.get_sheet_by_name("#出处").to_python()}
    assert origin["kexie-position"] == answer.headers["kexie-position"]
    before = get(clerk, "organizations", "jsonl", knownAt="2000-01-01T00:00:00Z")
    assert (before.status_code, before.content) == (200, b"")


def test_headings_and_encodings_are_as_asked(registers: tuple[Served, Served]) -> None:
    clerk = registers[0].administrator
    plain = get(clerk, "people").content.decode()
    assert plain.startswith("代码,系统编号,姓名,性别")
    assert get(clerk, "people", encoding="utf-8-bom").content == b"\xef\xbb\xbf" + plain.encode()
    assert get(clerk, "people", encoding="gb18030").content.decode("gb18030") == plain
    assert get(clerk, "people", language="en").text.startswith("code,id,name,gender")


def test_a_subtree_is_written_out_alone(registers: tuple[Served, Served]) -> None:
    clerk = registers[0].administrator
    found = clerk.data('{ organization(code: "ZS") { id } }')["organization"]["id"]
    lines = [json.loads(line) for line in get(clerk, "organizations", "jsonl", root=found).text.splitlines()]
    assert {line["code"] for line in lines} == {"ZS", "ZS-01", "ZS-02", "ZS-CM"}
    posts = get(clerk, "posts", "jsonl", root=found).text.splitlines()
    assert {json.loads(line)["organization"] for line in posts} == {"ZS-CM"}


def test_people_are_written_out_by_the_rights_of_queries(registers: tuple[Served, Served]) -> None:
    server = registers[0]
    assert (server.anybody.http.get(PEOPLE).status_code, code_of(server.anybody.http.get(PEOPLE))) == (
        401,
        "UNAUTHENTICATED",
    )
    answer = server.viewer.http.get(PEOPLE)
    assert answer.status_code == 200
    assert "身份证号" not in answer.text
    assert "110101194903070039" not in answer.text
    assert "identity_number" in answer.headers["kexie-withheld"].split(",")
    past = get(server.viewer, "people", knownAt="2024-01-01T00:00:00Z")
    assert (past.status_code, code_of(past)) == (403, "FORBIDDEN")


def test_whose_restricted_data_a_file_shows_is_recorded(registers: tuple[Served, Served]) -> None:
    clerk = registers[0].administrator
    answer = get(clerk, "people")
    assert "110101194903070039" in answer.text
    entries = clerk.data("{ accessLog(first: 2) { nodes { kind operation fields rows } } }")["accessLog"][
        "nodes"
    ]
    (entry,) = [entry for entry in entries if "Person.identityNumber" in entry["fields"]]
    assert (entry["kind"], entry["operation"]) == ("REPORT_FILE", "export people")
    assert entry["rows"] == int(answer.headers["kexie-rows"])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("dragons.csv", 404, "NOT_FOUND"),
        ("people.doc", 404, "NOT_FOUND"),
        ("people.csv?asOf=2023-02-29", 400, "INVALID_INPUT"),
        ("people.csv?knownAt=2023-02-28T00:00:00", 400, "INVALID_INPUT"),
        ("people.csv?root=x", 400, "INVALID_INPUT"),
        ("people.csv?encoding=latin1", 400, "INVALID_INPUT"),
        ("people.csv?language=fr", 400, "INVALID_INPUT"),
        ("people.csv?ids=1", 400, "INVALID_INPUT"),
        ("people.csv?x=1", 400, "INVALID_INPUT"),
    ],
)
def test_what_makes_no_sense_is_refused(
    registers: tuple[Served, Served], path: str, status: int, code: str
) -> None:
    answer = registers[0].administrator.http.get(f"/export/registers/{path}")
    assert (answer.status_code, code_of(answer)) == (status, code)


@pytest.mark.skipif(find_spec("pyarrow") is not None, reason="the extra is installed")
def test_parquet_without_the_extra_says_what_to_install(registers: tuple[Served, Served]) -> None:
    answer = get(registers[0].anybody, "organizations", "parquet")
    assert (answer.status_code, code_of(answer)) == (501, "EXTRA_MISSING")
    assert "kexie-registry[parquet]" in answer.json()["errors"][0]["extensions"]["advice"]


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="the extra is not installed")
def test_parquet_has_types_and_says_what_it_is(registers: tuple[Served, Served]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    answer = get(registers[0].anybody, "posts", "parquet")
    table = parquet.read_table(io.BytesIO(answer.content))
    assert table.num_rows == int(answer.headers["kexie-rows"]) == 3
    assert sorted(map(str, table.column("seats").to_pylist())) == ["1", "2", "None"]
    assert table.schema.metadata[b"kexie-as-of"].decode() == answer.headers["kexie-as-of"]
