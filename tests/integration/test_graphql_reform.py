"""A reform from its proposal to its withdrawal, as a clerk and an auditor see it over HTTP."""

from __future__ import annotations

from typing import Any

from tests.support.sending import establish, new_id, preview, record, refuse
from tests.support.serving import Client, Served

_ADOPTED, _EFFECT, _SOONER = "2019-01-10", "2019-03-01", "2019-02-01"
_CHART = (
    "query ($root: ID, $day: Date, $known: DateTime) {"
    " orgChart(root: $root, asOf: $day, knownAt: $known)"
    " { knownAt nodes { organization { name functions { name } } } } }"
)
_FOUNDED = {"effectiveOn": "2010-01-01"}


class _Reform:
    """An association of two departments, and the plan to make them one."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.city = establish(client, "甲市科协", "ASSOCIATION", **_FOUNDED)
        self.office = establish(client, "办公室", superior=self.city, **_FOUNDED)
        self.liaison = establish(client, "联络部", superior=self.city, **_FOUNDED)
        self.service, self.heir, self.id = new_id(), new_id(), new_id()
        record(client, "defineFunction", function=self.service, name="联络", holder=self.liaison, **_FOUNDED)
        self.plan = {
            "dissolved": [self.liaison],
            "established": [
                {
                    "id": self.heir,
                    "name": "人才部",
                    "kind": "DEPARTMENT",
                    "superiors": [{"hierarchy": "PART_OF", "superior": self.city}],
                }
            ],
            "kept": [self.office],
            "functions": [{"function": self.service, "holder": self.heir}],
            "successions": [{"predecessor": self.liaison, "successor": self.heir}],
        }

    def propose(self) -> None:
        record(
            self.client,
            "proposeReorganization",
            reorganization=self.id,
            title="机构改革",
            plan=self.plan,
            effectiveOn="2018-12-01",
        )

    def adopt(self) -> Any:  # noqa: ANN401 - an answer has the shape of its query
        days = {"reorganization": self.id, "effectiveOn": _ADOPTED, "takesEffectOn": _EFFECT}
        digest = preview(self.client, "adoptReorganization", **days)["digest"]
        return record(self.client, "adoptReorganization", preview=digest, **days)

    def names(self, day: str, known: str | None = None) -> set[str]:
        answer = self.client.data(_CHART, root=self.city, day=day, known=known)["orgChart"]
        return {node["organization"]["name"] for node in answer["nodes"]}

    def holder(self, day: str, known: str | None = None) -> str | None:
        query = (
            "query ($id: ID!, $day: Date, $known: DateTime)"
            " { function(id: $id, asOf: $day, knownAt: $known) { holder { name } } }"
        )
        answer = self.client.data(query, id=self.service, day=day, known=known)["function"]
        return None if answer["holder"] is None else str(answer["holder"]["name"])


_BEFORE = {"甲市科协", "办公室", "联络部"}
_AFTER = {"甲市科协", "办公室", "人才部"}


def test_a_reform_is_seen_from_its_day_on_and_not_before(register: Served) -> None:
    reform = _Reform(register.administrator)
    reform.propose()
    assert reform.names(_EFFECT) == _BEFORE
    reform.adopt()
    assert (reform.names("2019-02-28"), reform.names(_EFFECT)) == (_BEFORE, _AFTER)
    assert (reform.holder("2019-02-28"), reform.holder(_EFFECT)) == ("联络部", "人才部")
    query = (
        'query ($id: ID) { organization(id: $id, asOf: "2019-03-01")'
        " { status predecessors { name } successors { name } } }"
    )
    assert reform.client.data(query, id=reform.heir)["organization"]["predecessors"] == [{"name": "联络部"}]
    gone = reform.client.data(query, id=reform.liaison)["organization"]
    assert (gone["status"], gone["successors"]) == ("DISSOLVED", [{"name": "人才部"}])


def test_an_adoption_needs_the_preview_that_it_carries_out(register: Served) -> None:
    reform = _Reform(register.administrator)
    reform.propose()
    days = {"reorganization": reform.id, "effectiveOn": _ADOPTED, "takesEffectOn": _EFFECT}
    shown = preview(reform.client, "adoptReorganization", **days)
    topics = {event["topic"] for event in shown["events"]}
    assert {"reorganization.adopted", "organization.dissolved", "organization.established"} <= topics
    refuse(reform.client, "adoptReorganization", "PREVIEW_CHANGED", preview="0" * 64, **days)
    late = establish(reform.client, "新设处", superior=reform.liaison, effectiveOn="2019-01-01")
    assert late
    refuse(reform.client, "adoptReorganization", "DANGLING", preview=shown["digest"], **days)


def test_a_reform_that_took_effect_earlier_leaves_the_old_belief_as_it_was(register: Served) -> None:
    reform = _Reform(register.administrator)
    reform.propose()
    then = reform.adopt()["recordedAt"]
    old = reform.client.data(_CHART, root=reform.city, day="2019-02-15", known=then)
    record(
        reform.client,
        "amendReorganization",
        reorganization=reform.id,
        effectiveOn=_ADOPTED,
        takesEffectOn=_SOONER,
        reason="文件载明自二月起施行",
    )
    assert (reform.names("2019-02-15"), reform.holder("2019-02-15")) == (_AFTER, "人才部")
    assert reform.client.data(_CHART, root=reform.city, day="2019-02-15", known=then) == old
    assert (reform.names("2019-02-15", then), reform.holder("2019-02-15", then)) == (_BEFORE, "联络部")


def test_both_beliefs_stand_in_the_history(register: Served) -> None:
    reform = _Reform(register.administrator)
    reform.propose()
    reform.adopt()
    record(
        reform.client,
        "amendReorganization",
        reorganization=reform.id,
        effectiveOn=_ADOPTED,
        takesEffectOn=_SOONER,
    )
    query = (
        'query ($id: ID, $all: Boolean!) { organization(id: $id, asOf: "2019-03-01")'
        " { history(beliefs: $all) { status validFrom validTo recordedFrom recordedTo } } }"
    )
    known = reform.client.data(query, id=reform.liaison, all=False)["organization"]["history"]
    assert [(one["status"], one["validFrom"]) for one in known] == [
        ("ACTIVE", "2010-01-01"),
        ("DISSOLVED", _SOONER),
    ]
    assert {one["recordedTo"] for one in known} == {None}
    every = reform.client.data(query, id=reform.liaison, all=True)["organization"]["history"]
    superseded = [one for one in every if one["recordedTo"] is not None]
    assert ("DISSOLVED", _EFFECT) in {(one["status"], one["validFrom"]) for one in superseded}
    assert [one for one in every if one["recordedTo"] is None] == known


def test_a_withdrawn_reform_never_was_as_far_as_is_known_now(register: Served) -> None:
    reform = _Reform(register.administrator)
    reform.propose()
    then = reform.adopt()["recordedAt"]
    record(reform.client, "withdrawReorganization", reorganization=reform.id, effectiveOn=_ADOPTED)
    assert (reform.names(_EFFECT), reform.holder(_EFFECT)) == (_BEFORE, "联络部")
    assert (reform.names(_EFFECT, then), reform.holder(_EFFECT, then)) == (_AFTER, "人才部")
    assert reform.client.data(
        'query ($id: ID) { organization(id: $id, asOf: "2019-03-01") { name } }', id=reform.heir
    ) == {"organization": None}


def test_what_was_built_on_a_reform_needs_a_disposition_when_it_moves(register: Served) -> None:
    reform = _Reform(register.administrator)
    reform.propose()
    reform.adopt()
    unit = establish(reform.client, "人才处", superior=reform.heir, effectiveOn="2019-03-05")
    later = {"reorganization": reform.id, "effectiveOn": _ADOPTED, "takesEffectOn": "2019-04-01"}
    refuse(reform.client, "amendReorganization", "DANGLING", **later)
    (loose,) = preview(reform.client, "amendReorganization", **later)["dangling"]
    assert (loose["source"], loose["name"], loose["validFrom"]) == (unit, "人才处", "2019-03-05")
    shifted = {"source": unit, "position": loose["position"], "action": "SHIFT"}
    record(reform.client, "amendReorganization", dispositions=[shifted], **later)
    assert (reform.names("2019-03-31"), reform.names("2019-04-01")) == (_BEFORE, {*_AFTER, "人才处"})
