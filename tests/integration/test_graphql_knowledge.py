"""Who knew what, and when: over HTTP, through amendments of amendments and retractions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from graphql_api.access import Role
from tests.support.sending import establish, new_id, record
from tests.support.serving import Client, Served

_LOG = (
    "query ($f: AuditFilter) { auditLog(first: 100, filter: $f, orderBy: OLDEST)"
    " { nodes { position topic stream corrects causationId data recordedAt subject { id __typename } } } }"
)
_KNOWLEDGE = (
    "query ($id: ID!, $day: Date) { knowledge(id: $id, first: 100, asOf: $day) { recordedAt position"
    " events { topic actor } adopted { model values validFrom validTo } withdrawn { model values }"
    " changed { model field before after } } }"
)
_SINCE = (
    "query ($id: ID!, $day: Date, $known: DateTime) { knownSince(id: $id, asOf: $day, knownAt: $known)"
    " { model key field value knownSince events { position topic } } }"
)
_DIFFERENCE = (
    "query ($id: ID!, $from: DateTime!, $to: DateTime!, $day: Date)"
    " { beliefDifference(id: $id, from: $from, to: $to, asOf: $day) { model field before after } }"
)
_CHANGES = (
    "query ($from: DateTime!, $to: DateTime!, $day: Date, $root: ID)"
    " { beliefChanges(from: $from, to: $to, asOf: $day, root: $root) { asOf changes { established { name }"
    " renamed { before after } } events { topic } } }"
)
_BEFORE = "2000-01-01T00:00:00Z"
_FOREVER = "9999-12-31T00:00:00Z"


def _found(client: Client, **condition: object) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = client.data(_LOG, f=condition)["auditLog"]["nodes"]
    return nodes


class _Corrected:
    """A society whose name was put right, wrongly put right again, and that taken back."""

    def __init__(self, client: Client) -> None:
        self.city = establish(client, "更正市科协", "ASSOCIATION")
        self.id = establish(client, "大连市数学会", "SOCIETY", self.city)
        event, self.placed = _found(client, entity=self.id)
        self.first = event
        data = {**event["data"], "name": "大连市数学学会"}
        amended = record(
            client,
            "amendEvent",
            entity=self.id,
            position=event["position"],
            replacement={"topic": event["topic"], "data": data},
            reason="证书上的名称有“学”字",
        )
        again = record(
            client,
            "amendEvent",
            entity=self.id,
            position=amended["position"],
            replacement={"topic": event["topic"], "data": {**data, "name": "大连数学学会"}},
        )
        retracted = record(client, "retractEvent", entity=self.id, position=again["position"])
        told = (event, amended, again, retracted)
        self.instants = [datetime.fromisoformat(one["recordedAt"]).isoformat() for one in told]


def _names(belief: dict[str, Any]) -> tuple[Any, Any]:
    (change,) = (c for c in belief["changed"] if (c["model"], c["field"]) == ("organization", "name"))
    return change["before"], change["after"]


def test_each_belief_says_what_it_changed(register: Served) -> None:
    client = register.administrator
    corrected = _Corrected(client)
    beliefs = client.data(_KNOWLEDGE, id=corrected.id, day="2021-01-01")["knowledge"]
    instants = [datetime.fromisoformat(belief["recordedAt"]).isoformat() for belief in beliefs]
    assert instants == corrected.instants
    assert [_names(belief) for belief in beliefs] == [
        (None, "大连市数学会"),
        ("大连市数学会", "大连市数学学会"),
        ("大连市数学学会", "大连数学学会"),
        ("大连数学学会", "大连市数学学会"),
    ]
    topics = [event["topic"] for belief in beliefs for event in belief["events"]]
    assert topics == [
        corrected.first["topic"],
        corrected.placed["topic"],
        *["correction.amended"] * 2,
        "correction.retracted",
    ]
    withdrawn = [
        [r["values"]["name"] for r in b["withdrawn"] if r["model"] == "organization"] for b in beliefs
    ]
    assert withdrawn == [[], ["大连市数学会"], ["大连市数学学会"], ["大连数学学会"]]


def test_it_is_told_since_when_something_has_been_known_without_a_break(register: Served) -> None:
    client = register.administrator
    corrected = _Corrected(client)

    def since(**given: object) -> dict[str, Any]:
        found = client.data(_SINCE, id=corrected.id, day="2021-01-01", **given)["knownSince"]
        for one in found:
            one["knownSince"] = datetime.fromisoformat(one["knownSince"]).isoformat()
        return {f"{one['model']}.{one['field']}": one for one in found}

    now = since()
    # The name was known before, but for a while another one was believed.
    assert now["organization.name"]["knownSince"] == corrected.instants[3]
    assert [event["topic"] for event in now["organization.name"]["events"]] == ["correction.retracted"]
    assert now["organization.kind"]["knownSince"] == corrected.instants[0]
    assert now["relation.there"]["key"] == {"hierarchy": "PART_OF", "superior": corrected.city}
    then = since(known=corrected.instants[1])
    assert then["organization.name"]["knownSince"] == corrected.instants[1]
    assert client.data(_SINCE, id=corrected.id, day="2019-12-31")["knownSince"] == []
    assert client.data(_SINCE, id=corrected.id, known=_BEFORE)["knownSince"] == []
    assert client.data(_SINCE, id=new_id())["knownSince"] == []


def test_two_beliefs_about_one_entity_are_compared_field_by_field(register: Served) -> None:
    client = register.administrator
    corrected = _Corrected(client)

    def difference(one: str, other: str) -> list[dict[str, Any]]:
        given = {"id": corrected.id, "from": one, "to": other, "day": "2021-01-01"}
        found: list[dict[str, Any]] = client.data(_DIFFERENCE, **given)["beliefDifference"]
        return found

    first, amended, _, retracted = corrected.instants
    name = {"model": "organization", "field": "name", "before": "大连市数学会", "after": "大连市数学学会"}
    assert difference(first, retracted) == [name]
    assert difference(amended, retracted) == difference(first, first) == []
    assert name["after"] in {one["after"] for one in difference(_BEFORE, retracted)}
    backwards = {**name, "before": name["after"], "after": name["before"]}
    assert difference(_FOREVER, first) == [backwards]


def test_two_beliefs_about_a_day_are_compared_with_the_events_between(register: Served) -> None:
    client = register.administrator
    corrected = _Corrected(client)
    first, amended, _, retracted = corrected.instants

    def changes(one: str, other: str, **given: object) -> dict[str, Any]:
        given = {"from": one, "to": other, "day": "2021-01-01", "root": corrected.city, **given}
        found: dict[str, Any] = client.data(_CHANGES, **given)["beliefChanges"]
        return found

    whole = changes(first, _FOREVER)
    assert whole["changes"]["renamed"] == [{"before": "大连市数学会", "after": "大连市数学学会"}]
    # All three had a part in how it is called.
    assert len(whole["events"]) == len(corrected.instants) - 1
    nothing = {"asOf": "2021-01-01", "changes": {"established": [], "renamed": []}, "events": []}
    assert changes(amended, retracted) == changes(first, first) == nothing
    assert changes(first, _FOREVER, root=new_id()) == nothing
    loaded = changes(_BEFORE, first)["changes"]["established"]
    assert {one["name"] for one in loaded} == {"更正市科协", "大连市数学会"}


def test_who_may_not_read_the_log_is_told_the_difference_but_not_who_made_it(register: Served) -> None:
    corrected = _Corrected(register.administrator)
    given = {"from": _BEFORE, "to": _FOREVER, "root": corrected.city}
    open_part = _CHANGES.replace(" events { topic }", "")
    assert register.anybody.data(open_part, **given)["beliefChanges"]["changes"]["established"]
    for client in (register.anybody, register.viewer):
        for query in (_CHANGES, _DIFFERENCE, _SINCE, _KNOWLEDGE):
            answer = client.ask(query, **given, id=corrected.id)
            assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_the_log_is_found_by_part_of_the_register(register: Served) -> None:
    client = register.administrator
    city = establish(client, "范围市科协", "ASSOCIATION")
    office = establish(client, "范围办公室", superior=city)
    desk = establish(client, "范围科", superior=office)
    other = establish(client, "另一市科协", "ASSOCIATION")
    function = new_id()
    record(client, "defineFunction", function=function, name="范围职能", holder=desk)
    post = new_id()
    record(client, "establishPost", post=post, organization=office, title="DIRECTOR", seats=1)
    part = {"hierarchy": "PART_OF", "id": city}
    assert {e["stream"] for e in _found(client, under=part)} == {city, office, desk, function, post}
    assert {e["stream"] for e in _found(client, under={**part, "id": desk})} == {desk, function}
    # Before they were founded nothing stood below, and the organization itself is still meant.
    assert {e["stream"] for e in _found(client, under={**part, "on": "2019-01-01"})} == {city}
    supervised = {"hierarchy": "SUPERVISES", "id": city}
    assert {e["stream"] for e in _found(client, under=supervised)} == {city}
    assert _found(client, under={**part, "id": new_id()}) == []
    assert other not in {e["stream"] for e in _found(client, under=part)}


def test_the_log_is_found_by_noun_word_cause_and_correction(register: Served) -> None:
    client = register.administrator
    corrected = _Corrected(client)
    mine = {"entity": corrected.id}
    assert len(_found(client, **mine, nouns=["organization"])) == len(corrected.instants) + 1
    assert _found(client, **mine, nouns=["function"]) == []
    corrections = _found(client, **mine, corrections=True)
    assert [event["corrects"] for event in corrections if event["topic"] == "correction.amended"]
    assert len(corrections) == len(corrected.instants) - 1
    assert _found(client, **mine, corrections=False) == [corrected.first, corrected.placed]
    assert [e["position"] for e in _found(client, **mine, text="有“学”字 证书")] == [
        corrections[0]["position"]
    ]
    assert [e["topic"] for e in _found(client, **mine, text="大连数学学会")] == ["correction.amended"]
    # The names of fields are no words of an event, nor are words that only some of it holds.
    assert _found(client, **mine, text="reason") == _found(client, **mine, text="大连数学学会 没有") == []
    subjects = {(e["subject"]["id"], e["subject"]["__typename"]) for e in corrections}
    assert subjects == {(corrected.id, "Organization")}
    dissolved = record(client, "dissolveOrganization", organization=corrected.id, effectiveOn="2022-01-01")
    caused = _found(client, causedBy=dissolved["position"])
    assert all(event["causationId"] == dissolved["position"] for event in caused)


@pytest.mark.parametrize(
    "condition",
    [
        {"text": " "},
        {"text": "a\0"},
        {"text": "词 " * 11},
        {"text": "长" * 301},
        {"nouns": ["nothing"]},
        {"under": {"hierarchy": "PART_OF", "id": "no id"}},
    ],
)
def test_conditions_without_sense_are_refused_in_words(demo: Served, condition: dict[str, Any]) -> None:
    problem = demo.administrator.problem(_LOG, f=condition)
    assert problem["extensions"]["code"] == "INVALID_INPUT", problem


def test_what_an_event_holds_of_a_person_is_neither_found_nor_shown_to_who_may_not_see_it(
    register: Served,
) -> None:
    client = register.administrator
    person = new_id()
    record(client, "registerPerson", person=person, name="隐去者", reason="入会登记")
    (event,) = _found(client, entity=person)
    assert event["data"]["personal"] == {"name": "隐去者", "reason": "入会登记"}
    assert _found(client, text="隐去者") == []
    assert _found(client, text="入会登记", entity=person) == []
    assert UUID(event["subject"]["id"]) == UUID(person)
    assert Role.ADMINISTRATOR in register.tokens
