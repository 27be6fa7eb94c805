"""Rows put into the tables behind the registry's back, to see who notices."""

from __future__ import annotations

from typing import NamedTuple

THEN = "2023-01-01 00:00:00+00"
"""The instant since which planted rows are believed."""

A, B, C, NOBODY = (f"{digit * 8}-0000-0000-0000-000000000000" for digit in "abcd")

_NAMED = {"name": "名", "pinyin": "ming2名", "position": "1", "illustrative": "false"}
_USUAL: dict[str, dict[str, str]] = {
    "life": {},
    "organization": {
        **_NAMED,
        "kind": "ASSOCIATION",
        "status": "ACTIVE",
        "precision": "DAY",
        "assumed": "false",
        "founded": "DAY",
    },
    "relation": {"position": "1"},
    "identifier": {},
    "designation": {"position": "1"},
    "function": {**_NAMED, "unspecified": "false", "emphasized": "false", "retired": "false"},
    "holding": {"position": "1"},
    "instrument": {"title": "题", "pinyin": "ti2题", "repealed": "false", "position": "1"},
    "reorganization": {"title": "题", "pinyin": "ti2题", "stage": "PROPOSED", "plan": "{}", "position": "1"},
    "succession": {},
    "post": {
        "title": "PRESIDENT",
        "elected": "true",
        "abolished": "false",
        "illustrative": "false",
        "position": "1",
    },
    "term": {
        "number": "1",
        "opened_on": "2020-01-01",
        "ended": "false",
        "illustrative": "false",
        "position": "1",
    },
    "appointment": {
        "mode": "PART_TIME",
        "basis": "ELECTED",
        "professional": "false",
        "made_on": "2020-01-01",
        "ended": "false",
        "illustrative": "false",
        "position": "1",
    },
    "membership": {
        "member_class": "CORPORATE",
        "status": "ADMITTED",
        "illustrative": "false",
        "position": "1",
    },
    "affiliation": {"stage": "FORMAL", "position": "1"},
    "participation": {"role": "MEMBER", "ended": "false", "position": "1"},
    "registration": {"legal_form": "OTHER", "position": "1"},
    "charter": {"title": "章程", "adopted_on": "2020-01-01", "position": "1"},
    "staffing": {"position": "1"},
    "quota": {"kind": "OTHER", "count": "1", "position": "1"},
    "mandate": {**_NAMED, "category": "OTHER", "status": "ACTIVE", "granted_on": "2020-01-01"},
    "role_grant": {
        "principal": "user:8c1f",
        "role": "VIEWER",
        "scopes": "",
        "status": "ACTIVE",
        "given_on": "2020-01-01",
    },
    "mandate_review": {"finding": "合格", "reviewed_on": "2020-01-01"},
    "programme": {**_NAMED, "launched_on": "2020-01-01"},
    "enrollment": {"position": "1"},
    "figure": {
        "indicator": "MEMBERS",
        "period_start": "2020-01-01",
        "period_end": "2020-12-31",
        "value": "1",
        "unit": "人",
        "source": "年报",
        "withdrawn": "false",
        "illustrative": "false",
        "position": "1",
    },
    "secondment": {
        "direction": "UP",
        "basis": "EXCHANGE",
        "begun_on": "2020-01-01",
        "illustrative": "false",
        "position": "1",
    },
    "liaison": {"begun_on": "2020-01-01", "illustrative": "false", "position": "1"},
    "liaison_visit": {"visited_on": "2020-01-01"},
    "liaison_note": {"note": "缺设备"},
    "secondment_private": {"duty": "副秘书长", "position": "1"},
    "proposal": {
        "submitter": "user:8c1f",
        "kind": "RenameOrganization",
        "status": "PENDING",
        "personal": "false",
        "made": "1",
        "made_on": "2020-01-01",
        "position": "1",
    },
    "proposal_place": {"position": "1"},
    "proposal_private": {"content": "{}", "position": "1"},
    "naming": {
        "role": "NAME",
        "noun": "organization",
        "folded": "",
        "letters": "",
        "initials": "",
        "grams": "mi",
    },
    "person": {"illustrative": "false", "deceased": "false", "position": "1"},
    "person_private": {"name": "名", "pinyin": "ming", "birth_precision": "DAY", "position": "1"},
    "person_alias": {},
    "employment": {"sector": "OTHER", "primary_": "false", "position": "1"},
    "professional_title": {"level": "SENIOR", "position": "1"},
    "person_discipline": {"rank": "0"},
    "award": {"position": "1"},
    "measure": {
        "code": "M",
        "title": "题",
        "pinyin": "ti2题",
        "plan_clause": "二(一)",
        "recurrence": "ONCE",
        "stage": "OPEN",
        "illustrative": "false",
        "position": "1",
    },
    "measure_part": {"position": "1"},
    "deadline_move": {"moved_on": "2020-01-01"},
    "milestone": {"due": "2020-01-01", "position": "1"},
    "finding": {"text": "问题", "found_on": "2020-01-01", "position": "1"},
    "evidence": {"position": "1"},
    "progress": {"reported_on": "2020-01-01"},
    "fulfilment": {"fulfilled_on": "2020-01-01"},
    "criterion": {
        "code": "C",
        "name": "口径",
        "about": "PERSON",
        "predicate": "leading",
        "repealed": "false",
        "illustrative": "false",
        "position": "1",
    },
    "criterion_use": {"position": "1"},
    "rule": {
        "code": "R",
        "name": "规则",
        "form": "SHARE",
        "population": "SELF",
        "warning": "false",
        "definition": "{}",
        "repealed": "false",
        "illustrative": "false",
        "position": "1",
    },
}
"""What a row of each table says where nothing else is given."""


class Row(NamedTuple):
    """A row of a table, by the columns that matter."""

    table: str
    columns: dict[str, str]

    @property
    def insertion(self) -> str:
        """The statement that inserts it; every value is a literal that PostgreSQL converts."""
        past = self.table.endswith("_past")
        known = {} if past else {"recorded_from": THEN}
        values = {**_USUAL[self.table.removesuffix("_past")], **known, **self.columns}
        literals = ", ".join(f"'{value}'" for value in values.values())
        return f"INSERT INTO {self.table} ({', '.join(values)}) VALUES ({literals})"  # noqa: S608 - rows of tests


def row(table: str, **columns: str) -> Row:
    """Return a row of ``table``."""
    return Row(table, columns)
