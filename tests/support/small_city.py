"""A small city that every report has something to say about, recorded over HTTP."""

from __future__ import annotations

from typing import Any

from tests.support.sending import establish, new_id, record
from tests.support.serving import Client

_Ids = dict[str, str]


def settle(client: Client) -> _Ids:
    """Record the city, and return the ids of what tests speak of."""
    ids: _Ids = {}
    _organizations(client, ids)
    _people(client, ids)
    _society(client, ids)
    _affairs(client, ids)
    _measures(client, ids)
    _rules(client)
    return ids


def _place(hierarchy: str, superior: str) -> list[dict[str, str]]:
    return [{"hierarchy": hierarchy, "superior": superior}]


def _organizations(client: Client, ids: _Ids) -> None:
    ids["city"] = establish(client, "试市科协", "ASSOCIATION", code="SS", profile={"tier": "MUNICIPAL"})

    def found(key: str, name: str, kind: str, hierarchy: str, above: str, **given: Any) -> None:  # noqa: ANN401 - whatever the command takes
        identity = new_id()
        places = _place(hierarchy, ids[above])
        record(
            client,
            "establishOrganization",
            organization=identity,
            name=name,
            kind=kind,
            places=places,
            **given,
        )
        ids[key] = identity

    for key, name, code in (("east", "东区科协", "SS-1"), ("west", "西区科协", "SS-2")):
        found(key, name, "ASSOCIATION", "GUIDES", "city", code=code, profile={"tier": "DISTRICT"})
    found("office", "办公室", "DEPARTMENT", "PART_OF", "city")
    found("museum", "科技馆", "INSTITUTION", "PART_OF", "city")
    found("east museum", "东区科技馆", "INSTITUTION", "PART_OF", "east")
    base = {"base": "ENTERPRISE", "formation": "STANDALONE"}
    found("works", "机床厂科协", "ASSOCIATION", "GUIDES", "east", profile=base)
    found("mill", "毛纺厂科协", "ASSOCIATION", "GUIDES", "east", profile={"base": "ENTERPRISE"})
    found("yard", "船厂科协", "ASSOCIATION", "GUIDES", "city", profile={**base, "formation": "HOST_BASED"})
    found("shop", "筹建厂科协", "ASSOCIATION", "GUIDES", "west", profile=base, status="PLANNED")
    found("town", "镇科协", "ASSOCIATION", "GUIDES", "west", profile={"tier": "TOWNSHIP"})
    found("apple", "苹果协会", "RURAL_ASSOCIATION", "GUIDES", "town")
    park = {"base": "PARK", "formation": "REGIONAL_JOINT"}
    dated = {"effectiveOn": "2020-01-01", "precision": "YEAR"}
    found("park", "园区科协", "ASSOCIATION", "GUIDES", "west", profile=park, **dated)
    found("society", "机械学会", "SOCIETY", "SUPERVISES", "city", code="XH-1")
    found("bare", "空学会", "SOCIETY", "SUPERVISES", "city", code="XH-2")
    record(client, "openRelation", organization=ids["works"], hierarchy="LEADS", superior=ids["city"])


def _people(client: Client, ids: _Ids) -> None:
    for key, name in (("zhang", "张三"), ("li", "=李四"), ("double", "张三丰")):
        ids[key] = new_id()
        record(client, "registerPerson", person=ids[key], name=name)
    for key, employer in (("zhang", "office"), ("double", "museum"), ("li", "east")):
        record(
            client,
            "employPerson",
            person=ids[key],
            employment=new_id(),
            employer=ids[employer],
            sector="ASSOCIATION",
            primary=True,
        )


def _society(client: Client, ids: _Ids) -> None:
    for key, name in (("council", "理事会"), ("board", "监事会")):
        profile = {"subtype": name}
        ids[key] = establish(client, f"机械学会{name}", "BODY", ids["society"], profile=profile)
    ids["secretariat"] = establish(
        client, "机械学会秘书处", "BODY", ids["council"], profile={"subtype": "秘书处"}
    )
    record(client, "openTerm", term=new_id(), body=ids["council"], number=7, plannedEnd="2024-12-31")
    for key, title, person in (("chair", "PRESIDENT", "zhang"), ("general", "SECRETARY_GENERAL", "li")):
        post = new_id()
        record(client, "establishPost", post=post, organization=ids["society"], title=title)
        record(
            client,
            "appoint",
            appointment=new_id(),
            person=ids[person],
            post=post,
            mode="FULL_TIME",
            basis="APPOINTED",
            professional=key == "general",
        )
    branch = establish(client, "联合党支部", "PARTY_ORGANIZATION", profile={"subtype": "联合党支部"})
    record(client, "openRelation", organization=ids["society"], hierarchy="COVERS", superior=branch)


