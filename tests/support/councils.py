"""A society with a council of ten over HTTP, and the rules that it is judged by."""

from __future__ import annotations

from typing import Any

from tests.support.sending import establish, new_id, record
from tests.support.serving import Answer, Client

FRONT_LINE = "sector in (ENTERPRISE, UNIVERSITY, INSTITUTE, RURAL) and not leading"
RESULT = (
    "rule { code name } subject { id name } outcome share shareDecimal threshold thresholdDecimal"
    " population counted notCounted unknown baseline baselineOutcome"
)
COMPLIANCE = (
    "query ($rules: [String!], $subjects: [ID!], $at: JudgedAt! = AS_OF, $asOf: Date, $knownAt: DateTime) {"
    " compliance(rules: $rules, subjects: $subjects, at: $at, asOf: $asOf, knownAt: $knownAt) {"
    f" {RESULT} }} }}"
)


class Council:
    """A society of a name of its own, its council, and whoever sits in it."""

    def __init__(self, client: Client, name: str = "测试学会") -> None:
        self.client = client
        self.name = name
        self.society = establish(client, name, "SOCIETY")
        self.council = establish(client, f"{name}理事会", "BODY", self.society, profile={"subtype": "理事会"})
        self.director = new_id()
        self.people: list[str] = []
        self.employments: list[str] = []
        record(client, "establishPost", post=self.director, organization=self.council, title="DIRECTOR")

    def seat(self, sector: str | None = None, *, leading: bool | None = False, **given: object) -> str:
        """Register somebody, employ them if a sector is given, and appoint them director."""
        person = self.person(sector, leading=leading, **given)
        self.appoint(person)
        return person

    def person(self, sector: str | None = None, *, leading: bool | None = False, **given: object) -> str:
        """Register somebody, and employ them if a sector is given."""
        person, employment = new_id(), new_id()
        more = {"name": f"理事{len(self.people):02}", **given}
        record(self.client, "registerPerson", person=person, **more)
        if sector is not None:
            self.employ(person, sector, leading=leading, employment=employment)
        self.people.append(person)
        self.employments.append(employment)
        return person

    def employ(self, person: str, sector: str, *, leading: bool | None = False, **given: object) -> Answer:
        """Give somebody a main employment."""
        more = {"employment": new_id(), "employerName": "某单位", "primary": True, **given}
        return record(self.client, "employPerson", person=person, sector=sector, leading=leading, **more)

    def appoint(self, person: str, post: str | None = None, **given: object) -> str:
        """Appoint somebody, by default director."""
        appointment = new_id()
        more = {"mode": "PART_TIME", "basis": "ELECTED", **given}
        record(
            self.client,
            "appoint",
            appointment=appointment,
            person=person,
            post=post or self.director,
            **more,
        )
        return appointment

    def define(self, code: str = "FRONT_LINE_TEST", predicate: str = FRONT_LINE, **given: object) -> str:
        """Define a criterion about people."""
        criterion = new_id()
        more = {"name": "一线", "about": "PERSON", **given}
        record(self.client, "defineCriterion", criterion=criterion, code=code, predicate=predicate, **more)
        return criterion

    def rule(self, code: str, definition: dict[str, Any], **given: object) -> str:
        """Set a rule about this society."""
        rule = new_id()
        content = {"subject": f'name = "{self.name}"', **definition}
        record(self.client, "setRule", rule=rule, code=code, name=code, definition=content, **given)
        return rule

    def results(self, *rules: str, **given: object) -> list[Answer]:
        """Return what rules come to for whomever they are about."""
        found: list[Answer] = self.client.data(COMPLIANCE, rules=list(rules), **given)["compliance"]
        return found

    def result(self, rule: str, **given: object) -> Answer:
        """Return the one result of a rule."""
        (found,) = self.results(rule, **given)
        return found


def share(numerator: str, threshold: tuple[int, int] = (3, 4), **given: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of the definition
    """Return the definition of a rule about the share of directors."""
    return {
        "form": "SHARE",
        "population": {"kind": "HOLDERS", "reach": "BODIES", "where": "title = DIRECTOR"},
        "numerator": numerator,
        "comparison": "AT_LEAST",
        "threshold": {"numerator": threshold[0], "denominator": threshold[1]},
        **given,
    }
