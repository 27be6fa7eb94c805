"""A register of two societies that have the same of everything, and readers who may see one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

import asyncpg

from graphql_api.access import Role
from graphql_api.keys import issue
from tests.support.sending import establish, new_id, record
from tests.support.serving import Client, Served

NUMBERS = {"甲": "210202199003071238", "乙": "210202199103071251"}
"""The identity numbers of the people of the two societies."""

BIRTHS = {"甲": "1990-03-07", "乙": "1991-03-07"}


class Part(NamedTuple):
    """A society and the ids of what belongs to it alone.

    ``corrected`` is somebody whose name was 误 and the sign of the society, as was believed at ``before``.
    """

    society: str
    person: str
    corrected: str
    before: str
    membership: str
    affiliation: str
    secondment: str
    measure: str

    @property
    def hidden(self) -> Mapping[str, str]:
        """The ids that are not there for who may not see the society's, by type."""
        return {
            "Person": self.person,
            "Membership": self.membership,
            "Affiliation": self.affiliation,
            "Secondment": self.secondment,
        }


class Parted:
    """The register, under way, and its readers."""

    def __init__(self, register: Served) -> None:
        self.register = register
        self.admin = register.administrator
        self.ours, self.theirs = self._part("甲"), self._part("乙")
        self._rules()
        self._readers: dict[str, Client] = {}

    def reader(self, role: Role, *roots: str | None, scopes: tuple[str, ...] = ()) -> Client:
        """Return who has ``role`` on each of ``roots``, or everywhere for None, and nothing else."""
        label = f"reader {len(self._readers)}"
        token = asyncio.run(_issued(self.register.database_url, label))
        for root in roots:
            given = {"principal": f"key:{label}", "role": role, "root": root, "scopes": list(scopes)}
            record(self.admin, "grantRole", grant=new_id(), **given)
        self._readers[label] = Client(self.register.url, token)
        return self._readers[label]

    def principal(self, reader: Client) -> str:
        """Return whom grants to a reader name."""
        return next(f"key:{label}" for label, client in self._readers.items() if client is reader)

    def close(self) -> None:
        """Hang up."""
        for reader in self._readers.values():
            reader.http.close()

    def _person(self, name: str, **given: object) -> str:
        person = new_id()
        record(self.admin, "registerPerson", person=person, name=name, **given)
        return person

    def _corrected(self, sign: str, society: str) -> tuple[str, str]:
        """Register a member under a wrong name and correct it; return the id, and an instant in between."""
        person = new_id()
        said = record(self.admin, "registerPerson", person=person, name=f"误{sign}")
        joined = {"member": person, "organization": society, "membership": new_id()}
        record(self.admin, "admitMember", memberClass="STUDENT", **joined)
        record(self.admin, "renamePerson", person=person, name=f"正{sign}")
        return person, str(said["recordedAt"])

    def _part(self, sign: str) -> Part:
        admin, society = self.admin, establish(self.admin, f"{sign}学会", "SOCIETY")
        branch = establish(admin, f"{sign}支部", "PARTY_ORGANIZATION", society)
        part = Part(
            society,
            self._person(f"孙{sign}", identityNumber=NUMBERS[sign], birthDate=BIRTHS[sign], gender="MALE"),
            *self._corrected(sign, society),
            *(new_id() for _ in range(4)),
        )
        joined = {"member": part.person, "organization": society, "number": f"会员{sign}"}
        record(admin, "admitMember", membership=part.membership, memberClass="INDIVIDUAL", **joined)
        twin = {"member": self._person(f"孙{sign}"), "organization": society}
        record(admin, "admitMember", membership=new_id(), memberClass="INDIVIDUAL", **twin)
        belongs = {"affiliation": part.affiliation, "person": part.person, "branch": branch}
        record(admin, "openAffiliation", stage="FORMAL", **belongs)
        sent = {"person": part.person, "home": society, "host": branch, "direction": "DOWN"}
        record(
            admin, "beginSecondment", secondment=part.secondment, basis="SECONDMENT", duty=f"职{sign}", **sent
        )
        record(admin, "setStaffing", organization=society, headcount=7, establishment=[])
        set_as = {"code": f"M-{sign}", "title": f"措施{sign}", "planClause": "一", "lead": society}
        record(admin, "setMeasure", measure=part.measure, supporting=[], **set_as)
        record(admin, "reportProgress", measure=part.measure, percent=40, note=f"进展{sign}")
        record(admin, "recordInspection", measure=part.measure, finding=new_id(), text=f"问题{sign}")
        return part

    def _rules(self) -> None:
        share = {"form": "SHARE", "subject": "kind = SOCIETY", "population": {"kind": "MEMBERS"}}
        limit = {"comparison": "AT_LEAST", "threshold": {"numerator": 1, "denominator": 2}}
        for code, numerator in (("T-1", "member_class = INDIVIDUAL"), ("T-2", "gender = MALE")):
            definition = {**share, **limit, "numerator": numerator}
            record(self.admin, "setRule", rule=new_id(), code=code, name=code, definition=definition)


async def _issued(url: str, label: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return await issue(connection, label, Role.PUBLIC)
    finally:
        await connection.close()


@contextmanager
def parted(register: Served) -> Iterator[Parted]:
    """Give the register with two societies in it."""
    opened = Parted(register)
    try:
        yield opened
    finally:
        opened.close()
