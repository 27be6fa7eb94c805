"""The log as a list: which events a filter finds, and how what they say is shown (审计映射).

What an event holds of a person is never looked through and never decides whether an event is found; who may
not see sensitive data sees that it is there, and nothing of it. :func:`event_data` alone decides that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from graphql_api.access import Right
from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.connection import Connection, Filter, Several, Sort, Tie
from graphql_api.planner.reading import EVENT_KEY
from graphql_api.planner.roots import entity_of
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import template
from graphql_api.problems import invalid
from registry.nouns import CORRECTIONS, NOUNS

WORDS_LIMIT = 10
"""Words that are looked for at once, at most."""

TEXT_LIMIT = 300
"""Characters of all of them, at most."""

_BELONGINGS = (
    ("holding", "function", "holder"),
    ("mandate", "id", "holder"),
    ("programme", "id", "owner"),
    ("figure", "id", "organization"),
    ("secondment", "id", "home"),
    ("secondment", "id", "host"),
    ("term", "id", "body"),
    ("membership", "id", "organization"),
)
"""What belongs to an organization: a read model, the column of the entity and that of the organization.

Where people work and in which branch they are is not among them: their events hold it sealed, and a filter
must not tell what the answer does not.
"""


def _belongings() -> str:
    parts = [
        f"  UNION ALL\n    SELECT o.{entity} FROM {{{table}}} AS o"  # noqa: S608 - names of ours; values are parameters
        f" JOIN part AS p ON o.{column} = p.id WHERE (o.valid @> coalesce({{day}}, {{as_of}})) IS TRUE"
        for table, entity, column in _BELONGINGS
    ]
    return "\n".join(parts)


def _under(value: Mapping[str, Any]) -> Mapping[str, tuple[Any, str]]:
    """Return the parameters of the filter by a part of the register."""
    return {
        "hierarchy": (str(value["hierarchy"]), "text"),
        "end": (value["id"], "uuid"),
        "day": (value.get("on"), "date"),
    }


def _nouns(value: list[Any]) -> Mapping[str, tuple[Any, str]]:
    """Return the parameters of the filter by noun: the topics of their events, and the nouns themselves."""
    wanted = set(value)
    if unknown := wanted - {noun.name for noun in NOUNS}:
        listed, shown = ", ".join(noun.name for noun in NOUNS), ", ".join(sorted(unknown))[:50]
        raise invalid("nouns", f"{shown} is none of {listed}", f"{shown} 不是登记对象，应为 {listed} 之一")
    topics = [event.topic for noun in NOUNS if noun.name in wanted for event in noun.events]
    return {"topics": (topics, "text[]"), "nouns": (sorted(wanted), "text[]")}


def _says(value: str) -> Mapping[str, tuple[Any, str]]:
    """Return the words that are looked for; raises GraphQLError."""
    words = value.split()
    if not words or len(words) > WORDS_LIMIT or len(value) > TEXT_LIMIT or "\0" in value:
        raise invalid(
            "text",
            f"give 1 to {WORDS_LIMIT} words of {TEXT_LIMIT} characters together at most",
            f"请填写 1 至 {WORDS_LIMIT} 个词，合计不超过 {TEXT_LIMIT} 个字",
        )
    # Bytes are compared before anything is read as JSON: most events do not have the longest word at all.
    needle = msgspec.json.encode(max(words, key=len))[1:-1]
    return {"words": (words, "text[]"), "needle": (needle, "bytea")}


_CORRECTING = ", ".join(f"'{event.topic}'" for event in CORRECTIONS)
_OF_NOUNS = (
    "{t}.topic = ANY ({topics}) OR {t}.topic IN (" + _CORRECTING + ") AND"  # noqa: S608 - names of ours; values are parameters
    " (SELECT split_part(f.topic, '.', 1) FROM registry.event AS f"
    " WHERE f.stream_id = {t}.stream_id AND f.version = 1) = ANY ({nouns})"
)

_OF_COMMAND = (
    "{t}.command_id = {value}"
    " AND {t}.position >= (SELECT c.first_position FROM registry.command AS c WHERE c.id = {value})"
    " AND {t}.position <= (SELECT c.last_position FROM registry.command AS c WHERE c.id = {value})"
)
"""The events of a command stand together: where, the command's own row says."""

