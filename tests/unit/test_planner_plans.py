"""Plans are kept, and a kept one is for each request what compiling it anew would give."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from graphql import parse

from graphql_api.access import ANYBODY, Grant, PartnerScope, Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.given import Given, LookedAtError, Source, later
from graphql_api.planner.operation import Plan, Question, plan_operation
from graphql_api.planner.plans import Plans, standing
from graphql_api.schema import build_schema

_CORE = core_of(build_schema())
_DAY, _LATER = date(2026, 6, 30), date(2027, 1, 1)
_ONE, _OTHER = UUID(int=1), UUID(int=2)
_CLERK = Viewer.of(Role.ADMINISTRATOR, "clerk")

_VIEWERS = (
    ANYBODY,
    Viewer.of(Role.VIEWER, "reader"),
    _CLERK,
    Viewer.of(Role.ADMINISTRATOR, "another clerk"),
    Viewer.of(Role.REGISTRAR, "of one", root=_ONE),
    Viewer.of(Role.REGISTRAR, "of the other", root=_OTHER),
    Viewer("of both", (Grant(Role.REGISTRAR, _ONE), Grant(Role.AUDITOR, _OTHER))),
    Viewer("of one twice", (Grant(Role.REGISTRAR, _ONE), Grant(Role.AUDITOR, _ONE))),
    Viewer("partner", (Grant(Role.PARTNER, _ONE, frozenset({PartnerScope.PEOPLE})),)),
)


def _told(plan: Plan | None) -> object:
    """Return what a plan comes to; errors are compared by what is told of them."""
    if plan is None:
        return None
    problems = {key: error.formatted for key, error in plan.problems.items()}
    return plan.statement, problems, plan.whole, plan.cost


def _asked(
    plans: Plans, query: str, variables: dict[str, Any], viewer: Viewer = _CLERK, today: date = _DAY
) -> Plan | None:
    """Return the kept plan, which is what compiling the question anew gives."""
    question = Question(parse(query), None, variables, viewer, today)
    plan = plans.plan(query, question)
    assert _told(plan) == _told(plan_operation(_CORE, question))
    return plan


def test_callers_of_different_rights_take_turns_over_one_document() -> None:
    plans = Plans(_CORE)
    query = """query ($id: ID!) { person(id: $id) { id name gender identityNumber }
        organization(id: $id) { name posts { name } } }"""
    answered = set()
    for _ in range(3):
        for viewer, identity in itertools.product(_VIEWERS, (_ONE, _OTHER)):
            plan = _asked(plans, query, {"id": str(identity)}, viewer)
            assert plan is not None
            # Who is refused a field has a problem of their own, and leaves no plan behind.
            if not plan.problems:
                assert plan.statement is not None
                answered.add(standing(viewer.grants))
                roots = {str(each) for grant in viewer.grants for each in [grant.root] if each is not None}
                foreign = {str(_ONE), str(_OTHER)} - roots - {str(identity)}
                assert not any(each in str(plan.statement.parameters) for each in foreign)
                assert plan.statement.reading is None or plan.statement.reading.actor == viewer.name
    assert len(plans) == len(answered) == 4
    assert plans.used > len(answered)


def test_who_may_do_the_same_elsewhere_gets_the_same_statement_with_other_roots() -> None:
    plans = Plans(_CORE)
    query = "{ people(first: 3) { totalCount nodes { gender } } }"
    first = _asked(plans, query, {}, _VIEWERS[4])
    second = _asked(plans, query, {}, _VIEWERS[5])
    assert first is not None and first.statement is not None  # noqa: PT018 - one thing: it has a statement
    assert second is not None and second.statement is not None  # noqa: PT018 - one thing: it has a statement
    assert (len(plans), plans.used) == (1, 1)
    assert first.statement.sql == second.statement.sql
    assert [_ONE] in first.statement.parameters
    assert [_OTHER] in second.statement.parameters
    assert second.statement.reading is not None
    assert (second.statement.reading.actor, second.statement.reading.roots) == ("of the other", (_OTHER,))


def test_rights_on_one_root_are_another_standing_than_rights_on_two() -> None:
    both, twice = _VIEWERS[6], _VIEWERS[7]
    assert standing(both.grants) != standing(twice.grants)
    assert standing(_VIEWERS[4].grants) == standing(_VIEWERS[5].grants)


_SHAPED = """query ($a: Boolean!, $b: Boolean!, $id: ID, $first: Int!, $after: String,
    $order: OrganizationOrder, $filter: OrganizationFilter, $asOf: Date, $knownAt: DateTime,
    $root: ID, $hierarchies: [Hierarchy!]!) {
    organization(id: $id, asOf: $asOf, knownAt: $knownAt) { name @skip(if: $a) code @include(if: $b) }
    organizations(first: $first, after: $after, orderBy: $order, filter: $filter) @skip(if: $a) {
        totalCount nodes { ...Unit @include(if: $b) } }
    orgChart(root: $root, hierarchies: $hierarchies, asOf: $asOf) { nodes { depth organization { name } } }
} fragment Unit on Organization { id name superiors { superior { name } } }"""

_VALUES: dict[str, Sequence[Any]] = {
    "a": [False, True],
    "b": [False, True],
    "id": [str(_ONE), str(_OTHER), "no id", None],
    "first": [1, 2, 100, 0, 101],
    "after": [None, "bm9uZQ==", "x"],
    "order": ["NAME", None],
    "filter": [
        None,
        {},
        {"nameContains": "科"},
        {"nameContains": "协"},
        {"nameContains": None},
        {"nameContains": "\0"},
    ],
    "asOf": ["2018-01-01", "2019-01-01", "0001-01-01", "9999-12-31", None],
    "knownAt": ["2019-01-01T00:00:00Z", None],
    "root": [str(_ONE), "no id", None],
    "hierarchies": [["PART_OF"], ["PART_OF", "GUIDED_BY"], []],
}


def _known_orders() -> list[str]:
    kind: Any = _CORE.type_map["OrganizationOrder"]
    return sorted(kind.values)


@pytest.mark.parametrize("varied", sorted(_VALUES))
def test_variables_take_turns_over_one_document(varied: str) -> None:
    plans = Plans(_CORE)
    usual = {name: values[0] for name, values in _VALUES.items()}
    usual["order"] = _known_orders()[0]
    kind: Any = _CORE.type_map["Hierarchy"]
    hierarchies = sorted(kind.values)
    named: dict[str, Sequence[Any]] = {
        "order": [*_known_orders(), None],
        "hierarchies": [[hierarchies[0]], hierarchies, []],
    }
    values = named.get(varied, _VALUES[varied])
    usual["hierarchies"] = [hierarchies[0]]
    for other in (False, True):
        for value in [*values, *values]:
            _asked(plans, _SHAPED, {**usual, "a": other, varied: value})
        missing = {name: value for name, value in usual.items() if name != varied}
        _asked(plans, _SHAPED, missing)
    assert plans.used > 0


def test_values_that_shape_nothing_share_a_plan() -> None:
    plans = Plans(_CORE)
    query = "query ($code: String!, $asOf: Date) { organization(code: $code, asOf: $asOf) { name } }"
    for number in range(20):
        plan = _asked(plans, query, {"code": f"{number}", "asOf": f"20{number:02}-01-01"})
        assert plan is not None
        assert plan.statement is not None
        assert f"{number}" in plan.statement.parameters
    assert (len(plans), plans.used) == (1, 19)
    # Without the day, it is today's, which goes on.
    first = _asked(plans, query, {"code": "1"}, today=_DAY)
    second = _asked(plans, query, {"code": "1"}, today=_LATER)
    assert first is not None and first.statement is not None  # noqa: PT018 - one thing: it has a statement
    assert second is not None and second.statement is not None  # noqa: PT018 - one thing: it has a statement
    assert (_DAY in first.statement.parameters, _LATER in second.statement.parameters) == (True, True)
    assert _DAY not in second.statement.parameters
    assert len(plans) == 2


def test_pages_share_a_plan_whatever_their_cursor() -> None:
    plans = Plans(_CORE)
    query = """query ($after: String) { auditLog(first: 5, after: $after) { nodes { position } } }"""
    # As the database makes them: the order, the key and the tie.
    for cursor in ("WyJORVdFU1QiLCAiNSIsICI1Il0=", "WyJORVdFU1QiLCAiOSIsICI5Il0="):
        plan = _asked(plans, query, {"after": cursor})
        assert plan is not None
        assert plan.problems == {}
    assert (len(plans), plans.used) == (1, 1)
    plan = _asked(plans, query, {"after": "x"})
    assert plan is not None
    assert list(plan.problems) == ["auditLog"]


def test_a_text_that_is_searched_for_leaves_no_plan_behind() -> None:
    plans = Plans(_CORE)
    query = "query ($text: String!) { search(text: $text, first: 5) { name } }"
    for text in ("科协", "学会", "x"):
        _asked(plans, query, {"text": text})
    assert (len(plans), plans.used) == (0, 0)


def test_there_are_never_more_plans_than_may_be_kept() -> None:
    plans = Plans(_CORE, kept=3)
    for number in range(1, 9):
        _asked(plans, f"{{ organizations(first: {number}) {{ totalCount }} }}", {})
    assert len(plans) == 3
    length = 1_000
    few = Plans(_CORE, characters=length)
    for number in range(1, 9):
        plan = _asked(few, f"{{ functions(first: {number}) {{ totalCount }} }}", {})
        assert plan is not None
        assert plan.statement is not None
        assert len(few) * len(plan.statement.sql) <= length


@pytest.mark.parametrize(
    "look",
    [
        bool,
        str,
        repr,
        len,
        list,
        hash,
        "{}".format,
        lambda value: value == 1,
        lambda value: value < 1,
        lambda value: isinstance(value, list),
        lambda value: value.year,
        lambda value: value["x"],
        lambda value: value in {1, 2},
        lambda value: f"{value}",
        lambda value: value + 1,
        lambda value: "%s" % value,  # noqa: UP031 - a way to look at a value
    ],
    ids=[f"way {number}" for number in range(16)],
)
def test_what_is_not_known_cannot_be_looked_at(look: Any) -> None:  # noqa: ANN401 - any function
    source = Source("variable", ("v",))
    for given in (Given(source), later(Given(source), str)):
        with pytest.raises(LookedAtError) as raised:
            look(given)
        assert raised.value.source == source
