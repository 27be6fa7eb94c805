"""A selection of the schema compiled to a JSON expression in SQL (编译器).

Every object becomes ``json_build_object``, every list an aggregate in a correlated subquery, so that a
whole operation is one statement over one snapshot. Values that came with the request are parameters, never
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from graphql import GraphQLObjectType

from graphql_api.access import PERSONAL, Right, Viewer, refuse_field
from graphql_api.limits import COST
from graphql_api.planner.believed import Belief, Names
from graphql_api.planner.decisions import NULL, Decision, decision, empty, listed
from graphql_api.planner.declare import (
    PLAN,
    RIGHT,
    Column,
    Declaration,
    Join,
    Planned,
    Resolved,
    Worked,
    metadata_of,
)
from graphql_api.planner.given import Asker, Slot, fitting, is_extreme, is_given, known_asker, later, uuid_of
from graphql_api.planner.places import PLACES, ROWS, Places
from graphql_api.planner.reading import EVENT_KEY, PERSON_KEY, SUBJECTS, TELLING, Noted, Reading
from graphql_api.planner.selection import Selected, Selector, result_type, sub_selections
from graphql_api.problems import Problem, problem
from graphql_api.types.terms.access import AccessKind
from graphql_api.words import snake_case

COST_LIMIT = COST
"""Values in one answer at most unless another limit is set. By estimate: a list counts as
:data:`LIST_ESTIMATE`, a page as ``first``."""

LIST_ESTIMATE = 10

TYPE_KEY = "$type"
"""Where an answer for graphql-core to complete holds an object's type, if it is open; no alias is that."""

_IN_FULL = frozenset({Decision.SHOWN, Decision.NARROWED})
_KEYS = frozenset({TYPE_KEY, PERSON_KEY, EVENT_KEY})

_PLACEHOLDER = re.compile(r"\$(\d+)")

_INDEXED = re.compile(r"@> \$\d+::(?:text::)?(?:date|timestamptz)(?!\) IS TRUE)")
"""A period compared so that an index over periods may serve it: what that finds, hangs on the date."""

PAIRS_PER_CALL = 40
"""A function takes at most 100 arguments; wider objects are joined from several."""


class Scope(NamedTuple):
    """The date and the belief of an answer: parameters, ``known_at`` None for what is believed now.

    ``times`` estimates how many objects like the one at hand the answer holds. ``schema`` names the tables
    that are read where they are not those first on the search path.
    """

    as_of: str
    known_at: str | None
    times: int = 1
    schema: str = ""

    @property
    def belief(self) -> Belief:
        """Which tables are read, as believed when."""
        return Belief(self.known_at, self.schema)

    def each(self, count: int) -> Scope:
        """Return the scope of each of ``count`` objects."""
        return self._replace(times=self.times * count)


class Statement(NamedTuple):
    """An SQL statement that gives one text, its parameters, and what it reads that is restricted.

    ``steady`` says that one plan of the database is as good for all parameters as one made for each.
    """

    sql: str
    parameters: list[Any]
    reading: Reading | None = None
    steady: bool = False


