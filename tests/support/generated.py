"""Queries that hypothesis-graphql draws over the whole schema, about what is in the register.

It knows the schema and nothing of the register, so its ids and texts are of nothing: they are put in from the
facts, and each argument may become a variable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from graphql import (
    REMOVE,
    ArgumentNode,
    DocumentNode,
    GraphQLSchema,
    IntValueNode,
    NameNode,
    Node,
    NonNullTypeNode,
    OperationDefinitionNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_named_type,
    parse_type,
    print_ast,
    value_from_ast_untyped,
    visit,
)
from graphql.language import VisitorAction
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

from tests.support.questions import DAYS, INSTANTS, Facts

_NUMBERS = (1, 2, 3, 5, 7, 10, 20, 50, 0, 101)
_INSTEAD = frozenset({"code", "number"})
"""Arguments that stand for an id, and not beside one."""


class Generated(NamedTuple):
    """A query as it was drawn, and the same with variables for some of its arguments."""

    plain: str
    asked: str
    variables: dict[str, Any]


class Generator:
    """Draws queries of one schema, about one register."""

    def __init__(self, schema: GraphQLSchema, facts: Facts, roots: Sequence[str]) -> None:
        self._schema = schema
        self._facts = facts
        quoted = {"Date": DAYS, "DateTime": INSTANTS}
        scalars = {
            **{name: st.sampled_from(values).map(nodes.String) for name, values in quoted.items()},
            "Position": st.sampled_from([0, 1, 5, 100]).map(nodes.Int),
            "JSON": st.just(nodes.String("{}")),
        }
        # One root field at a time: what two of them come to is drawn by other means, and is wide enough.
        drawn: Callable[[str], st.SearchStrategy[Any]] = lambda name: queries(  # noqa: E731 - typed as a whole
            schema, fields=[name], custom_scalars=scalars, print_ast=lambda document: document
        )
        self._documents = {name: drawn(name) for name in roots}

    def documents(self) -> st.SearchStrategy[Generated]:
        """Return the strategy."""
        return _generated(self)

    def draw(self, draw: st.DrawFn) -> Generated:
        """Draw a query."""
        name = draw(st.sampled_from(sorted(self._documents)))
        document: DocumentNode = draw(self._documents[name])
        grounded = self._visited(document, _Grounding(self._facts, draw))
        hoisting = _Hoisting(draw)
        hoisted = self._visited(grounded, hoisting)
        return Generated(print_ast(grounded), print_ast(hoisting.declared(hoisted)), hoisting.values)

    def _visited(self, document: DocumentNode, visitor: _Typed) -> DocumentNode:
        visitor.info = info = TypeInfo(self._schema)
        changed: DocumentNode = visit(document, TypeInfoVisitor(info, visitor))
        return changed


@st.composite
def _generated(draw: st.DrawFn, generator: Generator) -> Generated:
    return generator.draw(draw)


class _Typed(Visitor):
    """Knows the type of what it visits."""

    info: TypeInfo


class _Grounding(_Typed):
    """Puts in what is in the register."""

    def __init__(self, facts: Facts, draw: st.DrawFn) -> None:
        super().__init__()
        self._facts = facts
        self._draw = draw

    def enter_argument(self, node: ArgumentNode, _: object, parent: object, *__: object) -> VisitorAction:
        """Leave out, most of the time, what refuses the whole field: texts that are no cursors, two names."""
        listed = parent if isinstance(parent, Sequence) else ()
        beside = any(isinstance(each, ArgumentNode) and each.name.value == "id" for each in listed)
        refused = node.name.value == "after" or (beside and node.name.value in _INSTEAD)
        return REMOVE if refused and self._draw(st.integers(0, 9)) else None

    def enter_string_value(self, _: StringValueNode, *__: object) -> Node | None:
        """Take an id or a text of the register, most of the time."""
        kind = get_named_type(self.info.get_input_type())
        name = None if kind is None else kind.name
        known = {"ID": self._facts.ids, "String": self._facts.texts}.get(name or "")
        if not known or self._draw(st.integers(0, 9)) == 0:
            return None
        return StringValueNode(value=self._draw(st.sampled_from(known)))

    def enter_int_value(self, _: IntValueNode, *__: object) -> Node | None:
        """Take a number of rows that a page may have, or nearly may."""
        kind = get_named_type(self.info.get_input_type())
        if kind is None or kind.name != "Int":
            return None
        return IntValueNode(value=str(self._draw(st.sampled_from(_NUMBERS))))


class _Hoisting(_Typed):
    """Makes variables of arguments."""

    def __init__(self, draw: st.DrawFn) -> None:
        super().__init__()
        self._draw = draw
        self._definitions: list[VariableDefinitionNode] = []
        self.values: dict[str, Any] = {}

    def enter_argument(self, node: ArgumentNode, *_: object) -> Node | None:
        """Replace the value of an argument, or leave it."""
        kind, argument = self.info.get_input_type(), self.info.get_argument()
        if kind is None or argument is None or not self._draw(st.booleans()):
            return None
        name = f"v{len(self.values)}"
        self.values[name] = value_from_ast_untyped(node.value)
        declared = parse_type(str(kind))
        assert not isinstance(declared, NonNullTypeNode) or self.values[name] is not None
        variable = VariableNode(name=NameNode(value=name))
        self._definitions.append(VariableDefinitionNode(variable=variable, type=declared, directives=()))
        return ArgumentNode(name=node.name, value=variable)

    def declared(self, document: DocumentNode) -> DocumentNode:
        """Return the document with the variables declared."""
        (operation,) = document.definitions
        assert isinstance(operation, OperationDefinitionNode)
        return DocumentNode(
            definitions=(
                OperationDefinitionNode(
                    operation=operation.operation,
                    name=operation.name,
                    variable_definitions=tuple(self._definitions),
                    directives=operation.directives,
                    selection_set=operation.selection_set,
                ),
            )
        )