# Instants grow with positions, which the database does not know: told where to end, it reads no further.
_RECORDED_FROM = (
    "{t}.position >= (SELECT e.position FROM registry.event AS e WHERE e.recorded_at >= {value}"
    " ORDER BY e.recorded_at, e.position LIMIT 1)"
)
_RECORDED_TO = (
    "{t}.position <= (SELECT e.position FROM registry.event AS e WHERE e.recorded_at <= {value}"
    " ORDER BY e.recorded_at DESC, e.position DESC LIMIT 1)"
)

AUDIT_LOG = Connection(
    kind="AuditEvent",
    source="registry.event",
    sorts={
        "NEWEST": Sort("{t}.position", "bigint", descending=True),
        "OLDEST": Sort("{t}.position", "bigint"),
    },
    where={
        "actor": Filter("{t}.actor = {value}", "text"),
        "submitter": Filter("{t}.submitter = {value}", "text"),
        "entity": Filter("{t}.stream_id = {value}", "uuid"),
        "under": Several(template("log_under").replace("{belongings}", _belongings()), _under),
        "nouns": Several(_OF_NOUNS, _nouns),
        "topics": Filter("{t}.topic = ANY ({value})", "text[]"),
        "text": Several(template("log_says"), _says),
        "commandId": Filter(_OF_COMMAND, "uuid"),
        "causedBy": Filter("{t}.cause = {value}", "bigint"),
        "corrections": Filter("({t}.corrects IS NOT NULL) = {value}", "boolean"),
        "instrument": Filter("{t}.instrument = {value}", "uuid"),
        "reorganization": Filter(
            "{t}.stream_id = {value} OR {t}.cause IN"
            " (SELECT e.position FROM registry.event AS e WHERE e.stream_id = {value})",
            "uuid",
        ),
        "effectiveFrom": Filter("{t}.effective_on >= {value}", "date"),
        "effectiveTo": Filter("{t}.effective_on <= {value}", "date"),
        "recordedFrom": Filter(_RECORDED_FROM, "timestamptz"),
        "recordedTo": Filter(_RECORDED_TO, "timestamptz"),
    },
    fixed="true",
    tie=Tie("{t}.position", "bigint"),
    indexed=frozenset({"actor"}),
)


def event_data(compiler: Compiler, _: Selected, row: str, __: Scope) -> str:
    """Return what an event says, as the viewer may see it: the one place where that is decided.

    What is sealed comes as it stands, to be opened by whoever runs the statement, if the viewer has the right
    to sensitive data of everybody whom it is about; else there is only that something is sealed.
    """
    masked = template("log_data_sealed").format(t=row)
    if not compiler.viewer.may(Right.RESTRICTED):
        return masked
    event = f"json_build_array({row}.stream_id, {row}.version, {row}.topic, encode({row}.body, 'hex'))"
    to_open = compiler.build([(EVENT_KEY, event)])
    is_sealed = template("log_is_sealed").format(t=row)
    plain = f"convert_from({row}.body, 'UTF8')::json"
    if compiler.viewer.everywhere(Right.RESTRICTED):
        return f"CASE WHEN {is_sealed} THEN {to_open} ELSE {plain} END"
    # Data of a member that is an organization is sealed, too: it is its own.
    ours = " OR ".join(
        compiler.places.placed(kind, "s", Right.RESTRICTED) for kind in ("Person", "Organization")
    )
    whose = template("log_subjects").format(t=row, ours=ours)
    return f"CASE WHEN NOT {is_sealed} THEN {plain} WHEN {whose} THEN {to_open} ELSE {masked} END"


def event_subject(compiler: Compiler, field: Selected, row: str, scope: Scope) -> str:
    """Return what an event is about, as it is today; null when there is none of it today."""
    return entity_of(
        compiler, field, scope, f"{row}.stream_id", template("noun_of").format(id=f"{row}.stream_id")
    )
