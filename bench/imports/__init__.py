"""How many rows a second an import takes in, beside plain COPY of what it comes to."""

from __future__ import annotations
