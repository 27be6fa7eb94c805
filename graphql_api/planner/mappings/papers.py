"""What registration, charter and staffing map to (登记、章程、编制映射). See the package for the braces."""

from __future__ import annotations

from graphql_api.planner.declare import Join
from graphql_api.planner.mappings.names import of_person
from graphql_api.planner.mappings.person import pointed_at

_OF_THIS = "{j}.organization = {t}.id AND ({j}.valid @> {as_of}) IS TRUE"
REGISTRATION = Join("registration", _OF_THIS, many=False)
CHARTER = Join("charter", _OF_THIS, many=False)
STAFFING = Join("staffing", _OF_THIS, many=False)

CHARTERS = Join(
    "charter",
    "{j}.organization = {t}.id AND NOT EXISTS (SELECT FROM {charter} AS n WHERE n.organization = {t}.id"
    " AND n.position = {j}.position AND n.valid >> {j}.valid)",
    order="lower({j}.valid)",
)
"""Each version once: as it was in the end, for its approval may have come later."""

APPLIES_FROM = (
    "(SELECT min(lower(c.valid)) FROM {charter} AS c"
    " WHERE c.organization = {t}.organization AND c.position = {t}.position)"
)
REPRESENTATIVE_NAME = of_person(
    "(SELECT p.name FROM {latest_person_private} AS p"
    " WHERE p.person = {t}.representative AND (p.valid @> {as_of}) IS TRUE)",
    "{t}.representative",
)
REPRESENTATIVE = pointed_at("representative")
QUOTAS = Join(
    "quota",
    "{j}.organization = {t}.organization AND ({j}.valid @> {as_of}) IS TRUE",
    order="{j}.kind",
)
# GREATEST passes over nulls, where nothing is known, so it is not asked then.
_EXCESS = "CASE WHEN {t}.%s IS NOT NULL AND {t}.%s IS NOT NULL THEN greatest({t}.%s - {t}.%s, 0) END"
OVER_STRENGTH = _EXCESS % (("headcount", "established") * 2)
OVER_LEADERSHIP = _EXCESS % (("leaders", "leadership_posts") * 2)
