"""Commands to memberships, Party affiliations and participations, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.sending import establish, new_id, record
from tests.support.serving import Client


def _somebody(client: Client) -> str:
    person = new_id()
    record(client, "registerPerson", person=person, name="郑会员")
    return person


def _life_of_a_membership(client: Client) -> set[str]:
    person, what = _somebody(client), new_id()
    society, other = establish(client, "入会化学会", "SOCIETY"), establish(client, "入会物理学会", "SOCIETY")
    sent: set[str] = set()

    def one(name: str, day: str, status: str, /, **given: object) -> None:
        shown = "... on MembershipRecorded { membership { status } }"
        answer = record(client, name, shown, membership=what, effectiveOn=day, **given)
        assert answer["membership"] == {"status": status}
        sent.add(name)

    joined = {"member": person, "organization": society}
    one("applyForMembership", "2020-01-02", "APPLIED", **joined, memberClass="STUDENT")
    one("admitMember", "2020-02-01", "ADMITTED", **joined, memberClass="INDIVIDUAL", number="H-1")
    one("suspendMembership", "2020-03-01", "SUSPENDED")
    one("resumeMembership", "2020-04-01", "ADMITTED")
    one("reclassifyMembership", "2020-05-01", "ADMITTED", memberClass="SENIOR_EXPERT")
    one("transferMembership", "2020-06-01", "ADMITTED", organization=other, number="W-1")
    one("endMembership", "2020-07-01", "ENDED", endReason="RESIGNED")
    return sent


def _life_of_an_affiliation(client: Client) -> set[str]:
    person, what = _somebody(client), new_id()
    branch = establish(client, "入会党支部", "PARTY_ORGANIZATION", profile={"subtype": "党支部"})
    outside = establish(client, "入会市外党支部", "EXTERNAL")
    sent: set[str] = set()

    def one(name: str, day: str, stage: str, /, **given: object) -> None:
        shown = "... on AffiliationRecorded { affiliation { stage } }"
        answer = record(client, name, shown, affiliation=what, effectiveOn=day, **given)
        assert answer["affiliation"] == {"stage": stage}
        sent.add(name)

    one("openAffiliation", "2020-01-02", "PROBATIONARY", person=person, branch=branch, stage="PROBATIONARY")
    one("confirmAffiliation", "2020-02-01", "FORMAL")
    letter = {"letter": "转12号", "letterValidUntil": "2020-05-31"}
    one("transferAffiliation", "2020-03-01", "FORMAL", branch=outside, **letter)
    one("receiveTransfer", "2020-06-10", "FORMAL", receivedOn="2020-05-20")
    one("endAffiliation", "2020-07-01", "FORMAL", endReason="RESIGNED")
    return sent


def _life_of_a_participation(client: Client) -> set[str]:
    person, what = _somebody(client), new_id()
    group = establish(client, "入会工作小组", "PARTY_ORGANIZATION", profile={"subtype": "党建工作小组"})
    shown = "... on ParticipationRecorded { participation { ended } }"
    begun = {"participation": what, "person": person, "organization": group}
    assert not record(client, "beginParticipation", shown, **begun)["participation"]["ended"]
    ended = {"participation": what, "effectiveOn": "2020-07-01"}
    assert record(client, "endParticipation", shown, **ended)["participation"]["ended"]
    return {"beginParticipation", "endParticipation"}


LIVES: tuple[Callable[[Client], set[str]], ...] = (
    _life_of_a_membership,
    _life_of_an_affiliation,
    _life_of_a_participation,
)
"""Each sends every command to one kind of entity, and returns their names."""
