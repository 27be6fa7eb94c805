"""What memberships, Party affiliations and participations map to (会员与党组织关系映射)."""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Join, referred
from graphql_api.planner.mappings.names import of_person
from graphql_api.planner.mappings.person import RECORDS
from graphql_api.planner.templates import template


def _below(column: str, *hierarchies: str) -> str:
    """Return the condition that ``column`` names the value or what stands below it in ``hierarchies``."""
    listed = ", ".join(f"'{hierarchy}'" for hierarchy in hierarchies)
    return template("at_or_below").format(column=column, hierarchies=listed)


def _one_of(column: str) -> str:
    """Return the condition that ``column`` is the value, or another record of the same person."""
    return template("same_person").format(column=column)


_VALID_FROM = Sort("lower({t}.valid)", "date")
_TIE = Tie("{t}.id", "uuid")

ORGANIZATION_JOINED = referred("organization", "organization")
ORGANIZATION_THEN = Join(
    "organization", "{j}.id = {t}.organization AND {j}.valid @> lower({t}.valid)", many=False
)
ORGANIZATION_MEMBER = referred("organization", "member")
_NAME = of_person(template("name_of_person"), "{{t}}.{column}")

PERSON_NAME = _NAME.format(column="person")
"""By the record that stands for the person, as believed now: what was corrected is nobody's business."""

MEMBER_NAME = template("name_of_member").format(column="member", person=_NAME.format(column="member"))
MEMBER_PERSON = Join("person", template("row_of_person").format(column="member"), many=False)
PERSON = Join("person", template("row_of_person").format(column="person"), many=False)
"""The record that stands for the person."""

MEMBERSHIPS_OF_PERSON = Join(
    "membership",
    f"{{j}}.member = ANY ({RECORDS}) AND ({{j}}.valid @> {{as_of}}) IS TRUE AND {{j}}.status <> 'ENDED'",
    order="lower({j}.valid), {j}.id",
)
AFFILIATION_OF_PERSON = Join(
    "affiliation",
    f"{{j}}.person = ANY ({RECORDS}) AND ({{j}}.valid @> {{as_of}}) IS TRUE AND {{j}}.end_reason IS NULL",
    many=False,
)
PARTICIPATIONS_OF_PERSON = Join(
    "participation",
    f"{{j}}.person = ANY ({RECORDS}) AND ({{j}}.valid @> {{as_of}}) IS TRUE AND NOT {{j}}.ended",
    order="lower({j}.valid), {j}.id",
)
MEMBERSHIP_HISTORY = Join(
    "membership", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True
)

MEMBERS = Join(
    "membership",
    "{j}.organization = {t}.id AND ({j}.valid @> {as_of}) IS TRUE AND {j}.member_class = 'CORPORATE'"
    " AND {j}.status IN ('ADMITTED', 'SUSPENDED')",
    order="{j}.admitted_on, {j}.id",
)
"""The organizations that are members; people may be thousands, and are paged through."""

MEMBERSHIPS_OF = Join(
    "membership",
    "{j}.member = {t}.id AND ({j}.valid @> {as_of}) IS TRUE AND {j}.status <> 'ENDED'",
    order="lower({j}.valid), {j}.id",
)
MEMBER_COUNT = (
    "(SELECT count(*) FROM {membership} AS m WHERE m.organization = {t}.id"
    " AND (m.valid @> {as_of}) IS TRUE AND m.status IN ('ADMITTED', 'SUSPENDED'))"
)

MEMBERSHIPS = Connection(
    kind="Membership",
    source="membership",
    sorts={
        "VALID_FROM": _VALID_FROM,
        "ADMITTED_ON": Sort("coalesce({t}.admitted_on, date '9999-12-31')", "date"),
        "NUMBER": Sort("coalesce({t}.number, '')", "text"),
    },
    where={
        "organization": Filter("{t}.organization = {value}", "uuid"),
        "ancestor": Filter(_below("organization", "PART_OF", "LEADS", "GUIDES", "SUPERVISES"), "uuid"),
        "member": Filter(_one_of("member"), "uuid"),
        "classes": Filter("{t}.member_class = ANY ({value})", "text[]"),
        "statuses": Filter("{t}.status = ANY ({value})", "text[]"),
        "number": Filter("{t}.number = {value}", "text"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=_TIE,
)

BRANCH = referred("organization", "branch")
BRANCH_THEN = Join("organization", "{j}.id = {t}.branch AND {j}.valid @> lower({t}.valid)", many=False)
AFFILIATION_HISTORY = Join(
    "affiliation", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True
)
RECEIPT_OVERDUE = "coalesce({t}.received_on IS NULL AND {t}.letter_valid_until < {as_of}, false)"
"""The letter has expired on the date of the answer, and no receipt is there."""

AFFILIATIONS = Connection(
    kind="Affiliation",
    source="affiliation",
    sorts={"VALID_FROM": _VALID_FROM},
    where={
        "person": Filter(_one_of("person"), "uuid"),
        "branch": Filter("{t}.branch = {value}", "uuid"),
        "ancestor": Filter(_below("branch", "PART_OF", "PARTY_SUPERIOR"), "uuid"),
        "stages": Filter("{t}.stage = ANY ({value})", "text[]"),
        "receiptOverdue": Filter(RECEIPT_OVERDUE + " = {value}", "boolean"),
        "ended": Filter("({t}.end_reason IS NOT NULL) = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=_TIE,
)
PARTICIPATIONS = Connection(
    kind="Participation",
    source="participation",
    sorts={"VALID_FROM": _VALID_FROM},
    where={
        "person": Filter(_one_of("person"), "uuid"),
        "organization": Filter("{t}.organization = {value}", "uuid"),
        "ancestor": Filter(_below("organization", "PART_OF", "PARTY_SUPERIOR"), "uuid"),
        "roles": Filter("{t}.role = ANY ({value})", "text[]"),
        "ended": Filter("{t}.ended = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=_TIE,
)
