"""Documents parsed and validated once, and which of them may be asked by whom (查询文档缓存)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    ParallelVisitor,
    TypeInfo,
    TypeInfoVisitor,
    ValidationContext,
    Visitor,
    specified_rules,
    validate,
    visit,
)
from graphql.execution.values import get_variable_values
from graphql.language import BREAK, VisitorAction

from graphql_api.access import ANYBODY, Viewer
from graphql_api.introspection import Introspection
from graphql_api.limits import BOUNDS, ERRORS, INTROSPECTION, Bounds, parse_within_limits
from graphql_api.policy import Policy, Whom
from graphql_api.problems import Problem, problem
from graphql_api.trusted import Trusted

_KEPT = 500
"""Documents kept; a page of ours has a dozen, and the longest allowed takes 0.3 MB."""


_BLANK = problem(Problem.INVALID_DOCUMENT, problem="The document does not fit the schema.")
"""All that is told of it to whoever may not know the schema."""


class Read(NamedTuple):
    """A document, if it parses, what is wrong with it, and the names of its operations."""

    document: DocumentNode | None
    errors: list[GraphQLError]
    introspects: bool = False
    operations: tuple[str | None, ...] = ()


class Documents:
    """The documents seen last by one schema.

    Whoever may not ask what the schema holds is told that a document does not fit it, and no more: neither
    which of its names exist, nor what they might be meant for.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        suggestions: bool = True,
        policy: Policy = Policy(),  # noqa: B008 - a default that nobody can change
        bounds: Bounds = BOUNDS,
        trusted: Trusted | None = None,
    ) -> None:
        """Validate by ``schema``; without ``suggestions`` errors never hint at names that exist.

        By ``policy`` only ``trusted`` documents may be allowed.
        """
        self._schema = schema
        self._suggestions = suggestions
        self._policy = policy
        self._bounds = bounds
        self._trusted = Trusted(()) if trusted is None else trusted
        self.introspection = Introspection(schema)
        self._kept: OrderedDict[str, Read] = OrderedDict()

    @property
    def bounds(self) -> Bounds:
        """What a document may ask at most."""
        return self._bounds

    def named(self, name: str) -> str:
        """Return the text of the registered document called ``name``; raises GraphQLError."""
        text = self._trusted.text(name)
        if text is None:
            raise problem(Problem.UNKNOWN_DOCUMENT, name=name[:80])
        return text

    def read(self, text: str, viewer: Viewer, *, own: bool = False) -> Read:
        """Return the document and its errors, as ``viewer`` may see them.

        ``own`` says that the server itself wrote the document.
        """
        if self._policy.trusted_only and not own and not self._trusted.knows(text):
            return Read(None, [problem(Problem.UNTRUSTED_DOCUMENT)])
        found = self._remembered(text, suggestions=self._suggestions and viewer is not ANYBODY)
        if own or self._introspect(viewer):
            return found
        if found.introspects and not self._trusted.knows(text):
            return Read(None, [problem(Problem.FORBIDDEN, field="__schema")])
        return found._replace(errors=self.told(found.errors, viewer)) if found.document else found

    def misfits(
        self, operation: OperationDefinitionNode, variables: Mapping[str, Any], viewer: Viewer
    ) -> list[GraphQLError]:
        """Return why ``variables`` are none for ``operation``, as ``viewer`` may know it."""
        hidden = not self._suggestions or viewer is ANYBODY
        coerced = get_variable_values(
            self._schema,
            operation.variable_definitions or (),
            dict(variables),
            ERRORS,
            hide_suggestions=hidden,
        )
        if not isinstance(coerced, list):
            return []
        said = all("code" in (error.extensions or {}) for error in coerced)
        return coerced if said else self.told(coerced, viewer)

    def told(self, errors: list[GraphQLError], viewer: Viewer) -> list[GraphQLError]:
        """Return what ``viewer`` may be told of errors about the schema."""
        if not self._introspect(viewer):
            return [_BLANK] if errors else []
        return errors

    def _introspect(self, viewer: Viewer) -> bool:
        """Say whether ``viewer`` may ask what the schema holds."""
        whom = self._policy.introspection
        return whom is Whom.EVERYBODY or (whom is Whom.KNOWN and viewer is not ANYBODY)

    def _remembered(self, text: str, *, suggestions: bool) -> Read:
        """Return the document from memory if it was seen; only what is right is kept."""
        known = self._kept.get(text)
        if known is not None:
            self._kept.move_to_end(text)
            return known
        found = self._parsed(text, suggestions=suggestions)
        if not found.errors:
            self._kept[text] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _parsed(self, text: str, *, suggestions: bool) -> Read:
        try:
            document = parse_within_limits(text, self._bounds)
        except GraphQLError as error:
            return Read(None, [error])
        errors = validate(self._schema, document, max_errors=ERRORS, hide_suggestions=True)
        if errors and errors[0].nodes and suggestions:
            errors[0] = self._helped(document) or errors[0]
        return Read(document, errors, _introspects(document), _operations(document))

    def _helped(self, document: DocumentNode) -> GraphQLError | None:
        """Return the first error of a document with what may have been meant.

        To look for that takes ten milliseconds where there are many names: one error is helped with.
        """
        types = TypeInfo(self._schema)
        context = ValidationContext(self._schema, document, types, _find, hide_suggestions=False)
        rules = ParallelVisitor([rule(context) for rule in specified_rules])
        try:
            visit(document, TypeInfoVisitor(types, rules))
        except _Found as found:
            return found.error
        except RecursionError:
            return None
        return None


class _Found(Exception):  # noqa: N818 - it is no error of ours
    """Ends a validation that found what it looked for."""

    def __init__(self, error: GraphQLError) -> None:
        super().__init__()
        self.error = error


def _find(error: GraphQLError) -> None:
    raise _Found(error)


def _operations(document: DocumentNode) -> tuple[str | None, ...]:
    """Return the names of the operations; None is that of one without."""
    return tuple(
        None if each.name is None else each.name.value
        for each in document.definitions
        if isinstance(each, OperationDefinitionNode)
    )


def _introspects(document: DocumentNode) -> bool:
    """Say whether a document asks what the schema holds."""
    finder = _Finder()
    visit(document, finder)
    return finder.found


class _Finder(Visitor):
    """Looks for a field of introspection."""

    found = False

    def enter_field(self, node: FieldNode, *_: object) -> VisitorAction:
        """Look at a field, and no further once one is found."""
        if node.name.value in INTROSPECTION:
            self.found = True
            return BREAK
        return None
