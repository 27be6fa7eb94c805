"""Every command to a measure, over HTTP, with what it shows of its subject."""

from __future__ import annotations

from typing import Any

from tests.support.sending import establish, new_id, record
from tests.support.serving import Client

_SHOWN = (
    "code title clause recurrence firstYear state lead { name } supporting { name } hasResponsible"
    " originalDeadline deadline deadlinePrecision deadlineAssumed overdue overdueReasons missedYears percent"
    " deadlineMoves { movedOn before after reason actor decidedBy { title } }"
    " milestones { name due reachedOn overdue } progress { reportedOn percent note }"
    " findings { text foundOn due closedOn overdue }"
    " evidence { cited note event { topic stream } } fulfilments { fulfilledOn } fulfilledOn"
)


class _Sender:
    """Sends commands to one measure, and keeps their names."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.measure = new_id()
        self.sent: set[str] = set()

    def __call__(self, name: str, day: str, /, **given: object) -> Any:  # noqa: ANN401 - a row as JSON
        """Send a command that is carried out, and return the measure as it is then."""
        fields = f"... on MeasureRecorded {{ measure {{ {_SHOWN} }} }}"
        answer = record(self.client, name, fields, measure=self.measure, effectiveOn=day, **given)
        self.sent.add(name)
        return answer["measure"]


def life(client: Client) -> set[str]:
    """Send every command to a measure that there is, and return their names."""
    city = establish(client, "措施市科协", "ASSOCIATION")
    lead, support = establish(client, "牵头部", superior=city), establish(client, "配合部", superior=city)
    one = _Sender(client)
    _set(one, lead, support)
    _inspected(one)
    _done(one, lead)
    return one.sent | _cancelled(client)


def _set(one: _Sender, lead: str, support: str) -> None:
    shown = one(
        "setMeasure",
        "2020-01-01",
        code="T-1",
        title="试验措施",
        planClause="二(一)",
        lead=lead,
        supporting=[support],
        deadline="2020-06-01",
        deadlinePrecision="MONTH",
        deadlineAssumed=True,
    )
    assert (shown["lead"], shown["supporting"]) == ({"name": "牵头部"}, [{"name": "配合部"}])
    assert (shown["deadline"], shown["deadlineAssumed"], shown["overdue"]) == ("2020-06-01", True, False)
    shown = one("reassignMeasure", "2020-02-01", lead=support, supporting=[])
    assert (shown["lead"], shown["supporting"]) == ({"name": "配合部"}, [])
    shown = one("setMilestone", "2020-02-01", name="印发", due="2020-02-10")
    assert shown["milestones"] == [{"name": "印发", "due": "2020-02-10", "reachedOn": None, "overdue": False}]
    shown = one("reachMilestone", "2020-02-20", name="印发")
    assert shown["milestones"][0]["reachedOn"] == "2020-02-20"
    shown = one("reportProgress", "2020-03-01", percent=40, note="过半未到")
    assert (shown["percent"], shown["progress"][0]["note"]) == (40, "过半未到")


def _inspected(one: _Sender) -> None:
    finding = new_id()
    shown = one("recordInspection", "2020-07-01", finding=finding, text="台账不全", due="2020-07-05")
    assert (shown["overdue"], shown["overdueReasons"]) == (True, ["DEADLINE"])
    assert shown["findings"][0] == {
        "text": "台账不全",
        "foundOn": "2020-07-01",
        "due": "2020-07-05",
        "closedOn": None,
        "overdue": False,
    }
    shown = one("moveDeadline", "2020-07-10", deadline="2020-12-31", reason="机构改革推迟")
    assert shown["overdueReasons"] == ["FINDING"]
    assert (shown["originalDeadline"], shown["deadline"]) == ("2020-06-01", "2020-12-31")
    assert shown["deadlineMoves"] == [
        {
            "movedOn": "2020-07-10",
            "before": "2020-06-01",
            "after": "2020-12-31",
            "reason": "机构改革推迟",
            "actor": shown["deadlineMoves"][0]["actor"],
            "decidedBy": None,
        }
    ]
    shown = one("closeFinding", "2020-07-20", finding=finding)
    assert (shown["overdue"], shown["findings"][0]["closedOn"]) == (False, "2020-07-20")


def _done(one: _Sender, lead: str) -> None:
    established = record(
        one.client, "renameOrganization", organization=lead, name="新牵头部", effectiveOn="2020-08-01"
    )
    shown = one("citeEvidence", "2020-08-01", position=established["position"], note="更名")
    assert shown["evidence"] == [
        {
            "cited": established["position"],
            "note": "更名",
            "event": {"topic": "organization.renamed", "stream": lead},
        }
    ]
    shown = one("fulfillMeasure", "2020-11-30")
    assert (shown["state"], shown["fulfilledOn"], shown["lead"]) == (
        "FULFILLED",
        "2020-11-30",
        {"name": "配合部"},
    )


def _cancelled(client: Client) -> set[str]:
    """Set a yearly measure, let years go by, and cancel it."""
    measure = new_id()
    fields = "... on MeasureRecorded { measure { state overdueReasons missedYears } }"
    yearly = {"code": "T-2", "title": "每年研究", "planClause": "六(一)", "recurrence": "YEARLY"}
    record(client, "setMeasure", measure=measure, **yearly)
    record(client, "fulfillMeasure", measure=measure, effectiveOn="2021-05-01")
    query = (
        'query ($id: ID) { measure(id: $id, asOf: "2023-01-01") { overdueReasons missedYears'
        " fulfilments { fulfilledOn } } }"
    )
    assert client.data(query, id=measure)["measure"] == {
        "overdueReasons": ["YEAR"],
        "missedYears": [2020, 2022],
        "fulfilments": [{"fulfilledOn": "2021-05-01"}],
    }
    answer = record(client, "cancelMeasure", fields, measure=measure, effectiveOn="2023-01-01")
    assert answer["measure"] == {"state": "CANCELLED", "overdueReasons": [], "missedYears": []}
    return {"cancelMeasure"}


LIVES = (life,)
