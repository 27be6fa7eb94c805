"""Files imported over HTTP: by whoever may write everywhere, one at a time, no larger than allowed."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator

import httpx2
import pytest
from python_calamine import CalamineWorkbook

from graphql_api.import_routes import WORKBOOK
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop
from tests.support.importing import DISTRICT, changed, table, workbook
from tests.support.provider import free_port
from tests.support.serving import Answer, Client, Served, served
from tests.support.witnessing import settings_of


@pytest.fixture
def register(postgres: EmbeddedPostgres, database_template: str) -> Iterator[Served]:
    """Give a server with an empty register of the test's own, which takes files of up to 1 MB."""
    name = asyncio.run(clone(postgres, database_template))
    with served(postgres.url(name), settings_of(port=free_port(), import_megabytes=1)) as server:
        yield server
    asyncio.run(drop(postgres, name))


def upload(client: Client, content: bytes, name: str = "register.xlsx", **fields: str) -> httpx2.Response:
    return client.http.post("/import", files={"file": (name, content)}, data=fields)


def problem_of(response: httpx2.Response) -> Answer:
    (error,) = response.json()["errors"]
    assert all(error["extensions"].values())
    extensions: Answer = error["extensions"]
    return extensions


def test_a_workbook_is_taken_in_and_may_be_taken_back(register: Served) -> None:
    clerk = register.administrator
    answer = upload(clerk, workbook(DISTRICT))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["state"], told["errors"]) == ("RECORDED", [])
    found = clerk.data('{ organization(code: "ZS-02") { name } }')["organization"]
    assert found == {"name": "学会服务部"}
    log = clerk.data("{ auditLog(first: 1) { nodes { actor } } }")["auditLog"]["nodes"]
    assert log == [{"actor": "key:test administrator"}]
    assert upload(clerk, workbook(DISTRICT)).json()["state"] == "UNCHANGED"
    back = clerk.http.post(f"/import/{told['importId']}/reversal")
    assert back.json()["state"] == "REVERSED", back.text
    assert clerk.data('{ organization(code: "ZS-02") { name } }')["organization"] is None


def test_a_dry_run_says_what_would_be_wrong_and_records_nothing(register: Served) -> None:
    clerk = register.administrator
    answer = upload(clerk, workbook(changed("组织", 2, "类别", "公司")), dryRun="true")
    assert answer.status_code == 422
    (error, *_) = answer.json()["errors"]
    assert (error["sheet"], error["cell"], error["code"]) == ("组织", "D2", "NOT_AN_OPTION")
    assert all(error[word] for word in ("message", "messageZh", "advice", "adviceZh"))
    assert upload(clerk, workbook(DISTRICT), dryRun="true").json()["state"] == "DECIDED"
    assert clerk.data("{ organizations(first: 1) { nodes { id } } }")["organizations"]["nodes"] == []


def test_whoever_asks_for_a_workbook_gets_the_file_with_its_errors(register: Served) -> None:
    content = workbook(changed("组织", 2, "类别", "公司"))
    answer = register.administrator.http.post(
        "/import", files={"file": ("a.xlsx", content)}, headers={"accept": WORKBOOK}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (422, WORKBOOK)
    assert answer.headers["x-import-state"] == "REFUSED"
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("组织").to_python()
    assert "公司" in str(rows[1][-1])


def test_csv_needs_its_kind_and_a_day(register: Served) -> None:
    content = table([["代码", "姓名"], ["P1", "王建国"]])
    clerk = register.administrator
    answer = upload(clerk, content, "list.csv", kind="人员", effectiveOn="2020-01-01")
    assert answer.json()["state"] == "RECORDED", answer.text
    answer = upload(clerk, content, "list.csv")
    assert (answer.status_code, problem_of(answer)["code"]) == (422, "UNKNOWN_KIND")


def test_nobody_imports_without_the_right(register: Served) -> None:
    for client, status in ((register.anybody, 401), (register.viewer, 403)):
        assert upload(client, b"x").status_code == status
        assert client.http.get("/import/template.xlsx").status_code == status
        identity = "0db0c543-a0ed-59dd-8985-e8fee7812a2b"
        assert client.http.post(f"/import/{identity}/reversal").status_code == status


def test_a_file_that_is_too_large_is_refused_before_it_is_read(register: Served) -> None:
    answer = upload(register.administrator, b"x" * 1_300_000, "people.csv")
    assert (answer.status_code, problem_of(answer)["code"]) == (413, "BODY_TOO_LONG")
    answer = upload(register.administrator, b"x" * 1_100_000, "people.csv")
    assert (answer.status_code, problem_of(answer)["code"]) == (422, "FILE_TOO_LARGE")
    assert register.administrator.http.post("/graphql", content=b"x" * 300_000).status_code == 413


def test_a_form_without_a_file_is_refused_in_words(register: Served) -> None:
    answer = register.administrator.http.post("/import", data={"kind": "people"})
    assert (answer.status_code, problem_of(answer)["code"]) == (400, "INVALID_INPUT")
    answer = upload(register.administrator, b"x", "people.csv", dryRun="perhaps")
    assert (answer.status_code, problem_of(answer)["code"]) == (400, "INVALID_INPUT")


def test_the_template_has_a_sheet_for_each_kind(register: Served) -> None:
    answer = register.administrator.http.get("/import/template.xlsx")
    assert answer.status_code == 200
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names
    assert sheets == ["说明", "组织", "人员", "关系", "标识", "职能", "职务", "届次", "会员", "任职", "#选项"]
    empty = upload(register.administrator, answer.content, "template.xlsx")
    assert problem_of(empty)["code"] == "NO_ROWS"
