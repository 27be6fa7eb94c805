"""People, and what is granted, run, reported and arranged among organizations, as commands for tests."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from registry.ids import stable_id
from registry.organization.commands import DissolveOrganization
from registry.organization.kinds import Hierarchy, Kind
from registry.person.commands import RegisterPerson
from tests.support.dalian import ASSOCIATION, CITY, FOUNDED, SOCIETY, department, established
from tests.support.given import BY

BUREAU = stable_id("市科技局")
MECHANICS = stable_id("机械工程学会")
OFFICE = stable_id("学会服务中心")
BRANCH = stable_id("机械工程学会热处理专业委员会")
LI, WANG = stable_id("李"), stable_id("王")

DAY, LATER, LAST = date(2015, 5, 1), date(2016, 5, 1), date(2017, 5, 1)


def person(identity: UUID, name: str, on: date = FOUNDED) -> RegisterPerson:
    """Return the command that registers a person."""
    return RegisterPerson(person=identity, name=name, effective_on=on, **BY)


def dissolved(organization: UUID, on: date = LATER, **given: Any) -> DissolveOrganization:  # noqa: ANN401 - any field that the command has
    """Return the command that dissolves an organization."""
    return DissolveOrganization(**{"organization": organization, "effective_on": on, **BY, **given})


AROUND = (
    ASSOCIATION,
    established(BUREAU, "市科技局", Kind.EXTERNAL),
    established(SOCIETY, "化学会", Kind.SOCIETY, (Hierarchy.SUPERVISES, CITY)),
    established(MECHANICS, "机械工程学会", Kind.SOCIETY, (Hierarchy.SUPERVISES, CITY)),
    established(BRANCH, "热处理专业委员会", Kind.BRANCH, (Hierarchy.PART_OF, MECHANICS)),
    department(OFFICE, "学会学术部"),
)
"""An association, a bureau, two societies, a branch of one and a department."""

PEOPLE = (person(LI, "李四"), person(WANG, "王五"))
