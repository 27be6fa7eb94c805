"""Commands to papers, mandates, programmes, figures, secondments and liaisons, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.sending import establish, new_id, record
from tests.support.serving import Answer, Client


def _registered(client: Client, name: str) -> str:
    person = new_id()
    record(client, "registerPerson", person=person, name=name)
    return person


class _Sender:
    """Sends commands to one entity and remembers which."""

    def __init__(self, client: Client, noun: str, identity: str, shown: str) -> None:
        self._client = client
        self._noun = noun
        self._identity = identity
        self._shown = f"... on {noun.capitalize()}Recorded {{ {noun} {{ {shown} }} }}"
        self.sent: set[str] = set()

    def __call__(self, name: str, /, **given: object) -> Answer:
        answer = record(self._client, name, self._shown, **{self._noun: self._identity, **given})
        assert answer["firstPosition"] <= answer["position"]
        self.sent.add(name)
        shown: Answer = answer[self._noun]
        return shown


def _life_of_papers(client: Client) -> set[str]:
    society = establish(client, "登记学会", "SOCIETY")
    li, wang = _registered(client, "李登记"), _registered(client, "王登记")
    send = _Sender(
        client,
        "organization",
        society,
        "registration { legalForm authority certificate domicile until representativeId representativeName }"
        " charter { title adoptedOn approvedOn sha256 validFrom } charters { title approvedOn }"
        " staffing { establishment { kind count } established leadershipPosts leaders headcount"
        " overStrength overLeadership }",
    )
    registration = {
        "legalForm": "SOCIAL_ORGANIZATION",
        "authority": "市民政局",
        "certificate": "社证字第1号",
        "domicile": "西岗区",
        "until": "2024-01-01",
    }
    shown = send("recordRegistration", representative=li, **registration)
    named = {"representativeId": li, "representativeName": "李登记"}
    assert shown["registration"] == {**registration, **named}
    shown = send("changeRepresentative", representative=wang, effectiveOn="2020-02-01")
    assert shown["registration"]["representativeName"] == "王登记"
    shown = send("adoptCharter", title="章程", adoptedOn="2019-12-01", sha256="ab" * 32)
    assert shown["charter"]["approvedOn"] is None
    shown = send("approveCharter", effectiveOn="2020-03-01")
    assert (shown["charter"]["approvedOn"], shown["charter"]["validFrom"]) == ("2020-03-01", "2020-01-01")
    shown = send("adoptCharter", title="章程二", adoptedOn="2020-04-01", effectiveOn="2020-05-01")
    assert shown["charters"] == [
        {"title": "章程", "approvedOn": "2020-03-01"},
        {"title": "章程二", "approvedOn": None},
    ]
    quotas = [{"kind": "ADMINISTRATIVE", "count": 30}, {"kind": "SUPPORT", "count": 4}]
    send("setStaffing", establishment=quotas, leadershipPosts=5)
    shown = send("setStaffing", headcount=36, leaders=5, effectiveOn="2020-02-01")
    assert shown["staffing"] == {
        "establishment": quotas,
        "established": 34,
        "leadershipPosts": 5,
        "leaders": 5,
        "headcount": 36,
        "overStrength": 2,
        "overLeadership": 0,
    }
    shown = send("setStaffing", headcount=None, effectiveOn="2020-03-01")
    assert (shown["staffing"]["headcount"], shown["staffing"]["overStrength"]) == (None, None)
    assert shown["staffing"]["leaders"] == 5
    assert send("cancelRegistration", effectiveOn="2021-01-01")["registration"] is None
    return send.sent


def _life_of_a_mandate(client: Client) -> set[str]:
    bureau, other_bureau = establish(client, "承接局", "EXTERNAL"), establish(client, "另一局", "EXTERNAL")
    first, second = establish(client, "承接学会", "SOCIETY"), establish(client, "接手学会", "SOCIETY")
    send = _Sender(
        client,
        "mandate",
        new_id(),
        "name category status holder { name } grantor { name } grantedOn until endedOn"
        " reviews { reviewedOn passed finding } history { status until }",
    )
    shown = send(
        "grantMandate",
        name="成果评价",
        category="ASSESSMENT",
        holder=first,
        grantor=bureau,
        until="2021-01-01",
    )
    assert (shown["status"], shown["holder"]["name"], shown["grantor"]["name"]) == (
        "ACTIVE",
        "承接学会",
        "承接局",
    )
    shown = send("reviewMandate", finding="合格", passed=True, effectiveOn="2020-06-01")
    assert shown["reviews"] == [{"reviewedOn": "2020-06-01", "passed": True, "finding": "合格"}]
    assert send("renewMandate", until="2022-01-01", effectiveOn="2021-01-01")["status"] == "ACTIVE"
    shown = send("handOverMandate", holder=second, effectiveOn="2021-02-01")
    assert shown["holder"] == {"name": "接手学会"}
    shown = send("changeGrantor", grantor=other_bureau, effectiveOn="2021-03-01")
    assert shown["grantor"] == {"name": "另一局"}
    shown = send("revokeMandate", effectiveOn="2021-06-01")
    assert (shown["status"], shown["endedOn"], shown["holder"]["name"]) == (
        "REVOKED",
        "2021-06-01",
        "接手学会",
    )
    assert shown["history"][-1]["status"] == "REVOKED"
    return send.sent


def _life_of_a_programme(client: Client) -> set[str]:
    owner, other = establish(client, "主办", "ASSOCIATION"), establish(client, "接办", "ASSOCIATION")
    first, second = establish(client, "参加一", "SOCIETY"), establish(client, "参加二", "SOCIETY")
    shown_fields = "running owner { name } until endedOn enrollments { organization { name } }"
    send = _Sender(client, "programme", new_id(), shown_fields)

    def enrolled(shown: Answer) -> list[str]:
        return [each["organization"]["name"] for each in shown["enrollments"]]

    shown = send(
        "launchProgramme", name="能力提升计划", owner=owner, until="2022-01-01", participants=[first]
    )
    assert (shown["running"], enrolled(shown)) == (True, ["参加一"])
    shown = send("enrollInProgramme", organization=second, effectiveOn="2020-02-01")
    assert enrolled(shown) == ["参加一", "参加二"]
    assert enrolled(send("leaveProgramme", organization=first, effectiveOn="2020-03-01")) == ["参加二"]
    shown = send("handOverProgramme", owner=other, effectiveOn="2020-04-01")
    assert shown["owner"] == {"name": "接办"}
    assert send("extendProgramme", until=None, effectiveOn="2021-01-01")["until"] is None
    shown = send("closeProgramme", effectiveOn="2023-01-01")
    assert (shown["running"], shown["endedOn"], enrolled(shown)) == (False, "2023-01-01", [])
    return send.sent


def _life_of_a_figure(client: Client) -> set[str]:
    society = establish(client, "上报学会", "SOCIETY")
    send = _Sender(client, "figure", new_id(), "indicator value unit source withdrawn organization { name }")
    said = {"indicator": "INDIVIDUAL_MEMBERS", "value": 1200, "unit": "人", "source": "年报"}
    period = {"periodStart": "2019-01-01", "periodEnd": "2019-12-31"}
    shown = send("reportFigure", organization=society, **said, **period)
    assert shown == {**said, "withdrawn": False, "organization": {"name": "上报学会"}}
    assert send("withdrawFigure", effectiveOn="2020-02-01")["withdrawn"]
    return send.sent


def _life_of_a_secondment(client: Client) -> set[str]:
    home, host = establish(client, "派出科协", "ASSOCIATION"), establish(client, "接收学会", "SOCIETY")
    other, person = establish(client, "另一学会", "SOCIETY"), _registered(client, "赵挂职")
    send = _Sender(
        client,
        "secondment",
        new_id(),
        "personName home { name } host { name } duty underWay begunOn until endedOn history { until }",
    )
    shown = send(
        "beginSecondment",
        person=person,
        home=home,
        host=host,
        direction="DOWN",
        basis="SECONDMENT",
        duty="副秘书长",
        until="2021-01-01",
    )
    assert shown == {
        "personName": "赵挂职",
        "home": {"name": "派出科协"},
        "host": {"name": "接收学会"},
        "duty": "副秘书长",
        "underWay": True,
        "begunOn": "2020-01-01",
        "until": "2021-01-01",
        "endedOn": None,
        "history": [{"until": "2021-01-01"}, {"until": "2021-01-01"}],
    }
    shown = send("extendSecondment", until="2022-01-01", effectiveOn="2021-01-01")
    assert (shown["underWay"], shown["until"]) == (True, "2022-01-01")
    assert send("moveSecondment", host=other, effectiveOn="2021-02-01")["host"] == {"name": "另一学会"}
    shown = send("endSecondment", effectiveOn="2021-03-01")
    assert (shown["underWay"], shown["endedOn"], shown["home"]["name"]) == (False, "2021-03-01", "派出科协")
    return send.sent


def _life_of_a_liaison(client: Client) -> set[str]:
    cadre, scientist = _registered(client, "钱干部"), _registered(client, "孙专家")
    send = _Sender(
        client,
        "liaison",
        new_id(),
        "cadreName scientistName underWay visitCount lastVisit visits { visitedOn note }",
    )
    shown = send("beginLiaison", cadre=cadre, scientist=scientist)
    assert (shown["cadreName"], shown["scientistName"], shown["visitCount"]) == ("钱干部", "孙专家", 0)
    assert shown["lastVisit"] is None
    shown = send("recordVisit", note="缺设备", effectiveOn="2020-02-01")
    assert (shown["visitCount"], shown["lastVisit"]) == (1, "2020-02-01")
    assert shown["visits"] == [{"visitedOn": "2020-02-01", "note": "缺设备"}]
    shown = send("endLiaison", effectiveOn="2020-03-01")
    assert (shown["underWay"], shown["visitCount"]) == (False, 1)
    return send.sent


LIVES: tuple[Callable[[Client], set[str]], ...] = (
    _life_of_papers,
    _life_of_a_mandate,
    _life_of_a_programme,
    _life_of_a_figure,
    _life_of_a_secondment,
    _life_of_a_liaison,
)
"""Each sends every command to one kind of entity, and returns their names."""
