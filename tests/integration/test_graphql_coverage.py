"""Coverage of societies by Party organizations and by Party work: who counts, once, on which day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.registering import register_person
from tests.support.sending import establish, new_id, record
from tests.support.serving import Client, Served

_COUNTS = "total organizational work organizationalShare workShare"
_ALL = (
    f"asOf knownAt {_COUNTS} forms {{ form organizational organizations societies }}"
    " organizationallyCovered { name } workCovered { name } uncovered { name }"
    " societies { society { name } organizational work partyOrganizations { name } }"
)


def _asked(client: Client, fields: str, root: str, **given: object) -> Any:  # noqa: ANN401 - an answer has the shape of its query
    query = (
        "query ($root: ID, $day: Date, $known: DateTime, $kinds: [OrganizationKind!]! = [SOCIETY]) {"
        f" partyCoverage(root: $root, asOf: $day, knownAt: $known, kinds: $kinds) {{ {fields} }} }}"
    )
    return client.data(query, root=root, **given)["partyCoverage"]


class Covered:
    """Five societies: a joint branch over three of them, an instructor at the fourth, nobody at the fifth."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.city = establish(client, "覆盖市科协", "ASSOCIATION")
        self.societies = [self.society(f"覆盖学会{number}") for number in range(1, 6)]
        self.joint = self.party("联合党支部甲", "联合党支部")
        self.instructor = self.party("指导员乙", "党建指导员")
        for society in self.societies[:3]:
            self.cover(society, self.joint)
        self.cover(self.societies[3], self.instructor)

    def society(self, name: str, kind: str = "SOCIETY") -> str:
        """Establish a society that the association supervises."""
        society = establish(self.client, name, kind)
        self.relate(society, "SUPERVISES", self.city)
        return society

    def party(self, name: str, subtype: str | None) -> str:
        """Establish a Party organization."""
        return establish(self.client, name, "PARTY_ORGANIZATION", profile={"subtype": subtype})

    def cover(self, society: str, party: str, day: str = "2020-02-01") -> None:
        """Let a Party organization cover a society."""
        self.relate(society, "COVERS", party, day)

    def relate(self, who: str, hierarchy: str, superior: str, day: str = "2020-01-01") -> None:
        """Open a relation."""
        said = {"organization": who, "hierarchy": hierarchy, "superior": superior, "effectiveOn": day}
        record(self.client, "openRelation", **said)


@pytest.fixture
def covered(register: Served) -> Covered:
    """Give the five societies."""
    return Covered(register.administrator)


def test_a_joint_branch_is_one_organization_and_an_instructor_gives_work_coverage_alone(
    covered: Covered, register: Served
) -> None:
    shown = _asked(register.anybody, _ALL, covered.city, day="2020-02-01")
    assert shown.pop("knownAt")
    joint, instructor = [{"name": "联合党支部甲"}], [{"name": "指导员乙"}]
    assert shown == {
        "asOf": "2020-02-01",
        "total": 5,
        "organizational": 3,
        "work": 4,
        "organizationalShare": "3/5",
        "workShare": "4/5",
        "forms": [
            {"form": "党建指导员", "organizational": False, "organizations": 1, "societies": 1},
            {"form": "联合党支部", "organizational": True, "organizations": 1, "societies": 3},
        ],
        "organizationallyCovered": [{"name": f"覆盖学会{n}"} for n in (1, 2, 3)],
        "workCovered": [{"name": f"覆盖学会{n}"} for n in (1, 2, 3, 4)],
        "uncovered": [{"name": "覆盖学会5"}],
        "societies": [
            {
                "society": {"name": f"覆盖学会{n}"},
                "organizational": n <= 3,
                "work": n <= 4,
                "partyOrganizations": joint if n <= 3 else instructor if n == 4 else [],
            }
            for n in range(1, 6)
        ],
    }


def test_the_day_before_nobody_was_covered(covered: Covered) -> None:
    shown = _asked(covered.client, _COUNTS + " forms { form }", covered.city, day="2020-01-31")
    assert shown == {
        "total": 5,
        "organizational": 0,
        "work": 0,
        "organizationalShare": "0/5",
        "workShare": "0/5",
        "forms": [],
    }


def test_without_societies_there_is_no_share(covered: Covered) -> None:
    empty: dict[str, Any] = {
        "total": 0,
        "organizational": 0,
        "work": 0,
        "organizationalShare": None,
        "workShare": None,
        "uncovered": [],
    }
    assert _asked(covered.client, _COUNTS + " uncovered { id }", new_id()) == empty
    assert _asked(covered.client, _COUNTS + " uncovered { id }", covered.city, day="2019-12-31") == empty


