"""Search by name: what is found, in which order, by whom, on which day and by which belief."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise, product
from typing import Any

import asyncpg
import pytest
from graphql import parse

from graphql_api.access import Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.compiler import Statement
from graphql_api.planner.operation import Question, plan_operation
from graphql_api.types.terms.search import SearchNoun
from projections.grams import indexed
from projections.naming import MODEL as NAMING
from projections.naming.names import NAMES
from registry.correction.commands import AmendEvent, RetractEvent
from registry.ids import stable_id
from registry.organization.commands import DissolveOrganization, RenameOrganization
from registry.organization.events import OrganizationRenamed
from tests.support import dalian as d
from tests.support.committing import fresh
from tests.support.desk import SCHEMA, Desk, open_desk
from tests.support.given import BY
from tests.support.serving import Client, Served

TODAY = date(2023, 1, 1)
SEARCH = """
query ($text: String!, $first: Int! = 50, $nouns: [SearchNoun!], $kinds: [OrganizationKind!],
  $living: Boolean! = false, $asOf: Date, $knownAt: DateTime) {
  search(text: $text, first: $first, nouns: $nouns, kinds: $kinds, living: $living, asOf: $asOf,
    knownAt: $knownAt) {
    name score
    node { __typename id ... on Organization { name status kind } ... on Function { holder { name } } }
  }
}
"""


def found(client: Client, text: str, **arguments: object) -> list[tuple[str, int]]:
    """Return the names of the hits with their scores."""
    hits = client.data(SEARCH, text=text, **arguments)["search"]
    return [(hit["name"], hit["score"]) for hit in hits]


async def names(desk: Desk, text: str, as_of: date = TODAY, known_at: datetime | None = None) -> list[str]:
    """Return the names of the hits on a day."""
    known = None if known_at is None else known_at.isoformat()
    answer = await desk.ask(SEARCH, TODAY, text=text, asOf=as_of.isoformat(), knownAt=known)
    return [hit["name"] for hit in answer["search"]]


async def accept(desk: Desk, *commands: Any) -> int:  # noqa: ANN401 - any command, its id is replaced
    """Record commands one by one; return the first position of the last."""
    position: int | None = None
    for command in commands:
        answer = await desk.committer.record(fresh(command))
        position = answer.first_position
    assert position is not None
    return position


def renamed(name: str, on: date) -> RenameOrganization:
    return RenameOrganization(organization=d.OFFICE, name=name, effective_on=on, **BY)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("组织人才部", 100),
        ("组织 人才部", 100),
        ("〔组织人才部〕", 100),
        ("组织人", 90),
        ("人才", 80),
        ("zzrcb", 70),
        ("ZZRCB", 70),
        ("\uff5a\uff5a\uff52\uff43\uff42", 70),
        ("zuzhirencaibu", 70),
        ("zu zhi ren cai bu", 70),
        ("zzr", 60),
        ("zz", 60),
        ("zuzhi", 50),
        ("zǔzhī", 50),
        ("zu", 50),
        ("rencai", 40),
        ("rcb", 30),
        ("人才 组织", 75),
        ("zuzhi人才", 45),
        ("人", 80),
        ("组织人材部", 10),
        ("zuzhirencebu", 14),
    ],
)
def test_a_department_is_found_in_many_ways(demo: Served, text: str, score: int) -> None:
    assert ("组织人才部", score) in found(demo.anybody, text, asOf="2018-12-31")


@pytest.mark.parametrize("text", ["人才", "zuzhi", "zz", "bu", "部", "b", "dalian科协", "大连市科学技术协会"])
def test_the_best_match_comes_first_and_the_order_is_the_same_each_time(demo: Served, text: str) -> None:
    hits = found(demo.anybody, text)
    assert hits
    scores = [score for _, score in hits]
    assert scores == sorted(scores, reverse=True)
    # Of names that match alike, the shorter one comes first.
    assert all(len(one) <= len(two) for (one, a), (two, b) in pairwise(hits) if a == b)
    assert found(demo.anybody, text) == hits
    assert found(demo.anybody, text, first=3) == hits[:3]


def test_an_entity_is_one_hit_by_its_best_name(demo: Served) -> None:
    hits = demo.anybody.data(SEARCH, text="科协")["search"]
    ids = [hit["node"]["id"] for hit in hits]
    assert len(ids) == len(set(ids)) > 1


def test_a_document_is_found_by_its_number_however_its_brackets_are_typed(demo: Served) -> None:
    page = "{ instruments(first: 100) { nodes { id number } } }"
    one = next(n for n in demo.anybody.data(page)["instruments"]["nodes"] if n["number"])
    for left, right in ("〔〕", "[]", "()"):
        typed = one["number"].replace("〔", left).replace("〕", right)
        (hit, *_) = demo.anybody.data(SEARCH, text=typed)["search"]
        assert (hit["node"]["id"], hit["score"]) == (one["id"], 100)


def test_search_looks_among_what_it_is_told_to(demo: Served) -> None:
    everything = demo.administrator.data(SEARCH, text="科")["search"]
    assert {"Organization", "Function", "Instrument"} <= {hit["node"]["__typename"] for hit in everything}
    functions = demo.administrator.data(SEARCH, text="科", nouns=["FUNCTION"])["search"]
    assert {hit["node"]["__typename"] for hit in functions} == {"Function"}
    societies = demo.administrator.data(SEARCH, text="学", kinds=["SOCIETY"])["search"]
    assert {hit["node"]["kind"] for hit in societies} == {"SOCIETY"}
    assert demo.administrator.data(SEARCH, text="科", nouns=[])["search"] == []


def test_what_is_dissolved_is_found_unless_only_the_living_are_wanted(demo: Served) -> None:
    assert ("国际联络部", 100) in found(demo.anybody, "国际联络部")
    assert "国际联络部" not in [name for name, _ in found(demo.anybody, "国际联络部", living=True)]
    assert ("国际联络部", 100) in found(demo.anybody, "国际联络部", living=True, asOf="2018-05-01")


def test_what_the_viewer_may_not_see_is_not_found(demo: Served) -> None:
    query = "{ reorganizations(first: 1) { nodes { title } } }"
    (reform,) = demo.administrator.data(query)["reorganizations"]["nodes"]
    arguments = {"text": reform["title"], "nouns": ["REORGANIZATION"]}
    assert demo.administrator.data(SEARCH, **arguments)["search"][0]["name"] == reform["title"]
    assert demo.anybody.data(SEARCH, **arguments)["search"] == []


@pytest.mark.parametrize("text", ["", " ", "　 \t", "——", "〔〕", "长" * 301])
def test_a_text_with_nothing_to_look_for_is_refused(demo: Served, text: str) -> None:
    error = demo.anybody.problem(SEARCH, text=text)
    assert error["extensions"]["code"] == "INVALID_INPUT"
    assert error["message"].startswith("text: ")
    query = "query ($text: String) { organizations(first: 1, filter: { text: $text }) { totalCount } }"
    assert demo.anybody.problem(query, text=text)["message"].startswith("text: ")


def test_every_noun_that_has_names_can_be_looked_among() -> None:
    roots = core_of(SCHEMA).query_type
    assert roots is not None
    assert {noun.lower() for noun in SearchNoun} == set(NAMES) <= set(roots.fields)


@pytest.mark.parametrize("first", [0, 51, -1])
def test_hits_are_few(demo: Served, first: int) -> None:
    assert demo.anybody.problem(SEARCH, text="科", first=first)["message"].startswith("first: ")


@pytest.mark.parametrize("text", ["龘", "龘龘", "大连" * 100, "人才" * 150, "0' OR 1=1 --"])
def test_a_text_that_no_name_holds_is_no_fault(demo: Served, text: str) -> None:
    assert all(score <= 20 for _, score in found(demo.anybody, text))


@pytest.mark.parametrize("text", ["zz科" * 100, "a科" * 150, "a 科 " * 75])
def test_a_text_of_many_short_words_is_no_fault(demo: Served, text: str) -> None:
    assert all("科" in name for name, score in found(demo.anybody, text) if score > 20)


async def test_an_old_name_is_found_on_the_old_day_only(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        await accept(desk, *d.DEPARTMENTS, renamed("综合处", date(2015, 1, 1)))
        assert await names(desk, "bangongshi", date(2014, 12, 31)) == ["办公室"]
        assert await names(desk, "bangongshi", date(2015, 1, 1)) == []
        assert await names(desk, "zhc", date(2015, 1, 1)) == ["综合处"]
        assert await names(desk, "zhc", date(2014, 12, 31)) == []
        assert await names(desk, "办公室", date(2009, 12, 31)) == []


async def test_a_name_is_found_by_the_belief_that_had_it_only(database_url: str) -> None:
    day = date(2015, 1, 1)
    async with open_desk(database_url) as desk:
        first = await accept(desk, *d.DEPARTMENTS, renamed("综合处", day))
        content = OrganizationRenamed(name="秘书处", effective_on=day)
        amended = AmendEvent(entity=d.OFFICE, position=first, replacement=content, effective_on=day, **BY)
        second = await accept(desk, amended)
        await accept(desk, RetractEvent(entity=d.OFFICE, position=second, effective_on=day, **BY))
        instants = [record.recorded_at for record in (await desk.log())[-3:]]
        beliefs = [
            [await names(desk, text, known_at=known) for text in ("综合处", "mishuchu", "bgs")]
            for known in (instants[0] - timedelta(microseconds=1), *instants, None)
        ]
    assert beliefs == [
        [[], [], ["办公室"]],
        [["综合处"], [], []],
        [[], ["秘书处"], []],
        [["综合处"], [], []],
        [["综合处"], [], []],
    ]


async def test_a_dissolved_namesake_comes_beside_the_living(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        await accept(desk, *d.DEPARTMENTS)
        await accept(desk, DissolveOrganization(organization=d.OFFICE, effective_on=date(2015, 1, 1), **BY))
        again = stable_id("办公室又一")
        await accept(desk, d.department(again, "办公室", on=date(2015, 1, 1)))
        answer = await desk.ask(SEARCH, TODAY, text="办公室")
        assert {hit["node"]["id"] for hit in answer["search"]} == {str(d.OFFICE), str(again)}
        living = await desk.ask(SEARCH, TODAY, text="办公室", living=True)
        assert [hit["node"]["id"] for hit in living["search"]] == [str(again)]


NAMES_PLANTED = 20_000
_PLACES = (
    "大连",
    "沈阳",
    "瓦房店",
    "庄河",
    "普兰店",
    "中山",
    "西岗",
    "沙河口",
    "甘井子",
    "旅顺口",
    "金州",
    "长海",
)
_FIELDS = (
    "机械",
    "化学",
    "计算机",
    "农业",
    "水产",
    "海洋",
    "医学",
    "护理",
    "土木",
    "电子",
    "材料",
    "环境",
    "气象",
    "地质",
    "测绘",
    "心理",
    "造船",
    "航海",
)
_ENDS = (
    "学会",
    "协会",
    "研究会",
    "科学技术协会",
    "专业委员会",
    "组织人才部",
    "办公室",
    "服务站",
    "党支部",
    "联合会",
)


def planted() -> Iterator[tuple[Any, ...]]:
    """Yield rows of 20,000 names, as of any town."""
    columns = (_PLACES, _FIELDS, _FIELDS, _ENDS)
    for number, words in enumerate(islice(product(*columns), NAMES_PLANTED)):
        name = f"{''.join(words)}{number % 7}"
        yield stable_id(f"planted {number}"), "NAME", name, "organization", *indexed(name)


_ORGANIZATIONS = """
    INSERT INTO organization (
        id, name, pinyin, kind, status, founded, precision, assumed,
        illustrative, position, valid, recorded_from
    )
    SELECT entity, name, name, 'SOCIETY', 'ACTIVE', '2010-01-01', 'DAY', false, true, 1, valid, recorded_from
    FROM naming;
    ANALYZE organization
