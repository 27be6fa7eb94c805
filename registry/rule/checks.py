"""What an event of a rule may say, recorded plainly or by a correction (规则内容检查). Pure."""

from __future__ import annotations

from registry.commands import COUNT_LIMIT, check_name
from registry.criterion.reading import read
from registry.errors import Code, Refusal
from registry.events import Event
from registry.rule import events as e
from registry.rule.definition import Definition, Population, Ratio
from registry.rule.kinds import PopulationKind, Reach, RuleForm

_CODE_LIMIT = 64


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for what no rule can be, UNREADABLE_PREDICATE for what nobody can judge."""
    match event:
        case e.RuleSet():
            check_name("code", event.code, _CODE_LIMIT)
            check_name("name", event.name)
            _check_definition(event.definition)
        case e.RuleRevised():
            if isinstance(event.name, str):
                check_name("name", event.name)
            _check_definition(event.definition)
        case _:
            pass


def _check_definition(definition: Definition) -> None:
    _check_form(definition)
    _check_population("population", definition.population)
    if definition.against is not None:
        _check_population("against", definition.against)
    for field, ratio in (("threshold", definition.threshold), ("baseline", definition.baseline)):
        if ratio is not None:
            _check_ratio(field, ratio)
    for field, text, about in definition.predicates:
        read(f"definition.{field}", text, about)


def _check_form(definition: Definition) -> None:
    form, kind = definition.form, definition.population.kind
    judged = form is not RuleForm.QUALITATIVE
    if judged is (definition.threshold is None) or judged is (definition.comparison is None):
        raise _wrong("threshold", "a qualitative rule has none, nor a comparison; every other has both")
    if (form is RuleForm.COMPARISON) is (definition.against is None):
        raise _wrong("against", "a comparison has another population, and nothing else has")
    if definition.against is not None and PopulationKind.REPORTED in (kind, definition.against.kind):
        raise _wrong("against", "reported figures are not compared with populations")
    if form is RuleForm.STRUCTURE and kind is not PopulationKind.SELF:
        raise _wrong("population.kind", "a rule about how its subject is made up looks at SELF")
    if kind is PopulationKind.REPORTED and form not in (RuleForm.COUNT, RuleForm.QUALITATIVE):
        raise _wrong("population.kind", "a reported figure is a COUNT")
    if kind is PopulationKind.REPORTED and definition.numerator is not None:
        raise _wrong("numerator", "nothing can be said of a reported figure")
    threshold = definition.threshold
    if form is RuleForm.COUNT and threshold is not None and threshold.denominator != 1:
        raise _wrong("threshold", "a count is compared with a whole number")


def _check_population(field: str, population: Population) -> None:
    reported = population.kind is PopulationKind.REPORTED
    if reported is (population.indicator is None):
        raise _wrong(f"{field}.indicator", "a reported figure has one, and nothing else has")
    check_name(f"definition.{field}.indicator", population.indicator, _CODE_LIMIT)
    if reported and population.where is not None:
        raise _wrong(f"{field}.where", "nothing can be said of a reported figure")
    if population.kind is not PopulationKind.HOLDERS and population.reach is not Reach.OWN:
        raise _wrong(f"{field}.reach", "only holders of posts have a reach")


def _check_ratio(field: str, ratio: Ratio) -> None:
    if not 0 <= ratio.numerator <= COUNT_LIMIT or not 1 <= ratio.denominator <= COUNT_LIMIT:
        raise _wrong(field, f"numerator from 0 and denominator from 1 to {COUNT_LIMIT}")


_CHINESE = {
    "a qualitative rule has none, nor a comparison; every other has both": "定性规则不设阈值，其他都要设",
    "a comparison has another population, and nothing else has": "仅对比规则须填对比总体",
    "reported figures are not compared with populations": "上报数据不与总体对比",
    "a rule about how its subject is made up looks at SELF": "设置规则的总体须为 SELF",
    "a reported figure is a COUNT": "上报数据须为数量规则",
    "nothing can be said of a reported figure": "上报数据不能附条件",
    "a count is compared with a whole number": "数量的阈值须为整数",
    "a reported figure has one, and nothing else has": "仅上报数据须填指标",
    "only holders of posts have a reach": "仅任职人员有范围",
    f"numerator from 0 and denominator from 1 to {COUNT_LIMIT}": "分子或分母超出范围",
}


def _wrong(field: str, problem: str) -> Refusal:
    return Refusal(
        Code.INVALID_INPUT, field=f"definition.{field}", problem=f"{problem} ({_CHINESE[problem]})"
    )
