"""The master key of tests, and mappers that hold it."""

from __future__ import annotations

from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.master import LocalMaster

MASTER_KEY = bytes(range(32))
MASTER = LocalMaster(MASTER_KEY)
MAPPER = EventMapper(EVENTS, MASTER)
