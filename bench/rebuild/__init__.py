"""How many events a second are folded into projections, beside copying the rows that come of it."""

from __future__ import annotations
