"""What each register gives: a type of the schema, and where each column of the import stands (登记栏目).

Columns are those of :mod:`graphql_api.imports.columns`, so that an export is a file to import. Rights are
those of the fields: a column is selected as any query would select it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from graphql_api.imports.columns import Kind

Row = Mapping[str, Any]
"""What the statement gives for a row, as JSON has it; and what a line holds, by columns."""

_CODE_OF = "coalesce((SELECT o.code FROM {{organization}} AS o WHERE o.id = {0} AND (o.valid @> {{as_of}}) IS TRUE), {0}::text)"  # noqa: E501 - one expression
_FROM = "validFrom"


class Register(NamedTuple):
    """A register: ``fields`` are what is asked of an object for each column, ``rows`` what it comes to.

    ``place`` is the organization that a row stands in, for exports of a subtree. ``dates`` are asked whatever
    the columns are: by them one knows since when all of it is so.
    """

    type: str
    table: str
    fixed: str
    order: str
    place: str
    fields: Mapping[str, str]
    rows: Callable[[Row], Iterator[Row]]


def reference(found: Row | None, other: str | None = None) -> str | None:
    """Return by what a file names an organization: its code, or its id."""
    return other if found is None else found["code"] or found["id"]


def _since(*days: str | None) -> str:
    """Return the first day on which all is so that began on these days."""
    return max(day for day in days if day)


def _dated(day: str, begun: str, precision: str | None) -> str:
    """Return the day as exactly as it is known."""
    if day == begun and precision == "YEAR" and day.endswith("-01-01"):
        return day[:4]
    return day[:7] if day == begun and precision in ("YEAR", "MONTH") and day.endswith("-01") else day


def _versions(rows: Iterable[Row], clearable: str) -> Iterator[Row]:
    """Yield the rows that say something else than the row before, apart from the day.

    An empty cell says nothing to the import: where a later version has no ``clearable``, it says so.
    """
    before: Row = {}
    for row in sorted(rows, key=lambda each: str(each["from"])):
        said = {name: value for name, value in row.items() if name != "from"}
        if any(before.get(name) != value for name, value in said.items()):
            cleared = before.get(clearable) is not None and said.get(clearable) is None
            yield {**row, clearable: "无"} if cleared else row
        before = {**before, **said}


def _organization(o: Row) -> Iterator[Row]:
    superior = next(iter(o.get("parent") or ()), None)
    uscc = next((i for i in o.get("uscc") or () if i["scheme"] == "USCC"), None)
    parts = [part for part in (superior, uscc) if part is not None]
    day = _since(o[_FROM], *(part[_FROM] for part in parts))

    def on(then: str) -> Row:
        """Return what of the parts is so on a day already."""
        return {
            "parent": reference(superior["superior"]) if superior and superior[_FROM] <= then else None,
            "uscc": uscc["value"] if uscc and uscc[_FROM] <= then else None,
        }

    same = {"code": o["code"] or o["id"], "id": o["id"], "kind": o["kind"]}
    earlier = [
        {
            **same,
            **on(version[_FROM]),
            **{name: version[name] for name in ("name", "short_name", "status")},
            "from": _dated(version[_FROM], version[_FROM], version["precision"]),
        }
        for version in o["history"]
        # A version under another code would be taken for another organization.
        if version[_FROM] < day and version["code"] == o["code"]
    ]
    whole = {**o, **same, **on(day), "from": _dated(day, o[_FROM], o["precision"])}
    yield from _versions([*earlier, whole], "short_name")


def _relations(o: Row) -> Iterator[Row]:
    found = [
        {
            "organization": o["code"] or o["id"],
            "hierarchy": each["hierarchy"],
            "superior": reference(each["superior"]),
            "from": each[_FROM],
            "to": each["validTo"],
        }
        for each in o["superiors"]
    ]
    yield from sorted(found, key=lambda row: (row["hierarchy"], str(row["superior"]), row["from"]))


def _identifiers(o: Row) -> Iterator[Row]:
    for each in o["identifiers"]:
        there = {name: each[name] for name in ("scheme", "value")}
        yield {**there, "organization": o["code"] or o["id"], "from": each[_FROM], "to": each["validTo"]}


def _function(f: Row) -> Iterator[Row]:
    holdings = [h[_FROM] for h in f.get("holdings") or () if h[_FROM] <= f["asOf"]]
    day = _since(f[_FROM], *holdings[-1:])
    yield {**f, "code": f["id"], "holder": reference(f.get("holder")), "from": day}


def _post(p: Row) -> Iterator[Row]:
    same = {**p, "code": p["id"], "organization": reference(p["organization"])}
    earlier = [
        {
            **same,
            "name": v["name"],
            "seats": v["seats"],
            "organization": reference(v["organization"]),
            "from": v[_FROM],
        }
        for v in p["history"]
        if v[_FROM] < p[_FROM] and v["organization"] is not None
    ]
    yield from _versions([*earlier, {**same, "from": _dated(p[_FROM], p[_FROM], p["precision"])}], "name")


def _term(t: Row) -> Iterator[Row]:
    yield {**t, "code": t["id"], "body": reference(t["body"]), "from": t["openedOn"]}


def _membership(m: Row) -> Iterator[Row]:
    member = reference(m.get("memberOrganization"), m.get("memberId"))
    yield {**m, "organization": reference(m.get("organization")), "member": member, "from": m[_FROM]}


def _appointment(a: Row) -> Iterator[Row]:
    post = None if a.get("post") is None else a["post"]["id"]
    term = None if a.get("term") is None else a["term"]["id"]
    there = {"person": a.get("personId"), "post": post, "term": term, "from": a["heldSince"]}
    yield {**a, **there, "representing": reference(a.get("representing")), "to": a["heldUntil"]}


def _person(p: Row) -> Iterator[Row]:
    if p["name"] is None:
        # What was erased is not written out, and could not be taken in.
        return
    job = p.get("employer") or {}
    title: Row = next(iter(reversed(p.get("title") or ())), {})
    told = [h for h in p["history"] if h[_FROM] <= p["asOf"]]
    birth = p.get("birth_date")
    whole = {
        **p,
        "code": p["id"],
        "birth_date": None if birth is None else _dated(birth, birth, p.get("birthPrecision")),
        "employer": reference(job.get("employer")),
        "employer_name": None if job.get("employer") else job.get("employerName"),
        "sector": job.get("sector"),
        "position": job.get("title"),
        "leading": job.get("leading"),
        "title": title.get("name"),
        "title_level": title.get("level"),
        "from": _since(p[_FROM], *(h[_FROM] for h in told), job.get(_FROM), title.get(_FROM)),
    }
    same = {"code": p["id"], "id": p["id"]}
    earlier = [{**same, "name": h["name"], "from": h[_FROM]} for h in told if h[_FROM] < whole["from"]]
    yield from _versions([*earlier, whole], "position")


_NAMED = "{ code id }"
_ALIVE = "{t}.status NOT IN ('DISSOLVED', 'REVOKED')"
_WORKS = "primaryEmployment { employer { code id } employerName sector title leading validFrom }"
_BY_CODE = 'coalesce({t}.code, {t}.id::text) COLLATE "C", {t}.id'

REGISTERS: dict[Kind, Register] = {
    Kind.ORGANIZATIONS: Register(
        "Organization",
        "organization",
        _ALIVE,
        _BY_CODE,
        "{t}.id",
        {
            "code": "code id validFrom precision: validFromPrecision"
            " history { name short_name: shortName status code"
            " validFrom precision: validFromPrecision }",
            "id": "id",
            "name": "name",
            "short_name": "short_name: shortName",
            "kind": "kind",
            "status": "status",
            "parent": "parent: superiors(hierarchies: [PART_OF]) { validFrom superior { code id } }",
            "tier": "tier",
            "base": "base",
            "formation": "formation",
            "subtype": "subtype",
            "discipline": "discipline",
            "welfare_class": "welfare_class: welfareClass",
            "uscc": "uscc: identifiers { scheme value validFrom }",
            "from": "validFrom",
        },
        _organization,
    ),
    Kind.RELATIONS: Register(
        "Organization",
        "organization",
        _ALIVE,
        _BY_CODE,
        "{t}.id",
        {
            "organization": "code id",
            "hierarchy": "superiors { hierarchy validFrom validTo superior { code id } }",
            "superior": "",
            "from": "",
            "to": "",
        },
        _relations,
    ),
    Kind.IDENTIFIERS: Register(
        "Organization",
        "organization",
        _ALIVE,
        _BY_CODE,
        "{t}.id",
        {
            "organization": "code id",
            "scheme": "identifiers { scheme value validFrom validTo }",
            "value": "",
            "from": "",
            "to": "",
        },
        _identifiers,
    ),
    Kind.FUNCTIONS: Register(
        "Function",
        "function",
        "NOT {t}.retired",
        "{t}.id",
        "(SELECT h.holder FROM {holding} AS h WHERE h.function = {t}.id AND (h.valid @> {as_of}) IS TRUE)",
        {
            "code": "id validFrom",
            "id": "id",
            "name": "name",
            "description": "description",
            "holder": f"holder {_NAMED} holdings {{ validFrom }}",
            "from": "",
        },
        _function,
    ),
    Kind.PEOPLE: Register(
        "Person",
        "person",
        "NOT {t}.deceased AND NOT EXISTS (SELECT FROM {person_alias} AS a WHERE a.alias = {t}.id)",
        "{t}.id",
        "(SELECT e.employer FROM {employment} AS e"
        " WHERE e.person = {t}.id AND (e.valid @> {as_of}) IS TRUE AND e.primary_ LIMIT 1)",
        {
            "code": "id validFrom history { validFrom name }",
            "id": "id",
            "name": "name",
            "gender": "gender",
            "birth_date": "birth_date: birthDate birthPrecision",
            "identity_number": "identity_number: identityNumber",
            "phone": "phone",
            "email": "email",
            "employer": f"employer: {_WORKS}",
            "employer_name": "",
            "sector": "",
            "position": "",
            "leading": "",
            "title": "title: titles { name level validFrom }",
            "title_level": "",
            "from": "",
        },
        _person,
    ),
    Kind.POSTS: Register(
        "Post",
        "post",
        "NOT {t}.abolished",
        "{t}.id",
        "{t}.organization",
        {
            "code": "id validFrom precision: validFromPrecision"
            " history { name seats organization { code id } validFrom }",
            "id": "id",
            "organization": f"organization {_NAMED}",
            "title": "title",
            "name": "name",
            "seats": "seats",
            "elected": "elected",
            "from": "",
        },
        _post,
    ),
    Kind.TERMS: Register(
        "Term",
        "term",
        "NOT {t}.ended",
        "{t}.id",
        "{t}.body",
        {
            "code": "id openedOn",
            "id": "id",
            "body": f"body {_NAMED}",
            "number": "number",
            "planned_end": "planned_end: plannedEnd",
            "from": "",
        },
        _term,
    ),
    Kind.MEMBERSHIPS: Register(
        "Membership",
        "membership",
        "{t}.status <> 'ENDED'",
        f'{_CODE_OF.format("{t}.organization")} COLLATE "C", {_CODE_OF.format("{t}.member")} COLLATE "C", {{t}}.id',  # noqa: E501 - one expression
        "{t}.organization",
        {
            "id": "id validFrom",
            "organization": f"organization {_NAMED}",
            "member": f"memberId memberOrganization {_NAMED}",
            "member_class": "member_class: memberClass",
            "number": "number",
            "status": "status",
            "from": "",
        },
        _membership,
    ),
    Kind.APPOINTMENTS: Register(
        "Appointment",
        "appointment",
        "NOT {t}.ended",
        "{t}.post, {t}.person, {t}.made_on, {t}.id",
        "(SELECT o.organization FROM {post} AS o WHERE o.id = {t}.post AND (o.valid @> {as_of}) IS TRUE)",
        {
            "id": "id heldSince heldUntil",
            "person": "personId",
            "post": "post { id }",
            "term": "term { id }",
            "mode": "mode",
            "basis": "basis",
            "professional": "professional",
            "representing": f"representing {_NAMED}",
            "from": "",
            "to": "",
        },
        _appointment,
    ),
}
"""Every register that is imported, as it is exported; of what ended nothing is written out."""
