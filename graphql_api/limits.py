"""Bounds on what a document may ask, checked before anything else looks at it (查询限制).

A fragment is looked at once, however often it is spread: its sums are kept and counted as often as it is
used. So a document costs time in proportion to its length, and one that would unfold into millions of
fields is refused unread. What an operation costs at the database depends on its variables, too:
:mod:`graphql_api.planner.compiler` bounds that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Visitor,
    parse,
    visit,
)
from msgspec import Struct

from graphql_api.problems import Problem, problem

TOKENS = 1_000
COMMENTS = 100
DOCUMENT_CHARACTERS = 20_000
DEPTH = 10
INTROSPECTION_DEPTH = 20
INTROSPECTIONS = 2
ALIASES = 15
DIRECTIVES = 50
ROOT_FIELDS = 10
FIELDS = 500
"""Fields of an operation with its fragments spread."""

SAME_NAME = 50
"""Fields of a document that answer under one name: validation compares each with each."""

COST = 100_000
"""Values in one answer at most, by estimate."""

VALUES = 5_000
"""Values in an operation's variables, each list and object counted, too."""

ERRORS = 2
"""Errors of a document, or of variables, that are told: to look for what was meant takes milliseconds."""

DIGITS = 100
"""Digits of a number: converting them takes time by their square."""

INCREMENTAL = frozenset({"defer", "stream"})

_LONG_NUMBER = re.compile(rf"\d{{{DIGITS}}}")

INTROSPECTION = frozenset({"__schema", "__type"})


class Bounds(Struct, frozen=True):
    """What a document may ask at most; an operator may set another."""

    tokens: int = TOKENS
    depth: int = DEPTH
    aliases: int = ALIASES
    directives: int = DIRECTIVES
    cost: int = COST


BOUNDS = Bounds()
"""The bounds that hold unless others are set."""


class _Sums(Struct):
    """What a selection set comes to with its fragments spread."""

    depth: int = 0
    introspection_depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    introspections: int = 0

    def add(self, other: _Sums, *, below: bool) -> None:
        """Take in a selection set beside this one, or ``below`` one of its fields."""
        self.depth = max(self.depth, other.depth + below)
        self.introspection_depth = max(self.introspection_depth, other.introspection_depth + below)
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives
        self.introspections += other.introspections


