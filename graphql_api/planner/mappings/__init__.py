"""What the fields of the schema map to: joins and expressions over the read models (映射).

``{t}`` is the row of the object, ``{j}`` the joined one, ``{as_of}`` the date of the answer, ``{relation}``
and the like the read model of that name as believed in the answer. All SQL that a type needs stands here, or
in a template if it is long.

Rows that have an identity are found by their key, identity and period together. Rows that point at
something are found by what they point at; there, ``IS TRUE`` keeps PostgreSQL from finding them by their
period instead, which it takes to be selective as long as it has no statistics: every row would be read for
each that is sought.
"""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Column, Join, referred
from graphql_api.planner.mappings.names import ABOVE, BELOW, NAMED

VALID_FROM = "lower({t}.valid)"
VALID_TO = "upper({t}.valid)"
RECORDED_FROM = "lower({t}.recorded)"
RECORDED_TO = "upper({t}.recorded)"

ALIVE = "{t}.status NOT IN ('DISSOLVED', 'REVOKED')"

HAS_CODE = (
    "{t}.id = (SELECT i.entity FROM {identifier} AS i"
    " WHERE i.scheme = 'CODE' AND i.value = {value} AND (i.valid @> {as_of}) IS TRUE)"
)
HAS_NUMBER = (
    "{t}.id = (SELECT i.entity FROM {identifier} AS i"
    " WHERE i.scheme = 'INSTRUMENT_NUMBER' AND i.value = {value} AND (i.valid @> {as_of}) IS TRUE)"
)

DECIDED_BY = referred("instrument", "instrument")
"""The document that decided what a row shows, as it is on the date of the answer."""

DATED_AS = (
    "(SELECT coalesce(convert_from(e.body, 'UTF8')::json ->> 'precision', 'DAY')"
    " FROM registry.event AS e WHERE e.position = {t}.position)"
)
"""How exactly the beginning of a row is known: the precision of the event that says it."""

RECORDED_BY = "(SELECT e.actor FROM registry.event AS e WHERE e.position = {t}.position)"
"""Who recorded what a row says."""

ASSUMED = (
    "(SELECT coalesce((convert_from(e.body, 'UTF8')::json ->> 'assumed')::boolean, false)"
    " FROM registry.event AS e WHERE e.position = {t}.position)"
)

SUPERIORS = Join(
    "relation",
    "{j}.subordinate = {t}.id AND ({j}.valid @> {as_of}) IS TRUE",
    order="{j}.hierarchy, {j}.superior",
    filters={"hierarchies": ("{j}.hierarchy = ANY ({value})", "text[]")},
)
SUBORDINATES = Join(
    "relation",
    "{j}.superior = {t}.id AND ({j}.valid @> {as_of}) IS TRUE",
    order="{j}.hierarchy, {j}.subordinate",
    filters={"hierarchies": ("{j}.hierarchy = ANY ({value})", "text[]")},
)
SUPERIOR = referred("organization", "superior")
SUBORDINATE = referred("organization", "subordinate")

IDENTIFIERS = Join(
    "identifier",
    "{j}.entity = {t}.id AND ({j}.valid @> {as_of}) IS TRUE AND {j}.scheme <> 'CODE'",
    order="{j}.scheme, {j}.value",
)
DESIGNATIONS = Join(
    "designation", "{j}.organization = {t}.id AND ({j}.valid @> {as_of}) IS TRUE", order="{j}.name"
)
_CARRIED_ON = (
    "{{j}}.id IN (WITH RECURSIVE line (id) AS ("
    "SELECT s.{there} FROM {{succession}} AS s"
    " WHERE s.{here} = {{t}}.id AND (s.valid @> {{as_of}}) IS TRUE"
    " UNION SELECT s.{there} FROM line AS l JOIN {{succession}} AS s"
    " ON s.{here} = l.id AND (s.valid @> {{as_of}}) IS TRUE WHERE {{value}}"
    ") SELECT id FROM line)"
)
"""The line of those who carried one another on, as far as its first step unless ``{value}`` is true."""

PREDECESSORS = Join(
    "organization",
    # A predecessor is usually gone on the date of the answer: it is shown as it is then, dissolved.
    "{j}.valid @> {as_of} AND {j}.id <> {t}.id",
    order="{j}.pinyin, {j}.id",
    filters={"transitive": (_CARRIED_ON.format(there="predecessor", here="successor"), "boolean")},
)
SUCCESSORS = Join(
    "organization",
    "{j}.valid @> {as_of} AND {j}.id <> {t}.id",
    order="{j}.pinyin, {j}.id",
    filters={"transitive": (_CARRIED_ON.format(there="successor", here="predecessor"), "boolean")},
)

_KNOWN_SINCE = (
    "(%s + CASE %s WHEN 'YEAR' THEN interval '1 year' WHEN 'MONTH' THEN interval '1 month'"
    " ELSE interval '0' END)::date"
)
"""The first day that is surely not before what is dated to a day as exactly as some precision says."""

CERTAIN = "({as_of} >= " + _KNOWN_SINCE % ("lower({t}.valid)", "{t}.precision") + ")"

