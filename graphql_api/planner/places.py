"""Where a row belongs, and who sees it by that (归属).

A right held on subtrees only becomes a condition on rows. Which organizations a subtree holds, and who
belongs to them, is always as it is today by what is believed now, whatever day and belief is asked about:
otherwise a question about the past would give back rights that a reform has taken away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.access import Right, Viewer
from graphql_api.planner.believed import Belief, Names
from graphql_api.planner.given import Asker
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
    "ProgressReport": Right.RECORD,
    "Finding": Right.RECORD,
    "Evidence": Right.RECORD,
    "LikelyDuplicate": Right.PERSON,
    "JudgedPerson": Right.PERSON,
    "SecondmentEntry": Right.RECORD,
    "StaffingEntry": Right.RECORD,
}
"""The right without which a row of a type is not shown at all; rows of other types are published."""

_WITHIN = "IN (SELECT p.id FROM {within} AS p)"
_OF_PEOPLE = "IN (SELECT p.id FROM {people} AS p)"
_OF_MEASURES = "IN (SELECT p.id FROM {measures} AS p)"

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
    "Measure": f"{{t}}.id {_OF_MEASURES}",
    "ProgressReport": f"{{t}}.measure {_OF_MEASURES}",
    "Finding": f"{{t}}.measure {_OF_MEASURES}",
    "Evidence": f"{{t}}.measure {_OF_MEASURES}",
    "LikelyDuplicate": f"{{t}}.id {_OF_PEOPLE}",
    "JudgedPerson": f"{{t}}.element {_OF_PEOPLE}",
    "SecondmentEntry": f"({{t}}.home {_WITHIN} OR {{t}}.host {_WITHIN})",
    "StaffingEntry": f"{{t}}.organization {_WITHIN}",
    "MeasureProgress": f"{{t}}.id {_OF_MEASURES}",
    "DistrictSummary": (
        "NOT EXISTS (SELECT FROM placed AS p"  # noqa: S608 - names of ours; values are parameters
        " WHERE (p.kind IN ('DEPARTMENT', 'INSTITUTION') OR p.kind = 'ASSOCIATION' AND p.base IS NULL)"
        " AND ({t}.span = 'TOTAL' OR p.district IS NOT DISTINCT FROM {t}.district)"
        f" AND p.id NOT {_WITHIN})"
    ),
}
"""Whether a row of a type belongs to the organizations, people, streams or measures of a subtree.

What adds something up belongs to it if all of that does: a sum of a part would be taken for the whole.
"""

OWN: dict[str, tuple[str, tuple[Right, ...]]] = {"Proposal": ("submitter", (Right.WRITE, Right.AUDIT))}
"""Rows that are shown to whom a column of theirs names, and to others only where they have one of these."""

_SETS = (
    ("within", "placed_organizations"),
    ("people", "placed_people"),
    ("streams", "placed_streams"),
    ("measures", "placed_measures"),
)
"""What a subtree holds, each made of those before it."""


def is_bound(viewer: Viewer, kind: str) -> bool:
    """Say whether ``viewer`` sees some rows of ``kind`` and not others."""
    if kind in OWN:
        return not any(viewer.everywhere(right) for right in OWN[kind][1])
    right = ROWS.get(kind)
    return right is not None and not viewer.everywhere(right)


def covers(viewer: Viewer, kind: str, right: Right) -> bool:
    """Say whether ``viewer`` has ``right`` wherever a row of ``kind`` is shown."""
    if viewer.everywhere(right):
        return True
    if kind in OWN:
        # What is one's own may be anywhere: that it is shown says nothing of other rights.
        return right is ROWS[kind] and viewer.may(right)
    if not is_bound(viewer, kind):
        return False
    roots = viewer.roots(ROWS[kind])
    return bool(roots) and roots <= viewer.roots(right)


class Places:
    """The conditions of one statement for one viewer.

    ``schema`` has the tables that rights go by where bare names mean others: who simulates a reform gets no
    rights from it.
    """

    def __init__(
        self, viewer: Viewer, asker: Asker, parameter: Callable[[Any, str], str], schema: str = ""
    ) -> None:
        """Make conditions for the standing of ``viewer``, with values of ``asker`` as parameters."""
        self._viewer = viewer
        self._asker = asker
        self._parameter = parameter
        self._belief = Belief(None, schema)
        self._sets: dict[str, str] = {}

    def bound(self, kind: str, row: str) -> str | None:
        """Return the condition under which a row of ``kind`` is shown; None if every one is."""
        if not is_bound(self._viewer, kind):
            return None
        return self._own(kind, row) if kind in OWN else self.placed(kind, row, ROWS[kind])

    def _own(self, kind: str, row: str) -> str:
        """Return the condition that a row is the viewer's own, or is where they see those of others."""
        column, rights = OWN[kind]
        own = f"{row}.{column} = {self._parameter(self._asker.name, 'text')}"
        placed = [self.placed(kind, row, right) for right in rights if self._viewer.roots(right)]
        return f"({' OR '.join([own, *placed])})"

    def covers(self, kind: str, right: Right) -> bool:
        """Say whether the viewer has ``right`` wherever a row of ``kind`` is shown."""
        return covers(self._viewer, kind, right)

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
            names["today"] = self._parameter(self._asker.today, "date")
            names["roots"] = self._parameter(self._asker.roots(right), "uuid[]")
            for short, source in _SETS:
                names["name"] = names[short]
                sql = statement("graphql_api.planner", source).strip()
                self._sets[names[short]] = sql.format_map(names)
        return names
