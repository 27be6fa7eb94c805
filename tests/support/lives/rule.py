"""Every command to a criterion and to a rule, over HTTP, with what it shows of its subject."""

from __future__ import annotations

from typing import Any

from tests.support.sending import new_id, record
from tests.support.serving import Client

_CRITERION = (
    "... on CriterionRecorded { criterion { code name about predicate inForce illustrative clause"
    " criteria { code } rules { code } usedBy { code } history { predicate inForce } decidedBy { title } } }"
)
_RULE = (
    "... on RuleRecorded { rule { code name form subjectPredicate population reach populationPredicate"
    " numerator against againstReach againstPredicate comparison threshold baseline warning indicator"
    " criteria { code } inForce illustrative clause history { name threshold inForce } } }"
)
_DEFINITION = {
    "form": "COMPARISON",
    "subject": "kind = SOCIETY",
    "population": {"kind": "HOLDERS", "reach": "BODIES", "where": "title = STANDING_DIRECTOR"},
    "numerator": "is ACTING",
    "against": {"kind": "HOLDERS", "reach": "BODIES", "where": "title = DIRECTOR"},
    "comparison": "AT_MOST",
    "threshold": {"numerator": 1, "denominator": 3},
    "baseline": {"numerator": 1},
    "warning": True,
}


def life(client: Client) -> set[str]:
    """Send every command to a criterion and a rule, and return their names."""
    criterion, rule = new_id(), new_id()
    sent: set[str] = set()

    def one(name: str, fields: str, day: str, /, **given: object) -> Any:  # noqa: ANN401 - a row as JSON
        sent.add(name)
        return record(client, name, fields, effectiveOn=day, **given)

    shown = one(
        "defineCriterion",
        _CRITERION,
        "2020-01-01",
        criterion=criterion,
        code="ACTING",
        name="在岗",
        about="PERSON",
        predicate="sector is known",
        clause="第三条",
        illustrative=True,
    )["criterion"]
    assert (shown["code"], shown["clause"], shown["inForce"]) == ("ACTING", "第三条", True)
    shown = one(
        "setRule", _RULE, "2020-02-01", rule=rule, code="L-1", name="常务理事会规模", definition=_DEFINITION
    )["rule"]
    assert (shown["threshold"], shown["baseline"], shown["criteria"]) == ("1/3", "1", [{"code": "ACTING"}])
    assert (shown["against"], shown["againstReach"], shown["reach"]) == ("HOLDERS", "BODIES", "BODIES")
    shown = one("redefineCriterion", _CRITERION, "2020-03-01", criterion=criterion, predicate="not leading")[
        "criterion"
    ]
    assert [belief["predicate"] for belief in shown["history"]] == ["sector is known", "not leading"]
    assert shown["rules"] == [{"code": "L-1"}]
    changed = {**_DEFINITION, "threshold": {"numerator": 1, "denominator": 2}}
    shown = one("reviseRule", _RULE, "2020-03-02", rule=rule, definition=changed, name="规模")["rule"]
    assert (shown["name"], shown["threshold"]) == ("规模", "1/2")
    shown = one("repealRule", _RULE, "2020-04-01", rule=rule)["rule"]
    assert [belief["inForce"] for belief in shown["history"]] == [True, True, False]
    shown = one("repealCriterion", _CRITERION, "2020-05-01", criterion=criterion)["criterion"]
    assert (shown["inForce"], shown["rules"]) == (False, [])
    return sent


LIVES = (life,)
