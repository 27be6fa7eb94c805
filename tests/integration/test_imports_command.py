"""`kexie import` as somebody types it: what it prints, which files it writes, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from graphql_api.cli import app
from tests.support.importing import DISTRICT, changed, table, workbook


@pytest.fixture(autouse=True)
def command_line(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands find the database, and a folder of their own."""
    monkeypatch.setenv("KEXIE_DATABASE_URL", database_url)
    monkeypatch.setenv("KEXIE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    # A process that imports and nothing else lets garbage lie; this one has other tests to run.
    monkeypatch.setattr("graphql_api.import_command.quiet_collector", lambda: None)


def run(*words: str) -> int:
    """Return the status of ``kexie import`` with these words; other than 0 or 1 come with a sentence."""
    with pytest.raises(SystemExit) as caught:
        app(["import", *words], exit_on_error=False, result_action="return_value")
    code = caught.value.code
    if isinstance(code, str):
        pytest.fail(code)
    return int(code or 0)


def refused(*words: str) -> str:
    """Return the sentence with which ``kexie import`` ends."""
    with pytest.raises(SystemExit) as caught:
        app(["import", *words], exit_on_error=False, result_action="return_value")
    assert isinstance(caught.value.code, str)
    return caught.value.code


def test_a_file_is_taken_in_and_again_and_back(capsys: pytest.CaptureFixture[str]) -> None:
    Path("register.xlsx").write_bytes(workbook(DISTRICT))
    assert run("register.xlsx", "--dry-run") == 0
    assert "DECIDED" in capsys.readouterr().out
    assert run("register.xlsx", "--json", "report.json", "--actor", "clerk") == 0
    told = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert (told["state"], told["errors"]) == ("RECORDED", [])
    assert run("register.xlsx") == 0
    assert "UNCHANGED" in capsys.readouterr().out
    assert run("--reverse", told["importId"]) == 0
    assert "REVERSED" in capsys.readouterr().out
    assert sorted(path.name for path in Path().glob("*.xlsx")) == ["register.xlsx"]


def test_errors_are_printed_and_written_into_a_copy_that_only_the_owner_reads(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("register.xlsx").write_bytes(workbook(changed("组织", 2, "类别", "公司")))
    assert run("register.xlsx") == 1
    out = capsys.readouterr().out
    assert "组织 D2" in out
    assert "可选值" in out
    copy = Path("register.errors.xlsx")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "#错误 Errors" in CalamineWorkbook.from_path(copy).get_sheet_by_name("组织").to_python()[0]


def test_what_is_skipped_is_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["代码", "姓名", "生效日期"], ["P1", "王建国", "2000"], ["P2", "李红", "2000-13"]]
    Path("people.csv").write_bytes(table(rows, "gb18030"))
    assert run("people.csv", "--skip-errors", "--skipped", "left.xlsx") == 0
    assert "1 skipped" in capsys.readouterr().out
    left = CalamineWorkbook.from_path("left.xlsx").get_sheet_by_name("人员").to_python()
    assert [row[:3] for row in left] == [rows[0], rows[2]]


def test_the_json_report_goes_to_standard_output_if_that_is_wanted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("list.csv").write_bytes(table([["code", "name"], ["P1", "王建国"]]))
    assert run("list.csv", "--kind", "people", "--effective-on", "2020-01", "--json", "-") == 0
    assert json.loads(capsys.readouterr().out)["recorded"] == 1


def test_a_template_is_written_without_a_register(tmp_path: Path) -> None:
    app(["import", "--template", "t.xlsx"], exit_on_error=False, result_action="return_value")
    assert CalamineWorkbook.from_path(tmp_path / "t.xlsx").sheet_names[0] == "说明"


def test_what_cannot_be_taken_in_at_all_is_said_in_a_sentence() -> None:
    assert "--template" in refused()
    assert "nowhere.csv" in refused("nowhere.csv", "--kind", "people")
    Path("a.csv").write_bytes(b"x")
    assert "UNKNOWN_KIND" in refused("a.csv")
    assert "NOT_A_DATE" in refused("a.csv", "--kind", "people", "--effective-on", "soon")
    Path("a.csv").write_bytes(table([["代码"]], "utf-16"))
    assert "UNKNOWN_ENCODING" in refused("a.csv", "--kind", "people")
