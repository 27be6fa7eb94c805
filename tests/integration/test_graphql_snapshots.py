"""Answers while the register changes: pages stay right, and one answer is of one moment."""

from __future__ import annotations

import threading

from tests.support.sending import establish, record
from tests.support.serving import Client, Served

_PAGE = (
    "query ($after: String, $superior: ID)"
    " { organizations(first: 2, after: $after, filter: { superior: $superior },"
    ' asOf: "2020-06-01") { totalCount nodes { name } pageInfo { endCursor hasNextPage hasPreviousPage } } }'
)
_SUCH = 'asOf: "2020-06-01"'


def _page(client: Client, superior: str, after: str | None) -> tuple[list[str], str]:
    page = client.data(_PAGE, superior=superior, after=after)["organizations"]
    assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
    return [node["name"] for node in page["nodes"]], page["pageInfo"]["endCursor"]


def test_pages_stay_right_while_rows_come_and_go(register: Served) -> None:
    client = register.administrator
    city = establish(client, "某市科协", "ASSOCIATION")
    units = {name: establish(client, name, superior=city) for name in ("B", "D", "F", "H")}
    first, cursor = _page(client, city, None)
    assert first == ["B", "D"]
    # One comes before the page's end, the row at its end goes, and one comes after it.
    establish(client, "A", superior=city)
    establish(client, "E", superior=city)
    record(client, "renameOrganization", organization=units["D"], name="Z", effectiveOn="2020-02-01")
    second, cursor = _page(client, city, cursor)
    third, _ = _page(client, city, cursor)
    assert [*second, *third] == ["E", "F", "H", "Z"]


def test_a_page_of_a_past_belief_does_not_change(register: Served) -> None:
    client = register.administrator
    city = establish(client, "某市科协", "ASSOCIATION")
    establish(client, "B", superior=city)
    then = client.data("{ orgChart { knownAt } }")["orgChart"]["knownAt"]
    query = (
        "query ($known: DateTime, $superior: ID) { organizations(first: 9, filter: { superior: $superior },"
        ' knownAt: $known, asOf: "2020-06-01") { totalCount nodes { name } } }'
    )
    before = client.data(query, known=then, superior=city)
    establish(client, "C", superior=city)
    assert client.data(query, known=then, superior=city) == before
    assert client.data(query, superior=city)["organizations"]["totalCount"] == 2


def test_one_answer_is_of_one_moment(register: Served) -> None:
    client = register.administrator
    city = establish(client, "某市科协", "ASSOCIATION")
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set() and number < 200:
            establish(client, f"部{number}", superior=city)
            number += 1

    asked = (
        f'organizations(first: 1, filter: {{ superior: "{city}" }}, {_SUCH}) {{ totalCount }}'
        f' orgChart(root: "{city}", {_SUCH}) {{ position nodes {{ depth childCount }} }}'
        " auditLog(first: 1) { totalCount }"
    )
    # The second document is completed by graphql-core, for it asks for the schema, too.
    documents = (f"{{ {asked} }}", f'{{ {asked} __type(name: "Query") {{ name }} }}')
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for document in documents * 20:
            answer = client.data(document)
            nodes = answer["orgChart"]["nodes"]
            counts = {answer["organizations"]["totalCount"], len(nodes) - 1, nodes[0]["childCount"]}
            assert len(counts) == 1
            assert answer["orgChart"]["position"] == answer["auditLog"]["totalCount"]
    finally:
        stop.set()
        writer.join()
