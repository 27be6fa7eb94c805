"""Every field of the schema has a stated right, and each caller gets exactly what the table here says."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType

from graphql_api.access import ANYBODY, RIGHTS, Right, Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.declare import PLAN, RIGHT, Resolved, metadata_of
from graphql_api.schema import build_schema
from tests.support.serving import Served

_CORE = core_of(build_schema())
_CHARTED = frozenset({Right.CHART})

_MODULES = [
    import_module(f"tests.support.rights.{path.stem}")
    for path in (Path(__file__).parents[1] / "support" / "rights").glob("*.py")
]
_TYPES: dict[Right, frozenset[str]] = {
    right: frozenset().union(*(module.TYPES.get(right, ()) for module in _MODULES)) for right in Right
}
"""The right to the fields of each type, by the tables of each noun."""

_FIELDS: dict[str, Right] = {field: right for module in _MODULES for field, right in module.FIELDS.items()}
"""The fields whose right is another than that of their type."""


def _declared() -> dict[str, Right | None]:
    return {
        f"{kind.name}.{name}": metadata_of(field).get(RIGHT)
        for kind in _CORE.type_map.values()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not kind.name.startswith("__")
        for name, field in kind.fields.items()
    }


def _expected(field: str) -> Right | None:
    kind = field.partition(".")[0]
    return _FIELDS.get(field) or next((right for right, kinds in _TYPES.items() if kind in kinds), None)


def test_every_field_has_the_right_that_the_table_says() -> None:
    declared = _declared()
    assert declared == {field: _expected(field) for field in declared}
    assert None not in declared.values()


def test_the_table_names_nothing_that_does_not_exist() -> None:
    declared = _declared()
    assert set(_FIELDS) <= set(declared)
    assert {kind for kinds in _TYPES.values() for kind in kinds} <= {f.partition(".")[0] for f in declared}


def test_roles_have_their_rights_and_no_others() -> None:
    assert {
        Role.PUBLIC: _CHARTED,
        Role.VIEWER: _CHARTED | {Right.RECORD, Right.PERSON},
        Role.SUBMITTER: _CHARTED | {Right.RECORD, Right.PERSON, Right.PROPOSE},
        Role.REGISTRAR: _CHARTED | {Right.RECORD, Right.PERSON, Right.RESTRICTED, Right.PROPOSE, Right.WRITE},
        Role.AUDITOR: _CHARTED | {Right.RECORD, Right.PERSON, Right.RESTRICTED, Right.AUDIT},
        Role.ADMINISTRATOR: frozenset(Right),
        Role.PARTNER: _CHARTED,
    } == RIGHTS
    assert [right for right in Right if ANYBODY.may(right)] == [Right.CHART]
    assert not Viewer.of(Role.VIEWER, "v").may(Right.WRITE)


_ASKED = {
    "organization": ('organization(code: "DLKX") {{ {} }}', ("name", "position", "history { position }")),
    "reorganizations": (
        "reorganizations(first: 1) {{ {} }}",
        ("totalCount", "nodes { consequences { topic } }"),
    ),
    "auditLog": ("auditLog(first: 1) {{ {} }}", ("totalCount", "nodes { data }")),
    "chart": ("orgChart {{ {} }}", ("position", "nodes { organization { position } }")),
}
_ALLOWED = {
    Role.PUBLIC: {("organization", "name"), ("chart", "position")},
    Role.VIEWER: {
        *[("organization", field) for field in _ASKED["organization"][1]],
        *[("chart", field) for field in _ASKED["chart"][1]],
        ("reorganizations", "totalCount"),
    },
    Role.ADMINISTRATOR: {(root, field) for root, (_, fields) in _ASKED.items() for field in fields},
}


@pytest.mark.parametrize("role", list(_ALLOWED))
@pytest.mark.parametrize(("root", "field"), sorted(_ALLOWED[Role.ADMINISTRATOR]))
def test_what_is_not_allowed_is_refused_and_nothing_of_it_told(
    demo: Served, role: Role, root: str, field: str
) -> None:
    client = {Role.PUBLIC: demo.anybody, Role.VIEWER: demo.viewer, Role.ADMINISTRATOR: demo.administrator}[
        role
    ]
    query = "{ " + _ASKED[root][0].format(field) + " }"
    if (root, field) in _ALLOWED[role]:
        assert client.data(query)
    else:
        error = client.problem(query)
        assert error["extensions"]["code"] == "FORBIDDEN"
        assert not any((client.ask(query)["data"] or {}).values())


def test_a_field_in_a_fragment_or_under_another_name_is_no_way_around(demo: Served) -> None:
    for query in (
        '{ x: organization(code: "DLKX") { y: position } }',
        '{ organization(code: "DLKX") { ...F } } fragment F on Organization { position }',
        '{ organization(code: "DLKX") { superiors { superior { superiors { position } } } } }',
        '{ __type(name: "Query") { name } auditLog(first: 1) { __typename } }',
    ):
        assert demo.anybody.problem(query)["extensions"]["code"] == "FORBIDDEN"


def test_a_field_that_is_left_out_is_not_asked_for(demo: Served) -> None:
    query = '{ organization(code: "DLKX") { name position @skip(if: true) } }'
    assert demo.anybody.data(query)["organization"]["name"] == "大连市科学技术协会"


_COMMAND = (
    'commandId: "00000000-0000-0000-0000-000000000001", effectiveOn: "2026-01-01",'
    ' organization: "00000000-0000-0000-0000-000000000002"'
)


def test_nobody_writes_or_looks_ahead_without_the_right(demo: Served) -> None:
    mutation = f"mutation {{ suspendOrganization(input: {{ {_COMMAND} }}) {{ __typename }} }}"
    for client in (demo.anybody, demo.viewer):
        assert client.problem(mutation)["extensions"]["code"] == "FORBIDDEN"
    preview = f"{{ preview(command: {{ suspendOrganization: {{ {_COMMAND} }} }}) {{ refusal {{ code }} }} }}"
    assert demo.anybody.problem(preview)["extensions"]["code"] == "FORBIDDEN"
    assert demo.viewer.data(preview)["preview"]["refusal"] == {"code": "NOT_FOUND"}
    approval = '{ previewProposal(id: "00000000-0000-0000-0000-000000000002") { refusal { code } } }'
    for client in (demo.anybody, demo.viewer):
        assert client.problem(approval)["extensions"]["code"] == "FORBIDDEN"
    found = demo.administrator.data(approval)["previewProposal"]
    assert found["refusal"] == {"code": "NOT_FOUND"}


def test_what_is_held_on_a_person_is_told_to_nobody_without_the_right(demo: Served) -> None:
    person = "00000000-0000-4000-8000-000000000001"
    for query in (f'{{ x: personalData(person: "{person}") }}', "{ x: retentionDue { person } }"):
        for client in (demo.anybody, demo.viewer):
            assert client.problem(query)["extensions"]["code"] == "FORBIDDEN"
        assert not demo.administrator.ask(query).get("errors")


def test_every_field_with_a_resolver_is_tried_above() -> None:
    resolved = {
        f"{kind.name}.{name}"
        for kind in _CORE.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
        for name, field in kind.fields.items()
        if isinstance(metadata_of(field).get(PLAN), Resolved) and kind.name != "Mutation"
    }
    resolved = {field for field in resolved if not field.partition(".")[0].endswith("Recorded")}
    # The subscription and the simulation have tests of their own; a new resolver belongs into a test of who
    # may use it. What a mutation recorded is shown to whoever may send it.
    assert resolved == {
        "Query.preview",
        "Query.previewProposal",
        "Query.simulate",
        "Simulation.changes",
        "Subscription.events",
        "Query.compliance",
        "Query.complianceTrend",
        "Query.consistencyProof",
        "Query.inclusionProof",
        "Query.personalData",
        "Query.retentionDue",
        "Query.complianceReport",
        "Simulation.rules",
    }


def test_what_the_public_may_not_see_is_not_there_for_it(demo: Served) -> None:
    listed = demo.viewer.data("{ reorganizations(first: 1) { nodes { id title } } }")
    (reform,) = listed["reorganizations"]["nodes"]
    query = "query ($id: ID!) { node(id: $id) { id __typename ... on Reorganization { title } } }"
    assert demo.viewer.data(query, id=reform["id"])["node"] == {
        "id": reform["id"],
        "__typename": "Reorganization",
        "title": reform["title"],
    }
    assert demo.anybody.data(query, id=reform["id"])["node"] is None
