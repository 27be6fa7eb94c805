"""How the two ends of a membership are disposed of (会员资格的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict

from registry.events import Event, Stamp
from registry.membership.events import MEMBER, MEMBER_OF, MembershipEnded, MembershipTransferred
from registry.membership.kinds import MembershipEnd
from registry.references import Bond, KindRule, Reference, VitalBond


class End(VitalBond):
    """An end of a membership, which does not outlive it; the kind says why it ended."""

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return the end of the membership, for the sake of who is no more."""
        del reference, rules
        return self.close(stamp)

    def close(self, stamp: Stamp) -> Event:
        """Return the same: there is no membership without its ends."""
        return MembershipEnded(end_reason=_GONE[self.kind], **asdict(stamp))


_GONE = {MEMBER_OF: MembershipEnd.ORGANIZATION_GONE, MEMBER: MembershipEnd.MEMBER_GONE}

BONDS: tuple[Bond, ...] = (
    End(MEMBER_OF, ("organization",), "organization", MembershipEnded, MembershipTransferred),
    End(MEMBER, ("person", "organization"), "member", MembershipEnded),
)
