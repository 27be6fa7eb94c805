"""What a data file may say of functions (职能资料)."""

from __future__ import annotations

from graphql_api.demo.strict import Record


class FunctionRecord(Record, frozen=True, kw_only=True):
    """A function and who held it first (职能)."""

    key: str
    name: str
    holder: str
    description: str | None = None
    unspecified: bool = False

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The function."""
        return (("function", self.key),)
