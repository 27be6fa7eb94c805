"""What each command to criteria and rules records, why it is refused, and when it stays quiet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from registry.correction.commands import AmendEvent, RetractEvent
from registry.criterion import commands as c
from registry.criterion import events as ce
from registry.criterion.kinds import Subject
from registry.errors import Code
from registry.ids import stable_id
from registry.references import KindRule
from registry.rule import commands as r
from registry.rule import events as e
from registry.rule.definition import Definition, Population, Ratio
from registry.rule.kinds import Comparison, PopulationKind, Reach, RuleForm
from tests.support.given import BY, Given, given

DAY, LATER, LAST = date(2018, 5, 1), date(2019, 1, 1), date(2020, 1, 1)
CRITERION, LEADERS, RULE = stable_id("criterion"), stable_id("leaders"), stable_id("rule")
FRONT_LINE = "sector in (ENTERPRISE, UNIVERSITY) and not leading"


def define(**more: Any) -> c.DefineCriterion:  # noqa: ANN401 - fields of the command
    content = {
        "criterion": CRITERION,
        "code": "FRONT_LINE",
        "name": "基层一线",
        "about": Subject.PERSON,
        "predicate": FRONT_LINE,
        "effective_on": DAY,
        **BY,
    }
    return c.DefineCriterion(**{**content, **more})


def definition(**more: Any) -> Definition:  # noqa: ANN401 - fields of the definition
    content = {
        "form": RuleForm.SHARE,
        "subject": "kind = SOCIETY and supervised",
        "population": Population(kind=PopulationKind.HOLDERS, reach=Reach.BODIES, where="title = DIRECTOR"),
        "numerator": "is FRONT_LINE",
        "comparison": Comparison.AT_LEAST,
        "threshold": Ratio(numerator=3, denominator=4),
    }
    return Definition(**{**content, **more})


def set_rule(**more: Any) -> r.SetRule:  # noqa: ANN401 - fields of the command
    content = {
        "rule": RULE,
        "code": "R-06",
        "name": "理事中一线科技工作者比例",
        "definition": definition(),
        "effective_on": DAY,
        **BY,
    }
    return r.SetRule(**{**content, **more})


def a_rule() -> Given:
    return given(define(), set_rule())


def test_defining_a_criterion_records_what_it_means() -> None:
    given().when(define(illustrative=True)).then(
        ce.CriterionDefined(
            code="FRONT_LINE",
            name="基层一线",
            about=Subject.PERSON,
            predicate=FRONT_LINE,
            illustrative=True,
            effective_on=DAY,
        )
    )


def test_a_criterion_finds_the_definitions_that_it_builds_on() -> None:
    leaders = define(criterion=LEADERS, code="LEADERS", predicate="leading")
    outcome = given(leaders).when(define(predicate="not is LEADERS"))
    outcome.then(
        ce.CriterionDefined(
            code="FRONT_LINE",
            name="基层一线",
            about=Subject.PERSON,
            predicate="not is LEADERS",
            criteria=(LEADERS,),
            effective_on=DAY,
        )
    )


@pytest.mark.parametrize(
    ("text", "offset", "piece"),
    [("sector in (MOON)", 11, "MOON"), ("leading and", 11, ""), ("title = DIRECTOR", 0, "title")],
)
def test_what_cannot_be_read_is_refused_with_the_place(text: str, offset: int, piece: str) -> None:
    refusal = (
        given()
        .when(define(predicate=text))
        .then_refused(Code.UNREADABLE_PREDICATE, field="predicate", offset=offset, piece=piece)
    )
    assert f"at character {offset}" in refusal.english
    assert f"第 {offset} 个字符" in refusal.chinese


def test_codes_are_words_that_predicates_can_name_and_one_criterion_bears_each() -> None:
    for code in ("front_line", "一线", "A B", "", "A" * 65):
        given().when(define(code=code)).then_refused(Code.INVALID_INPUT, field="code")
    twin = define(criterion=LEADERS)
    given(define()).when(twin).then_refused(Code.CRITERION_TAKEN, holder=CRITERION, value="FRONT_LINE")


def test_redefining_is_quiet_when_it_means_that_already() -> None:
    on = {"criterion": CRITERION, "effective_on": LATER, **BY}
    world = given(define())
    world.when(c.RedefineCriterion(predicate=FRONT_LINE, **on)).then_nothing()
    world.when(c.RedefineCriterion(predicate="not leading", **on)).then(
        ce.CriterionRedefined(predicate="not leading", effective_on=LATER)
    )
    state = world.register.state(CRITERION, LATER)
    assert (state.code, state.predicate) == ("FRONT_LINE", "not leading")
    world.when(c.RedefineCriterion(predicate="leading or", **on)).then_refused(Code.UNREADABLE_PREDICATE)


def test_definitions_do_not_go_round_in_a_circle() -> None:
    world = given(
        define(criterion=LEADERS, code="LEADERS", predicate="leading"), define(predicate="not is LEADERS")
    )
    back = c.RedefineCriterion(criterion=LEADERS, predicate="not is FRONT_LINE", effective_on=LATER, **BY)
    world.when(back).then_refused(Code.CRITERION_CYCLE, criterion=LEADERS)
    itself = replace(back, predicate="is LEADERS")
    world.when(itself).then_refused(Code.CYCLE)


def test_a_criterion_in_use_is_repealed_with_what_uses_it_or_not_at_all() -> None:
    repeal = c.RepealCriterion(criterion=CRITERION, effective_on=LATER, **BY)
    a_rule().when(repeal).then_refused(Code.DANGLING)
    world = a_rule()
    outcome = world.when(replace(repeal, rules=(KindRule(reference="COUNTS_BY"),)))
    outcome.then_recorded("criterion.repealed", "rule.repealed")
    assert world.register.state(RULE, LATER).repealed
    world.when(repeal).then_nothing()
    given(define()).when(repeal).then(ce.CriterionRepealed(effective_on=LATER))


def test_a_rule_counts_by_definitions_that_are_in_force() -> None:
    given().when(set_rule()).then_refused(Code.UNKNOWN_CRITERION, name="FRONT_LINE", date=DAY)
    given(define(effective_on=LATER)).when(set_rule()).then_refused(Code.UNKNOWN_CRITERION)
    given(define(effective_on=LATER)).when(set_rule(effective_on=LAST)).then(
        e.RuleSet(
            code="R-06",
            name="理事中一线科技工作者比例",
            definition=definition(),
            criteria=(CRITERION,),
            effective_on=LAST,
        )
    )


def test_a_definition_serves_for_what_it_is_about() -> None:
    holders = define(about=Subject.HOLDER, predicate="title = DIRECTOR")
    given(holders).when(set_rule()).then_recorded("rule.set")
    members = definition(population=Population(kind=PopulationKind.MEMBERS))
    given(holders).when(set_rule(definition=members)).then_refused(
        Code.CRITERION_MISFITS, name="FRONT_LINE", actual="HOLDER", expected="MEMBER"
    )
    given(define()).when(set_rule(definition=members)).then_recorded("rule.set")


_FIGURE = Population(kind=PopulationKind.REPORTED, indicator="STUDIES")
_SELF = Population(kind=PopulationKind.SELF)
_QUALITATIVE: dict[str, Any] = {"form": RuleForm.QUALITATIVE, "comparison": None, "threshold": None}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"threshold": None}, "threshold"),
        ({"comparison": None}, "threshold"),
        ({"form": RuleForm.QUALITATIVE}, "threshold"),
        ({"form": RuleForm.COMPARISON}, "against"),
        ({"against": _SELF}, "against"),
        ({"form": RuleForm.STRUCTURE}, "population.kind"),
        ({"population": _FIGURE}, "population.kind"),
        ({"form": RuleForm.COUNT, "population": _FIGURE}, "numerator"),
        ({"form": RuleForm.COUNT}, "threshold"),
        ({"population": Population(kind=PopulationKind.REPORTED)}, "population.kind"),
        ({"population": replace(_SELF, indicator="X"), "numerator": None}, "population.indicator"),
        ({"population": replace(_SELF, reach=Reach.BODIES), "numerator": None}, "population.reach"),
        ({"threshold": Ratio(numerator=1, denominator=0)}, "threshold"),
        ({"threshold": Ratio(numerator=-1)}, "threshold"),
        ({"baseline": Ratio(numerator=2**31)}, "baseline"),
    ],
)
def test_a_definition_that_cannot_be_judged_is_refused(more: dict[str, Any], field: str) -> None:
    refused = given(define()).when(set_rule(definition=definition(**more)))
    refused.then_refused(Code.INVALID_INPUT, field=f"definition.{field}")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"subject": "kind = MOON"}, "subject"),
        ({"numerator": "sector ="}, "numerator"),
        ({"population": Population(kind=PopulationKind.HOLDERS, where="covered")}, "population.where"),
        (
            {"form": RuleForm.COMPARISON, "against": replace(_SELF, where="leading")},
            "against.where",
        ),
    ],
)
def test_every_predicate_is_read_where_it_stands(more: dict[str, Any], field: str) -> None:
    refused = given(define()).when(set_rule(definition=definition(**more)))
    refused.then_refused(Code.UNREADABLE_PREDICATE, field=f"definition.{field}")


def test_a_qualitative_rule_has_no_threshold() -> None:
    given(define()).when(set_rule(definition=definition(**_QUALITATIVE))).then_recorded("rule.set")


def test_revising_keeps_the_name_that_is_left_out_and_is_quiet_when_nothing_changes() -> None:
    on = {"rule": RULE, "effective_on": LATER, **BY}
    world = a_rule()
    world.when(r.ReviseRule(definition=definition(), **on)).then_nothing()
    stricter = definition(threshold=Ratio(numerator=4, denominator=5))
    world.when(r.ReviseRule(definition=stricter, **on)).then(
        e.RuleRevised(definition=stricter, criteria=(CRITERION,), effective_on=LATER)
    )
    world.when(r.ReviseRule(definition=stricter, name="新名", **on)).then_recorded("rule.revised")
    state = world.register.state(RULE, LATER)
    assert (state.name, state.definition) == ("新名", stricter)
    assert world.register.state(RULE, DAY).name == "理事中一线科技工作者比例"


def test_repealing_is_quiet_the_second_time_and_nothing_comes_after_it() -> None:
    on = {"rule": RULE, "effective_on": LATER, **BY}
    world = a_rule()
    world.when(r.RepealRule(**on)).then(e.RuleRepealed(effective_on=LATER))
    world.when(r.RepealRule(**on)).then_nothing()
    late = {**on, "effective_on": LAST}
    world.when(r.ReviseRule(definition=definition(), **late)).then_refused(Code.NOT_ALIVE)
    again = set_rule(rule=LEADERS, effective_on=LAST)
    world.when(again).then_recorded("rule.set")


def test_codes_of_rules_are_unique_while_in_force() -> None:
    a_rule().when(set_rule(rule=LEADERS)).then_refused(Code.RULE_CODE_TAKEN, holder=RULE, value="R-06")
    a_rule().when(set_rule(rule=LEADERS, code="")).then_refused(Code.INVALID_INPUT, field="code")


def test_a_correction_is_held_to_the_same() -> None:
    world = a_rule()
    fact = world.register.fact(RULE, e.RuleSet)
    assert isinstance(fact.event, e.RuleSet)
    amend = AmendEvent(
        entity=RULE,
        position=fact.position,
        replacement=replace(fact.event, definition=definition(numerator="is NOBODY")),
        effective_on=LATER,
        **BY,
    )
    world.when(amend).then_refused(Code.UNKNOWN_CRITERION, name="NOBODY")
    unread = replace(fact.event, definition=definition(numerator="is"))
    world.when(replace(amend, replacement=unread)).then_refused(Code.UNREADABLE_PREDICATE)
    earlier = replace(fact.event, effective_on=date(2017, 1, 1))
    world.when(replace(amend, replacement=earlier)).then_refused(Code.OUTSIDE_LIFE)


def test_a_definition_in_use_is_neither_retracted_nor_made_about_something_else() -> None:
    world = a_rule()
    fact = world.register.fact(CRITERION, ce.CriterionDefined)
    on: dict[str, Any] = {"entity": CRITERION, "position": fact.position, "effective_on": LATER, **BY}
    assert world.when(RetractEvent(**on)).refusal is not None
    assert isinstance(fact.event, ce.CriterionDefined)
    other = replace(fact.event, about=Subject.ORGANIZATION, predicate="covered")
    world.when(AmendEvent(replacement=other, **on)).then_refused(Code.CRITERION_MISFITS)
    renamed = replace(fact.event, code="OTHER")
    world.when(AmendEvent(replacement=renamed, **on)).then_refused(Code.UNKNOWN_CRITERION)
