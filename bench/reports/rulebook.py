"""The rules of the reform plan and the definitions that they count by, for a generated city (规则)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from bench.reports.drawing import FIRST_DAY, Stream, identity
from registry.criterion.events import CriterionDefined
from registry.criterion.kinds import Subject
from registry.criterion.reading import criteria_named
from registry.rule.definition import Definition, Population, Ratio
from registry.rule.events import RuleSet
from registry.rule.kinds import Comparison, PopulationKind, Reach, RuleForm

_CRITERIA = {
    "FRONT_LINE_ASSOCIATION": "sector in (ENTERPRISE, UNIVERSITY, INSTITUTE, RURAL) and not leading",
    "FRONT_LINE_SOCIETY": "sector in (ENTERPRISE, UNIVERSITY, INSTITUTE, RURAL, HOSPITAL) and not leading",
}
_CITY = "kind = ASSOCIATION and tier = MUNICIPAL"
_DISTRICT = "kind = ASSOCIATION and tier = DISTRICT"
_SOCIETY = "kind = SOCIETY and status = ACTIVE and supervised"
_SHARE, _COUNT, _STRUCTURE = RuleForm.SHARE, RuleForm.COUNT, RuleForm.STRUCTURE
_WHOLE = Ratio(numerator=1)


def _holders(where: str, reach: Reach = Reach.BODIES) -> Population:
    return Population(kind=PopulationKind.HOLDERS, reach=reach, where=where)


def _of(kind: PopulationKind) -> Population:
    return Population(kind=kind)


def _least(
    form: RuleForm,
    subject: str,
    population: Population,
    numerator: str | None,
    threshold: Ratio,
) -> Definition:
    return Definition(
        form=form,
        subject=subject,
        population=population,
        numerator=numerator,
        comparison=Comparison.AT_LEAST,
        threshold=threshold,
    )


def _trend(subject: str, population: Population, numerator: str) -> Definition:
    return Definition(form=RuleForm.QUALITATIVE, subject=subject, population=population, numerator=numerator)


_ITSELF = _of(PopulationKind.SELF)
_COUNCIL = _holders("title = DIRECTOR")
_STANDING = _holders("title = STANDING_DIRECTOR")
_SEVENTY = Ratio(numerator=7, denominator=10)
_FRONT, _FRONT_OF_SOCIETY = "is FRONT_LINE_ASSOCIATION", "is FRONT_LINE_SOCIETY"

RULES: dict[str, Definition] = {
    "R-01": replace(
        _least(_SHARE, _CITY, _holders("title = DELEGATE"), _FRONT, _SEVENTY),
        baseline=Ratio(numerator=55, denominator=100),
    ),
    "R-02": _least(
        _SHARE, _CITY, _holders("title = DELEGATE"), "age <= 45", Ratio(numerator=1, denominator=3)
    ),
    "R-03": replace(
        _least(_SHARE, _CITY, _holders("title = MEMBER"), _FRONT, _SEVENTY),
        baseline=Ratio(numerator=44, denominator=100),
    ),
    "R-04": _least(_SHARE, _CITY, _holders("title = STANDING_MEMBER"), _FRONT, _SEVENTY),
    "R-05": _least(
        _SHARE,
        _CITY,
        _holders("title = VICE_CHAIR"),
        "mode = PART_TIME",
        Ratio(numerator=3, denominator=4),
    ),
    "R-06": _least(_SHARE, _SOCIETY, _COUNCIL, _FRONT_OF_SOCIETY, Ratio(numerator=3, denominator=4)),
    "R-07": _least(_SHARE, _SOCIETY, _STANDING, _FRONT_OF_SOCIETY, Ratio(numerator=2, denominator=3)),
    "R-08a": _least(_SHARE, _CITY, _of(PopulationKind.SUPERVISED), "covered", _WHOLE),
    "R-08b": _least(_SHARE, _CITY, _of(PopulationKind.SUPERVISED), "work_covered", _WHOLE),
    "R-09": _least(
        _STRUCTURE,
        _SOCIETY,
        _ITSELF,
        'bodies has "理事会" and bodies has "秘书处" and bodies has "监事会"',
        _WHOLE,
    ),
    "R-10": _least(
        _SHARE,
        _CITY,
        _of(PopulationKind.MEASURES),
        "has_responsible and has_lead and has_deadline",
        _WHOLE,
    ),
    "R-11a": _least(_STRUCTURE, _DISTRICT, _ITSELF, "has_establishment", _WHOLE),
    "R-11b": _least(_STRUCTURE, _DISTRICT, _ITSELF, 'party_parts has "党组"', _WHOLE),
    "R-12": _least(
        _COUNT,
        f"({_CITY}) or ({_DISTRICT})",
        _holders("title = LIAISON_LEADER", Reach.OWN),
        None,
        Ratio(numerator=2),
    ),
    "R-13": _least(
        _COUNT,
        _DISTRICT,
        Population(kind=PopulationKind.REPORTED, indicator="SPECIAL_STUDIES"),
        None,
        Ratio(numerator=1),
    ),
    "Q-01": _trend(_CITY, _holders("title = VICE_CHAIR"), "sector in (UNIVERSITY, INSTITUTE)"),
    "Q-02": _trend(_SOCIETY, _COUNCIL, _FRONT_OF_SOCIETY),
    "Q-03": _trend(_SOCIETY, _holders("title in (PRESIDENT, VICE_PRESIDENT)"), "age <= 50"),
    "Q-04": _trend(_SOCIETY, _COUNCIL, "leading"),
    "Q-05": _trend(_SOCIETY, _of(PopulationKind.MEMBERS), "member_class = SENIOR_EXPERT"),
    "W-01": _least(_SHARE, _SOCIETY, _holders("title = PRESIDENT"), "age <= 70", _WHOLE),
    "W-02": _least(
        _SHARE,
        _SOCIETY,
        _holders("title in (PRESIDENT, SECRETARY_GENERAL)"),
        "consecutive_terms <= 2",
        _WHOLE,
    ),
    "W-03": Definition(
        form=RuleForm.COMPARISON,
        subject=_SOCIETY,
        population=_STANDING,
        against=_COUNCIL,
        comparison=Comparison.AT_MOST,
        threshold=Ratio(numerator=1, denominator=3),
        warning=True,
    ),
    "W-04": _least(
        _STRUCTURE,
        'kind = PARTY_ORGANIZATION and subtype = "党支部"',
        _ITSELF,
        "formal_members >= 3",
        _WHOLE,
    ),
}
"""The thirteen rules of the plan, some qualitative ones, and warnings of societies' own charters."""


def rulebook() -> Iterator[Stream]:
    """Yield the criteria, and the rules that refer to them."""
    for code, predicate in _CRITERIA.items():
        defined = CriterionDefined(
            effective_on=FIRST_DAY, code=code, name="基层一线", about=Subject.HOLDER, predicate=predicate
        )
        yield Stream(identity(f"criterion {code}", 0), [defined])
    for code, definition in RULES.items():
        named = {name for _, text, about in definition.predicates for name in criteria_named(text, about)}
        criteria = tuple(identity(f"criterion {name}", 0) for name in sorted(named))
        rule = RuleSet(
            effective_on=FIRST_DAY, code=code, name=f"规则 {code}", definition=definition, criteria=criteria
        )
        yield Stream(identity(f"rule {code}", 0), [rule])
