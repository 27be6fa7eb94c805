"""The documents say what there is: nothing undocumented, nothing documented that is gone (文档核对)."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from cyclopts.exceptions import CycloptsError
from graphql import parse, validate

from graphql_api.cli import app
from graphql_api.problems import WORDS, Words
from graphql_api.schema import build_schema
from graphql_api.settings import Settings
from registry.errors import MESSAGES, Message
from registry.events import Event
from registry.nouns import EVENTS
from registry.store.postgres_errors import EmbeddedPostgresError, MigrationError
from tests.architecture.project import ROOT, project_files

PAGES = {file.path: file.text for file in project_files() if file.suffix == ".md"}

WALK_LENGTH = 9
"""Files to open for one request, at most: more is a sign that a step has no home."""

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^ {4}\S.*\n(?: {4}.*\n)*)+", re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")


class Block(NamedTuple):
    """A block of code in a page: its language is empty when none is said."""

    page: str
    language: str
    text: str


def blocks() -> Iterator[Block]:
    """Yield every block of code, fenced or indented."""
    for page, text in PAGES.items():
        for found in FENCE.finditer(text):
            yield Block(page, found[1], found[2])
        for found in INDENTED.finditer(FENCE.sub("", text)):
            yield Block(page, "", re.sub(r"^ {4}", "", found[0], flags=re.MULTILINE))


def code() -> Iterator[tuple[str, str]]:
    """Yield (page, line) of everything that is set as code."""
    for block in blocks():
        for line in block.text.replace("\\\n", " ").splitlines():
            yield block.page, line
    for page, text in PAGES.items():
        for found in INLINE.finditer(FENCE.sub("", text)):
            yield page, found[1]


def section(page: str, title: str) -> str:
    """Return what stands under a heading, up to the next one of its level."""
    found = re.search(rf"^## {re.escape(title)}$\n(.*?)(?=^## |\Z)", PAGES[page], re.MULTILINE | re.DOTALL)
    assert found is not None, f"{page} has no section {title!r}"
    return found[1]


def table(text: str) -> dict[str, list[str]]:
    """Return the rows of every table in ``text`` that begin with code, by that code."""
    rows: dict[str, list[str]] = {}
    for line in text.splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and cells[0].startswith("`"):
            name = cells[0].strip("`")
            assert name not in rows, f"{name} is documented twice"
            rows[name] = cells[1:]
    return rows


def test_every_setting_is_documented_with_its_name_default_and_meaning() -> None:
    expected = {
        f"KEXIE_{name.upper()}": [
            f"`{name}`",
            f"`{'none' if field.default is None else field.default}`",
            field.description,
        ]
        for name, field in Settings.model_fields.items()
    }
    assert table(PAGES["docs/settings.md"]) == expected


REASONS: Mapping[str, Mapping[Any, Any]] = {
    "Refusals": MESSAGES,
    "Problems with a request": WORDS,
    "Faults of the embedded PostgreSQL": EmbeddedPostgresError.messages,
    "Faults of the tables": MigrationError.messages,
}


@pytest.mark.parametrize("title", REASONS)
def test_every_code_is_documented_with_its_words(title: str) -> None:
    def words(message: Message | Words) -> list[str]:
        return [message.english, message.advice_english]

    expected = {str(reason): words(message) for reason, message in REASONS[title].items()}
    assert table(section("docs/errors.md", title)) == expected


def test_no_code_is_documented_outside_of_its_section() -> None:
    codes = sum(len(messages) for messages in REASONS.values())
    sections = [table(section("docs/errors.md", title)) for title in REASONS]
    assert sum(map(len, sections)) == codes
    assert len(re.findall(r"^\| `", PAGES["docs/errors.md"], re.MULTILINE)) == codes


def test_every_event_is_documented_with_its_own_fields() -> None:
    common = {field.name for field in msgspec.structs.fields(Event)}

    def own(event: type[Event]) -> str:
        names = [field.name for field in msgspec.structs.fields(event) if field.name not in common]
        return ", ".join(f"`{name}`" for name in names) or "–"

    documented = table(PAGES["docs/events.md"].partition("## Organizations")[2])
    assert {topic: cells[-1] for topic, cells in documented.items()} == {e.topic: own(e) for e in EVENTS}
    assert all(len(cells[0]) > 10 for cells in documented.values())


def test_what_every_event_carries_is_documented() -> None:
    documented = set(re.findall(r"`(\w+)`", section("docs/events.md", "What every event carries")))
    assert {field.name for field in msgspec.structs.fields(Event)} <= documented


def commands() -> Iterator[str]:
    """Yield every command of the command line, as it is typed."""
    for name in app:
        if name.startswith("-"):
            continue
        below = [sub for sub in app[name] if not sub.startswith("-")]
        yield from (f"kexie {name} {sub}" for sub in below)
        if not below:
            yield f"kexie {name}"


def test_every_command_is_documented() -> None:
    documented = table(section("docs/operations.md", "Commands"))
    assert set(documented) == set(commands())


KEXIE = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:\S*bin/)?kexie (?=[a-z])")


def command_lines(pages: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (page, what is typed after ``kexie``) of code that calls the program."""
    found: list[tuple[str, str]] = []
    for page, line in pages:
        called = KEXIE.match(line)
        if called is not None and not re.search(r"[<>{}()]", line):
            found.append((page, line[called.end() :].removesuffix("&").strip()))
    return found


def test_the_command_lines_in_blocks_of_code_are_understood() -> None:
    lines = command_lines((b.page, line) for b in blocks() for line in b.text.splitlines() if not b.language)
    assert len(lines) > 5
    for page, line in lines:
        try:
            app.parse_args(shlex.split(line), exit_on_error=False, print_error=False)
        except CycloptsError as error:
            pytest.fail(f"{page}: kexie {line}: {error}")


