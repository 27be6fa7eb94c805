"""Why fields of planned types have no resolvers of their own (已编译字段)."""

from __future__ import annotations

from typing import Any


def answered(_row: object) -> Any:
    """Stand in for the body of a field whose answer the planner has put into its row.

    Strawberry takes a field's arguments from a method's signature. The schema replaces every method of a planned type
    by a look-up of the response key, so this is never called; if it is, the schema was built without that.
    """
    message = "a planned field was resolved without its plan"
    raise RuntimeError(message)
