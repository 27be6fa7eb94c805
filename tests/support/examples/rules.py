"""Events of criteria and rules: of each the least that it says, and, last, one that gives every field."""

from __future__ import annotations

from registry.criterion import events as c
from registry.criterion.kinds import Subject
from registry.events import Event
from registry.references import KindRule
from registry.rule import events as r
from registry.rule.definition import Definition, Population, Ratio
from registry.rule.kinds import Comparison, PopulationKind, Reach, RuleForm
from tests.support.examples.foundation import LEAST, MOST, ONE, TWO

SELF = Definition(
    form=RuleForm.STRUCTURE,
    subject="kind = SOCIETY",
    population=Population(kind=PopulationKind.SELF),
    numerator="covered",
    comparison=Comparison.EQUAL,
    threshold=Ratio(numerator=1),
)
FULL = Definition(
    form=RuleForm.COMPARISON,
    subject="kind = ASSOCIATION and tier = MUNICIPAL",
    population=Population(kind=PopulationKind.HOLDERS, reach=Reach.BODIES, where="title = DELEGATE"),
    numerator="is FRONT_LINE",
    against=Population(kind=PopulationKind.REPORTED, indicator="STUDIES"),
    comparison=Comparison.AT_LEAST,
    threshold=Ratio(numerator=7, denominator=10),
    baseline=Ratio(numerator=55, denominator=100),
    warning=True,
)

EXAMPLES: dict[type[Event], list[Event]] = {
    c.CriterionDefined: [
        c.CriterionDefined(
            code="LEADERS", name="领导干部", about=Subject.PERSON, predicate="leading", **LEAST
        ),
        c.CriterionDefined(
            code="FRONT_LINE",
            name="基层一线",
            about=Subject.HOLDER,
            predicate="sector = RURAL and not is LEADERS",
            criteria=(ONE,),
            illustrative=True,
            **MOST,
        ),
    ],
    c.CriterionRedefined: [
        c.CriterionRedefined(predicate="leading", **LEAST),
        c.CriterionRedefined(predicate="sector = RURAL and not is LEADERS", criteria=(ONE,), **MOST),
    ],
    c.CriterionRepealed: [
        c.CriterionRepealed(**LEAST),
        c.CriterionRepealed(rules=(KindRule(reference="COUNTS_BY"),), **MOST),
    ],
    r.RuleSet: [
        r.RuleSet(code="R-09", name="治理结构", definition=SELF, **LEAST),
        r.RuleSet(
            code="R-01", name="代表中基层一线", definition=FULL, criteria=(ONE,), illustrative=True, **MOST
        ),
    ],
    r.RuleRevised: [
        r.RuleRevised(definition=SELF, **LEAST),
        r.RuleRevised(definition=FULL, name="一线代表比例", criteria=(ONE, TWO), **MOST),
    ],
    r.RuleRepealed: [r.RuleRepealed(**LEAST), r.RuleRepealed(**MOST)],
}
