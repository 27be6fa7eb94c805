"""The copy that is a person's due, over HTTP, and who is due for erasure."""

from __future__ import annotations

import json

from tests.support.sending import establish, new_id, record
from tests.support.serving import Served

_COPY = "query ($id: ID!) { personalData(person: $id) }"
_DUE = "query ($day: Date) { retentionDue(asOf: $day) { person reason since } }"
_ON = "... on PersonRecorded { person { id } }"


def test_the_copy_holds_everything_and_nothing_after_the_erasure(demo: Served) -> None:
    client, who = demo.administrator, new_id()
    record(client, "registerPerson", _ON, person=who, name="慕容副本", phone="13904110000")
    record(client, "renamePerson", _ON, person=who, name="慕容正本", reason="更正", effectiveOn="2020-02-01")
    copy = client.data(_COPY, id=who)["personalData"]
    assert [event["topic"] for event in copy["events"]] == ["person.registered", "person.renamed"]
    assert copy["events"][0]["data"]["phone"] == "13904110000"
    assert copy["events"][1]["data"]["reason"] == "更正"
    assert {row["name"] for row in copy["current"]["person_private"]} == {"慕容副本", "慕容正本"}
    record(client, "erasePerson", _ON, person=who, effectiveOn="2021-01-01")
    text = json.dumps(client.data(_COPY, id=who), ensure_ascii=False)
    assert "慕容" not in text
    assert "13904110000" not in text
    assert '"erased": true' in text
    assert client.data(_COPY, id=new_id())["personalData"] is None


def test_only_who_may_see_restricted_data_gets_a_copy(demo: Served) -> None:
    for client in (demo.viewer, demo.anybody):
        for query, variables in ((_COPY, {"id": new_id()}), (_DUE, {})):
            errors = client.ask(query, **variables)["errors"]
            assert errors[0]["extensions"]["code"] in {"FORBIDDEN", "UNAUTHENTICATED"}


def test_who_has_had_no_tie_for_years_is_due(demo: Served) -> None:
    client = demo.administrator
    idle, tied, dead = new_id(), new_id(), new_id()
    office = establish(client, "保存期限办公室", "ASSOCIATION")
    for person in (idle, tied, dead):
        record(client, "registerPerson", _ON, person=person, name="闲人", effectiveOn="2020-01-01")
    terms = {"employer": office, "sector": "ASSOCIATION", "primary": True, "effectiveOn": "2020-01-02"}
    record(client, "employPerson", _ON, person=tied, employment=new_id(), **terms)
    record(client, "employPerson", _ON, person=idle, employment=new_id(), until="2020-06-01", **terms)
    record(client, "recordDeath", _ON, person=dead, effectiveOn="2020-03-01")
    due = {row["person"]: row for row in client.data(_DUE, day="2025-06-01")["retentionDue"]}
    assert due[idle] == {"person": idle, "reason": "NO_TIES", "since": "2020-06-01"}
    assert due[dead] == {"person": dead, "reason": "DECEASED", "since": "2020-03-01"}
    assert tied not in due
    assert idle not in {row["person"] for row in client.data(_DUE, day="2025-05-31")["retentionDue"]}


def test_supposing_an_identity_number_needs_the_right_to_see_one(demo: Served) -> None:
    command = {
        "registerPerson": {
            "commandId": new_id(),
            "person": new_id(),
            "name": "某",
            "identityNumber": "210202199003071228",
            "effectiveOn": "2020-01-01",
        }
    }
    query = "query ($command: CommandInput!) { preview(command: $command) { digest } }"
    assert demo.viewer.ask(query, command=command)["errors"][0]["extensions"]["code"] == "FORBIDDEN"
