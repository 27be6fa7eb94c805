"""How fast commands are that meet a past, many entities, or a refusal, beside those that meet none."""

from __future__ import annotations
