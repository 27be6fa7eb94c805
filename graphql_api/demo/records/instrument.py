"""What a data file may say of instruments (文件资料)."""

from __future__ import annotations

from graphql_api.demo.strict import Record


class InstrumentRecord(Record, frozen=True, kw_only=True):
    """A document (文件); ``since`` is when it was issued."""

    key: str
    title: str
    number: str | None = None
    issuer: str | None = None

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The instrument."""
        return (("instrument", self.key),)