def test_the_commands_named_in_text_exist() -> None:
    known = set(commands())
    for page, line in command_lines(code()):
        typed = ["kexie", *line.split()]
        assert {" ".join(typed[:2]), " ".join(typed[:3])} & known, f"{page}: kexie {line}"


def test_the_newest_changes_are_those_of_this_version(capsys: pytest.CaptureFixture[str]) -> None:
    app(["--version"], exit_on_error=False, result_action="return_value")
    version = capsys.readouterr().out.strip()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert version == project["version"]
    newest = re.search(r"^## (\S+?),? ", PAGES["CHANGELOG.md"], re.MULTILINE)
    assert newest is not None
    assert newest[1] == version


def make_targets() -> set[str]:
    """Return the targets that `make help` lists."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def test_every_make_target_is_documented() -> None:
    named = set(re.findall(r"`make ([a-z-]+)`|^ {4}make ([a-z-]+)$", PAGES["README.md"], re.MULTILINE))
    assert {name for pair in named for name in pair if name} == make_targets()


def test_the_make_targets_named_anywhere_exist() -> None:
    for page, line in code():
        for target in re.findall(r"(?:^|\s)make ([a-z-]+)", line):
            assert target in make_targets(), f"{page}: make {target}"


def test_every_link_to_a_file_leads_somewhere() -> None:
    links = 0
    for page, text in PAGES.items():
        for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text)):
            if re.match(r"[a-z]+:", target):
                continue
            links += 1
            path = (ROOT / page).parent / target.partition("#")[0]
            assert path.exists(), f"{page}: {target}"
    assert links > 20


def test_the_queries_shown_are_queries_of_the_schema() -> None:
    schema = build_schema()._schema  # noqa: SLF001 - graphql-core's schema is kept nowhere else
    shown = [block for block in blocks() if block.language == "graphql"]
    assert {block.page for block in shown} >= {"README.md", "README.zh-CN.md"}
    for block in shown:
        errors = validate(schema, parse(block.text))
        assert not errors, f"{block.page}: {errors[0]}"


def walks() -> list[list[str]]:
    """Return the files of each numbered list of the walk."""
    text = section("docs/architecture.md", "The walk")
    lists = re.findall(r"(?:^\d+\. .*\n)+", text, re.MULTILINE)
    return [re.findall(r"^\d+\. \[([^\]]+)\]", each, re.MULTILINE) for each in lists]


def test_the_walks_are_short_and_their_files_exist() -> None:
    assert len(walks()) == 2
    for files in walks():
        assert 3 < len(files) <= WALK_LENGTH
        assert len(set(files)) == len(files)
        assert all((ROOT / file).is_file() for file in files), files


def test_the_clerks_page_names_what_the_screen_shows() -> None:
    tables = (ROOT / "web" / "src" / "words").glob("chinese*.ts")
    # A sentence with a number in it stands between other marks.
    words = "".join(table.read_text(encoding="utf-8") for table in tables).replace("`", "'")
    reading = ("看架构图", "看某日的架构", "比较两个日期", "看审计记录")
    titles = (*reading, "导出登记表", "导入登记表", "审批报送件")
    labels = {
        name for title in titles for name in re.findall(r"“([^”]+)”", section("README.zh-CN.md", title))
    }
    assert len(labels) > 10
    assert {label for label in labels if f"'{label}" not in words} == set()


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PARTS = ("Context", "Decision", "Consequences", "Measurement", "Alternatives")


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_follows_the_template(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]}. ")
    assert re.search(r"^Date: .+\. Status: (?:proposed|accepted|replaced by \d{4})", text, re.MULTILINE)
    assert tuple(re.findall(r"^## (.+)$", text, re.MULTILINE)) == PARTS


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(set(numbers)) == len(numbers)
    assert numbers[0] == "0000"


@pytest.mark.parametrize(
    ("check", "page", "old", "new"),
    [
        (
            test_every_setting_is_documented_with_its_name_default_and_meaning,
            "docs/settings.md",
            "`8000`",
            "`8001`",
        ),
        (test_every_command_is_documented, "docs/operations.md", "| `kexie doctor`", "| `kexie nurse`"),
        (
            test_every_event_is_documented_with_its_own_fields,
            "docs/events.md",
            "| `function.retired`",
            "| `gone`",
        ),
        (test_every_make_target_is_documented, "README.md", "`make lint`", "`make lent`"),
        (test_the_make_targets_named_anywhere_exist, "CONTRIBUTING.md", "make lint", "make lent"),
        (test_the_commands_named_in_text_exist, "README.md", "`kexie doctor`", "`kexie nurse`"),
        (
            test_every_link_to_a_file_leads_somewhere,
            "README.md",
            "(docs/events.md)",
            "(docs/events.markdown)",
        ),
        (test_the_queries_shown_are_queries_of_the_schema, "README.md", "renamed {", "relabeled {"),
        (
            test_no_code_is_documented_outside_of_its_section,
            "docs/errors.md",
            "## Refusals",
            "| `NEW` |\n\n## Refusals",
        ),
        (test_the_clerks_page_names_what_the_screen_shows, "README.zh-CN.md", "“查找单位”", "“寻找单位”"),
    ],
)
def test_what_is_wrong_in_a_document_is_found(
    monkeypatch: pytest.MonkeyPatch, check: Callable[[], None], page: str, old: str, new: str
) -> None:
    check()
    assert old in PAGES[page]
    monkeypatch.setitem(PAGES, page, PAGES[page].replace(old, new))
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check()
