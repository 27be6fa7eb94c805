"""Where a row belongs, and who sees it by that (归属).

A right held on subtrees only becomes a condition on rows. Which organizations a subtree holds, and who
belongs to them, is always as it is today by what is believed now, whatever day and belief is asked about:
otherwise a question about the past would give back rights that a reform has taken away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from graphql_api.access import Right, Viewer
from graphql_api.planner.believed import Belief, Names
from registry.statements import statement

ROWS: dict[str, Right] = {
    "Person": Right.PERSON,
    "PersonBelief": Right.PERSON,
    "Employment": Right.PERSON,
    "ProfessionalTitle": Right.PERSON,
    "Award": Right.PERSON,
    "Membership": Right.RECORD,
    "MembershipBelief": Right.RECORD,
    "Affiliation": Right.RESTRICTED,
    "AffiliationBelief": Right.RESTRICTED,
    "Participation": Right.RESTRICTED,
    "Secondment": Right.RECORD,
    "Liaison": Right.RECORD,
    "Staffing": Right.RECORD,
    "Quota": Right.RECORD,
    "AuditEvent": Right.AUDIT,
    "Proposal": Right.RECORD,
}
"""The right without which a row of a type is not shown at all; rows of other types are published."""

_WITHIN = "IN (SELECT p.id FROM {within} AS p)"
_OF_PEOPLE = "IN (SELECT p.id FROM {people} AS p)"

PLACES: dict[str, str] = {
    "Organization": f"{{t}}.id {_WITHIN}",
    "Registration": f"{{t}}.organization {_WITHIN}",
    "Charter": f"{{t}}.organization {_WITHIN}",
    "Staffing": f"{{t}}.organization {_WITHIN}",
    "Quota": f"{{t}}.organization {_WITHIN}",
    "Figure": f"{{t}}.organization {_WITHIN}",
    "Mandate": f"{{t}}.holder {_WITHIN}",
    "Programme": f"{{t}}.owner {_WITHIN}",
    "Post": f"{{t}}.organization {_WITHIN}",
    "Term": f"{{t}}.body {_WITHIN}",
    "Appointment": f"{{t}}.post IN (SELECT o.id FROM {{post}} AS o WHERE o.organization {_WITHIN})",  # noqa: S608 - names of ours; values are parameters
    "Membership": f"{{t}}.organization {_WITHIN}",
    "MembershipBelief": f"{{t}}.organization {_WITHIN}",
    "Affiliation": f"{{t}}.branch {_WITHIN}",
    "AffiliationBelief": f"{{t}}.branch {_WITHIN}",
    "Participation": f"{{t}}.organization {_WITHIN}",
    "Secondment": f"({{t}}.home {_WITHIN} OR {{t}}.host {_WITHIN})",
    "Liaison": f"({{t}}.cadre {_OF_PEOPLE} OR {{t}}.scientist {_OF_PEOPLE})",
    "Person": f"{{t}}.id {_OF_PEOPLE}",
    "PersonBelief": f"{{t}}.person {_OF_PEOPLE}",
    "Employment": f"{{t}}.person {_OF_PEOPLE}",
    "ProfessionalTitle": f"{{t}}.person {_OF_PEOPLE}",
    "Award": f"{{t}}.person {_OF_PEOPLE}",
    "Proposal": "EXISTS (SELECT FROM {proposal_place} AS o"
    f" WHERE o.proposal = {{t}}.id AND o.organization {_WITHIN})",
    "AuditEvent": "{t}.stream_id IN (SELECT p.id FROM {streams} AS p)",
}
"""Whether a row of a type belongs to the organizations, people or streams of a subtree."""

OWN: dict[str, tuple[str, tuple[Right, ...]]] = {"Proposal": ("submitter", (Right.WRITE, Right.AUDIT))}
"""Rows that are shown to whom a column of theirs names, and to others only where they have one of these."""

_SETS = (("within", "placed_organizations"), ("people", "placed_people"), ("streams", "placed_streams"))
"""What a subtree holds, each made of those before it."""


class Places:
    """The conditions of one statement for one viewer.

    ``schema`` has the tables that rights go by where bare names mean others: who simulates a reform gets no
    rights from it.
    """

    def __init__(
        self, viewer: Viewer, today: date, parameter: Callable[[Any, str], str], schema: str = ""
    ) -> None:
        """Make conditions for ``viewer`` on ``today``; ``parameter`` gives placeholders."""
        self._viewer = viewer
        self._today = today
        self._parameter = parameter
        self._belief = Belief(None, schema)
        self._sets: dict[str, str] = {}

    def is_bound(self, kind: str) -> bool:
        """Say whether the viewer sees some rows of ``kind`` and not others."""
        if kind in OWN:
            return not any(self._viewer.everywhere(right) for right in OWN[kind][1])
        right = ROWS.get(kind)
        return right is not None and not self._viewer.everywhere(right)

    def bound(self, kind: str, row: str) -> str | None:
        """Return the condition under which a row of ``kind`` is shown; None if every one is."""
        if kind in OWN and self.is_bound(kind):
            return self._own(kind, row)
        return self.placed(kind, row, ROWS[kind]) if self.is_bound(kind) else None

    def _own(self, kind: str, row: str) -> str:
        """Return the condition that a row is the viewer's own, or is where they see those of others."""
        column, rights = OWN[kind]
        own = f"{row}.{column} = {self._parameter(self._viewer.name, 'text')}"
        placed = [self.placed(kind, row, right) for right in rights if self._viewer.roots(right)]
        return f"({' OR '.join([own, *placed])})"

    def covers(self, kind: str, right: Right) -> bool:
        """Say whether the viewer has ``right`` wherever a row of ``kind`` is shown."""
        if self._viewer.everywhere(right):
            return True
        if kind in OWN:
            # What is one's own may be anywhere: that it is shown says nothing of other rights.
            return right is ROWS[kind] and self._viewer.may(right)
        if not self.is_bound(kind):
            return False
        roots = self._viewer.roots(ROWS[kind])
        return bool(roots) and roots <= self._viewer.roots(right)

    def placed(self, kind: str, row: str, right: Right) -> str:
        """Return the condition that a row of ``kind`` belongs to where the viewer has ``right``."""
        return PLACES[kind].format_map(self._names(right, t=row))

    def tables(self, expression: str) -> str:
        """Return the WITH clause of the sets that ``expression`` uses; nothing when it uses none."""
        # A set uses those before it, so they are looked for from the last to the first.
        used: list[str] = []
        text = expression
        for name, sql in reversed(self._sets.items()):
            if name in text:
                used.append(f"{name} (id) AS MATERIALIZED ({sql})")
                text += sql
        return f"WITH RECURSIVE {', '.join(reversed(used))} " if used else ""

    def _names(self, right: Right, **rows: str) -> Names:
        names = Names(self._belief, **rows)
        for short, _ in _SETS:
            names[short] = f"placed_{short}_{right.lower()}"
        if names["within"] not in self._sets:
            names["today"] = self._parameter(self._today, "date")
            names["roots"] = self._parameter(sorted(self._viewer.roots(right)), "uuid[]")
            for short, source in _SETS:
                names["name"] = names[short]
                sql = statement("graphql_api.planner", source).strip()
                self._sets[names[short]] = sql.format_map(names)
        return names