def parse_within_limits(text: str, bounds: Bounds = BOUNDS) -> DocumentNode:
    """Return the document; raises GraphQLError when it is too long, deep or wide, or does not parse."""
    document = parse(
        text, max_lexical_tokens=bounds.tokens, max_comments=COMMENTS, max_source_length=DOCUMENT_CHARACTERS
    )
    measure = _Measure(
        {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    )
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            _check(definition, measure, bounds)
        elif isinstance(definition, FragmentDefinitionNode):
            # Validation looks at fragments that nobody spreads, too.
            measure.fragment(definition.name.value)
    if _LONG_NUMBER.search(text):
        visit(document, _Numbers())
    if measure.names and max(measure.names.values()) > SAME_NAME:
        raise _too_much(SAME_NAME, "fields of one name", "同名字段")
    return document


def variables_within_limits(variables: Mapping[str, object] | None) -> None:
    """Raise GraphQLError when there are more values than any question needs."""
    levels: list[Iterable[object]] = [(variables or {}).values()]
    found = 0
    while levels:
        for value in levels.pop():
            found += 1
            if isinstance(value, dict):
                levels.append(value.values())
            elif isinstance(value, list):
                levels.append(value)
        if found > VALUES:
            raise _too_much(VALUES, "values in its variables", "变量值")


class _Numbers(Visitor):
    """Refuses a number that is longer than any that is meant."""

    def enter_int_value(self, node: IntValueNode, *_: object) -> None:
        """Look at a whole number."""
        self._number(node)

    def enter_float_value(self, node: FloatValueNode, *_: object) -> None:
        """Look at another number."""
        self._number(node)

    @staticmethod
    def _number(node: IntValueNode | FloatValueNode) -> None:
        if len(node.value) > DIGITS:
            raise problem(
                Problem.INVALID_DOCUMENT, [node], problem=f"A number has more than {DIGITS} digits."
            )


def _check(operation: OperationDefinitionNode, measure: _Measure, bounds: Bounds) -> None:
    sums = measure.of(operation.selection_set)
    sums.directives += len(operation.directives or ())
    found_and_allowed = (
        (sums.depth, bounds.depth, "levels", "层级"),
        (sums.introspection_depth, INTROSPECTION_DEPTH, "levels", "层级"),
        (sums.aliases, bounds.aliases, "aliases", "别名"),
        (sums.directives, bounds.directives, "directives", "指令"),
        (sums.fields, FIELDS, "fields", "字段"),
        (sums.introspections, INTROSPECTIONS, "fields of introspection", "内省字段"),
        (measure.breadth(operation.selection_set), ROOT_FIELDS, "root fields", "根字段"),
    )
    for found, limit, english, chinese in found_and_allowed:
        if found > limit:
            raise _too_much(limit, english, chinese)


class _Measure:
    """Adds up the selection sets of one document, each fragment once."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self.names: Counter[str] = Counter()
        self._fragments = fragments
        self._known: dict[str, _Sums] = {}
        self._breadths: dict[str, int] = {}

    def of(self, selection_set: SelectionSetNode) -> _Sums:
        """Return what a selection set comes to."""
        sums = _Sums()
        for node in selection_set.selections:
            directives = _directives(node)
            if any(directive.name.value in INCREMENTAL for directive in directives):
                raise problem(Problem.NOT_INCREMENTAL, [node])
            sums.directives += len(directives)
            if isinstance(node, FieldNode):
                self._field(node, sums)
            elif isinstance(node, InlineFragmentNode):
                sums.add(self.of(node.selection_set), below=False)
            elif isinstance(node, FragmentSpreadNode):
                sums.add(self.fragment(node.name.value), below=False)
        return sums

    def fragment(self, name: str) -> _Sums:
        """Return what a fragment comes to; nothing for an unknown one, or inside itself: both are invalid."""
        if name not in self._known:
            self._known[name] = _Sums()
            if name in self._fragments:
                self._known[name] = self.of(self._fragments[name].selection_set)
        return self._known[name]

    def breadth(self, selection_set: SelectionSetNode) -> int:
        """Return how many fields a selection set has on its own level."""
        return sum(self._breadth(node) for node in selection_set.selections)

    def _breadth(self, node: SelectionNode) -> int:
        if isinstance(node, InlineFragmentNode):
            return self.breadth(node.selection_set)
        if not isinstance(node, FragmentSpreadNode):
            return 1
        name = node.name.value
        if name not in self._breadths:
            self._breadths[name] = 0
            if name in self._fragments:
                self._breadths[name] = self.breadth(self._fragments[name].selection_set)
        return self._breadths[name]

    def _field(self, node: FieldNode, sums: _Sums) -> None:
        below = _Sums() if node.selection_set is None else self.of(node.selection_set)
        if node.name.value in INTROSPECTION:
            # The introspection that tools send is deep by nature, and costs no database; but it costs time.
            below = _Sums(
                introspection_depth=max(below.depth, below.introspection_depth),
                fields=below.fields,
                aliases=below.aliases,
                directives=below.directives,
            )
            sums.introspections += 1
        self.names[(node.alias or node.name).value] += 1
        sums.fields += 1
        sums.aliases += node.alias is not None
        sums.depth = max(sums.depth, 1)
        sums.add(below, below=True)


def _directives(node: SelectionNode) -> tuple[DirectiveNode, ...]:
    return tuple(getattr(node, "directives", None) or ())


def _too_much(limit: int, english: str, chinese: str) -> GraphQLError:
    return problem(Problem.TOO_COMPLEX, limit=limit, english=english, chinese=chinese)
