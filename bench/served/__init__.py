"""How fast mutations are over HTTP, and what share of the server's time is the registry's."""

from __future__ import annotations
