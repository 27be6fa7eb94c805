"""Every command to posts, terms and appointments, over HTTP, with what it shows of its subject."""

from __future__ import annotations

from tests.support.sending import establish, new_id, record
from tests.support.serving import Answer, Client
from tests.support.staffing import registered


def _life_of_a_post(client: Client) -> set[str]:
    city = establish(client, "职务市科协", "ASSOCIATION")
    other = establish(client, "职务部", superior=city)
    post = new_id()
    sent: set[str] = set()

    def one(name: str, day: str, /, **given: object) -> Answer:
        fields = "... on PostRecorded { post { title name seats vacancies abolished organization { name } } }"
        shown: Answer = record(client, name, fields, post=post, effectiveOn=day, **given)["post"]
        sent.add(name)
        return shown

    assert one(
        "establishPost", "2020-01-01", organization=city, title="VICE_CHAIR", seats=2, elected=True
    ) == {
        "title": "VICE_CHAIR",
        "name": None,
        "seats": 2,
        "vacancies": 2,
        "abolished": False,
        "organization": {"name": "职务市科协"},
    }
    assert one("renamePost", "2020-02-01", name="专职副主席")["name"] == "专职副主席"
    assert one("changeSeats", "2020-03-01", seats=None)["vacancies"] is None
    assert one("movePost", "2020-04-01", organization=other)["organization"] == {"name": "职务部"}
    assert one("abolishPost", "2020-05-01")["abolished"]
    return sent


def _life_of_a_term(client: Client) -> set[str]:
    body = establish(client, "换届学会", "SOCIETY")
    first, second, document = new_id(), new_id(), new_id()
    record(client, "recordInstrument", document=document, title="批复")
    post = new_id()
    record(client, "establishPost", post=post, organization=body, title="DIRECTOR", seats=2)
    before, after, third = new_id(), new_id(), new_id()
    li, wang = registered(client, "李某", "王某")
    sent: set[str] = set()

    def one(name: str, day: str, /, **given: object) -> Answer:
        fields = (
            "... on TermRecorded { term { number plannedEnd overdue ended openedOn endedOn"
            " renews { number } holders { holderName } } }"
        )
        shown: Answer = record(client, name, fields, effectiveOn=day, **given)["term"]
        sent.add(name)
        return shown

    def line(identity: str, person: str) -> Answer:
        return {"id": identity, "person": person, "post": post, "mode": "PART_TIME", "basis": "ELECTED"}

    opened = one("openTerm", "2020-01-01", term=first, body=body, number=1, plannedEnd="2021-01-01")
    assert (opened["openedOn"], opened["holders"], opened["renews"]) == ("2020-01-01", [], None)
    adjusted = one("adjustTerm", "2020-02-01", term=first, made=[line(before, li), line(third, wang)])
    assert sorted(each["holderName"] for each in adjusted["holders"]) == ["李某", "王某"]
    adjusted = one("adjustTerm", "2020-03-01", term=first, ended=[{"id": third, "endReason": "RECALLED"}])
    assert adjusted["holders"] == [{"holderName": "李某"}]
    extended = one("extendTerm", "2021-03-01", term=first, plannedEnd="2021-06-01", instrument=document)
    assert (extended["plannedEnd"], extended["overdue"]) == ("2021-06-01", False)
    renewed = one("renewTerm", "2021-07-01", term=second, renews=first, roster=[line(after, wang)])
    assert renewed == {
        "number": 2,
        "plannedEnd": None,
        "overdue": False,
        "ended": False,
        "openedOn": "2021-07-01",
        "endedOn": None,
        "renews": {"number": 1},
        "holders": [{"holderName": "王某"}],
    }
    ended = one("endTerm", "2022-01-01", term=second)
    assert (ended["ended"], ended["endedOn"], ended["holders"]) == (True, "2022-01-01", [])
    return sent


def _life_of_an_appointment(client: Client) -> set[str]:
    city = establish(client, "任职市科协", "ASSOCIATION")
    unit = establish(client, "代表单位", "EXTERNAL")
    post, appointment = new_id(), new_id()
    record(client, "establishPost", post=post, organization=city, title="SECRETARY_GENERAL", seats=1)
    (person,) = registered(client, "赵某")
    sent: set[str] = set()

    def one(name: str, day: str, /, **given: object) -> Answer:
        fields = (
            "... on AppointmentRecorded { appointment { holderName mode basis professional ended"
            " heldSince heldUntil endReason post { title } representing { name } } }"
        )
        answer = record(client, name, fields, appointment=appointment, effectiveOn=day, **given)
        sent.add(name)
        shown: Answer = answer["appointment"]
        return shown

    shown = {
        "holderName": "赵某",
        "mode": "FULL_TIME",
        "basis": "ENGAGED",
        "professional": True,
        "ended": False,
        "heldSince": "2020-02-01",
        "heldUntil": None,
        "endReason": None,
        "post": {"title": "SECRETARY_GENERAL"},
        "representing": None,
    }
    how = {"mode": "FULL_TIME", "basis": "ENGAGED", "professional": True}
    assert one("appoint", "2020-02-01", person=person, post=post, **how) == shown
    represented = one("changeRepresentation", "2020-03-01", representing=unit)
    assert represented == {**shown, "representing": {"name": "代表单位"}}
    assert one("endAppointment", "2020-04-01", endReason="TRANSFERRED") == {
        **shown,
        "ended": True,
        "heldUntil": "2020-04-01",
        "endReason": "TRANSFERRED",
    }
    return sent


LIVES = (_life_of_a_post, _life_of_a_term, _life_of_an_appointment)