def test_a_society_with_several_is_counted_once(covered: Covered) -> None:
    own = covered.party("学会党支部", "党支部")
    covered.cover(covered.societies[0], own, "2020-03-01")
    covered.cover(covered.societies[0], covered.instructor, "2020-03-01")
    shown = _asked(
        covered.client, _COUNTS + " forms { form organizations societies }", covered.city, day="2020-03-01"
    )
    assert (shown["total"], shown["organizational"], shown["work"]) == (5, 3, 4)
    assert shown["forms"] == [
        {"form": "党建指导员", "organizations": 1, "societies": 2},
        {"form": "党支部", "organizations": 1, "societies": 1},
        {"form": "联合党支部", "organizations": 1, "societies": 3},
    ]


def test_a_party_organization_without_a_recorded_form_counts_as_one(covered: Covered) -> None:
    covered.cover(covered.societies[4], covered.party("无类别", None), "2020-03-01")
    shown = _asked(
        covered.client, "organizationalShare forms { form organizational }", covered.city, day="2020-03-01"
    )
    assert shown["organizationalShare"] == "4/5"
    assert shown["forms"][-1] == {"form": None, "organizational": True}


def test_what_is_suspended_neither_counts_nor_covers(covered: Covered) -> None:
    client = covered.client
    record(client, "suspendOrganization", organization=covered.societies[4], effectiveOn="2020-03-01")
    assert _asked(client, "workShare", covered.city, day="2020-03-01") == {"workShare": "4/4"}
    record(client, "suspendOrganization", organization=covered.joint, effectiveOn="2020-04-01")
    shown = _asked(client, "organizationalShare workShare", covered.city, day="2020-04-01")
    assert shown == {"organizationalShare": "0/4", "workShare": "1/4"}


def test_other_kinds_count_where_they_are_asked_for(covered: Covered) -> None:
    covered.society("农技协", "RURAL_ASSOCIATION")
    assert _asked(covered.client, "total", covered.city, day="2020-02-01") == {"total": 5}
    kinds = ["SOCIETY", "RURAL_ASSOCIATION"]
    assert _asked(covered.client, "total", covered.city, day="2020-02-01", kinds=kinds) == {"total": 6}


def test_a_correction_shows_in_the_belief_it_belongs_to(covered: Covered) -> None:
    client = covered.client
    before = _asked(client, "knownAt", covered.city)["knownAt"]
    closed = {"organization": covered.societies[0], "hierarchy": "COVERS", "superior": covered.joint}
    record(client, "closeRelation", **closed, effectiveOn="2020-03-01")
    shares = [
        _asked(client, "organizationalShare", covered.city, day=day, known=known)["organizationalShare"]
        for day, known in (("2020-03-01", None), ("2020-03-01", before), ("2020-02-29", None))
    ]
    assert shares == ["2/5", "3/5", "3/5"]


def test_an_instructor_in_a_post_of_the_society_gives_work_coverage_while_the_post_is_held(
    covered: Covered, register: Served
) -> None:
    client, society = covered.client, covered.societies[4]
    post, held = new_id(), new_id()
    said = {"organization": society, "title": "INSTRUCTOR", "effectiveOn": "2020-03-01"}
    record(client, "establishPost", post=post, **said)
    assert _asked(client, "workShare", covered.city, day="2020-04-01") == {"workShare": "4/5"}
    person = register_person(register, "指导员")
    made = {"person": person, "post": post, "mode": "PART_TIME", "basis": "APPOINTED"}
    record(client, "appoint", appointment=held, **made, effectiveOn="2020-04-01", until="2020-06-01")
    shares = [
        _asked(client, "organizationalShare workShare", covered.city, day=day)
        for day in ("2020-03-31", "2020-04-01", "2020-05-31", "2020-06-01")
    ]
    assert [share["workShare"] for share in shares] == ["4/5", "5/5", "5/5", "4/5"]
    assert {share["organizationalShare"] for share in shares} == {"3/5"}


def test_by_default_the_municipal_association_is_asked_about(demo: Served) -> None:
    shown = demo.anybody.data("{ partyCoverage { total work uncovered { name } } }")["partyCoverage"]
    assert shown["total"] - shown["work"] == len(shown["uncovered"])
