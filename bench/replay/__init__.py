"""How fast the log is read again, opened and folded, beside a bare SELECT of the same columns."""

from __future__ import annotations
