"""Numbers in addresses (地址参数)."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request

from graphql_api.problems import invalid

_DIGITS = 19


class Bound(NamedTuple):
    """A parameter that is a whole number, between which bounds, and what it is when it is left out."""

    name: str
    least: int
    most: int
    default: int

    def read(self, text: str) -> int:
        """Return the number that ``text`` is; raises GraphQLError."""
        if text.isascii() and text.isdigit() and len(text) <= _DIGITS:
            number = int(text)
            if self.least <= number <= self.most:
                return number
        raise invalid(
            self.name,
            f"it is a whole number from {self.least} to {self.most}",
            f"须为 {self.least} 至 {self.most} 的整数",
        )


def whole_number(request: Request, bound: Bound) -> int:
    """Return a parameter of an address; raises GraphQLError."""
    text = request.query_params.get(bound.name)
    return bound.default if text is None else bound.read(text)
