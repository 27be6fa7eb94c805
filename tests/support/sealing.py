"""The master key of tests, and mappers that hold it."""

from __future__ import annotations

import base64

from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.master import LocalMaster

MASTER_KEY = bytes(range(32))
MASTER_TEXT = base64.b64encode(MASTER_KEY).decode()
MASTER = LocalMaster([MASTER_KEY])
MAPPER = EventMapper(EVENTS, MASTER)