class Compiler:
    """Compiles the fields of one operation, collecting the parameters of its statement."""

    def __init__(  # noqa: PLR0913 - what a statement hangs on, each given where it is not the usual
        self,
        selector: Selector,
        viewer: Viewer,
        today: date,
        *,
        tagged: bool = False,
        register: str = "",
        asker: Asker | None = None,
    ) -> None:
        """Compile for ``viewer`` on the civil day ``today``, or for any ``asker`` of the same standing.

        ``tagged`` adds the type where it is open, for an answer that is completed by graphql-core.
        ``register`` is the schema that rights go by, if it is not the first on the search path.
        """
        self.selector = selector
        self.viewer = viewer
        self._parameters: list[Any] = []
        self._asker = known_asker(viewer, today) if asker is None else asker
        self._tagged = tagged
        self.places = Places(viewer, self._asker, self.parameter, register)
        self._aliases = 0
        self.limit = COST_LIMIT
        self.cost = 0
        self.looked_up = 0
        self.noted = Noted()

    def parameter(self, value: Any, kind: str) -> str:  # noqa: ANN401 - whatever the driver takes for the kind
        """Return a placeholder for ``value``, cast to the SQL type ``kind``; raises GraphQLError."""
        if is_given(value):
            self._parameters.append(Slot(value, kind))
            return f"${len(self._parameters)}::{kind}"
        value = fitting(value, kind)
        if is_extreme(value):
            # As text: the driver takes the first and the last day of Python's calendar for no days at all.
            # Others go as what they are: a text is read again for every row that it is compared with.
            self._parameters.append(value.isoformat())
            return f"${len(self._parameters)}::text::{kind}"
        self._parameters.append(value)
        return f"${len(self._parameters)}::{kind}"

    def statement(self, expression: str, fields: int = 0) -> Statement:
        """Return the statement that gives ``expression`` as text, with the parameters that it uses.

        Its ``fields`` are known to be steady if all of them look up by an index what they show.
        """
        made = self._statement(f"({expression})::text")
        steady = (
            0 < fields == self.looked_up
            and not self.places.tables(made.sql)
            and not _INDEXED.search(made.sql)
        )
        return made._replace(steady=steady)

    def listing(self, expression: str, rest: str) -> Statement:
        """Return the statement that gives ``expression`` as text for every row of ``rest``, FROM and on."""
        return self._statement(f"({expression})::text {rest}")

    def _statement(self, selected: str) -> Statement:
        used: dict[str, str] = {}
        sql = _PLACEHOLDER.sub(
            lambda found: used.setdefault(found[1], f"${len(used) + 1}"),
            f"{self.places.tables(selected)}SELECT {selected}",
        )
        return Statement(sql, [self._parameters[int(number) - 1] for number in used], self._reading())

    def alias(self) -> str:
        """Return a row name that the statement does not use yet."""
        self._aliases += 1
        return f"r{self._aliases}"

    def scope(self, field: Selected, as_of: date | None = None) -> Scope:
        """Return the scope that the arguments ``asOf`` and ``knownAt`` of a root field ask for."""
        day = next(
            each for each in (as_of, field.arguments.get("asOf"), self._asker.today) if each is not None
        )
        known_at: datetime | None = field.arguments.get("knownAt")
        known = None if known_at is None else self.parameter(known_at, "timestamptz")
        return Scope(self.parameter(day, "date"), known)

    def names(self, scope: Scope, **rows: str) -> Names:
        """Return what the braces of a declaration stand for in ``scope``."""
        return Names(scope.belief, as_of=scope.as_of, **rows)

    def table(self, name: str, scope: Scope) -> str:
        """Return ``name`` as believed in ``scope``."""
        return scope.belief.table(name)

    def type_of(self, name: str) -> GraphQLObjectType:
        """Return an object type of the schema."""
        kind = self.selector.schema.get_type(name)
        assert isinstance(kind, GraphQLObjectType)
        return kind

    def below(self, field: Selected, kind: str) -> list[Selected]:
        """Return the fields asked for below ``field``, of the object type ``kind``."""
        return self.selector.fields(self.type_of(kind), sub_selections(field))

    def object(
        self, kind: str, fields: Sequence[Selected], row: str, scope: Scope, *, open_type: bool = False
    ) -> str:
        """Return the JSON of an object of type ``kind`` whose values are in ``row``.

        ``open_type`` says that the schema promises less than ``kind`` where the object stands.
        """
        self.spend(len(fields) * scope.times, fields)
        graphql_type = self.type_of(kind)
        pairs = [(field.key, self._value(graphql_type, field, row, scope)) for field in fields]
        if kind in SUBJECTS and any(self._is_restricted(graphql_type, field) for field in fields):
            pairs.append(self.marked(self._subject(kind, row, scope)))
        if open_type and self._tagged:
            pairs.append((TYPE_KEY, f"{_literal(kind)}::text"))
        return self.build(pairs)

    def build(self, pairs: Iterable[tuple[str, str]]) -> str:
        """Return the JSON of an object with these keys and expressions, in this order."""
        items = [f"{_literal(key)}, {expression}" for key, expression in pairs]
        chunks = [
            f"json_build_object({', '.join(items[i : i + PAIRS_PER_CALL])})"
            for i in range(0, max(len(items), 1), PAIRS_PER_CALL)
        ]
        if len(chunks) == 1:
            return chunks[0]
        # The operator || exists for jsonb only, which would reorder the keys.
        texts = [f"left(substr({chunk}::text, 2), -1)" for chunk in chunks]
        return "('{' || " + " || ', ' || ".join(texts) + " || '}')::json"

    def field(self, kind: str, field: Selected, row: str, scope: Scope) -> str:
        """Return the JSON expression of one field of ``kind``."""
        return self._value(self.type_of(kind), field, row, scope)

    def check(self, kind: GraphQLObjectType, field: Selected) -> Declaration | None:
        """Return how a field is declared, or refuse it; what is masked needs a row, so it is refused, too."""
        if decision(self.viewer, kind, field.name) not in _IN_FULL:
            raise refuse_field(f"{kind.name}.{field.name}", field.nodes)
        self._note(kind, field)
        declaration: Declaration | None = metadata_of(kind.fields[field.name]).get(PLAN)
        return declaration

    def note(self, coordinate: str) -> None:
        """Remember that the statement reads something restricted, for the access log."""
        self.noted.fields.add(coordinate)

    def note_asked(self, kind: str, argument: str, value: Any) -> None:  # noqa: ANN401 - of any input type
        """Remember of whom restricted rows are asked for: that there are none says something of them, too."""
        if argument == "person" and ROWS.get(kind) is Right.RESTRICTED:
            self.noted.persons.append(value if is_given(value) else uuid_of(value))

    def marked(self, person: str) -> tuple[str, str]:
        """Return the pair that says of an object whose restricted data it shows: an expression, or null."""
        return (PERSON_KEY, f"({person})")

    def _note(self, kind: GraphQLObjectType, field: Selected) -> None:
        if self._is_restricted(kind, field) and not field.name.startswith("__"):
            self.note(f"{kind.name}.{field.name}")

    def _is_restricted(self, kind: GraphQLObjectType, field: Selected) -> bool:
        if ROWS.get(kind.name) is Right.RESTRICTED:
            return True
        if field.name.startswith("__"):
            return False
        if f"{kind.name}.{field.name}" in TELLING:
            return self.viewer.may(Right.RESTRICTED)
        return metadata_of(kind.fields[field.name]).get(RIGHT) is Right.RESTRICTED

    def _subject(self, kind: str, row: str, scope: Scope) -> str:
        """Return whose restricted data an object shows; null where it is masked."""
        person = SUBJECTS[kind].format_map(self.names(scope, t=row))
        if kind not in PLACES or self.places.covers(kind, Right.RESTRICTED):
            return person
        return f"CASE WHEN {self.places.placed(kind, row, Right.RESTRICTED)} THEN {person} END"

    def _reading(self) -> Reading | None:
        """Return what has been met so far that is restricted."""
        if not self.noted.fields:
            return None
        operation, viewer = self.selector.operation, self.viewer
        roots = None if viewer.everywhere(Right.RESTRICTED) else self._asker.roots(Right.RESTRICTED)
        return Reading(
            self._asker.name,
            AccessKind.QUERY if operation is None else AccessKind(operation.operation.name),
            None if operation is None or operation.name is None else operation.name.value,
            tuple(sorted(self.noted.fields)),
            tuple(self.noted.persons),
            roots if roots is None or is_given(roots) else tuple(roots),
        )

    def _allowed(self, kind: GraphQLObjectType, field: Selected, row: str) -> str | None:
        """Return the condition under which the row shows the field, None for always; or refuse the field."""
        match decision(self.viewer, kind, field.name):
            case Decision.REFUSED:
                raise refuse_field(f"{kind.name}.{field.name}", field.nodes)
            case Decision.MASKED:
                right = Right(metadata_of(kind.fields[field.name])[RIGHT])
                return self.places.placed(kind.name, row, right)
            case _:
                return None

    def check_superseded(self, kind: GraphQLObjectType, field: Selected) -> None:
        """Refuse what was once believed of a person to whoever is no auditor where they see people."""
        right = Right(metadata_of(kind.fields[field.name])[RIGHT])
        about = kind.name if kind.name in ROWS else listed(result_type(kind, field.name).name)
        if right in PERSONAL and not self.places.covers(about, Right.AUDIT):
            raise refuse_field(f"{kind.name}.{field.name}", field.nodes)

    def spend(self, cost: int, fields: Sequence[Selected]) -> None:
        """Count ``cost`` values more, and refuse an answer that would hold too many."""
        self.cost += cost
        if self.cost > self.limit:
            nodes = [node for field in fields for node in field.nodes[:1]]
            raise problem(Problem.TOO_COMPLEX, nodes, limit=self.limit, english="values", chinese="数据量")

    def _value(self, kind: GraphQLObjectType, field: Selected, row: str, scope: Scope) -> str:
        if field.name == "__typename":
            return f"{_literal(kind.name)}::text"
        shown = self._allowed(kind, field, row)
        self._note(kind, field)
        # A root field makes its scope from its arguments, below.
        once = field.arguments.get("knownAt") is not None or field.arguments.get("beliefs")
        if scope.known_at is not None or once:
            self.check_superseded(kind, field)
        value = self._unmasked(kind, field, row, scope)
        if shown is None:
            return value
        instead = empty(kind, field.name)
        if instead != NULL:
            value = f"to_json({value})"
        return f"CASE WHEN {shown} THEN {value} ELSE {instead} END"

    def _unmasked(self, kind: GraphQLObjectType, field: Selected, row: str, scope: Scope) -> str:
        declaration: Declaration | None = metadata_of(kind.fields[field.name]).get(PLAN)
        match declaration:
            case None:
                return f"{row}.{snake_case(field.name)}"
            case Column():
                given = {
                    name: self.parameter(texts(field.arguments[name]), sql_type)
                    for name, sql_type in declaration.arguments.items()
                }
                return declaration.expression.format_map(self.names(scope, t=row, **given))
            case Planned():
                return declaration.compile(self, field, scope)
            case Worked():
                return declaration.compile(self, field, row, scope)
            case Join():
                return self._join(declaration, kind, field, row, scope)
            case Resolved():
                message = f"{kind.name}.{field.name} has a resolver and cannot be compiled"
                raise TypeError(message)

    def _join(self, join: Join, kind: GraphQLObjectType, field: Selected, row: str, scope: Scope) -> str:
        below = result_type(kind, field.name).name
        alias = self.alias()
        each = scope.each(LIST_ESTIMATE) if join.many else scope
        content = self.object(below, self.below(field, below), alias, each)
        conditions = [join.on.format_map(self.names(scope, t=row, j=alias))]
        for argument, (condition, sql_type) in join.filters.items():
            value = field.arguments.get(argument)
            if value is not None:
                names = self.names(scope, t=row, j=alias, value=self.parameter(texts(value), sql_type))
                conditions.append(condition.format_map(names))
        bound = self.places.bound(below, alias)
        if bound is not None:
            conditions.append(bound)
        where = f"FROM {self._source(join, field, scope)} AS {alias} WHERE {' AND '.join(conditions)}"
        order = f" ORDER BY {join.order.format(j=alias)}" if join.order else ""
        if join.many:
            return f"(SELECT coalesce(json_agg({content}{order}), '[]') {where})"
        return f"(SELECT {content} {where}{order} LIMIT 1)"

    def _source(self, join: Join, field: Selected, scope: Scope) -> str:
        if not join.history:
            return scope.belief.table(join.table)
        if field.arguments.get("beliefs"):
            return scope.belief.every(join.table)
        return scope.belief.dated(join.table)


def texts(value: object) -> object:
    """Return an enumeration's value, or each of a list's, as the database knows it."""
    if is_given(value):
        return later(value, texts)
    return [str(item) for item in value] if isinstance(value, list) else value


def _literal(text: str) -> str:
    """Return a name of the schema or a response key as an SQL literal; both match [_A-Za-z][_0-9A-Za-z]*."""
    assert text.isidentifier() or text in _KEYS, text
    return f"'{text}'"
