"""Where the fields of organizations and measures come from (组织与措施字段来源).

They are expressions over the row ``{t}``, which is never ``z``, worked out where a rule asks for them. What
an organization does not have is known not to be there; what nobody recorded is NULL.
"""

from __future__ import annotations

from graphql_api.planner.believed import Names
from graphql_api.planner.mappings import measure as mm
from registry.rule.language.compilation import Columns

ALIVE = "{t}.status NOT IN ('DISSOLVED', 'REVOKED')"

_BELOW = (
    " FROM {relation} AS r CROSS JOIN LATERAL (SELECT * FROM {organization} AS y"
    " WHERE y.id = r.subordinate AND (y.valid @> {as_of}) IS TRUE OFFSET 0) AS z"
    " WHERE r.superior = {t}.id AND r.hierarchy = '%s' AND (r.valid @> {as_of}) IS TRUE"
    " AND z.status NOT IN ('DISSOLVED', 'REVOKED')"
)
_ABOVE = (
    " FROM {relation} AS r CROSS JOIN LATERAL (SELECT * FROM {organization} AS y"
    " WHERE y.id = r.superior AND (y.valid @> {as_of}) IS TRUE OFFSET 0) AS z"
    " WHERE r.subordinate = {t}.id AND r.hierarchy = '%s' AND (r.valid @> {as_of}) IS TRUE"
)
_PARTS = (
    "ARRAY(SELECT DISTINCT z.subtype" + _BELOW % "PART_OF" + " AND z.kind = '%s' AND z.subtype IS NOT NULL)"
)
_COVERING = _ABOVE % "COVERS" + " AND z.status = 'ACTIVE'"
_COVERED = f"EXISTS (SELECT{_COVERING} AND z.subtype IS DISTINCT FROM '党建指导员')"
# Whoever holds a post is looked up post by post: the planner would read all appointments of a past belief.
_HELD = (
    " FROM {post} AS p CROSS JOIN LATERAL (SELECT FROM {appointment} AS a WHERE a.post = p.id"
    " AND (a.valid @> {as_of}) IS TRUE AND NOT a.ended OFFSET 0) AS held"
    " WHERE p.organization = {t}.id AND (p.valid @> {as_of}) IS TRUE AND NOT p.abolished"
)
_INSTRUCTED = f"EXISTS (SELECT{_HELD} AND p.title = 'INSTRUCTOR')"
_CHARTER = "FROM {charter} AS c WHERE c.organization = {t}.id AND (c.valid @> {as_of}) IS TRUE"
_STAFFING = "FROM {staffing} AS f WHERE f.organization = {t}.id AND (f.valid @> {as_of}) IS TRUE"

_ORGANIZATION: dict[str, str] = {
    "kind": "{t}.kind",
    "status": "{t}.status",
    "tier": "coalesce({t}.tier, 'NONE')",
    "base": "coalesce({t}.base, 'NONE')",
    "formation": "coalesce({t}.formation, 'NONE')",
    "name": "{t}.name",
    "code": "coalesce({t}.code, '')",
    "subtype": "coalesce({t}.subtype, '')",
    "discipline": "{t}.discipline",
    "bodies": _PARTS % "BODY",
    "party_parts": _PARTS % "PARTY_ORGANIZATION",
    "designations": (
        "ARRAY(SELECT d.name FROM {designation} AS d"
        " WHERE d.organization = {t}.id AND (d.valid @> {as_of}) IS TRUE)"
    ),
    "supervised": f"EXISTS (SELECT{_ABOVE % 'SUPERVISES'} AND z.kind = 'ASSOCIATION')",
    "part_of_association": f"EXISTS (SELECT{_ABOVE % 'PART_OF'} AND z.kind = 'ASSOCIATION')",
    "covered": _COVERED,
    "work_covered": f"(EXISTS (SELECT{_COVERING}) OR {_INSTRUCTED})",
    "party_forms": f"ARRAY(SELECT DISTINCT z.subtype{_COVERING} AND z.subtype IS NOT NULL)",
    "held_titles": f"ARRAY(SELECT DISTINCT p.title{_HELD})",
    "held_posts": f"ARRAY(SELECT DISTINCT p.name{_HELD} AND p.name IS NOT NULL)",
    "formal_members": (
        "(SELECT count(DISTINCT coalesce(x.canonical, f.person)) FROM {affiliation} AS f"
        " LEFT JOIN {person_alias} AS x ON x.alias = f.person WHERE f.branch = {t}.id"
        " AND f.stage = 'FORMAL' AND f.end_reason IS NULL AND (f.valid @> {as_of}) IS TRUE)"
    ),
    "charter_adopted": f"EXISTS (SELECT {_CHARTER})",
    "charter_approved": f"EXISTS (SELECT {_CHARTER} AND c.approved_on <= {{as_of}})",
    "legal_form": (
        "coalesce((SELECT f.legal_form FROM {registration} AS f"
        " WHERE f.organization = {t}.id AND (f.valid @> {as_of}) IS TRUE), 'NONE')"
    ),
    "has_establishment": f"(SELECT f.established > 0 {_STAFFING})",
    "over_strength": f"(SELECT f.headcount > f.established {_STAFFING})",
}

LEAD = (
    "(SELECT p.assignee FROM {measure_part} AS p"
    " WHERE p.measure = {t}.id AND p.role = 'LED_BY' AND (p.valid @> {as_of}) IS TRUE)"
)

_MEASURE: dict[str, str] = {
    "code": "{t}.code",
    "clause": "{t}.plan_clause",
    "recurrence": "{t}.recurrence",
    "has_lead": f"({LEAD} IS NOT NULL)",
    "has_responsible": mm.HAS_RESPONSIBLE,
    "has_deadline": "({t}.deadline IS NOT NULL)",
    "deadline_assumed": "{t}.deadline_assumed",
    "fulfilled": "({t}.stage = 'FULFILLED')",
    "overdue": mm.OVERDUE,
    "percent": "{t}.percent",
}


def organization_columns(names: Names) -> Columns:
    """Return the expressions of the fields of the organization ``{t}``."""
    return {field: expression.format_map(names) for field, expression in _ORGANIZATION.items()}


def measure_columns(names: Names) -> Columns:
    """Return the expressions of the fields of the measure ``{t}``."""
    return {field: expression.format_map(names) for field, expression in _MEASURE.items()}
