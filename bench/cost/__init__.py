"""What proof and sealing cost a command: the registry beside itself without them."""

from __future__ import annotations
