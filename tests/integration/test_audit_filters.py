"""Each condition of the log finds what it says and nothing else, among events of two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.sending import establish, new_id, record
from tests.support.serving import Served

_LOG = (
    "query ($f: AuditFilter, $after: String) {"
    " auditLog(first: 100, filter: $f, orderBy: OLDEST, after: $after) {"
    " totalCount pageInfo { hasNextPage endCursor }"
    " nodes { position topic actor stream commandId effectiveOn recordedAt instrument { id } } } }"
)

Event = dict[str, Any]
Condition = tuple[dict[str, object], Callable[[Event], bool]]


class _Log:
    """Events of two people, by two documents, about several organizations, on several days."""

    def __init__(self, register: Served) -> None:
        self.client = client = register.administrator
        colleague = register.colleague
        self.document, other = new_id(), new_id()
        first = record(client, "recordInstrument", document=self.document, title="关于设立筛选学会的批复")
        self.since = first["recordedAt"]
        record(colleague, "recordInstrument", document=other, title="关于另一事项的批复")
        self.city = establish(client, "筛选市科协", "ASSOCIATION", effectiveOn="2011-01-01")
        self.society = establish(
            colleague, "筛选学会", "SOCIETY", self.city, effectiveOn="2012-01-01", instrument=self.document
        )
        self.apart = establish(client, "别处学会", "SOCIETY", effectiveOn="2013-01-01", instrument=other)
        renamed = {"organization": self.society, "name": "筛选研究会", "effectiveOn": "2014-01-01"}
        event = record(colleague, "renameOrganization", **renamed, instrument=self.document)
        record(client, "retractEvent", entity=self.society, position=event["position"])
        self.dissolved = record(
            client,
            "dissolveOrganization",
            organization=self.apart,
            effectiveOn="2015-01-01",
            instrument=other,
        )
        self.events = self.found({"recordedFrom": self.since})

    def found(self, condition: dict[str, object]) -> list[Event]:
        """Return every event that a condition finds, whose number it has to tell."""
        events: list[Event] = []
        after = None
        while True:
            page = self.client.data(_LOG, f=condition, after=after)["auditLog"]
            events += page["nodes"]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                assert page["totalCount"] == len(events)
                return events

    def conditions(self) -> dict[str, Condition]:
        """Return what may be asked, with what it means for one event."""
        middle = self.events[len(self.events) // 2]
        colleague = "key:test colleague"
        inside = {self.city, self.society}
        return {
            "actor": ({"actor": colleague}, lambda e: e["actor"] == colleague),
            "entity": ({"entity": self.society}, lambda e: e["stream"] == self.society),
            "under": (
                {"under": {"hierarchy": "PART_OF", "id": self.city, "on": "2012-06-01"}},
                lambda e: e["stream"] in inside,
            ),
            "nouns": (
                {"nouns": ["instrument"]},
                lambda e: e["topic"].startswith("instrument."),
            ),
            "topics": (
                {"topics": ["organization.established", "organization.dissolved"]},
                lambda e: e["topic"] in {"organization.established", "organization.dissolved"},
            ),
            "commandId": (
                {"commandId": self.dissolved["commandId"]},
                lambda e: e["commandId"] == self.dissolved["commandId"],
            ),
            "instrument": (
                {"instrument": self.document},
                lambda e: e["instrument"] == {"id": self.document},
            ),
            "corrections": ({"corrections": True}, lambda e: e["topic"].startswith("correction.")),
            "no corrections": ({"corrections": False}, lambda e: not e["topic"].startswith("correction.")),
            "text": ({"text": "筛选市科协"}, lambda e: e["stream"] == self.city),
            "effectiveFrom": (
                {"effectiveFrom": "2013-01-01"},
                lambda e: e["effectiveOn"] >= "2013-01-01",
            ),
            "effectiveTo": ({"effectiveTo": "2012-01-01"}, lambda e: e["effectiveOn"] <= "2012-01-01"),
            "an effective range": (
                {"effectiveFrom": "2012-01-01", "effectiveTo": "2013-01-01"},
                lambda e: "2012-01-01" <= e["effectiveOn"] <= "2013-01-01",
            ),
            "recordedFrom": (
                {"recordedFrom": middle["recordedAt"]},
                lambda e: e["recordedAt"] >= middle["recordedAt"],
            ),
            "recordedTo": (
                {"recordedTo": middle["recordedAt"]},
                lambda e: e["recordedAt"] <= middle["recordedAt"],
            ),
            "several at once": (
                {"actor": colleague, "instrument": self.document, "effectiveTo": "2013-12-31"},
                lambda e: (
                    e["actor"] == colleague
                    and e["instrument"] == {"id": self.document}
                    and e["effectiveOn"] <= "2013-12-31"
                ),
            ),
        }


@pytest.fixture
def log(register: Served) -> _Log:
    return _Log(register)


def test_every_condition_finds_what_it_says_and_nothing_else(log: _Log) -> None:
    conditions = log.conditions()
    for name, (condition, holds) in conditions.items():
        expected = [event for event in log.events if holds(event)]
        # A condition that is ignored, or finds nothing at all, would not be noticed otherwise.
        assert 0 < len(expected) < len(log.events), name
        assert log.found({"recordedFrom": log.since, **condition}) == expected, name


def test_the_second_person_and_document_find_their_own(log: _Log) -> None:
    actors = {event["actor"] for event in log.events}
    assert actors == {"key:test administrator", "key:test colleague"}
    shares = [log.found({"recordedFrom": log.since, "actor": actor}) for actor in sorted(actors)]
    assert sorted(event["position"] for share in shares for event in share) == [
        event["position"] for event in log.events
    ]
    for condition in ({"actor": "key:nobody"}, {"instrument": new_id()}, {"reorganization": new_id()}):
        assert log.found({**condition}) == []
