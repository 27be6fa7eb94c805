"""What a data file may say of secondments and of liaisons (挂职、交流与直接联系资料)."""

from __future__ import annotations

from datetime import date

from graphql_api.demo.strict import KnownDate, Record
from registry.secondment.kinds import Direction, SecondmentBasis


class SecondmentRecord(Record, frozen=True, kw_only=True):
    """That somebody of one organization works in another for a time (挂职、交流)."""

    person: str
    home: str
    host: str
    direction: Direction
    basis: SecondmentBasis = SecondmentBasis.SECONDMENT
    duty: str | None = None
    until: date | None = None
    extended: KnownDate | None = None
    extended_until: date | None = None
    broken_off: KnownDate | None = None

    @property
    def place(self) -> str:
        """The person and the date."""
        return f"{self.person}@{self.since.day}"


class LiaisonRecord(Record, frozen=True, kw_only=True):
    """That a cadre keeps in touch with a scientist, and visits (直接联系科技工作者)."""

    cadre: str
    scientist: str
    visits: tuple[KnownDate, ...] = ()
    ended: KnownDate | None = None

    @property
    def place(self) -> str:
        """Both people."""
        return f"{self.cadre}/{self.scientist}"
