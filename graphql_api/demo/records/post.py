"""What a data file may say of posts, terms and appointments (职务、届与任职资料)."""

from __future__ import annotations

from datetime import date

from graphql_api.demo.strict import KnownDate, Record, Strict
from registry.appointment.kinds import Basis, EndReason, Mode
from registry.post.kinds import Title


class PostRecord(Record, frozen=True, kw_only=True):
    """A post in an organization (职务)."""

    key: str
    organization: str
    title: Title
    name: str | None = None
    seats: int | None = None
    elected: bool = False

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The post."""
        return (("post", self.key),)


class SeatsRecord(Record, frozen=True, kw_only=True):
    """Another number of seats (变更席位)."""

    post: str
    seats: int | None = None

    @property
    def place(self) -> str:
        """The post and the date."""
        return f"{self.post}@{self.since.day}"


class TermRecord(Record, frozen=True, kw_only=True):
    """A term of a body (届)."""

    key: str
    body: str
    number: int
    planned_end: date | None = None

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The term."""
        return (("term", self.key),)


class TermExtensionRecord(Record, frozen=True, kw_only=True):
    """A later end, approved by the document that is cited (延期换届)."""

    term: str
    planned_end: date

    @property
    def place(self) -> str:
        """The term and the date."""
        return f"{self.term}@{self.since.day}"


class RosterLine(Strict, frozen=True, kw_only=True):
    """Who holds which post, and how (名单项)."""

    person: str
    post: str
    mode: Mode = Mode.PART_TIME
    basis: Basis = Basis.ELECTED
    professional: bool = False
    representing: str | None = None
    until: date | None = None


def place_of(line: RosterLine, since: KnownDate) -> str:
    """Return what names an appointment: the person, the date and the post."""
    return f"{line.person}@{since.day}/{line.post}"


class AppointmentRecord(Record, frozen=True, kw_only=True):
    """An appointment, for a term if it is one of a board (任职)."""

    line: RosterLine
    term: str | None = None

    @property
    def place(self) -> str:
        """The person, the date and the post."""
        return place_of(self.line, self.since)

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The appointment."""
        return (("appointment", self.place),)


class AppointmentEndRecord(Record, frozen=True, kw_only=True):
    """That somebody no longer holds a post, by the place of the appointment (离任)."""

    appointment: str
    end_reason: EndReason

    @property
    def place(self) -> str:
        """The appointment."""
        return self.appointment


class RenewalRecord(Record, frozen=True, kw_only=True):
    """A new term with its whole roster, instead of the one before (换届)."""

    key: str
    renews: str
    planned_end: date
    roster: tuple[RosterLine, ...]

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The term."""
        made = (("appointment", place_of(line, self.since)) for line in self.roster)
        return (("term", self.key), *made)


class AdjustmentRecord(Record, frozen=True, kw_only=True):
    """Some leave and others come in the middle of a term, in one act (届中调整、增补)."""

    term: str
    ended: tuple[str, ...] = ()
    end_reason: EndReason = EndReason.RESIGNED
    made: tuple[RosterLine, ...] = ()

    @property
    def place(self) -> str:
        """The term and the date."""
        return f"{self.term}@{self.since.day}"

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The appointments that it makes."""
        return tuple(("appointment", place_of(line, self.since)) for line in self.made)
