"""Which fields an operation asks for: fragments spread, directives applied, same keys merged (选择集)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values


class Selected(NamedTuple):
    """A field asked for under ``key``: its arguments by GraphQL names, and the nodes that ask for it."""

    key: str
    name: str
    arguments: Mapping[str, Any]
    nodes: Sequence[FieldNode]


class Selector:
    """Reads selections of one operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
        operation: OperationDefinitionNode | None = None,
    ) -> None:
        """Know the schema, the fragments by name, the coerced variables, and which operation this is."""
        self.schema = schema
        self.operation = operation
        self._fragments = fragments
        # Where a variable's value came from matters to printing alone, so the values are enough.
        self._variables = VariableValues({}, dict(variables))

    def fields(self, kind: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> list[Selected]:
        """Return the fields that ``sets`` ask of an object of ``kind``, in the order of the answer.

        Raises GraphQLError for arguments that do not coerce.
        """
        return [self.selected(kind, key, nodes) for key, nodes in self.nodes(kind, sets).items()]

    def nodes(self, kind: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """Return the nodes that ask for the fields of an object of ``kind``, by response key, in order."""
        found: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        for selection_set in sets:
            self._collect(kind, selection_set.selections, found, spread)
        return found

    def selected(self, kind: GraphQLObjectType, key: str, nodes: Sequence[FieldNode]) -> Selected:
        """Return the field that ``nodes`` ask for; raises GraphQLError for arguments that do not coerce."""
        node = nodes[0]
        name = node.name.value
        if name.startswith("__"):
            return Selected(key, name, {}, nodes)
        return Selected(key, name, get_argument_values(kind.fields[name], node, self._variables), nodes)

    def _collect(
        self,
        kind: GraphQLObjectType,
        selections: Iterable[SelectionNode],
        found: dict[str, list[FieldNode]],
        spread: set[str],
    ) -> None:
        for node in selections:
            if not self._wanted(node):
                continue
            if isinstance(node, FieldNode):
                found.setdefault((node.alias or node.name).value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._applies(kind, node.type_condition.name.value):
                    self._collect(kind, node.selection_set.selections, found, spread)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                spread.add(node.name.value)
                fragment = self._fragments[node.name.value]
                if self._applies(kind, fragment.type_condition.name.value):
                    self._collect(kind, fragment.selection_set.selections, found, spread)

    def _wanted(self, node: SelectionNode) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self._variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self._variables)
        return include is None or bool(include["if"])

    def _applies(self, kind: GraphQLObjectType, condition: str) -> bool:
        if condition == kind.name:
            return True
        abstract = self.schema.get_type(condition)
        return is_abstract_type(abstract) and self.schema.is_sub_type(abstract, kind)


def selector_of(info: GraphQLResolveInfo[Any]) -> Selector:
    """Return the selector of the operation that a resolver works for."""
    # Strawberry hands resolvers the plain coerced values, where graphql-core has them beside their sources.
    variables: Any = info.variable_values
    return Selector(info.schema, info.fragments, variables, info.operation)


def sub_selections(field: Selected) -> list[SelectionSetNode]:
    """Return the selection sets below a field."""
    return [node.selection_set for node in field.nodes if node.selection_set is not None]


def result_type(kind: GraphQLObjectType, name: str) -> GraphQLNamedType:
    """Return the named type of a field, lists and non-nulls taken off."""
    named: GraphQLNamedType = get_named_type(kind.fields[name].type)
    return named
