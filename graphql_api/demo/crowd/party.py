"""Party organizations of societies: some are covered, some by work alone, some not at all (学会党建)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graphql_api.demo.crowd.people import key_of
from graphql_api.demo.records.organization import OrganizationRecord, RelationRecord
from graphql_api.demo.records.party import (
    AffiliationRecord,
    AffiliationTransferRecord,
    ParticipationRecord,
)
from graphql_api.demo.strict import KnownDate, Record
from registry.affiliation.kinds import AffiliationStage
from registry.organization.kinds import Hierarchy, Kind
from registry.participation.kinds import ParticipationRole

JOINT, COMPUTING, MEDICAL = "联合党支部（示例）", "计算机学会党支部（示例）", "医学会党支部（示例）"
PHARMACY = "药学会党支部（示例）"
INSTRUCTOR, WORKING_GROUP = "农学会党建指导员（示例）", "党建工作小组（示例）"
ELSEWHERE = "某高校党支部（示例）"

_SINCE = KnownDate("2019-03-01")

_AFFILIATED = (
    (1901, 9, COMPUTING),
    (1001, 6, JOINT),
    (1101, 5, JOINT),
    (1601, 12, MEDICAL),
    (1701, 2, PHARMACY),
)
"""The first number, how many, and where; two formal members are too few for a branch."""


def units() -> Iterator[Record]:
    """Yield two branches, an instructor for another, a branch elsewhere (党组织)."""
    committee: dict[Hierarchy, tuple[str, ...]] = {Hierarchy.PARTY_SUPERIOR: ("市科协机关党委",)}
    for key, kind, subtype in (
        (MEDICAL, Kind.PARTY_ORGANIZATION, "党支部"),
        (PHARMACY, Kind.PARTY_ORGANIZATION, "党支部"),
        (INSTRUCTOR, Kind.PARTY_ORGANIZATION, "党建指导员"),
        (ELSEWHERE, Kind.EXTERNAL, "党支部"),
    ):
        yield OrganizationRecord(
            key=key,
            name=key if kind is Kind.EXTERNAL else f"大连市{key}",
            kind=kind,
            subtype=subtype,
            under=committee if key in (MEDICAL, PHARMACY) else {},
            since=_SINCE,
            illustrative=True,
        )
    for society, branch in (
        ("医学会（示例）", MEDICAL),
        ("药学会（示例）", PHARMACY),
        ("农学会（示例）", INSTRUCTOR),
        ("环境科学学会（示例）", JOINT),
    ):
        yield RelationRecord(
            organization=society,
            hierarchy=Hierarchy.COVERS,
            superior=branch,
            since=_SINCE,
            illustrative=True,
        )


def affiliations() -> Iterator[Record]:
    """Yield affiliations, transfers, and who takes part without one (组织关系与参加)."""
    for first, count, branch in _AFFILIATED:
        for number in range(first, first + count):
            probationary = number % 10 == 5  # noqa: PLR2004 - one in ten
            yield AffiliationRecord(
                person=key_of(number),
                branch=branch,
                stage=AffiliationStage.PROBATIONARY if probationary else AffiliationStage.FORMAL,
                confirmed=KnownDate("2020-03-01") if probationary and branch != MEDICAL else None,
                since=_SINCE,
                illustrative=True,
            )
    for number, branch, received in (
        (1905, JOINT, KnownDate("2020-09-10")),
        (1612, ELSEWHERE, KnownDate("2020-09-21")),
        (1611, COMPUTING, None),
    ):
        yield AffiliationTransferRecord(
            person=key_of(number),
            branch=branch,
            letter=f"示例介字{number}号",
            valid_until=date(2020, 11, 30),
            received=received,
            since=KnownDate("2020-09-01"),
            illustrative=True,
        )
    for nth, number in enumerate(range(1801, 1806)):
        yield ParticipationRecord(
            person=key_of(number),
            organization=WORKING_GROUP,
            role=ParticipationRole.LEADER if nth == 0 else ParticipationRole.MEMBER,
            since=KnownDate("2019-04-01"),
            illustrative=True,
        )
    yield ParticipationRecord(
        person=key_of(1905),
        organization=INSTRUCTOR,
        role=ParticipationRole.INSTRUCTOR,
        since=KnownDate("2019-04-01"),
        illustrative=True,
    )