# No other statement has these aliases: where it does, {t} within would be what is looked up here.
_GONE = "(existing.status IN ('DISSOLVED', 'REVOKED'))"
_GONE_SINCE = _KNOWN_SINCE % ("lower(existing.valid)", "existing.precision")
_THERE_SINCE = _KNOWN_SINCE % ("begun.founded_on", "existing.founded")
EXISTS_ON = Column(
    f"coalesce((SELECT CASE WHEN {{day}} < CASE WHEN {_GONE} THEN {_GONE_SINCE} ELSE {_THERE_SINCE} END"  # noqa: S608 - names of ours; values are parameters
    f" THEN 'UNKNOWN' WHEN {_GONE} THEN 'NO' ELSE 'YES' END FROM {{organization}} AS existing,"
    " (SELECT min(lower(whole.valid)) AS founded_on FROM {organization} AS whole"
    " WHERE whole.id = {t}.id) AS begun"
    " WHERE existing.id = {t}.id AND existing.valid @> {day}), 'NO')",
    arguments={"day": "date"},
)
"""Whether an organization exists on a day; what falls inside the imprecision of a date is not known."""

ORGANIZATION_HISTORY = Join(
    "organization", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True
)

FUNCTIONS_HELD = Join(
    "function",
    "{j}.valid @> {as_of} AND {j}.id IN"
    " (SELECT h.function FROM {holding} AS h WHERE h.holder = {t}.id AND (h.valid @> {as_of}) IS TRUE)",
    order="{j}.pinyin, {j}.id",
)
HOLDER = Join(
    "organization",
    "({j}.valid @> {as_of}) IS TRUE AND {j}.id ="
    " (SELECT h.holder FROM {holding} AS h WHERE h.function = {t}.id AND (h.valid @> {as_of}) IS TRUE)",
    many=False,
)
HOLDINGS = Join("holding", "{j}.function = {t}.id", order="lower({j}.valid)")
HOLDER_THEN = Join("organization", "{j}.id = {t}.holder AND {j}.valid @> lower({t}.valid)", many=False)
HELD = "EXISTS (SELECT FROM {holding} AS h WHERE h.function = {t}.id AND (h.valid @> {as_of}) IS TRUE)"
ORPHANED = "(NOT {t}.retired AND NOT " + HELD + ")"
FUNCTION_HISTORY = Join(
    "function", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True
)

CONSEQUENCES = Join(
    "registry.event",
    "{j}.cause IN (SELECT e.position FROM registry.event AS e WHERE e.stream_id = {t}.id)",
    order="{j}.position",
)
"""Everything that the acts of a reorganization caused on other streams."""

EVENT_INSTRUMENT = Join("instrument", "{j}.id = {t}.instrument AND upper_inf({j}.valid)", many=False)

_BY_NAME = Sort("{t}.pinyin", "text")

ORGANIZATIONS = Connection(
    kind="Organization",
    source="organization",
    sorts={
        "NAME": _BY_NAME,
        "CODE": Sort("coalesce({t}.code, '')", "text"),
        "VALID_FROM": Sort("lower({t}.valid)", "date"),
    },
    where={
        "kinds": Filter("{t}.kind = ANY ({value})", "text[]"),
        "statuses": Filter("{t}.status = ANY ({value})", "text[]"),
        "tier": Filter("{t}.tier = {value}", "text"),
        "code": Filter("{t}.code = {value}", "text"),
        "nameContains": Filter("strpos({t}.name, {value}) > 0", "text"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
        "text": NAMED,
        "ancestor": BELOW,
        "descendant": ABOVE,
        "discipline": Filter("starts_with({t}.discipline, {value})", "text"),
        "aliveOn": Filter(
            "EXISTS (SELECT FROM {life} AS f WHERE f.id = {t}.id AND (f.valid @> {value}) IS TRUE)", "date"
        ),
        "superior": Filter(
            "EXISTS (SELECT FROM {relation} AS f WHERE f.subordinate = {t}.id AND f.superior = {value}"
            " AND f.valid @> {as_of})",
            "uuid",
        ),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
FUNCTIONS = Connection(
    kind="Function",
    source="function",
    sorts={"NAME": _BY_NAME},
    where={
        "holder": Filter(
            "EXISTS (SELECT FROM {holding} AS f WHERE f.function = {t}.id AND f.holder = {value}"
            " AND f.valid @> {as_of})",
            "uuid",
        ),
        "text": NAMED,
        "orphaned": Filter(
            "(NOT {t}.retired AND NOT EXISTS (SELECT FROM {holding} AS f WHERE f.function = {t}.id"
            " AND f.valid @> {as_of})) = {value}",
            "boolean",
        ),
        "nameContains": Filter("strpos({t}.name, {value}) > 0", "text"),
    },
    fixed="{t}.valid @> {as_of} AND NOT {t}.retired",
    tie=Tie("{t}.id", "uuid"),
)
INSTRUMENTS = Connection(
    kind="Instrument",
    source="instrument",
    sorts={
        "ISSUED_ON": Sort("lower({t}.valid)", "date"),
        "NUMBER": Sort("coalesce({t}.number, '')", "text"),
        "TITLE": Sort("{t}.pinyin", "text"),
    },
    where={
        "text": NAMED,
        "number": Filter("{t}.number = {value}", "text"),
        "titleContains": Filter("strpos({t}.title, {value}) > 0", "text"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
REORGANIZATIONS = Connection(
    kind="Reorganization",
    source="reorganization",
    sorts={"VALID_FROM": Sort("lower({t}.valid)", "date"), "TITLE": Sort("{t}.pinyin", "text")},
    where={"text": NAMED, "stages": Filter("{t}.stage = ANY ({value})", "text[]")},
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