"""


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Desk]:
    """Give a register of 20,000 names, each believed now and, with another text, before."""
    async with open_desk(database_url) as desk:
        columns = [column.name for column in NAMING.columns]
        valid = asyncpg.Range(date(2010, 1, 1), None)
        known = datetime(2020, 1, 1, tzinfo=UTC)
        rows = list(planted())
        for table, last, value in (
            ("naming", "recorded_from", known),
            ("naming_past", "recorded", asyncpg.Range(datetime(2019, 1, 1, tzinfo=UTC), known)),
        ):
            await desk.connection.copy_records_to_table(
                table, columns=[*columns, "valid", last], records=[(*row, valid, value) for row in rows]
            )
            await desk.connection.execute(f"ANALYZE {table}")
        await desk.connection.execute(_ORGANIZATIONS)
        yield desk


def compiled(query: str, **variables: object) -> Statement:
    """Return the statement that answers a query."""
    viewer = Viewer.of(Role.ADMINISTRATOR, "tester")
    plan = plan_operation(core_of(SCHEMA), Question(parse(query), None, variables, viewer, TODAY))
    assert plan is not None
    assert plan.statement is not None, plan.problems
    return plan.statement


async def scans(desk: Desk, statement: Statement) -> set[tuple[str, str]]:
    """Return how the table of names is read: kinds of scan, and the name of the table or the index.

    For a search that is for what holds the text. What is only like it is looked for when too little holds it,
    by whatever way the planner likes best.
    """
    text = await desk.connection.fetchval(f"EXPLAIN (FORMAT JSON) {statement.sql}", *statement.parameters)
    nodes = list(_below(json.loads(text)[0]["Plan"]))
    held = [node for node in nodes if node.get("Subplan Name") == "CTE held"]
    read = [inner for node in held for inner in _below(node)] if held else nodes
    named = ((node["Node Type"], node.get("Index Name") or node.get("Relation Name") or "") for node in read)
    return {(kind, name) for kind, name in named if name.startswith("naming")}


def _below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _below(inner)


NOW = {("Bitmap Index Scan", "naming_grams"), ("Bitmap Heap Scan", "naming")}
THEN = {("Bitmap Index Scan", "naming_past_grams"), ("Bitmap Heap Scan", "naming_past")}
TEXTS = ("中山", "水产", "造船航海", "大连造船航海学会", "zcxh", "zz", "zaochuan", "zhongshan水产", "dl 造船")
BY_TEXT = "query ($t: String) { organizations(first: 5, filter: { text: $t }) { nodes { id } } }"


async def test_texts_of_two_characters_and_more_are_found_by_index(town: Desk) -> None:
    for text in TEXTS:
        assert await scans(town, compiled(SEARCH, text=text)) == NOW, text
        past = compiled(SEARCH, text=text, knownAt="2019-06-01T00:00:00Z")
        assert await scans(town, past) == NOW | THEN, text
    assert await scans(town, compiled(BY_TEXT, t="zaochuan 航海")) == NOW
