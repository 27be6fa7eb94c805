"""Documents parsed and validated once (查询文档缓存)."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from graphql import DocumentNode, GraphQLError, GraphQLSchema, validate

from graphql_api.limits import parse_within_limits

_KEPT = 500
"""Documents kept; a page of ours has a dozen, and the longest allowed takes 0.3 MB."""


class Read(NamedTuple):
    """A document, if it parses, and what is wrong with it."""

    document: DocumentNode | None
    errors: list[GraphQLError]


class Documents:
    """The documents seen last by one schema."""

    def __init__(self, schema: GraphQLSchema, *, suggestions: bool) -> None:
        """Validate by ``schema``; without ``suggestions`` errors do not hint at names that exist."""
        self._schema = schema
        self._suggestions = suggestions
        self._kept: OrderedDict[str, Read] = OrderedDict()

    def read(self, text: str) -> Read:
        """Return the document and its errors, from memory if it was seen; only what is right is kept."""
        known = self._kept.get(text)
        if known is not None:
            self._kept.move_to_end(text)
            return known
        found = self._parsed(text)
        if not found.errors:
            self._kept[text] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _parsed(self, text: str) -> Read:
        try:
            document = parse_within_limits(text)
        except GraphQLError as error:
            return Read(None, [error])
        return Read(document, validate(self._schema, document, hide_suggestions=not self._suggestions))
