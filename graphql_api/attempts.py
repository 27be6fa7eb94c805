"""How often an address may fail to sign in (登录次数限制)."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from graphql import GraphQLError

from graphql_api.problems import WORDS, Problem, told

FAILURES = 20
"""Failures that an address may have at once; after them, one more every ``EVERY_SECONDS``."""

EVERY_SECONDS = 15.0
ADDRESSES = 10_000
"""Addresses remembered; beyond them, the one longest silent is forgotten."""

_IPV6_SITE = 64


class TooManyAttemptsError(GraphQLError):
    """An address failed too often; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        """Say when to come again."""
        code = Problem.TOO_MANY_ATTEMPTS
        text = WORDS[code].english.format(seconds=retry_after)
        super().__init__(text, extensions=told(code, seconds=retry_after))
        self.retry_after = retry_after


class Attempts:
    """Counts failures by address: a bucket that fills with each and leaks slowly.

    An address without a failure costs nothing to ask about, and the buckets are bounded in number. An IPv6
    address counts with its whole /64, which one subscriber holds.
    """

    def __init__(
        self,
        failures: int = FAILURES,
        every_seconds: float = EVERY_SECONDS,
        addresses: int = ADDRESSES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Allow ``failures`` at once, and one more every ``every_seconds``."""
        self._failures = failures
        self._every = every_seconds
        self._addresses = addresses
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, address: str) -> None:
        """Raise TooManyAttemptsError when ``address`` has to wait."""
        level = self._level(site_of(address))
        if level > self._failures - 1:
            raise TooManyAttemptsError(max(1, math.ceil((level - self._failures + 1) * self._every)))

    def failed(self, address: str) -> None:
        """Count a failure of ``address``."""
        site = site_of(address)
        self._buckets[site] = (self._level(site) + 1, self._clock())
        self._buckets.move_to_end(site)
        if len(self._buckets) > self._addresses:
            self._buckets.popitem(last=False)

    def __len__(self) -> int:
        """Return how many addresses are remembered."""
        return len(self._buckets)

    def _level(self, site: str) -> float:
        level, since = self._buckets.get(site, (0.0, 0.0))
        return max(0.0, level - (self._clock() - since) / self._every) if level else 0.0


def site_of(address: str) -> str:
    """Return what an address is counted under."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, _IPV6_SITE), strict=False))
    return str(found)
