"""In which order rows are decided, so that each finds what it names, wherever that stands (次序). Pure.

Organizations begin with those that stand under none of the file; their later versions follow by date, and
their ends come last of all. Rows of other kinds come by what they are about, and by date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from graphql_api.imports.columns import Kind
from graphql_api.imports.identities import Look
from graphql_api.imports.planning.boards import appointment, post, post_ending, term, term_ending
from graphql_api.imports.planning.functions import function
from graphql_api.imports.planning.members import membership
from graphql_api.imports.planning.organizations import ending, identifier, organization, relation
from graphql_api.imports.planning.people import person
from graphql_api.imports.rows import Contents, Fault, Row, Table
from graphql_api.imports.saying import Intent
from graphql_api.imports.wrong import Wrong, WrongError

Planner = Callable[[Row, Look], list[Intent]]

PLANNERS: dict[Kind, Planner] = {
    Kind.ORGANIZATIONS: organization,
    Kind.PEOPLE: person,
    Kind.RELATIONS: relation,
    Kind.IDENTIFIERS: identifier,
    Kind.FUNCTIONS: function,
    Kind.POSTS: post,
    Kind.TERMS: term,
    Kind.MEMBERSHIPS: membership,
    Kind.APPOINTMENTS: appointment,
}

_VERSIONED = frozenset({Kind.ORGANIZATIONS, Kind.FUNCTIONS, Kind.POSTS, Kind.MEMBERSHIPS})
"""Kinds of which one row goes on where the row before it ends, instead of beginning something new."""

_ONE_LIFE = _VERSIONED - {Kind.MEMBERSHIPS}
"""Kinds of which nothing begins again after its end."""


_TIMELESS: dict[Kind, tuple[str, ...]] = {
    Kind.ORGANIZATIONS: ("kind",),
    Kind.FUNCTIONS: ("name", "description"),
    Kind.POSTS: ("title", "elected"),
}
"""Columns of which no event says that they became something else: all versions say the same."""


class Step(NamedTuple):
    """A row to decide, and by what (步骤). ``goes_on`` says that a later row takes over where it ends."""

    table: Table
    at: int
    planner: Planner
    goes_on: bool = False

    @property
    def key(self) -> str:
        """What the row has in common with others about the same thing."""
        return self.table.keys[self.at]

    @property
    def row(self) -> Row:
        """The row, without its end if that is only the beginning of its next version."""
        row = self.table.row(self.at)
        if not self.goes_on or "to" not in row.values:
            return row
        return replace(row, values={name: v for name, v in row.values.items() if name != "to"})


class Order(NamedTuple):
    """The steps in order, and what is wrong between rows (次序与行间错误)."""

    steps: list[Step]
    faults: list[Fault]


def order_of(contents: Contents) -> Order:
    """Return in which order the rows of a file are decided."""
    steps: list[Step] = []
    endings: list[Step] = []
    boards: list[Step] = []
    faults: list[Fault] = []
    for table in contents.tables:
        groups = _grouped(table, faults)
        if table.kind is Kind.ORGANIZATIONS:
            begun, ended = _organizations(table, groups, faults)
            steps.extend(begun)
            endings.extend(ended)
            continue
        planned = [Step(table, index, PLANNERS[table.kind], goes_on) for index, goes_on in groups]
        if table.kind in (Kind.TERMS, Kind.APPOINTMENTS):
            boards.extend(planned)
            continue
        if table.kind is not Kind.PEOPLE:
            # Who leaves a place or gives up a number makes room for whoever comes after.
            planned.sort(key=_day)
        if table.kind is Kind.POSTS:
            endings[:0] = [Step(table, step.at, post_ending) for step in planned if _ends(step)]
        steps.extend(planned)
    return Order([*steps, *_boards(boards), *endings], faults)


def _day(step: Step) -> int:
    return step.table.days[step.at]


def _ends(step: Step) -> bool:
    return not step.goes_on and step.row.end is not None


def _boards(steps: list[Step]) -> list[Step]:
    """Return terms and appointments by date: whoever sits for a term is there when it ends."""
    dated = [(_day(step), 1 if step.table.kind is Kind.TERMS else 2, step) for step in steps]
    dated.extend(
        (end.on.toordinal(), 0, Step(step.table, step.at, term_ending))
        for step in steps
        if step.table.kind is Kind.TERMS and (end := step.row.end) is not None
    )
    dated.sort(key=lambda each: each[:2])
    return [step for _, _, step in dated]


def _grouped(table: Table, faults: list[Fault]) -> list[tuple[int, bool]]:
    """Return the rows, those about one thing by date, each with whether the next one goes on from it."""
    keys, days = table.keys, table.days
    first: dict[str, int] = {}
    for index, key in enumerate(keys):
        first.setdefault(key, index)
    if len(first) == len(keys):
        return [(index, False) for index in range(len(keys))]
    order = sorted(range(len(keys)), key=lambda index: (first[keys[index]], days[index]))
    kept: list[tuple[int, bool]] = []
    contradicted: set[int] = set()
    for place, index in enumerate(order):
        following = order[place + 1] if place + 1 < len(order) else None
        goes_on = False
        if following is not None and keys[following] == keys[index]:
            between = _between(table, index, following)
            if isinstance(between, list):
                # Nobody knows which of two rows is right that contradict each other.
                faults.extend(between)
                contradicted.update((index, following) if len(between) > 1 else (index,))
            else:
                goes_on = between
        if index not in contradicted:
            kept.append((index, goes_on))
    return kept


def _between(table: Table, index: int, following: int) -> list[Fault] | bool:
    """Return whether a row about the same thing goes on from this one, or what is wrong between the two."""
    row, after = table.row(index), table.row(following)
    if row.day.on == after.day.on and row.values != after.values:
        return [
            Fault(table.place(one.number, "from"), WrongError(Wrong.DUPLICATE_ROW, row=other.number))
            for one, other in ((row, after), (after, row))
        ]
    for name in _TIMELESS.get(table.kind, ()):
        if row.says(name) and after.says(name) and row.get(name) != after.get(name):
            return [
                Fault(
                    table.place(one.number, name), WrongError(Wrong.FIXED, name=name, known=other.get(name))
                )
                for one, other in ((row, after), (after, row))
            ]
    if table.kind not in _VERSIONED:
        return False
    touches = row.end is None or row.end.on == after.day.on
    if not touches and table.kind in _ONE_LIFE and row.day.on != after.day.on:
        end = "" if row.end is None else row.end.on
        wrong = WrongError(Wrong.GAP, end=end, row=after.number, start=after.day.on)
        return [Fault(table.place(row.number, "to"), wrong)]
    return touches


def _organizations(
    table: Table, groups: list[tuple[int, bool]], faults: list[Fault]
) -> tuple[list[Step], list[Step]]:
    """Return the steps by which organizations begin and change, and those by which they end."""
    firsts: dict[str, int] = {}
    for index, _ in groups:
        firsts.setdefault(table.keys[index], index)
    sorted_firsts = list(_superiors_first(table, firsts, faults))
    rank = {table.keys[index]: place for place, index in enumerate(sorted_firsts)}
    goes_on = dict(groups)
    begin = [Step(table, index, organization, goes_on[index]) for index in sorted_firsts]
    later = [index for index, _ in groups if index not in firsts.values() and table.keys[index] in rank]
    later.sort(key=lambda index: table.days[index])
    begin.extend(Step(table, index, organization, goes_on[index]) for index in later)
    last = [index for index, on in groups if not on and table.keys[index] in rank]
    ends = [(row.end.on, -rank[table.keys[index]], index) for index in last if (row := table.row(index)).end]
    return begin, [Step(table, index, ending) for _, _, index in sorted(ends)]


def _superiors_first(table: Table, firsts: dict[str, int], faults: list[Fault]) -> Iterator[int]:
    """Yield the first row of each organization after that of the one it stands under."""
    parents = {key: str(table.row(index).get("parent") or "") for key, index in firsts.items()}
    placed: set[str] = set()
    for key in firsts:
        trail: list[str] = []
        node = key
        while node in firsts and node not in placed and node not in trail:
            trail.append(node)
            node = parents[node]
        if node in trail:
            circle = trail[trail.index(node) :]
            path = " → ".join([*circle, node])
            for each in circle:
                place = table.place(table.number(firsts[each]), "parent")
                faults.append(Fault(place, WrongError(Wrong.CIRCLE, path=path)))
            placed.update(circle)
            trail = trail[: trail.index(node)]
        for each in reversed(trail):
            placed.add(each)
            yield firsts[each]