def _affairs(client: Client, ids: _Ids) -> None:
    figures = (("east", "STAFF", 12), ("east", "ENTERPRISE_ASSOCIATIONS", 3), ("city", "STAFF", 80))
    for organization, indicator, value in figures:
        for year, more in (("2020", 0), ("2019", 100)):
            record(
                client,
                "reportFigure",
                effectiveOn="2021-02-01",
                figure=new_id(),
                organization=ids[organization],
                indicator=indicator,
                periodStart=f"{year}-01-01",
                periodEnd=f"{year}-12-31",
                value=value + more,
                unit="个",
                source="年报",
            )
    record(
        client,
        "beginSecondment",
        effectiveOn="2021-01-01",
        secondment=new_id(),
        person=ids["li"],
        home=ids["east"],
        host=ids["office"],
        direction="UP",
        basis="SECONDMENT",
        duty="副主任",
        until="2022-01-01",
    )
    ids["mandate"] = new_id()
    record(
        client,
        "grantMandate",
        effectiveOn="2021-01-01",
        mandate=ids["mandate"],
        name="职称评审",
        category="TALENT_EVALUATION",
        holder=ids["society"],
        until="2024-01-01",
    )
    for day, passed in (("2022-01-01", False), ("2023-01-01", True)):
        record(
            client,
            "reviewMandate",
            effectiveOn=day,
            mandate=ids["mandate"],
            finding="可行",
            passed=passed,
        )
    quotas = [{"kind": "ADMINISTRATIVE", "count": 3}, {"kind": "SUPPORT", "count": 1}]
    record(
        client,
        "setStaffing",
        organization=ids["office"],
        establishment=quotas,
        headcount=6,
        leadershipPosts=2,
        leaders=1,
    )


def _measures(client: Client, ids: _Ids) -> None:
    what = {"measure": new_id()}
    record(
        client,
        "setMeasure",
        **what,
        code="M-1",
        title="建学会党组织",
        planClause="六(二)",
        lead=ids["office"],
        supporting=[ids["museum"]],
        responsible=ids["zhang"],
        deadline="2020-12-31",
    )
    record(client, "moveDeadline", **what, effectiveOn="2020-12-01", deadline="2021-06-30", reason="疫情")
    record(client, "setMilestone", **what, name="调研", due="2020-06-30")
    record(client, "setMilestone", **what, name="组建", due="2021-03-31")
    record(client, "reachMilestone", **what, effectiveOn="2020-06-01", name="调研")
    record(client, "reportProgress", **what, effectiveOn="2020-07-01", percent=40, note="已调研")
    record(client, "reportProgress", **what, effectiveOn="2021-04-01", percent=60, note="已组建两个")
    record(client, "recordInspection", **what, effectiveOn="2021-05-01", finding=new_id(), text="偏慢")
    record(client, "citeEvidence", **what, effectiveOn="2021-05-02", position=1, note="成立")


def _rules(client: Client) -> None:
    supervised = {"kind": "SUPERVISED"}
    shares = {"comparison": "EQUAL", "threshold": {"numerator": 1, "denominator": 1}}
    of_the_city = {"form": "SHARE", "subject": 'name = "试市科协"', "population": supervised, **shares}
    half = {"numerator": 1, "denominator": 2}
    for code, definition in (
        ("R-8", {**of_the_city, "numerator": "covered", "baseline": half}),
        ("R-9", {**of_the_city, "subject": 'name = "没有的科协"', "numerator": "covered"}),
    ):
        record(
            client,
            "setRule",
            rule=new_id(),
            code=code,
            name="党组织覆盖",
            definition=definition,
            clause="六(二)",
        )
