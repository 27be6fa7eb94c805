"""Commands to organizations, functions, documents and reorganizations, and corrections, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.sending import establish, new_id, preview, record
from tests.support.serving import Client

_SHOWN = (
    "id name shortName code kind status tier subtype functions { name }"
    " superiors { hierarchy superior { name } }"
)


def _organization(client: Client, identity: str, day: str = "2020-06-01") -> Any:  # noqa: ANN401 - a row as JSON
    query = f"query ($id: ID, $day: Date) {{ organization(id: $id, asOf: $day) {{ {_SHOWN} }} }}"
    return client.data(query, id=identity, day=day)["organization"]


def _life_of_an_organization(client: Client) -> set[str]:
    """Send every command to an organization that there is, and return their names."""
    city = establish(client, "试验市科协", "ASSOCIATION", code="TEST", profile={"tier": "MUNICIPAL"})
    unit = establish(
        client, "试验部", superior=city, status="PLANNED", identifiers=[{"scheme": "X", "value": "1"}]
    )
    other = establish(client, "另一部", superior=city)
    sent: set[str] = {"establishOrganization"}

    def one(name: str, /, **given: object) -> None:
        answer = record(
            client, name, f"... on OrganizationRecorded {{ organization {{ {_SHOWN} }} }}", **given
        )
        assert answer["organization"] is not None
        assert answer["firstPosition"] <= answer["position"]
        sent.add(name)

    one("activateOrganization", organization=unit, effectiveOn="2020-01-02")
    one("renameOrganization", organization=unit, name="新试验部", shortName="新部", effectiveOn="2020-01-03")
    one("recodeOrganization", organization=unit, code="TEST-1", effectiveOn="2020-01-03")
    one("reclassifyOrganization", organization=unit, change={"subtype": "部"}, effectiveOn="2020-01-03")
    one("suspendOrganization", organization=unit, effectiveOn="2020-02-01")
    one("openRelation", organization=unit, hierarchy="LEADS", superior=other, effectiveOn="2020-02-02")
    one("closeRelation", organization=unit, hierarchy="LEADS", superior=other, effectiveOn="2020-03-01")
    one("assignIdentifier", organization=unit, scheme="Y", value="2", effectiveOn="2020-02-02")
    one("withdrawIdentifier", organization=unit, scheme="Y", effectiveOn="2020-03-02")
    one("grantDesignation", organization=unit, name="示范", effectiveOn="2020-02-02", until="2021-01-01")
    one("endDesignation", organization=unit, name="示范", effectiveOn="2020-04-01")
    assert _organization(client, unit, "2020-02-10") == {
        "id": unit,
        "name": "新试验部",
        "shortName": "新部",
        "code": "TEST-1",
        "kind": "DEPARTMENT",
        "status": "SUSPENDED",
        "tier": None,
        "subtype": "部",
        "functions": [],
        "superiors": [
            {"hierarchy": "LEADS", "superior": {"name": "另一部"}},
            {"hierarchy": "PART_OF", "superior": {"name": "试验市科协"}},
        ],
    }
    one("dissolveOrganization", organization=other, effectiveOn="2021-01-01")
    one("revokeOrganization", organization=unit, effectiveOn="2021-01-01")
    assert [_organization(client, who, "2021-01-01")["status"] for who in (other, unit)] == [
        "DISSOLVED",
        "REVOKED",
    ]
    return sent


def _life_of_a_function(client: Client) -> set[str]:
    city = establish(client, "职能市科协", "ASSOCIATION")
    first, second = establish(client, "甲部", superior=city), establish(client, "乙部", superior=city)
    what = new_id()
    sent: set[str] = set()

    def one(name: str, day: str, holder: str | None, /, **given: object) -> None:
        fields = "... on FunctionRecorded { function { holder { name } emphasized retired orphaned } }"
        shown = record(client, name, fields, function=what, effectiveOn=day, **given)["function"]
        assert (shown["holder"] or {}).get("name") == holder
        sent.add(name)

    one("defineFunction", "2020-01-01", None, name="试验职能")
    one("assignFunction", "2020-02-01", "甲部", holder=first)
    one("transferFunction", "2020-03-01", "乙部", target=second)
    one("emphasizeFunction", "2020-03-02", "乙部")
    one("releaseFunction", "2020-04-01", None)
    one("retireFunction", "2020-05-01", None)
    query = (
        'query ($id: ID!) { function(id: $id, asOf: "2020-04-10")'
        " { orphaned emphasized holdings { holder { name } validFrom validTo } } }"
    )
    assert client.data(query, id=what)["function"] == {
        "orphaned": True,
        "emphasized": True,
        "holdings": [
            {"holder": {"name": "甲部"}, "validFrom": "2020-02-01", "validTo": "2020-03-01"},
            {"holder": {"name": "乙部"}, "validFrom": "2020-03-01", "validTo": "2020-04-01"},
        ],
    }
    return sent


def _life_of_a_document(client: Client) -> set[str]:
    what = new_id()
    fields = "... on InstrumentRecorded { instrument { number title repealed validFromPrecision } }"
    shown = record(
        client,
        "recordInstrument",
        fields,
        document=what,
        title="试验文件",
        number="试〔2020〕1号",
        precision="MONTH",
    )["instrument"]
    assert shown == {
        "number": "试〔2020〕1号",
        "title": "试验文件",
        "repealed": False,
        "validFromPrecision": "MONTH",
    }
    assert record(client, "repealInstrument", fields, document=what, effectiveOn="2021-01-01")["instrument"][
        "repealed"
    ]
    return {"recordInstrument", "repealInstrument"}


def _life_of_a_reorganization(client: Client) -> set[str]:
    city = establish(client, "改革市科协", "ASSOCIATION")
    unit, reform = establish(client, "改革前", superior=city), new_id()
    fields = "... on ReorganizationRecorded { reorganization { stage takesEffectOn } }"
    sent: set[str] = set()

    def one(name: str, stage: str, day: str | None, /, **given: object) -> None:
        shown = record(client, name, fields, reorganization=reform, **given)["reorganization"]
        assert shown == {"stage": stage, "takesEffectOn": day}
        sent.add(name)

    plan = {"renamed": [{"organization": unit, "name": "改革后"}]}
    one("proposeReorganization", "PROPOSED", None, title="试验改革", plan={"dissolved": [unit]})
    one("reviseReorganization", "PROPOSED", None, plan=plan, effectiveOn="2020-01-02")
    days = {"takesEffectOn": "2020-03-01", "effectiveOn": "2020-02-01"}
    digest = preview(client, "adoptReorganization", reorganization=reform, **days)["digest"]
    one("adoptReorganization", "ADOPTED", "2020-03-01", preview=digest, **days)
    # An amendment is of the adoption, and so is what it shows: on the day of the decision.
    one("amendReorganization", "ADOPTED", "2020-04-01", takesEffectOn="2020-04-01", effectiveOn="2020-02-01")
    assert _organization(client, unit, "2020-03-15")["name"] == "改革前"
    assert _organization(client, unit, "2020-04-01")["name"] == "改革后"
    one("withdrawReorganization", "WITHDRAWN", None, effectiveOn="2020-05-01")
    assert _organization(client, unit, "2020-04-01")["name"] == "改革前"
    return sent


def _corrections(client: Client) -> set[str]:
    unit = establish(client, "更正前", "SOCIETY")
    log = "query ($f: AuditFilter) { auditLog(first: 9, filter: $f) { nodes { position topic data } } }"
    (event,) = client.data(log, f={"entity": unit})["auditLog"]["nodes"]
    replacement = {"topic": event["topic"], "data": {**event["data"], "name": "更正后"}}
    corrected = "... on CorrectionRecorded { corrected }"
    answer = record(
        client,
        "amendEvent",
        corrected,
        entity=unit,
        position=event["position"],
        replacement=replacement,
        reason="登记有误",
    )
    assert answer["corrected"] == unit
    assert _organization(client, unit)["name"] == "更正后"
    answer = record(client, "retractEvent", corrected, entity=unit, position=answer["position"])
    assert answer["corrected"] == unit
    assert _organization(client, unit)["name"] == "更正前"
    return {"amendEvent", "retractEvent"}


LIVES: tuple[Callable[[Client], set[str]], ...] = (
    _life_of_an_organization,
    _life_of_a_function,
    _life_of_a_document,
    _life_of_a_reorganization,
    _corrections,
)
"""Each sends every command to one kind of entity, and returns their names."""
