"""What can be asked: by id and code, by page and filter, at any date and belief."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from projections.pinyin import sort_key
from registry.ids import stable_id
from tests.support.serving import Client, Served

_OPERATIONS = sorted((pathlib.Path(__file__).parents[2] / "web" / "src" / "operations").glob("*.graphql"))
_BEFORE, _AFTER = "2018-05-01", "2018-12-31"
_NOBODY = str(stable_id("nobody"))


def _all(
    client: Client, root: str, arguments: str = "", fields: str = "id name", first: int = 100
) -> list[Any]:
    """Return every node of a connection, page by page."""
    found: list[Any] = []
    after = ""
    while True:
        page_of = f"nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }}"
        query = f"{{ {root}(first: {first} {after} {arguments}) {{ {page_of} }} }}"
        page = client.data(query)[root]
        found.extend(page["nodes"])
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = f'after: "{page["pageInfo"]["endCursor"]}"'


_PUBLIC = frozenset({"Changes", "Chart", "Compliance", "Search"})
"""The operations of the page that anybody may send as they stand."""

_HERE = [path for path in _OPERATIONS if "Proposal" not in path.stem]
"""Proposals need somebody who made some: see test_proposals_page.py."""


@pytest.mark.parametrize("path", _HERE, ids=lambda path: path.stem)
def test_operations_of_the_page_work_as_they_stand(demo: Served, path: pathlib.Path) -> None:
    chart = demo.anybody.data("{ orgChart { nodes { organization { id } } } }")
    city = chart["orgChart"]["nodes"][0]["organization"]["id"]
    variables: dict[str, dict[str, object]] = {
        "Audit": {"first": 50, "filter": {"nouns": ["organization"]}},
        "Beliefs": {"id": city, "first": 5, "after": "2000-01-01T00:00:00Z"},
        "Changes": {"from": _BEFORE, "to": _AFTER},
        "Chart": {"hierarchies": ["PART_OF", "SUPERVISES"], "asOf": _BEFORE},
        "Unit": {"id": city, "asOf": _BEFORE, "staff": True},
        "Compliance": {"asOf": _AFTER},
        "Search": {"text": "zzrcb", "first": 5, "asOf": _AFTER},
        "Judged": {
            "rule": "R-01",
            "subject": city,
            "outcome": "COUNTED",
            "first": 5,
            "people": True,
            "organizations": False,
            "measures": False,
            "asOf": _AFTER,
        },
    }
    client = demo.anybody if path.stem in _PUBLIC else demo.administrator
    (answer,) = client.data(path.read_text(encoding="utf-8"), **variables[path.stem]).values()
    assert answer


def test_the_reform_shows_in_the_chart_and_in_the_differences(demo: Served) -> None:
    query = "query ($day: Date) { orgChart(asOf: $day) { nodes { organization { name } } } }"
    before, after = (
        {node["organization"]["name"] for node in demo.anybody.data(query, day=day)["orgChart"]["nodes"]}
        for day in (_BEFORE, _AFTER)
    )
    assert {"组织宣传部", "国际联络部"} <= before - after
    assert {"组织人才部", "调研宣传部"} <= after - before
    changes = demo.anybody.data(
        f'{{ changes(from: "{_BEFORE}", to: "{_AFTER}") {{ established {{ name }} dissolved {{ name }}'
        " renamed { before after }"
        " functionsTransferred { function { name } from { name } to { name } } } }"
    )["changes"]
    renamed = {(one["before"], one["after"]) for one in changes["renamed"]}
    assert renamed
    assert {one["name"] for one in changes["dissolved"]} == before - after - {old for old, _ in renamed}
    assert {one["name"] for one in changes["established"]} >= after - before - {new for _, new in renamed}
    assert all(one["from"] != one["to"] for one in changes["functionsTransferred"])


def test_the_differences_below_a_root_are_only_those(demo: Served) -> None:
    query = (
        'query ($root: ID) { changes(root: $root, from: "2018-05-01", to: "2018-12-31")'
        " { dissolved { name } functionsTransferred { function { id } } } }"
    )
    everything = demo.anybody.data(query)["changes"]
    root = demo.anybody.data('{ organization(code: "DLKX") { id } }')["organization"]["id"]
    assert demo.anybody.data(query, root=root)["changes"]["dissolved"] == everything["dissolved"]
    assert demo.anybody.data(query, root=_NOBODY)["changes"] == {"dissolved": [], "functionsTransferred": []}


@pytest.mark.parametrize(
    ("root", "kind"),
    [
        ("organizations", "Organization"),
        ("functions", "Function"),
        ("instruments", "Instrument"),
        ("reorganizations", "Reorganization"),
    ],
)
def test_each_noun_is_found_by_its_id(demo: Served, root: str, kind: str) -> None:
    (one, *_) = _all(demo.viewer, root, fields="id")
    shown = "(id: $id) { __typename id }"
    query = f"query ($id: ID!) {{ node{shown} {kind.lower()}{shown} }}"
    answer = demo.viewer.data(query, id=one["id"])
    assert answer["node"] == answer[kind.lower()] == {"__typename": kind, "id": one["id"]}
    assert demo.viewer.data(query, id=_NOBODY) == {"node": None, kind.lower(): None}


def test_a_code_or_a_number_finds_its_bearer_on_that_day(demo: Served) -> None:
    assert demo.anybody.data('{ organization(code: "DLKX") { name } }')["organization"] is not None
    assert (
        demo.anybody.data('{ organization(code: "DLKX", asOf: "1900-01-01") { name } }')["organization"]
        is None
    )
    numbers = [one["number"] for one in _all(demo.anybody, "instruments", fields="number") if one["number"]]
    found = demo.anybody.data("query ($n: String) { instrument(number: $n) { number } }", n=numbers[0])
    assert found["instrument"]["number"] == numbers[0]


@pytest.mark.parametrize("first", [1, 2, 7, 100])
@pytest.mark.parametrize(
    ("root", "order", "key"),
    [
        ("organizations", "NAME", "name"),
        ("organizations", "CODE", "code"),
        ("organizations", "VALID_FROM", "validFrom"),
        ("instruments", "ISSUED_ON", "validFrom"),
        ("instruments", "NUMBER", "number"),
        ("reorganizations", "TITLE", "title"),
        ("functions", None, "name"),
    ],
)
def test_pages_of_any_size_hold_everything_once_and_in_order(
    demo: Served, root: str, order: str | None, key: str, first: int
) -> None:
    arguments = "" if order is None else f"orderBy: {order}"
    if first == 1 and root == "organizations":
        arguments += " filter: { kinds: [DEPARTMENT] }"
    nodes = _all(demo.viewer, root, arguments, f"id {key}", first)
    total = demo.viewer.data(f"{{ {root}(first: 1 {arguments}) {{ totalCount }} }}")[root]["totalCount"]
    assert len({node["id"] for node in nodes}) == len(nodes) == total > 0
    key_of = sort_key if key in ("name", "title") else str
    places = [(key_of(node[key] or "").encode(), node["id"]) for node in nodes]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("root", "condition", "fields", "holds"),
    [
        ("organizations", "kinds: [SOCIETY]", "kind", lambda one: one["kind"] == "SOCIETY"),
        ("organizations", "statuses: [DISSOLVED]", "status", lambda one: one["status"] == "DISSOLVED"),
        ("organizations", "tier: MUNICIPAL", "tier", lambda one: one["tier"] == "MUNICIPAL"),
        ("organizations", 'code: "DLKX"', "code", lambda one: one["code"] == "DLKX"),
        ("organizations", 'nameContains: "学会"', "name", lambda one: "学会" in one["name"]),
        ("organizations", "illustrative: true", "illustrative", lambda one: one["illustrative"]),
        ("functions", "orphaned: false", "orphaned", lambda one: not one["orphaned"]),
        ("functions", "orphaned: true", "orphaned", lambda one: one["orphaned"]),
        ("functions", 'nameContains: "宣传"', "name", lambda one: "宣传" in one["name"]),
        ("instruments", 'titleContains: "科协"', "title", lambda one: "科协" in one["title"]),
        ("reorganizations", "stages: [COMPLETED]", "stage", lambda one: one["stage"] == "COMPLETED"),
    ],
)
def test_a_filter_gives_what_fits_and_all_of_it(
    demo: Served, root: str, condition: str, fields: str, holds: Callable[[Any], bool]
) -> None:
    everything = _all(demo.viewer, root, fields=f"id {fields}")
    expected = [one for one in everything if holds(one)]
    assert _all(demo.viewer, root, f"filter: {{ {condition} }}", f"id {fields}") == expected


def test_filters_by_what_stands_above_or_holds(demo: Served) -> None:
    city = demo.anybody.data(
        '{ organization(code: "DLKX") { id children { subordinate { id } } functions { id } } }'
    )
    below = {one["subordinate"]["id"] for one in city["organization"]["children"]}
    where = f'filter: {{ superior: "{city["organization"]["id"]}" }}'
    assert {one["id"] for one in _all(demo.anybody, "organizations", where)} == below
    department = next(
        one for one in _all(demo.anybody, "organizations", fields="id functions { id }") if one["functions"]
    )
    where = f'filter: {{ holder: "{department["id"]}" }}'
    assert _all(demo.anybody, "functions", where, "id") == department["functions"]


def test_null_in_a_filter_is_no_condition(demo: Served) -> None:
    query = "query ($f: OrganizationFilter) { organizations(first: 1, filter: $f) { totalCount } }"
    totals = {
        demo.anybody.data(query, f=condition)["organizations"]["totalCount"]
        for condition in (None, {}, {"tier": None, "kinds": None})
    }
    assert len(totals) == 1


_AUDIT = (
    "query ($f: AuditFilter, $order: AuditOrder! = OLDEST)"
    " { auditLog(first: 100, filter: $f, orderBy: $order)"
    " { totalCount nodes { position topic actor stream commandId effectiveOn recordedAt causationId } } }"
)


def test_the_log_is_filtered_by_what_its_events_say(demo: Served) -> None:
    log = demo.administrator.data(_AUDIT)["auditLog"]
    assert [event["position"] for event in log["nodes"]] == list(range(1, 101))
    newest = demo.administrator.data(_AUDIT, order="NEWEST")["auditLog"]["nodes"]
    assert newest[0]["position"] == log["totalCount"]
    event = log["nodes"][40]
    for condition, key in (
        ({"actor": event["actor"]}, "actor"),
        ({"entity": event["stream"]}, "stream"),
        ({"topics": [event["topic"]]}, "topic"),
        ({"commandId": event["commandId"]}, "commandId"),
    ):
        found = demo.administrator.data(_AUDIT, f=condition)["auditLog"]["nodes"]
        assert event in found
        assert {one[key] for one in found} == {event[key]}


def _at_least(one: Any, other: Any) -> bool:  # noqa: ANN401 - dates and instants as text, which sorts as they do
    return bool(one >= other)


def _at_most(one: Any, other: Any) -> bool:  # noqa: ANN401 - dates and instants as text, which sorts as they do
    return bool(one <= other)


@pytest.mark.parametrize(
    ("condition", "key", "holds"),
    [
        ("effectiveFrom", "effectiveOn", _at_least),
        ("effectiveTo", "effectiveOn", _at_most),
        ("recordedFrom", "recordedAt", _at_least),
        ("recordedTo", "recordedAt", _at_most),
    ],
)
def test_the_log_is_filtered_by_both_times_ends_included(
    demo: Served, condition: str, key: str, holds: Callable[[Any, Any], bool]
) -> None:
    event = demo.administrator.data(_AUDIT)["auditLog"]["nodes"][40]
    found = demo.administrator.data(_AUDIT, f={condition: event[key]})["auditLog"]["nodes"]
    assert event in found
    assert all(holds(one[key], event[key]) for one in found)


def test_the_log_of_a_reorganization_holds_all_it_caused(demo: Served) -> None:
    (reform, *_) = _all(demo.administrator, "reorganizations", fields="id consequences { position }")
    found = demo.administrator.data(_AUDIT, f={"reorganization": reform["id"]})["auditLog"]["nodes"]
    caused = {event["position"] for event in found if event["stream"] != reform["id"]}
    assert caused == {event["position"] for event in reform["consequences"]} != set()


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ("first: 0", "first"),
        ("first: 101", "first"),
        ("first: -1", "first"),
        ('first: 1, after: "x"', "after"),
        ('first: 1, after: ""', "after"),
        ('first: 1, after: "WyJOQU1FIl0="', "after"),
        ('first: 1, after: "WyJWQUxJRF9GUk9NIiwgIngiLCAieCJd", orderBy: VALID_FROM', "after"),
        ('first: 1, filter: { superior: "x" }', "id"),
        ('first: 1, filter: { code: "\\u0000" }', "text"),
    ],
)
def test_a_value_that_no_type_rules_out_is_refused_in_words(demo: Served, arguments: str, field: str) -> None:
    error = demo.anybody.problem(f"{{ organizations({arguments}) {{ totalCount }} }}")
    assert error["extensions"]["code"] == "INVALID_INPUT"
    assert error["message"].startswith(f"{field}: ")
    assert error["path"] == ["organizations"]


def test_a_cursor_belongs_to_its_order(demo: Served) -> None:
    query = "{ organizations(first: 1 %s) { pageInfo { endCursor } } }"
    cursor = demo.anybody.data(query % "")["organizations"]["pageInfo"]["endCursor"]
    error = demo.anybody.problem(query % f'orderBy: CODE after: "{cursor}"')
    assert error["extensions"]["code"] == "INVALID_INPUT"


@pytest.mark.parametrize("depth", [-1, 51])
def test_a_chart_has_a_depth(demo: Served, depth: int) -> None:
    assert "depth" in demo.anybody.problem(f"{{ orgChart(depth: {depth}) {{ position }} }}")["message"]
    flat = demo.anybody.data("{ orgChart(depth: 0) { nodes { depth parentId childCount } } }")["orgChart"][
        "nodes"
    ]
    assert [(node["depth"], node["parentId"]) for node in flat] == [(0, None)]
    assert flat[0]["childCount"] > 0


def test_nothing_stands_below_an_unknown_root(demo: Served) -> None:
    chart = demo.anybody.data(f'{{ orgChart(root: "{_NOBODY}") {{ nodes {{ depth }} position }} }}')[
        "orgChart"
    ]
    assert chart["nodes"] == []
    assert chart["position"] > 0


_INSTANT = (
    "query ($d: DateTime, $a: Date) { orgChart(knownAt: $d, asOf: $a) { knownAt asOf nodes { depth } } }"
)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "now",
        "2018-06-01",
        "2018-06-01T08:00:00",
        "2018-13-01T00:00:00Z",
        "0001-01-01T00:00:00+08:00",
        5,
        True,
    ],
)
def test_what_is_no_instant_is_refused(demo: Served, value: object) -> None:
    (error,) = demo.anybody.ask(_INSTANT, d=value)["errors"]
    assert error["extensions"]["code"] == "INVALID_INPUT"
    literal = str(value).lower() if isinstance(value, bool | int) else f'"{value}"'
    (error,) = demo.anybody.ask(f"{{ orgChart(knownAt: {literal}) {{ position }} }}")["errors"]
    assert error["extensions"]["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    "value", ["", "today", "2018-02-30", "20180601", "2018-W01-1", "10000-01-01", 2018, None]
)
def test_what_is_no_date_is_refused(demo: Served, value: object) -> None:
    query = 'query ($d: Date!) { changes(from: $d, to: "2020-01-01") { dissolved { id } } }'
    (error,) = demo.anybody.ask(query, d=value)["errors"]
    assert error["extensions"]["code"] == ("INVALID_DOCUMENT" if value is None else "INVALID_INPUT")


def test_far_days_and_far_instants_have_answers(demo: Served) -> None:
    head = demo.anybody.data(_INSTANT)["orgChart"]["knownAt"]
    future = demo.anybody.data(_INSTANT, d="9999-12-31T23:59:59.999999Z", a="9999-12-31")["orgChart"]
    assert (future["knownAt"], future["asOf"]) == (head, "9999-12-31")
    assert future["nodes"] != []
    past = demo.anybody.data(_INSTANT, d="0001-01-01T00:00:00Z", a="0001-01-01")["orgChart"]
    assert (past["knownAt"][:10], past["asOf"], past["nodes"]) == ("0001-01-01", "0001-01-01", [])


def test_same_keys_merge_and_fragments_spread(demo: Served) -> None:
    answer = demo.anybody.data(
        """
        query ($yes: Boolean! = true, $no: Boolean! = false) {
          city: organization(code: "DLKX") { ...Names __typename }
          city: organization(code: "DLKX") { kind ... @include(if: $no) { status } }
          __typename
        }
        fragment Names on Node { id @skip(if: $yes) ... on Organization { name again: name } }
        """
    )
    assert answer == {
        "city": {
            "name": "大连市科学技术协会",
            "again": "大连市科学技术协会",
            "__typename": "Organization",
            "kind": "ASSOCIATION",
        },
        "__typename": "Query",
    }


def test_introspection_and_answers_go_together(demo: Served) -> None:
    chart = demo.anybody.data('{ organization(code: "DLKX") { id } }')["organization"]
    answer = demo.anybody.data(
        'query ($id: ID!) { __type(name: "Tier") { name }'
        " node(id: $id) { __typename id ... on Organization { kind } }"
        " orgChart { asOf nodes { organization { kind } } } }",
        id=chart["id"],
    )
    assert answer["__type"] == {"name": "Tier"}
    assert answer["node"] == {"__typename": "Organization", "id": chart["id"], "kind": "ASSOCIATION"}
    assert answer["orgChart"]["nodes"][0]["organization"] == {"kind": "ASSOCIATION"}


def test_a_wrong_variable_in_a_place_that_takes_none_is_told_by_its_field(demo: Served) -> None:
    query = (
        "query ($n: Int = 5) { organizations(first: $n) { totalCount } functions(first: 1) { totalCount } }"
    )
    error = demo.anybody.problem(query, n=None)
    assert error["path"] == ["organizations"]
    assert demo.anybody.data(query)["organizations"]["totalCount"] > 0
